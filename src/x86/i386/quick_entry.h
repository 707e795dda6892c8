/* SPDX-License-Identifier: MIT */
/* What ffi_arch_closure_entry would choose and store in MAP, if that is easily said
   without a call; or null.  */

#ifndef FFI_QUICK_ENTRY_H
#define FFI_QUICK_ENTRY_H

#define FFI_HAS_QUICK_ENTRY 1

#include "internal.h"
#include <string.h>

/* Up to four words, and a result of words.  */
static inline ffi_entry
ffi_quick_entry (const ffi_cif *cif, unsigned char *map)
{
  const unsigned words = 0x11111111 * CLASS32_WORD,
                 results = 1 << RET32_VOID | 1 << RET32_I32 | 1 << RET32_I64;
  unsigned flags = cif->flags, nargs = cif->nargs, abi = cif->abi;
  unsigned convention = (flags & FLAG32_CONVENTION_MASK) >> FLAG32_CONVENTION_SHIFT;

  if (unlikely (nargs > SHAPE_ARGS32 || (cif->bytes & ~words) != 0
                || (results >> (flags & RET32_MASK) & 1) == 0
                || abi - FFI_SYSV >= FFI_LAST_ABI - FFI_SYSV))
    return NULL;
  const struct shape32 *shape = &ffi_shapes32[convention][nargs];
  if (unlikely (((flags ^ shape->flags) & SHAPE_FLAGS32) != 0))
    return NULL;
  memcpy (map, &shape->places, sizeof shape->places);
  return (ffi_entry) ((char *) ffi_fast_table32
                      + ffi_fast_table32[shape->family][KIND32_WORDS]);
}

#endif
