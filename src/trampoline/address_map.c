/* SPDX-License-Identifier: MIT */
/* From an address to the table it lies in, without looking at the address.

   A two-level array over all regions of the address space.  Untouched parts of
   it are never backed by memory; one leaf covers more than most processes
   map, and the first is part of the library.  */

#include "address_map.h"
#include "reserve.h"
#include <errno.h>
#include <stdatomic.h>

enum
{
  LEAVES = 1u << (FFI_INDEX_BITS - FFI_LEAF_BITS)
};

struct ffi_leaf *_Atomic ffi_address_map[LEAVES];
static struct ffi_leaf first_leaf;
static atomic_uint first_leaf_taken;
static _Atomic size_t entries; /* that are not 0 */
static atomic_bool has_extra;  /* a leaf outside of the image */

static struct ffi_leaf *
make_leaf (struct ffi_leaf *_Atomic *to)
{
  struct ffi_leaf *leaf = &first_leaf, *found = NULL;

  if (atomic_exchange (&first_leaf_taken, 1))
    {
      leaf = ffi_lasting_alloc (sizeof *leaf);
      if (leaf == NULL)
        return NULL;
    }
  if (atomic_compare_exchange_strong (to, &found, leaf))
    {
      if (leaf != &first_leaf && !ffi_is_lasting (leaf))
        atomic_store (&has_extra, true);
      return leaf;
    }
  /* Another thread was faster.  */
  if (leaf == &first_leaf)
    atomic_store (&first_leaf_taken, 0);
  else
    ffi_lasting_free (leaf, sizeof *leaf);
  return found;
}

int
ffi_address_map_set (const void *address, unsigned number)
{
  uintptr_t index;

  if (!ffi_region_index (address, &index))
    {
      errno = ENOMEM;
      return number == 0 ? 0 : -1;
    }
  struct ffi_leaf *leaf = atomic_load (&ffi_address_map[index >> FFI_LEAF_BITS]);
  if (leaf == NULL && number == 0)
    return 0;
  if (leaf == NULL)
    leaf = make_leaf (&ffi_address_map[index >> FFI_LEAF_BITS]);
  if (leaf == NULL)
    return -1;
  unsigned before
      = atomic_exchange (&leaf->number[index & ((1u << FFI_LEAF_BITS) - 1)], number);
  if (number != 0 && before == 0)
    atomic_fetch_add (&entries, 1);
  else if (number == 0 && before != 0)
    atomic_fetch_sub (&entries, 1);
  return 0;
}

bool
ffi_address_map_has_extra (void)
{
  return atomic_load (&has_extra);
}

bool
ffi_address_map_free (void)
{
  if (atomic_load (&entries) != 0)
    return false;
  for (size_t i = 0; i < LEAVES; i++)
    {
      struct ffi_leaf *leaf = atomic_load (&ffi_address_map[i]);
      if (leaf == NULL || leaf == &first_leaf || ffi_is_lasting (leaf))
        continue;
      atomic_store (&ffi_address_map[i], NULL);
      ffi_lasting_free (leaf, sizeof *leaf);
    }
  atomic_store (&has_extra, false);
  return true;
}
