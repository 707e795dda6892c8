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

enum
{
  INDEX_BITS = ADDRESS_BITS - GRANULE_SHIFT,
  LEAF_BITS = INDEX_BITS > 20 ? 15 : 10
};

struct leaf
{
  _Atomic unsigned number[1u << LEAF_BITS];
};

static struct leaf *_Atomic top[1u << (INDEX_BITS - LEAF_BITS)];
static struct leaf first_leaf;
static atomic_bool first_leaf_taken;

/* The index of ADDRESS's granule; false if no table can lie there.  */
static bool
granule_index (const void *address, uintptr_t *index)
{
  *index = (uintptr_t) address >> GRANULE_SHIFT;
  return *index < (uintptr_t) 1 << INDEX_BITS;
}

static struct leaf *
make_leaf (struct leaf *_Atomic *place)
{
  struct leaf *leaf = &first_leaf, *found = NULL;

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

unsigned
ffi_directory_get (const void *address)
{
  uintptr_t index;

  if (!granule_index (address, &index))
    return 0;
  struct leaf *leaf
      = atomic_load_explicit (&top[index >> LEAF_BITS], memory_order_acquire);
  if (leaf == NULL)
    return 0;
  return atomic_load_explicit (&leaf->number[index & ((1u << LEAF_BITS) - 1)],
                               memory_order_acquire);
}

int
ffi_directory_set (const void *address, unsigned number)
{
  uintptr_t index;

  if (!granule_index (address, &index))
    {
      errno = ENOMEM;
      return number == 0 ? 0 : -1;
    }
  struct leaf *leaf = atomic_load (&top[index >> LEAF_BITS]);
  if (leaf == NULL && number == 0)
    return 0;
  if (leaf == NULL)
    leaf = make_leaf (&top[index >> LEAF_BITS]);
  if (leaf == NULL)
    return -1;
  atomic_store_explicit (&leaf->number[index & ((1u << LEAF_BITS) - 1)], number,
                         memory_order_release);
  return 0;
}

void
ffi_directory_free (void)
{
  for (size_t i = 0; i < sizeof top / sizeof top[0]; i++)
    {
      struct leaf *leaf = atomic_load (&top[i]);
      if (leaf == NULL)
        continue;
      atomic_store (&top[i], NULL);
      if (leaf == &first_leaf)
        atomic_store (&first_leaf_taken, false);
      else
        ffi_unmap (leaf, sizeof *leaf);
    }
}
