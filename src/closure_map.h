/* SPDX-License-Identifier: MIT */
/* A closure's map: where each argument starts in the frame of its entry code, in words,
   one byte each.  It lies in the closure's trampoline area, behind the pair.  */

#ifndef FFI_CLOSURE_MAP_H
#define FFI_CLOSURE_MAP_H

#include "loc.h"

/* Numbers of the places where an argument may start, before a family of entries is
   chosen: integer registers from 0, FPRs, words of the stack.  */
enum
{
  MAPPED_FPR = 16,
  MAPPED_STACK = 32,
  MAPPED_REACH = 192 /* words of the stack: in a frame they have numbers of 8 bits, too */
};
#define NOT_MAPPED SIZE_MAX

FFI_INLINE size_t
ffi_map_number (struct ffi_loc loc)
{
  if (loc.kind == LOC_STACK)
    return loc.offset < MAPPED_REACH * WORD ? MAPPED_STACK + loc.offset / WORD
                                            : NOT_MAPPED;
  return loc.kind == LOC_GPR ? loc.gpr : MAPPED_FPR + (size_t) loc.fpr;
}

/* Turn the numbers of the NARGS arguments in MAP into words of a frame in which integer
   registers, FPRs and stack arguments start at the words GPR, FPR and STACK.  */
FFI_INLINE void
ffi_place_map (unsigned char *map, unsigned nargs, unsigned gpr, unsigned fpr,
               unsigned stack)
{
  for (unsigned i = 0; i < nargs; i++)
    map[i] += map[i] >= MAPPED_STACK ? stack - MAPPED_STACK
              : map[i] >= MAPPED_FPR ? fpr - MAPPED_FPR
                                     : gpr;
}

/* Whether argument I of NARGS is in the I-th integer register or in the I-th FPR.  */
FFI_INLINE bool
ffi_map_in_order (const unsigned char *map, unsigned nargs)
{
  for (unsigned i = 0; i < nargs; i++)
    if (map[i] != i && map[i] != MAPPED_FPR + i)
      return false;
  return true;
}

/* Store in MAP what ffi_port_map says of each argument of CIF; *A is how the walk over
   them ends.  False if one is not where entry code leaves it, or too far up.  */
bool ffi_fill_map (const ffi_cif *cif, unsigned char *map, struct ffi_assign *a)
    __attribute__ ((visibility ("hidden")));

#endif
