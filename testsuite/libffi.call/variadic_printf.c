/* SPDX-License-Identifier: MIT */
/* snprintf through ffi_prep_cif_var formats arguments of every promoted type.  */

#include "ffitest.h"

int
main (void)
{
  char buffer[200], expected[200];
  char *out = buffer;
  size_t size = sizeof buffer;
  const char *format = "%d %s %g %lld %Lg %c %p %g %g %g %g %g %g %g %g %d";
  const char *string = "string";
  int i = -7, last = 99, c = 'x';
  long long ll = -1234567890123LL;
  long double ld = 2.5L;
  double d[9] = { 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5 };
  void *p = buffer;

  ffi_type *types[]
      = { &ffi_type_pointer, &ffi_type_ulong,   &ffi_type_pointer, &ffi_type_sint,
          &ffi_type_pointer, &ffi_type_double,  &ffi_type_sint64,  &ffi_type_longdouble,
          &ffi_type_sint,    &ffi_type_pointer, &ffi_type_double,  &ffi_type_double,
          &ffi_type_double,  &ffi_type_double,  &ffi_type_double,  &ffi_type_double,
          &ffi_type_double,  &ffi_type_double,  &ffi_type_sint };
  void *avalue[] = { &out,  &size, &format, &i,    &string, &d[0], &ll,   &ld,   &c,   &p,
                     &d[1], &d[2], &d[3],   &d[4], &d[5],   &d[6], &d[7], &d[8], &last };
  ffi_cif cif;
  ffi_arg result = 0;
  PREP_CIF_VAR (&cif, 3, ARRAY_SIZE (types), &ffi_type_sint, types);
  ffi_call (&cif, FFI_FN (snprintf), &result, avalue);
  int length = snprintf (expected, sizeof expected, format, i, string, d[0], ll, ld, c, p,
                         d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], last);
  CHECK_INT ((int) result, length);
  CHECK_MSG (strcmp (buffer, expected) == 0, "expected \"%s\", got \"%s\"", expected,
             buffer);
  return ffitest_done ();
}
