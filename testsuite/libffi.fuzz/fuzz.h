/* SPDX-License-Identifier: MIT */
/* A fuzz target, which defines the function that libFuzzer looks for.  Compiled with
   FUZZER it is one; else it is a test that replays the target's corpus and mutations
   of it, on any processor.  */

#ifndef FUZZ_H
#define FUZZ_H

#include "ffitest.h"
#include <dirent.h>

#ifdef __cplusplus
#error "C only"
#endif

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is left of the input; behind its end there are zeros.  */
struct input
{
  const uint8_t *at;
  size_t left;
};

static unsigned
take (struct input *input)
{
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->at++;
}

static FFITEST_UNUSED unsigned
take16 (struct input *input)
{
  unsigned low = take (input);
  return low | take (input) << 8;
}

#ifndef FUZZER

enum
{
  INPUT_MAX = 4096
};

/* A fixed series of numbers, so that a failure can be repeated.  */
static unsigned
chance (void)
{
  static uint32_t state = 1;
  state = state * 1664525 + 1013904223;
  return state >> 8;
}

static void
replay (const uint8_t *data, size_t size)
{
  /* At the end of a block, where a sanitizer or malloc notices a byte too far.  */
  uint8_t *exact = malloc (size + (size == 0));
  CHECK (exact != NULL);
  if (size != 0)
    memcpy (exact, data, size);
  CHECK_INT (LLVMFuzzerTestOneInput (exact, size), 0);
  free (exact);
}

static void
replay_mutations (uint8_t *data, size_t size, unsigned count)
{
  uint8_t mutated[INPUT_MAX];
  while (size != 0 && count-- != 0)
    {
      memcpy (mutated, data, size);
      for (unsigned n = 1 + chance () % 4; n != 0; n--)
        {
          unsigned at = chance () % size, from = chance () % size;
          unsigned length = 1 + chance () % 8;
          if (chance () % 2 != 0 || at + length > size || from + length > size)
            mutated[at] = chance ();
          else
            memmove (mutated + at, data + from, length);
        }
      replay (mutated, size - chance () % (size < 8 ? size : 8));
    }
}

/* The corpus lies beside the source, in corpus/ and the name of the target.  */
static int
replay_corpus (const char *source, const char *target, unsigned mutations)
{
  char path[4096];
  uint8_t data[INPUT_MAX];
  unsigned files = 0;
  const char *slash = strrchr (source, '/');
  int directory = slash != NULL ? slash + 1 - source : 0;

  snprintf (path, sizeof path, "%.*scorpus/%s", directory, source, target);
  DIR *corpus = opendir (path);
  CHECK_MSG (corpus != NULL, "%s: %s", path, strerror (errno));
  for (struct dirent *entry; (entry = readdir (corpus)) != NULL;)
    {
      if (entry->d_name[0] == '.')
        continue;
      snprintf (path, sizeof path, "%.*scorpus/%s/%s", directory, source, target,
                entry->d_name);
      FILE *file = fopen (path, "rb");
      CHECK_MSG (file != NULL, "%s: %s", path, strerror (errno));
      size_t size = fread (data, 1, sizeof data, file);
      fclose (file);
      replay (data, size);
      replay_mutations (data, size, mutations);
      files++;
    }
  closedir (corpus);
  CHECK_MSG (files >= 3, "the corpus of %s has %u files", target, files);
  replay (data, 0);
  return ffitest_done ();
}

#define FUZZ_MAIN(target, mutations)                                                     \
  int main (void) { return replay_corpus (__FILE__, target, mutations); }
#else
#define FUZZ_MAIN(target, mutations)
#endif

#endif
