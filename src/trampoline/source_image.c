/* SPDX-License-Identifier: MIT */
/* Table source: the library's own text, mapped again.

   A program that may not create code can still map a file that it executes
   already.  The text ffi_grown_text is mapped from the file that the loader
   took it from, compared with the text in use, and kept as the master that
   tables are cloned from: mremap with an old size of 0 needs neither file nor
   descriptor, so that a replaced library, a chroot or a sandbox entered later
   make no difference.  */

#include "failure.h"
#include "replace.h"
#include "self_maps.h"
#include "settings.h"
#include "source.h"
#include "syscalls.h"
#include "unmap.h"
#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>

#ifndef FFI_TEXT_PROT
#define FFI_TEXT_PROT (PROT_READ | PROT_EXEC)
#endif

enum
{
  TEXT_SIZE = GROWN_SLOTS * TRAMP_PITCH
};

/* The text that grown tables are copies of: its trampolines address slots that follow the
   text at once.  Never executed in place.  */
extern const char ffi_grown_text[] __attribute__ ((visibility ("hidden")));

static char *_Atomic master;

/* Whether it can be cloned.  QEMU's user mode does not know how.  */
static atomic_bool clones;

/* MAP_SHARED, or MAP_PRIVATE where the file system knows no shared mappings;
   those cannot be cloned.  */
static _Atomic int sharing = MAP_SHARED;

/* Whether only users that this process trusts anyway can write to the file of ST.  Asked
   where there is no /proc to tell which file it is.  */
