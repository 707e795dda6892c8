/* SPDX-License-Identifier: MIT */
/* For call.c of a port with registers of 64 bits: how much stack the arguments of a call
   need at most.  Nothing is classified for it, which a general call does anyway.  */

#ifndef FFI_STACK_BOUND_H
#define FFI_STACK_BOUND_H

#include "scalar_class.h"

/* What arguments other than scalars need.  Each counts as the words that it fills if it
   is passed by value, with what is left free before it in registers and on the stack; and
   as a copy.  */
struct stack_need
{
  size_t words, copies;
};

FFI_INLINE void
ffi_need_next (struct stack_need *need, const ffi_type *type)
{
  need->words += type->size <= FFI_MAX_CLASSIFIED ? (type->size + 7) / 8 + 2 : 1;
  need->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
}

/* The bytes that the arguments of CIF, and copies of them, take up at most beyond
   registers.  SRET is 1 if the result's address is in an integer register, otherwise 0;
   with WORDS_ONLY, FPRs may be left unused.  More than FFI_MAX_ARG_SIZE is too much.  */
FFI_INLINE size_t
ffi_stack_bound (const ffi_cif *cif, unsigned sret, bool words_only)
{
  const struct scalar_form *forms = scalar_forms;
  struct stack_need need = { 0, 0 };
  size_t floats = 0;

  FFI_ONCE (forms);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      unsigned class = forms[type->type].class;
      floats += (class & FLOATING) != 0;
      if (class == 0 && type->type != FFI_TYPE_VOID)
        ffi_need_next (&need, type);
    }
  /* Scalars fill the registers of their sort, if nothing else is in these.  */
  size_t words = sret + cif->nargs - floats + need.words;
  size_t bytes = words > GPRS ? 8 * (words - GPRS) : 0;
  if (words_only || need.copies != 0)
    bytes += 8 * floats;
  else if (floats > FPRS)
    bytes += 8 * (floats - FPRS);
  return FFI_ALIGN_UP (bytes, (size_t) 16) + need.copies;
}

#endif
