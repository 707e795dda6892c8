/* SPDX-License-Identifier: MIT */
/* For closure.c of a port whose specialised entries go by families of registers: its
   flags.h has FAST_FAMILIES, the list of F (gprs, fprs, args, mapped): integer registers
   and FPRs saved, argument pointers made, and whether those go by the closure's map.  */

#ifndef FFI_FAMILY_TABLE_H
#define FFI_FAMILY_TABLE_H

#include "flags.h"

struct family
{
  unsigned char gprs, fprs, args, mapped;
};

static const struct family families[] = {
#define F(gprs, fprs, args, mapped) { gprs, fprs, args, mapped },
  FAST_FAMILIES
#undef F
};

enum
{
  FAMILIES = sizeof families / sizeof families[0],
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP
};

/* The entries by family and RET code: offsets from the table itself, 0 where there is
   none.  asm/families.h makes them.  */
extern const int32_t ffi_fast_table[FAMILIES][RET_COUNT]
    __attribute__ ((visibility ("hidden")));
#define FAST_ENTRIES (FAMILIES * RET_COUNT)

/* The entry of FAMILY, which has one for results of CODE.  */
static inline ffi_entry
family_entry (unsigned family, unsigned code)
{
  return (ffi_entry) ((char *) ffi_fast_table + ffi_fast_table[family][code]);
}

#endif
