/* SPDX-License-Identifier: MIT */
/* For call.c of a port with registers of 64 bits: the classes, of its flags.h, by which
   assembly loads scalars, and the RET codes of scalar results.  */

#ifndef FFI_SCALAR_CLASS_H
#define FFI_SCALAR_CLASS_H

#include "flags.h"
#include "loc.h"
#include "scalar.h"
#include <limits.h>
#include <stddef.h>

/* Alignment and type code of an ffi_type or a scalar_form, as one word.  */
typedef uint32_t __attribute__ ((may_alias)) type_head;
#define TYPE_HEAD(type) (*(const type_head *) &(type)->alignment)
_Static_assert(offsetof (ffi_type, alignment) % sizeof (type_head) == 0
                   && offsetof (ffi_type, type) == offsetof (ffi_type, alignment) + 2,
               "one word");

/* By type code, what a scalar that one register holds looks like, its class and its RET
   code as a result; a class of 0: no such scalar, and another type code.  */
struct scalar_form
{
  _Alignas(type_head) unsigned short alignment;
  unsigned short type;
  unsigned char size, class, result;
};

static const struct scalar_form scalar_forms[FFI_TYPE_LAST + 1] = {
#define FORM(code, ctype, class, result)                                                 \
  [code] = { _Alignof(struct { ctype x; }), code, sizeof (ctype), class, result }
  [FFI_TYPE_VOID] = { .type = USHRT_MAX },
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

/* The form of TYPE, of an argument or a result, checked or not, from FORMS, which is
   scalar_forms; or null if it has none, or an alignment of its own.  */
FFI_INLINE const struct scalar_form *
scalar_form (const ffi_type *type, const struct scalar_form *forms)
{
  if (type == NULL)
    return NULL;
  const size_t code = type->type;
  if (code > FFI_TYPE_LAST)
    return NULL;
  forms += code;
  return TYPE_HEAD (type) == TYPE_HEAD (forms) && type->size == forms->size ? forms
                                                                            : NULL;
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
