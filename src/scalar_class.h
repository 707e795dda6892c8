/* SPDX-License-Identifier: MIT */
/* For call.c of a port with registers of 64 bits: the classes, of its flags.h, by which
   assembly loads scalars, and the RET codes of scalar results.  */

#ifndef FFI_SCALAR_CLASS_H
#define FFI_SCALAR_CLASS_H

#include "flags.h"
#include "scalar_form.h"

static const struct scalar_form scalar_forms[FFI_TYPE_LAST + 1] = {
#define FORM SCALAR_FORM
  [FFI_TYPE_VOID] = NO_SCALAR_FORM,
  FORM (FFI_TYPE_INT, int, CLASS_S32, RET_S32),
  FORM (FFI_TYPE_UINT8, uint8_t, CLASS_U8, RET_U8),
  FORM (FFI_TYPE_SINT8, int8_t, CLASS_S8, RET_S8),
  FORM (FFI_TYPE_UINT16, uint16_t, CLASS_U16, RET_U16),
  FORM (FFI_TYPE_SINT16, int16_t, CLASS_S16, RET_S16),
  FORM (FFI_TYPE_UINT32, uint32_t, CLASS_U32, RET_U32),
  FORM (FFI_TYPE_SINT32, int32_t, CLASS_S32, RET_S32),
  FORM (FFI_TYPE_UINT64, uint64_t, CLASS_I64, RET_I64),
  FORM (FFI_TYPE_SINT64, int64_t, CLASS_I64, RET_I64),
  FORM (FFI_TYPE_POINTER, void *, CLASS_I64, RET_I64),
  FORM (FFI_TYPE_FLOAT, float, CLASS_F32, RET_FLOAT),
  FORM (FFI_TYPE_DOUBLE, double, CLASS_F64, RET_DOUBLE),
#undef FORM
};

/* The bit that classes of floating scalars have, and other scalars have not.  */
#define FLOATING 8
_Static_assert(CLASS_I64 < FLOATING && (CLASS_F32 & FLOATING) && (CLASS_F64 & FLOATING),
               "bit of floating ones");

/* The class of a scalar TYPE, which has been checked, or 0.  */
FFI_INLINE unsigned
scalar_class (const ffi_type *type)
{
  return scalar_forms[type->type].class;
}

/* The RET code of a result of TYPE, which has a class.  */
FFI_INLINE unsigned
scalar_result (const ffi_type *type)
{
  return scalar_forms[type->type].result;
}

/* The RET code of a result of TYPE, checked or not, if that is void or a scalar that one
   register holds; otherwise -1.  A void of size 0 is a mistake.  */
FFI_INLINE int
ffi_scalar_result (const ffi_type *type)
{
  if (type == NULL)
    return -1;
  if (type->type == FFI_TYPE_VOID)
    return type->size != 0 ? RET_VOID : -1;
  const struct scalar_form *form = scalar_form (type, scalar_forms);
  return form != NULL ? form->result : -1;
}

/* Integers have the same codes as results.  */
_Static_assert((int) CLASS_U8 == RET_U8 && (int) CLASS_S8 == RET_S8
                   && (int) CLASS_U16 == RET_U16 && (int) CLASS_S16 == RET_S16
                   && (int) CLASS_U32 == RET_U32 && (int) CLASS_S32 == RET_S32
                   && (int) CLASS_I64 == RET_I64,
               "classes of integers");

#endif
