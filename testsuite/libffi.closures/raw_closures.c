/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Raw closures, plain and java, give the handler one block of words.  */

#include "ffitest.h"

static int good;

static void
handle (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *pointers[5];
  ffi_raw_to_ptrarray (cif, raw, pointers);
  good = data == &good && raw[0].sint == -3 && raw[1].uint == 200
         && *(double *) pointers[2] == 2.5 && *(void **) pointers[3] == &good
         && *(int64_t *) pointers[4] == -5;
  *(ffi_arg *) result = (ffi_arg) -11;
}

#if !FFI_NATIVE_RAW_API
static void
handle_java (ffi_cif *cif, void *result, ffi_java_raw *raw, void *data)
{
  void *pointers[5];
  ffi_java_raw_to_ptrarray (cif, raw, pointers);
  good = data == &good && *(int *) pointers[0] == -3
         && *(unsigned char *) pointers[1] == 200 && *(double *) pointers[2] == 2.5
         && *(void **) pointers[3] == &good && *(int64_t *) pointers[4] == -5;
  *(ffi_arg *) result = (ffi_arg) -11;
}

#endif

typedef int (*function) (int, unsigned char, double, void *, int64_t);

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_uchar, &ffi_type_double,
                        &ffi_type_pointer, &ffi_type_sint64 };
  ffi_cif cif;
  void *code;
  PREP_CIF (&cif, 5, &ffi_type_sint, types);

  ffi_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_INT (ffi_prep_raw_closure_loc (closure, &cif, handle, &good, code), FFI_OK);
  CHECK_INT (CODE_AS (function, code) (-3, 200, 2.5, &good, -5), -11);
  CHECK_MSG (good == 1, "an argument of a raw closure came out wrong");
  good = 0;
  CHECK_INT (ffi_prep_raw_closure (closure, &cif, handle, &good), FFI_OK);
  CHECK_INT (CODE_AS (function, code) (-3, 200, 2.5, &good, -5), -11);
  CHECK_MSG (good == 1, "an argument of a raw closure came out wrong");
  ffi_closure_free (closure);

#if !FFI_NATIVE_RAW_API
  ffi_java_raw_closure *java = ffi_closure_alloc (sizeof *java, &code);
  CHECK (java != NULL);
  good = 0;
  CHECK_INT (ffi_prep_java_raw_closure_loc (java, &cif, handle_java, &good, code),
             FFI_OK);
  CHECK_INT (CODE_AS (function, code) (-3, 200, 2.5, &good, -5), -11);
  CHECK_MSG (good == 1, "an argument of a java raw closure came out wrong");
  good = 0;
  CHECK_INT (ffi_prep_java_raw_closure (java, &cif, handle_java, &good), FFI_OK);
  CHECK_INT (CODE_AS (function, code) (-3, 200, 2.5, &good, -5), -11);
  CHECK_MSG (good == 1, "an argument of a java raw closure came out wrong");
  ffi_closure_free (java);
#endif
  return ffitest_done ();
}
