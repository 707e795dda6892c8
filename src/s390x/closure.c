/* SPDX-License-Identifier: MIT */
/* Closures by the s390x ELF ABI: which entry code a closure gets.  */

#include "classify.h"
#include "port.h"
#include <string.h>

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char fprs, args, addresses;
};

static const struct family families[] = {
#define F(fprs, args, addresses) { fprs, args, addresses },
  FAST_FAMILIES
#undef F
};

enum
{
  FAMILIES = sizeof families / sizeof families[0],
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP,
  MAP_REACH = 256 /* bytes of the caller's frame that it reaches */
};

/* Store in MAP where in the caller's frame, after registers were saved there, each
   argument of CIF starts, or its address is.  False if one is too far up, or may want a
   copy.  NEED becomes what the family must have.  */
static bool
fill_map (const ffi_cif *cif, unsigned char *map, struct family *need)
{
  struct ffi_assign a;

  *need = (struct family){ .args = cif->nargs };
  ffi_port_start (&a, cif, 0);
  if (a.sret == SRET_FIRST)
    ffi_port_sret (&a);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      struct ffi_loc loc = ffi_port_next (&a, type, 0);
      size_t at = loc.kind == LOC_FPR     ? SAVED_FPRS + 8u * loc.fpr
                  : loc.kind == LOC_STACK ? SAVE_AREA + loc.offset
                                          : SAVED_GPR (2u + loc.gpr);
      if (loc.count != 1 || at >= MAP_REACH || ffi_alignment_of (type) > 8)
        return false;
      if (loc.by_address)
        {
          at += MAP_ADDRESS;
          need->addresses = 1;
        }
      else if (loc.kind != LOC_FPR && type->size < 8)
        at += LOW_PART (8, type->size);
      map[i] = at;
    }
  need->fprs = a.nsrn != 0;
  return true;
}

/* The specialised entry for CIF, or null; it may rely on MAP.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK;
  struct family need;

  if (cif->nargs > MAP_SIZE || code >= FAST_RESULTS || !fill_map (cif, map, &need))
    return NULL;
  for (unsigned f = 0; f < FAMILIES; f++)
    if (need.args <= families[f].args && need.fprs <= families[f].fprs
        && need.addresses <= families[f].addresses)
      return (ffi_entry) ((char *) ffi_fast_table + ffi_fast_table[f][code]);
  return NULL;
}

#define FAST_ENTRIES (FAMILIES * FAST_RESULTS)
#include "one_entry.h"

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* basr %r1,0; lg %r0,14(%r1); lg %r1,22(%r1); br %r1; padding - the closure and the
     entry follow, which the load may find at any address.  */
  static const unsigned char code[16]
      = { 0x0d, 0x10, 0xe3, 0x00, 0x10, 0x0e, 0x00, 0x04,
          0xe3, 0x10, 0x10, 0x16, 0x00, 0x04, 0x07, 0xf1 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 16, &codeloc, sizeof codeloc);
  memcpy (tramp + 24, &entry, sizeof entry);
}
