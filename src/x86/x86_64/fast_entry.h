/* SPDX-License-Identifier: MIT */
/* The entry code of the most common closures, chosen inline: what ffi_port_closure_entry
   would choose and store in MAP.  Null: call that.  */

#ifndef FFI_FAST_ENTRY_H
#define FFI_FAST_ENTRY_H

#include "flags.h"

static inline ffi_entry
ffi_port_fast_entry (const ffi_cif *cif, unsigned char *map)
{
  (void) map;
  unsigned family = (cif->flags >> FLAG_FAMILY_SHIFT) - 1;

  if (unlikely (family >= FAMILY_MAPPED || cif->abi != FFI_UNIX64))
    return NULL;
  return ffi_fast_entry (family, cif->flags & RET_MASK);
}

#endif
