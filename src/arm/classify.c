/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for the Arm Architecture,
   section 6: base variant and VFP variant.  */

#include "classify.h"
#include "aapcs.h"

/* Numbers of ffi_types.h are members, too.  */
static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

/* The alignment of its members decides where a struct of any size starts.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  return type->size <= FFI_MAX_CLASSIFIED || type->alignment >= 8;
}

unsigned
ffi_vfp_class (const ffi_type *type)
{
  struct members m;

  return is_homogeneous (type, &m) ? LOC_CLASS (LOC_FPR, m.count, m.size) : LOC_GPR;
}

unsigned
ffi_vfp_singles (const ffi_type *type)
{
  return ffi_singles_of (ffi_vfp_class (type));
}

unsigned
ffi_words_alignment (const ffi_type *type)
{
  return alignment_in_words (type);
}
