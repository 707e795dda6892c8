/* SPDX-License-Identifier: MIT */
/* Blocks.  Each has a granule to itself; its one slot holds only the pair.  */

#include "large.h"
#include "die.h"
#include "slots.h"
#include "unmap.h"
#include <errno.h>
#include <sys/mman.h>

enum
{
  BLOCK_HEADER = 64
};

struct block_header
{
  struct ffi_pair *pair;
  size_t span;
};
_Static_assert(sizeof (struct block_header) <= BLOCK_HEADER, "header fits");

void *
ffi_block_alloc (size_t size, void **code)
{
  size_t span = (size + BLOCK_HEADER + 65535) & ~(size_t) 65535;

  if (size > PTRDIFF_MAX)
    {
      errno = ENOMEM;
      return NULL;
    }
  struct ffi_pair *pair = ffi_slot_alloc (0, 0, code);
  if (pair == NULL)
    return NULL;
  char *start = ffi_granule_reserve (span);
  if (start == NULL || ffi_directory_set (start, DIRECTORY_BLOCK) != 0)
    {
      if (start != NULL)
        ffi_unmap (start, span);
      ffi_slot_free (pair);
      errno = ENOMEM;
      return NULL;
    }
  *(struct block_header *) start = (struct block_header){ pair, span };
  return start + BLOCK_HEADER;
}

/* The block whose memory starts at MEMORY, or null.  */
static struct block_header *
block_of (const void *memory)
{
  uintptr_t start = (uintptr_t) memory - BLOCK_HEADER;

  if ((start & (GRANULE - 1)) != 0
      || ffi_directory_get ((void *) start) != DIRECTORY_BLOCK)
    return NULL;
  return (struct block_header *) start;
}

void
ffi_block_free (void *memory)
{
  struct block_header *block = block_of (memory);

  if (block == NULL)
    ffi_die ("free of something that is not a closure", memory);
  struct block_header header = *block;
  ffi_directory_set (block, 0);
  ffi_unmap (block, header.span);
  ffi_slot_free (header.pair);
}

struct ffi_pair *
ffi_block_pair (const void *memory)
{
  struct block_header *block = block_of (memory);

  return block != NULL ? block->pair : NULL;
}
