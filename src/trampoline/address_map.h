/* SPDX-License-Identifier: MIT */
/* The address map: from any address to the number of the table in whose region it lies,
   without looking at the address.  */

#ifndef FFI_ADDRESS_MAP_H
#define FFI_ADDRESS_MAP_H

#include "region.h"
#include <stdatomic.h>

enum
{
  FFI_INDEX_BITS = ADDRESS_BITS - REGION_SHIFT,
  FFI_LEAF_BITS = FFI_INDEX_BITS > 20 ? 15 : 10
};

struct ffi_leaf
{
  _Atomic unsigned number[1u << FFI_LEAF_BITS];
};

extern struct ffi_leaf *_Atomic ffi_address_map[1u << (FFI_INDEX_BITS - FFI_LEAF_BITS)]
    __attribute__ ((visibility ("hidden")));

/* The index of ADDRESS's region; false if no table can lie there.  */
static inline bool
ffi_region_index (const void *address, uintptr_t *index)
{
  *index = (uintptr_t) address >> REGION_SHIFT;
  return *index < (uintptr_t) 1 << FFI_INDEX_BITS;
}

/* The number stored for ADDRESS, 0 if none.  */
static inline unsigned
ffi_address_map_get (const void *address)
{
  uintptr_t index;

  if (!ffi_region_index (address, &index))
    return 0;
  struct ffi_leaf *leaf = atomic_load_explicit (&ffi_address_map[index >> FFI_LEAF_BITS],
                                                memory_order_acquire);
  if (leaf == NULL)
    return 0;
  return atomic_load_explicit (&leaf->number[index & ((1u << FFI_LEAF_BITS) - 1)],
                               memory_order_acquire);
}

/* Store NUMBER for the region of ADDRESS; 0 always succeeds.  Returns 0, or -1
   with errno ENOMEM.  */
int ffi_address_map_set (const void *address, unsigned number);

/* Unmap what the address map occupies outside of the image, unless something is in it:
   then return false.  No other thread may be about to read it.  */
bool ffi_address_map_free (void);

/* Whether it occupies anything there.  */
bool ffi_address_map_has_extra (void);

/* The number of a region that holds a large closure and no table.  */
#define ADDRESS_MAP_LARGE (~0u)

#endif
