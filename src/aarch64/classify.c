/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for AArch64, section
   6.8.2; and by Windows' variant of it for variadic functions, in which floating
   point and homogeneous aggregates are words like everything else, and a value may
   start in registers and continue on the stack.  */

#include "classify.h"
#include "aapcs.h"

static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE
         || type->type == FFI_TYPE_LONGDOUBLE
         || (type->type == FFI_TYPE_VECTOR && (type->size == 8 || type->size == 16));
}

/* A struct of 16 bytes that is aligned to 16 may have members that are so, too, and
   starts with an even register then.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  return type->size <= FFI_MAX_CLASSIFIED && !ffi_is_other (type);
}

unsigned
ffi_members (const ffi_type *type)
{
  struct members m;

  if (type->size == 0 || type->type == FFI_TYPE_VOID || !is_homogeneous (type, &m))
    return MEMBERS_NONE;
  return m.size == 4   ? MEMBERS_4
         : m.size == 8 ? MEMBERS_8
         : m.size == 2 ? MEMBERS_2
                       : MEMBERS_16;
}

unsigned
ffi_words_alignment (const ffi_type *type)
{
  return alignment_in_words (type);
}
