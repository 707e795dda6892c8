/* SPDX-License-Identifier: MIT */
/* For call.c of a port with registers of 64 bits: the classes, of its flags.h, by which
   assembly loads scalars.  */

#ifndef FFI_SCALAR_CLASS_H
#define FFI_SCALAR_CLASS_H

#include "flags.h"
#include "loc.h"
#include "scalar.h"

/* The classes of scalars that one register holds.  */
static const unsigned char scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS_S32,    [FFI_TYPE_UINT8] = CLASS_U8,
  [FFI_TYPE_SINT8] = CLASS_S8,   [FFI_TYPE_UINT16] = CLASS_U16,
  [FFI_TYPE_SINT16] = CLASS_S16, [FFI_TYPE_UINT32] = CLASS_U32,
  [FFI_TYPE_SINT32] = CLASS_S32, [FFI_TYPE_UINT64] = CLASS_I64,
  [FFI_TYPE_SINT64] = CLASS_I64, [FFI_TYPE_POINTER] = CLASS_I64,
  [FFI_TYPE_FLOAT] = CLASS_F32,  [FFI_TYPE_DOUBLE] = CLASS_F64,
};

/* Integers have the same codes as results.  */
_Static_assert((int) CLASS_U8 == RET_U8 && (int) CLASS_S8 == RET_S8
                   && (int) CLASS_U16 == RET_U16 && (int) CLASS_S16 == RET_S16
                   && (int) CLASS_U32 == RET_U32 && (int) CLASS_S32 == RET_S32
                   && (int) CLASS_I64 == RET_I64,
               "classes of integers");

/* What is known of arguments that are scalars: their classes, four bits each, the first
   in the lowest; and, not 0 if so, that one is floating, or other than CLASS_I64.  */
struct scalar_classes
{
  unsigned classes, floating, other;
};

/* Fill in SCALARS for the arguments of CIF, at most FAST_ARGS, checked or not.  False if
   one has no class, or an alignment of more than MOST.  */
FFI_INLINE bool
ffi_scalar_classes (const ffi_cif *cif, unsigned most, struct scalar_classes *scalars)
{
  unsigned classes = 0, floating = 0, other = 0;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type == NULL || !ffi_is_scalar_value (type))
        return false;
      unsigned class = scalar_class[type->type];
      if (class == 0 || type->alignment > most)
        return false;
      floating |= class > CLASS_I64;
      other |= class ^ CLASS_I64;
      classes |= class << 4 * i;
    }
  *scalars = (struct scalar_classes){ classes, floating, other };
  return true;
}

#endif
