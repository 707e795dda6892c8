/* SPDX-License-Identifier: MIT */
/* From an address to the table it lies in, without looking at the address.

   A two-level array over all granules of the address space.  Untouched parts of
   it are never backed by memory; one leaf covers more than a process usually
   maps, and the first is part of the library.  */

#include "helgrind.h"
#include "table.h"
#include "unmap.h"
#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>

struct ffi_leaf *_Atomic ffi_directory[1u << (FFI_INDEX_BITS - FFI_LEAF_BITS)];
static struct ffi_leaf first_leaf;
static atomic_bool first_leaf_taken;

static struct ffi_leaf *
make_leaf (struct ffi_leaf *_Atomic *place)
{
  struct ffi_leaf *leaf = &first_leaf, *found = NULL;

  if (atomic_exchange (&first_leaf_taken, true))
    {
      leaf = mmap (NULL, sizeof *leaf, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (leaf == MAP_FAILED)
        return NULL;
      ffi_unwatch (leaf, sizeof *leaf);
    }
  if (atomic_compare_exchange_strong (place, &found, leaf))
    return leaf;
  /* Another thread was faster.  */
  if (leaf == &first_leaf)
    atomic_store (&first_leaf_taken, false);
  else
    ffi_unmap (leaf, sizeof *leaf);
  return found;
}

int
ffi_directory_set (const void *address, unsigned number)
{
  uintptr_t index;

  if (!ffi_granule_index (address, &index))
    {
      errno = ENOMEM;
      return number == 0 ? 0 : -1;
    }
  struct ffi_leaf *leaf = atomic_load (&ffi_directory[index >> FFI_LEAF_BITS]);
  if (leaf == NULL && number == 0)
    return 0;
  if (leaf == NULL)
    leaf = make_leaf (&ffi_directory[index >> FFI_LEAF_BITS]);
  if (leaf == NULL)
    return -1;
  atomic_store_explicit (&leaf->number[index & ((1u << FFI_LEAF_BITS) - 1)], number,
                         memory_order_release);
  return 0;
}

void
ffi_directory_free (void)
{
  for (size_t i = 0; i < sizeof ffi_directory / sizeof ffi_directory[0]; i++)
    {
      struct ffi_leaf *leaf = atomic_load (&ffi_directory[i]);
      if (leaf == NULL)
        continue;
      atomic_store (&ffi_directory[i], NULL);
      if (leaf == &first_leaf)
        atomic_store (&first_leaf_taken, false);
      else
        ffi_unmap (leaf, sizeof *leaf);
    }
}