static FFI_COLD bool
is_trusted (const ffi_file_facts *st)
{
  return (st->st_uid == 0 || st->st_uid == ffi_effective_user ())
         && (st->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static FFI_COLD bool
equals_own_text (const char *text)
{
  const uint64_t *a = (const uint64_t *) text, *b = (const uint64_t *) ffi_grown_text;

  for (size_t i = 0; i < TEXT_SIZE / sizeof *a; i++)
    if (a[i] != b[i])
      return false;
  return true;
}

/* Whether TEXT, fresh from a file, is the code that runs here.  Equal bytes are not
   enough: a look-alike could be rewritten later.  */
static FFI_COLD bool
is_own_text (const char *text, const struct self_mapping *image, const ffi_file_facts *st)
{
  struct self_mapping mapped;

  if (image->found)
    {
      if (!ffi_self_mapping (text, TEXT_SIZE, &mapped) || !mapped.found
          || mapped.device_major != image->device_major
          || mapped.device_minor != image->device_minor || mapped.inode != image->inode)
        return false;
    }
  else if (!is_trusted (st))
    return false;
  return equals_own_text (text);
}

/* Map the text from FD, above the image if it fits there, and otherwise anywhere.
   Profilers take the lowest mapping of a file for the place of its unwind tables: perf
   with libunwind finds no caller in a file that is mapped below its image, too.  Steps
   are small because what lies above the last mapping is the stack's.  */
static FFI_COLD char *
map_above_image (int flags, int fd, uint64_t offset)
{
  enum
  {
    TRIES = 64,
    LONGEST_STEP = 2 << 20
  };
  uintptr_t at = FFI_ALIGN_UP ((uintptr_t) ffi_grown_text + TEXT_SIZE, TRAMP_BLOCK_ALIGN);

  for (size_t i = 0, step = TEXT_SIZE; i < TRIES; i++)
    {
      char *text = mmap ((void *) at, TEXT_SIZE, FFI_TEXT_PROT,
                         flags | MAP_FIXED_NOREPLACE, fd, offset);
      /* Kernels before 4.17, and emulators, may map it somewhere else.  */
      if (text != MAP_FAILED)
        return text;
      if (errno != EEXIST)
        break;
      at += step;
      if (step < LONGEST_STEP)
        step *= 2;
    }
  return mmap (NULL, TEXT_SIZE, FFI_TEXT_PROT, flags, fd, offset);
}

/* Map the text from the file at PATH; AT is null for any place.

   Another thread that closes what it did not open, and opens something, can put a file of
   its own behind our descriptor's number between any two calls.  /proc says of the
   mapping itself which file it is of; without /proc, what the number stands for must be
   the same file before and after it was mapped.  Not found out is only who puts a
   duplicate of our descriptor back in between.  A child by clone (CLONE_VM) without
   CLONE_FILES would have numbers of its own, but valgrind and QEMU's user mode make a
   copy of the process instead, and sandboxes that let threads be made kill for it.  */
static FFI_COLD char *
map_path (const char *path, char *at, const struct self_mapping *image)
{
  int flags = atomic_load (&sharing), saved = EPERM;
  char *text = MAP_FAILED;
  ffi_file_facts st;
  enum ffi_file_found now = FILE_UNKNOWN;

  int fd = ffi_file_open (path, O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      ffi_failure_note (SOURCE_IMAGE, FFI_TRAMP_STEP_OPEN, errno);
      return MAP_FAILED;
    }
  /* A file that is too short would answer the comparison with SIGBUS.  */
  bool fits = ffi_file_status (fd, &st) == 0 && S_ISREG (st.st_mode)
              && (uint64_t) st.st_size >= image->offset + TEXT_SIZE;
  if (fits)
    {
      text = at != NULL
                 ? ffi_pages_map (at, TEXT_SIZE, FFI_TEXT_PROT, flags, fd, image->offset)
                 : map_above_image (flags, fd, image->offset);
      if (text == MAP_FAILED && at == NULL && (errno == ENODEV || errno == EINVAL))
        {
          atomic_store (&sharing, MAP_PRIVATE);
          text = map_above_image (MAP_PRIVATE, fd, image->offset);
        }
      saved = errno;
      now = ffi_file_again (fd, &st);
    }
  if (now != FILE_OTHER)
    ffi_file_close (fd);
  ffi_tramp_step step
      = text == MAP_FAILED && fits ? FFI_TRAMP_STEP_MAP : FFI_TRAMP_STEP_CHECK;
  if (text != MAP_FAILED && !(now == FILE_SAME && is_own_text (text, image, &st)))
    {
      if (at == NULL)
        ffi_unmap (text, TEXT_SIZE);
      else /* It stays the caller's, but not executable.  */
        ffi_protect (at, TEXT_SIZE, PROT_NONE);
      text = MAP_FAILED;
      saved = EPERM;
    }
  if (text == MAP_FAILED)
    ffi_failure_note (SOURCE_IMAGE, step, saved);
  errno = saved;
  return text;
}

/* Map the text from the file that the library was loaded from.  */
static FFI_COLD char *
map_file (char *at)
{
  struct self_mapping image;
  char *path = FFI_ALLOCA (SELF_PATH_MAX);
  char *text = MAP_FAILED;

  ffi_failure_note (SOURCE_IMAGE, FFI_TRAMP_STEP_OPEN, ENOENT);
  ffi_self_image (ffi_grown_text, TEXT_SIZE, &image, path);
  if (path[0] != '\0')
    text = map_path (path, at, &image);
  if (text == MAP_FAILED && errno != ENOTRECOVERABLE
      && ffi_self_loader_path (ffi_grown_text, image.found, path))
    text = map_path (path, at, &image);
  if (text != MAP_FAILED)
    ffi_failure_forget (SOURCE_IMAGE);
  return text;
}

/* Try whether TEXT can be cloned, as long as nothing depends on it: a clone that fails
   later may do so for a shortage.  */
static FFI_COLD void
try_clone (const char *text)
{
  long clone = syscall (SYS_mremap, text, 0, (long) TEXT_SIZE, MREMAP_MAYMOVE);

  if (clone == -1)
    return;
  atomic_store (&clones, true);
  ffi_unmap ((void *) clone, TEXT_SIZE);
}

static FFI_COLD char *
get_master (void)
{
  char *text = atomic_load (&master), *none = NULL;

  if (text != NULL)
    return text;
  text = map_file (NULL);
  if (text == MAP_FAILED)
    return NULL;
  if (!atomic_load (&clones))
    try_clone (text);
  if (atomic_compare_exchange_strong (&master, &none, text))
    return text;
  ffi_unmap (text, TEXT_SIZE);
  return none;
}

FFI_COLD bool
ffi_source_image_map_ahead (void)
{
  return get_master () != NULL;
}

/* Whether LIBFFI_PERF asks for tables that perf knows.  The kernel tells it of mappings
   from files, not of clones.  Decided by the first growth.  */
static FFI_COLD bool
for_perf (void)
{
  enum
  {
    UNDECIDED,
    NO,
    YES
  };
  static _Atomic unsigned decided;
  unsigned decision = atomic_load (&decided);

  if (decision == UNDECIDED)
    decision = ffi_decide (&decided, ffi_switch ("LIBFFI_PERF") == '1' ? YES : NO);
  return decision == YES;
}

/* Map the text once more, anywhere.  */
static FFI_COLD char *
copy_text (void)
{
  char *text = get_master (), *copy;

  if (text == NULL)
    return MAP_FAILED;
  while ((copy = ffi_clone_mapping (text, TEXT_SIZE)) != MAP_FAILED)
    {
      /* Given back meanwhile, by a destructor, the clone may be of anything.  */
      if (atomic_load (&master) == text)
        return copy;
      ffi_unmap (copy, TEXT_SIZE);
      text = get_master ();
      if (text == NULL)
        return MAP_FAILED;
    }
  /* An emulator or a filter that does not know the clone, or no sharing.  */
  copy = map_file (NULL);
  /* The master itself can at least serve one table.  Nobody else can be cloning it.  */
  if (copy == MAP_FAILED && !atomic_load (&clones)
      && atomic_compare_exchange_strong (&master, &text, NULL))
    copy = text;
  return copy;
}

/* Nobody uses COPY: let it be the master if there is none.  */
static FFI_COLD void
keep_as_master (char *copy)
{
  char *none = NULL;
  int error = errno;

  if (!atomic_compare_exchange_strong (&master, &none, copy))
    ffi_unmap (copy, TEXT_SIZE);
  errno = error;
}

FFI_COLD int
ffi_source_image_map (const struct table_memory *memory)
{
  char *at = memory->text;
  /* What may well be refused comes before the pages at AT are replaced.  */
  char *copy = copy_text ();
  if (copy == MAP_FAILED)
    return -1;
  bool done = for_perf () && map_file (at) == at;
  if (!done && errno != ENOTRECOVERABLE)
    {
      if (ffi_pages_move (copy, TEXT_SIZE, at))
        {
          ffi_failure_forget (SOURCE_IMAGE);
          return 0;
        }
      ffi_failure_note (SOURCE_IMAGE, FFI_TRAMP_STEP_MAP, errno);
      /* A filter that knows no mremap at all.  */
      done = errno != ENOTRECOVERABLE && map_file (at) == at;
    }
  if (done)
    ffi_failure_forget (SOURCE_IMAGE);
  keep_as_master (copy);
  return done ? 0 : -1;
}

FFI_COLD void
ffi_source_image_forget (void)
{
  char *text = atomic_exchange (&master, NULL);

  if (text != NULL)
    ffi_unmap (text, TEXT_SIZE);
}

const struct table_source ffi_source_image = {
  .pitch = TRAMP_PITCH,
  .text_size = TEXT_SIZE,
};
