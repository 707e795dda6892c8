/* SPDX-License-Identifier: MIT */
/* What ffi_port_closure_entry would choose and store in MAP, if that is easily said
   without a call; or null.  */

#ifndef FFI_QUICK_ENTRY_H
#define FFI_QUICK_ENTRY_H

#include "internal.h"

static inline ffi_entry
ffi_quick_entry (const ffi_cif *cif, unsigned char *map)
{
  (void) map;
  unsigned family = (cif->flags >> FLAG_FAMILY_SHIFT) - 1;

  if (unlikely (family >= FAMILY_MAPPED || cif->abi != FFI_UNIX64))
    return NULL;
  return ffi_fast_entry (family, cif->flags & RET_MASK);
}

#endif
