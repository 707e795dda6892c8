/* SPDX-License-Identifier: MIT */
/* The entry code of the most common closures, chosen inline: what ffi_port_closure_entry
   would choose and store in MAP.  Null: call that.  */

#ifndef FFI_FAST_ENTRY_H
#define FFI_FAST_ENTRY_H

#include "flags.h"
#include <string.h>

/* Up to four words, and a result of words.  */
static inline ffi_entry
ffi_port_fast_entry (const ffi_cif *cif, unsigned char *map)
{
  const unsigned words = 0x11111111 * CLASS_WORD,
                 results = 1 << RET_VOID | 1 << RET_I32 | 1 << RET_I64;
  unsigned flags = cif->flags, nargs = cif->nargs, abi = cif->abi;
  unsigned convention = (flags & FLAG_CONVENTION_MASK) >> FLAG_CONVENTION_SHIFT;

  if (unlikely (nargs > SHAPE_ARGS || (cif->bytes & ~words) != 0
                || (results >> (flags & RET_MASK) & 1) == 0
                || abi - FFI_SYSV >= FFI_LAST_ABI - FFI_SYSV))
    return NULL;
  const struct shape *shape = &ffi_shapes[convention][nargs];
  if (unlikely (((flags ^ shape->flags) & SHAPE_FLAGS) != 0))
    return NULL;
  memcpy (map, &shape->places, sizeof shape->places);
  return (ffi_entry) ((char *) ffi_fast_table
                      + ffi_fast_table[shape->family][KIND_WORDS]);
}

#endif
