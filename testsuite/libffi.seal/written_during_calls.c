/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* { needs nosan } */
/* Sealed closures of every kind are called for a while, in which another thread changes
   all the program's type objects all the time: every call gets the right values.  */

#include "ffitest.h"
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include "own_scalars.h"

enum
{
  SUBJECTS = WAYS * SHAPES * ARRAY_SIZE (library),
  MILLISECONDS = FFITEST_MANY (1500, 500)
};

static struct description written[SUBJECTS], clean[SUBJECTS];
static struct subject subjects[SUBJECTS];
static unsigned count;
static int done;

static long
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Store in all scalars other sizes and alignments than they have, now and then theirs. */
static void *
write_types (void *unused)
{
  static const size_t sizes[] = { 2048, 0, 24, 1 };
  while (!__atomic_load_n (&done, __ATOMIC_RELAXED))
    for (unsigned i = 0; i < count; i++)
      for (unsigned k = 0; k < ARRAY_SIZE (library); k++)
        {
          volatile ffi_type *type = &written[i].scalars[k];
          for (unsigned n = 0; n < ARRAY_SIZE (sizes); n++)
            {
              type->size = sizes[n];
              type->alignment = (unsigned short) (n * 16);
            }
          *type = *library[k];
        }
  return unused;
}

static void
make_all (int by_call)
{
  for (unsigned i = 0; i < SUBJECTS; i++)
    {
      struct subject *s = &subjects[count];
      *s = (struct subject){ .scalar = i % ARRAY_SIZE (library),
                             .shape = i / ARRAY_SIZE (library) % SHAPES,
                             .way = (enum way) (i / ARRAY_SIZE (library) / SHAPES),
                             .written = &written[count],
                             .clean = &clean[count] };
      count += (unsigned) make_sealed (s, by_call);
    }
}

static void
check_all (int by_call)
{
  pthread_t writer;
  unsigned long calls = 0;
  make_all (by_call);
  CHECK_INT (pthread_create (&writer, NULL, write_types, NULL), 0);
  for (long end = now () + MILLISECONDS; now () < end;)
    for (unsigned i = 0; i < count; i++, calls++)
      CHECK_MSG (answers (&subjects[i]), "scalar %u, shape %u, %s: wrong after %lu calls",
                 subjects[i].scalar, subjects[i].shape, way_names[subjects[i].way],
                 calls);
  __atomic_store_n (&done, 1, __ATOMIC_RELAXED);
  pthread_join (writer, NULL);
}

int
main (void)
{
  for (int by_call = 0; by_call < 2; by_call++)
    {
      int status;
      fflush (stdout);
      pid_t child = fork ();
      if (child == 0)
        {
          setenv ("LIBFFI_SEAL", by_call ? "0" : "1", 1);
          check_all (by_call);
          exit (0);
        }
      CHECK (child > 0 && waitpid (child, &status, 0) == child);
      CHECK_MSG (status == 0, "%s: wait status %#x",
                 by_call ? "ffi_closure_seal" : "LIBFFI_SEAL=1", (unsigned) status);
    }
  return ffitest_done ();
}
