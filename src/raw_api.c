/* SPDX-License-Identifier: MIT */
/* The raw API: calls and closures whose arguments are one block of words.  */

#include "raw.h"

size_t
ffi_raw_size (ffi_cif *cif)
{
  return ffi_raw_block_size (cif, ffi_raw_words);
}

void
ffi_ptrarray_to_raw (ffi_cif *cif, void **args, ffi_raw *raw)
{
  ffi_raw_pack (cif, args, raw, SIZE_MAX, ffi_raw_words);
}

void
ffi_raw_to_ptrarray (ffi_cif *cif, ffi_raw *raw, void **args)
{
  ffi_raw_unpack (cif, raw, args, ffi_raw_words);
}

void
ffi_raw_call (ffi_cif *cif, void (*fn) (void), void *rvalue, ffi_raw *avalue)
{
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));

  ffi_raw_unpack (cif, avalue, args, ffi_raw_words);
  ffi_call (cif, fn, rvalue, args);
}

#if !FFI_NATIVE_RAW_API
ffi_status
ffi_raw_prep_closure (ffi_raw_closure *closure, ffi_cif *cif, ffi_handler translate,
                      void (*fun) (ffi_cif *, void *, ffi_raw *, void *), void *user_data,
                      void *codeloc)
{
  if (closure == NULL || fun == NULL)
    return FFI_BAD_ABI;
  /* A raw closure is a closure whose data is itself, followed by the raw part, which is
     there first: a sealed closure has a copy.  */
  ffi_raw_closure before = *closure;
  closure->fun = fun;
  closure->user_data = user_data;
  ffi_status status
      = ffi_prep_closure_loc ((ffi_closure *) closure, cif, translate, closure, codeloc);
  if (status != FFI_OK)
    {
      closure->fun = before.fun;
      closure->user_data = before.user_data;
    }
  return status;
}

ffi_status
ffi_prep_raw_closure_loc (ffi_raw_closure *closure, ffi_cif *cif,
                          void (*fun) (ffi_cif *, void *, ffi_raw *, void *),
                          void *user_data, void *codeloc)
{
  return ffi_raw_prep_closure (closure, cif, ffi_raw_translate, fun, user_data, codeloc);
}
#endif

ffi_status
ffi_prep_raw_closure (ffi_raw_closure *closure, ffi_cif *cif,
                      void (*fun) (ffi_cif *, void *, ffi_raw *, void *), void *user_data)
{
  return ffi_prep_raw_closure_loc (closure, cif, fun, user_data, closure);
}
