/* SPDX-License-Identifier: MIT */
/* Scalar types of the caller's own travel like those of libffi, whatever alignment they
   have: C does not move a scalar for the sake of an attribute.  That of 0 is refused in a
   struct, which could not be laid out.  */

#include "described.h"

static unsigned short alignment;

static ffi_type *
otherwise_aligned (ffi_type *type)
{
  static ffi_type own[FFI_TYPE_LAST + 1];
  ffi_type *copy = &own[type->type];

  if (type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_VOID)
    return type;
  *copy = *type;
  copy->alignment = alignment;
  return copy;
}

static void
check_round (void)
{
  described_check_calls ();
  described_check_closures ();
}

int
main (void)
{
  static const ffi_type constant = { sizeof (int), 0, FFI_TYPE_INT, NULL };
  ffi_type *types[] = { (ffi_type *) &constant };
  STRUCT_TYPE (around, &ffi_type_sint8, (ffi_type *) &constant);
  ffi_cif cif;

  PREP_CIF (&cif, 1, (ffi_type *) &constant, types);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &around, NULL), FFI_BAD_TYPEDEF);
  described_otherwise = otherwise_aligned;
  for (unsigned a = 0; a <= 64; a = a == 0 ? 1 : 2 * a)
    {
      alignment = (unsigned short) a;
      described_in_every_abi (check_round);
    }
  return ffitest_done ();
}
