/* SPDX-License-Identifier: MIT */
/* Preparing signatures for the Microsoft x64 convention.

   Every argument takes one word: its value if that has 1, 2, 4 or 8 bytes, otherwise
   the address of a copy.  The first four words travel in rcx, rdx, r8 and r9, or
   xmm0 to xmm3 if they are float or double, and have room on the stack all the same.
   What Microsoft does not define follows GCC's ms_abi, but for one thing: a long
   double result is in memory only under FFI_GNUW64, and in st(0) under FFI_WIN64,
   which is what clang does.  */

#include "classify.h"

static bool
is_direct (const ffi_type *type)
{
  return type->size <= 8 && type->size != 0 && (type->size & (type->size - 1)) == 0;
}

static unsigned
result_code (const ffi_cif *cif)
{
  const ffi_type *type = cif->rtype;

  switch (type->type)
    {
    case FFI_TYPE_UINT128:
    case FFI_TYPE_SINT128:
      return RET_VECTOR16;
    case FFI_TYPE_LONGDOUBLE:
      return cif->abi == FFI_GNUW64 ? RET_MEMORY : RET_X87;
    case FFI_TYPE_VECTOR:
      if (type->size == 16)
        return RET_VECTOR16;
      break;
    case FFI_TYPE_STRUCT:
    case FFI_TYPE_COMPLEX:
      break;
    default:
      return ffi_scalar_result[type->type];
    }
  if (type->size == 0)
    return RET_VOID;
  if (!is_direct (type))
    return RET_MEMORY;
  return type->size == 8 ? RET_I64 : RET_I64 | FLAG_PARTIAL;
}

ffi_status
ffi_prep_win64 (ffi_cif *cif)
{
  struct ffi_assign a;

  cif->flags = result_code (cif) | 4 << FLAG_ALIGN_SHIFT;
  ffi_port_start (&a, cif, WIN64);
  if (a.sret == SRET_FIRST)
    ffi_port_sret (&a);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      ffi_port_next (&a, cif->arg_types[i], WIN64);
      if (a.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
    }
  size_t words = a.ngrn < WIN_GPRS ? WIN_GPRS : a.ngrn;
  cif->bytes = FFI_ALIGN_UP (8 * words, (size_t) 16) + a.copies;
  return FFI_OK;
}
