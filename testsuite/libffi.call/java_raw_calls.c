/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* The java raw functions call like the raw ones, and size what they copy.  */

#include "ffitest.h"

#if FFI_NATIVE_RAW_API
int
main (void)
{
  UNSUPPORTED ("where the raw API is native, ffi_java_raw_call does not exist");
}
#else

static double
take (signed char a, int b, float c, double d, void *e, int64_t f)
{
  return a == -1 && b == -70000 && c == 1.5f && d == -2.5 && e == (void *) take
                 && f == -13
             ? 42
             : -1;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_schar,  &ffi_type_sint,    &ffi_type_float,
                        &ffi_type_double, &ffi_type_pointer, &ffi_type_sint64 };
  signed char a = -1;
  int b = -70000;
  float c = 1.5f;
  double d = -2.5;
  void *e = (void *) take;
  int64_t f = -13;
  void *avalue[] = { &a, &b, &c, &d, &e, &f };
  ffi_java_raw raw[32];
  void *pointers[6];
  ffi_cif cif;
  PREP_CIF (&cif, 6, &ffi_type_double, types);
  size_t size = ffi_java_raw_size (&cif);
  CHECK (size >= 6 * sizeof (ffi_java_raw) && size <= sizeof raw / 2);
  memset (raw, 0x6c, sizeof raw);
  ffi_java_ptrarray_to_raw (&cif, avalue, raw);
  CHECK_FILL ((char *) raw + size, 0x6c, sizeof raw - size);

  double result = 0;
  ffi_java_raw_call (&cif, FFI_FN (take), &result, raw);
  CHECK_DOUBLE (result, 42);

  ffi_java_raw_to_ptrarray (&cif, raw, pointers);
  size_t sizes[] = { 1, 4, 4, 8, sizeof e, 8 };
  for (int i = 0; i < 6; i++)
    CHECK_MEM (pointers[i], avalue[i], sizes[i]);
  return ffitest_done ();
}
#endif
