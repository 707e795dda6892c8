/* SPDX-License-Identifier: MIT */
/* For call.c of a port: what scalars look like that registers hold, by which
   ffi_prep_cif tells them from other types, checked or not.  */

#ifndef FFI_SCALAR_FORM_H
#define FFI_SCALAR_FORM_H

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

/* Of a type code, its class and its RET code as a result; a class of 0: no such scalar,
   and another type code.  */
struct scalar_form
{
  _Alignas(type_head) unsigned short alignment;
  unsigned short type;
  unsigned char size, class, result;
};

#define SCALAR_FORM(code, ctype, class, result)                                          \
  [code] = { _Alignof(struct { ctype x; }), code, sizeof (ctype), class, result }
#define NO_SCALAR_FORM                                                                   \
  {                                                                                      \
    .type = USHRT_MAX                                                                    \
  }

/* The form of TYPE, of an argument or a result, checked or not, from FORMS, the table of
   them by type code; or null if it has none, or an alignment of its own.  */
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

#endif
