/* SPDX-License-Identifier: MIT */
/* The raw API with Java's idea of a word.  Deprecated, and part of the ABI.  */

#include "raw.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

FFI_COLD size_t
ffi_java_raw_size (ffi_cif *cif)
{
  return ffi_raw_block_size (cif, ffi_java_raw_words);
}

FFI_COLD void
ffi_java_ptrarray_to_raw (ffi_cif *cif, void **args, ffi_java_raw *raw)
{
  ffi_raw_pack (cif, args, raw, SIZE_MAX, ffi_java_raw_words);
}

FFI_COLD void
ffi_java_raw_to_ptrarray (ffi_cif *cif, ffi_java_raw *raw, void **args)
{
  ffi_raw_unpack (cif, raw, args, ffi_java_raw_words);
}

#if !FFI_NATIVE_RAW_API
void
ffi_java_raw_call (ffi_cif *cif, void (*fn) (void), void *rvalue, ffi_java_raw *avalue)
{
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));

  ffi_raw_unpack (cif, avalue, args, ffi_java_raw_words);
  ffi_call (cif, fn, rvalue, args);
}

ffi_status
ffi_prep_java_raw_closure_loc (ffi_java_raw_closure *closure, ffi_cif *cif,
                               void (*fun) (ffi_cif *, void *, ffi_java_raw *, void *),
                               void *user_data, void *codeloc)
{
  return ffi_raw_prep_closure (closure, cif, ffi_java_raw_translate, fun, user_data,
                               codeloc);
}

ffi_status
ffi_prep_java_raw_closure (ffi_java_raw_closure *closure, ffi_cif *cif,
                           void (*fun) (ffi_cif *, void *, ffi_java_raw *, void *),
                           void *user_data)
{
  return ffi_prep_java_raw_closure_loc (closure, cif, fun, user_data, closure);
}
#endif
