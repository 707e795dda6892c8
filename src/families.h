/* SPDX-License-Identifier: MIT */
/* For closure.c of a port whose families of specialised entries (family_table.h) save
   registers and stack arguments as words.  Its flags.h has FAST_POINTERS, where in an
   entry's frame the pointers start; behind them are the integer registers, the FPRs,
   FAST_RECORD bytes and, at a multiple of 16, the stack arguments.  */

#ifndef FFI_FAMILIES_H
#define FFI_FAMILIES_H

#include "closure_map.h"
#include "family_table.h"

/* The specialised entry for CIF, or null; it may rely on MAP.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK;
  struct ffi_assign a;

  if (cif->nargs > MAP_SIZE || !ffi_fill_map (cif, map, &a))
    return NULL;
  bool ordered = (a.ngrn == 0 || a.nsrn == 0) && ffi_map_in_order (map, cif->nargs);
  for (unsigned f = 0; f < FAMILIES; f++)
    {
      const struct family *family = &families[f];
      if (cif->nargs > family->args || a.ngrn > family->gprs || a.nsrn > family->fprs
          || (!family->mapped && !ordered) || ffi_fast_table[f][code] == 0)
        continue;
      unsigned gpr = FAST_POINTERS / 8 + family->args, fpr = gpr + family->gprs;
      unsigned stack = FFI_ALIGN_UP (fpr + family->fprs + FAST_RECORD / 8, 2);
      if (family->mapped)
        ffi_place_map (map, cif->nargs, gpr, fpr, stack);
      return family_entry (f, code);
    }
  return NULL;
}

#endif
