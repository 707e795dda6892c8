/* SPDX-License-Identifier: MIT */
/* Raw closures return results of every class, struct arguments included.  */

#include "ffitest.h"
#include "shapes.h"

static void
handle (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  const struct shape *shape = data;
  void *pointers[FN_ARGUMENTS];
  ffi_raw_to_ptrarray (cif, raw, pointers);
  memcpy (shape_seen, pointers[1], shape->size);
  memcpy (result, pointers[3], shape->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      void *code;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 11 + (unsigned) i);
      shape_fill (shape, t, 11000 + (unsigned) i);
      ffi_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
      CHECK (closure != NULL);
      CHECK_INT (ffi_prep_raw_closure_loc (closure, &cif, handle,
                                           (void *) (uintptr_t) shape, code),
                 FFI_OK);
      shape->call_fn (code, s, t, result);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
