/* SPDX-License-Identifier: MIT */
/* The RET codes, in cif->flags: how a result travels.  The port's flags.h, which includes
   this, lists them as RET_CODES; asm/result.h makes symbols of the same list.  */

#ifndef FFI_RET_CODES_H
#define FFI_RET_CODES_H

enum
{
#define R(name, ...) RET_##name,
  RET_CODES
#undef R
      RET_COUNT
};

_Static_assert(RET_COUNT <= RET_MASK + 1, "RET_MASK has a bit for each");

#endif
