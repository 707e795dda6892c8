/* SPDX-License-Identifier: MIT */
/* Reserving memory at a region boundary.  */

#include "region.h"
#include "syscalls.h"
#include "unmap.h"
#include <errno.h>
#include <stdatomic.h>

enum
{
  READ_WRITE = PROT_READ | PROT_WRITE,
  ANYWHERE = MAP_PRIVATE | MAP_ANONYMOUS
};

/* Just below the last reservation, which in most processes is free and, as it is
   aligned, needs no trimming.  */
static _Atomic uintptr_t next_below;

/* The system takes MAP_FIXED_NOREPLACE for nothing: Linux before 4.17, QEMU's user
   mode.  */
static atomic_bool replaces;

/* SIZE bytes there.  Returns null if it is not free.  */
static FFI_COLD char *
reserve_below (size_t size)
{
  uintptr_t hint = atomic_load_explicit (&next_below, memory_order_relaxed);

  if (hint == 0)
    return NULL;
  char *start = mmap ((void *) hint, size, READ_WRITE, ANYWHERE, -1, 0);
  if (start == MAP_FAILED)
    return NULL;
  if (((uintptr_t) start & (REGION - 1)) == 0)
    return start;
  ffi_unmap (start, size);
  return NULL;
}

/* SIZE bytes just below the last reservation, or in one of the next regions below.
   Returns null if none of them is free.  */
static FFI_COLD char *
reserve_exactly_below (size_t size)
{
  enum
  {
    TRIES = 4
  };
  uintptr_t hint = atomic_load_explicit (&next_below, memory_order_relaxed);

  for (unsigned i = 0; i < TRIES && hint > REGION && !atomic_load (&replaces); i++)
    {
      char *start
          = mmap ((void *) hint, size, READ_WRITE, ANYWHERE | MAP_FIXED_NOREPLACE, -1, 0);
      if (start == (char *) hint)
        return start;
      if (start != MAP_FAILED)
        {
          atomic_store (&replaces, true);
          ffi_unmap (start, size);
        }
      hint -= REGION;
    }
  return NULL;
}

/* Anywhere, with what is beside it unmapped again.  */
static FFI_COLD char *
reserve_trimmed (size_t size)
{
  size_t span;

  if (__builtin_add_overflow (size, REGION, &span))
    return NULL;
  char *start = mmap (NULL, span, READ_WRITE, ANYWHERE, -1, 0);
  if (start == MAP_FAILED)
    return NULL;
  size_t head = -(uintptr_t) start & (REGION - 1);
  if (head != 0)
    ffi_unmap (start, head);
  ffi_unmap (start + head + size, REGION - head);
  return start + head;
}

/* The process cannot unmap for ERROR: so that leftovers stay few, take what is left over,
   or exactly what is needed.  Anywhere comes last, and not where mappings are short.  A
   range that cannot be mapped anew is forgotten, since it may be somebody else's by
   then.  */
static FFI_COLD char *
reserve_sparingly (size_t size, int error)
{
  char *start = ffi_unmap_take (size, REGION);

  if (start != NULL
      && mmap (start, size, READ_WRITE, ANYWHERE | MAP_FIXED, -1, 0) == MAP_FAILED)
    start = NULL;
  if (start == NULL)
    start = reserve_exactly_below (size);
  if (start == NULL && error != ENOMEM)
    start = reserve_trimmed (size);
  return start;
}

FFI_COLD char *
ffi_region_reserve (size_t size)
{
  int saved = errno, error = ffi_unmap_late ();
  char *start;

  if (error != 0)
    start = reserve_sparingly (size, error);
  else if ((start = reserve_below (size)) == NULL)
    start = reserve_trimmed (size);
  if (start == NULL)
    {
      errno = ENOMEM;
      return NULL;
    }
  atomic_store_explicit (&next_below,
                         (uintptr_t) start - FFI_ALIGN_UP ((uintptr_t) size, REGION),
                         memory_order_relaxed);
  errno = saved;
  return start;
}
