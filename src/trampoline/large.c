/* SPDX-License-Identifier: MIT */
/* Large closures; see large.h.  */

#include "large.h"
#include "failure.h"
#include "die.h"
#include "region.h"
#include "slots.h"
#include "unmap.h"
#include <errno.h>
#include <sys/mman.h>

enum
{
  HEADER_SIZE = 64,
  PAGE_MAX = 65536 /* no system has larger pages */
};

struct large_header
{
  struct ffi_pair *pair;
  size_t span;
};
_Static_assert(sizeof (struct large_header) <= HEADER_SIZE, "header fits");

void *
ffi_large_alloc (size_t size, void **code)
{
  size_t span = (size + HEADER_SIZE + PAGE_MAX - 1) & ~(size_t) (PAGE_MAX - 1);

  if (size > PTRDIFF_MAX)
    {
      ffi_failure_of_memory ();
      errno = ENOMEM;
      return NULL;
    }
  struct ffi_pair *pair = ffi_slots_alloc (1, code);
  if (pair == NULL)
    return NULL;
  char *start = ffi_region_reserve (span);
  if (start == NULL || ffi_address_map_set (start, ADDRESS_MAP_LARGE) != 0)
    {
      if (start != NULL)
        ffi_unmap (start, span);
      ffi_failure_of_memory ();
      ffi_slot_free (pair);
      errno = ENOMEM;
      return NULL;
    }
  *(struct large_header *) start = (struct large_header){ pair, span };
  return start + HEADER_SIZE;
}

/* The large closure whose memory starts at MEMORY, or null.  */
static struct large_header *
header_of (const void *memory)
{
  uintptr_t start = (uintptr_t) memory - HEADER_SIZE;

  if ((start & (REGION - 1)) != 0
      || ffi_address_map_get ((void *) start) != ADDRESS_MAP_LARGE)
    return NULL;
  return (struct large_header *) start;
}

void
ffi_large_free (void *memory)
{
  struct large_header *large = header_of (memory);

  if (large == NULL)
    ffi_die ("free of something that is not a closure", memory);
  struct large_header header = *large;
  ffi_address_map_set (large, 0);
  ffi_unmap (large, header.span);
  ffi_slot_free (header.pair);
}

struct ffi_pair *
ffi_large_find (const void *memory)
{
  struct large_header *large = header_of (memory);

  return large != NULL ? large->pair : NULL;
}
