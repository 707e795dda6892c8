/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* An empty class of C++ travels as g++ has it: on x86-64 nowhere, otherwise like a struct
   of one byte, the value of which does not count.  */

#include "ffitest.h"
#include <ffi_types.h>

#if defined __x86_64__
#define EMPTY
#define NONE void
#else
struct byte
{
  unsigned char value;
};
#define EMPTY struct byte FFITEST_UNUSED e,
#define NONE struct byte
#endif

static ffi_aggregate empty = FFI_EMPTY_CLASS (empty);

static double
function (long a, EMPTY long b, double c)
{
  return (double) a * 100 + (double) b * 10 + c;
}

static long result_seen;

static NONE
returns (long a)
{
  result_seen = a;
#if !defined __x86_64__
  return (struct byte){ 0 };
#endif
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(double *) result = (double) *(long *) args[0] * 100 + (double) *(long *) args[2] * 10
                       + *(double *) args[3];
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_slong, &empty.type, &ffi_type_slong, &ffi_type_double };
  long a = 1, b = 2;
  double c = 3, result = 0;
  char nothing[8] = { 0 };
  void *values[] = { &a, nothing, &b, &c }, *code;
  ffi_cif cif;

  PREP_CIF (&cif, 4, &ffi_type_double, types);
  ffi_call (&cif, FFI_FN (function), &result, values);
  CHECK (result == 123);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  CHECK (((double (*) (long, EMPTY long, double)) code) (4,
#if !defined __x86_64__
                                                         (struct byte){ 0 },
#endif
                                                         5, 6)
         == 456);
  ffi_closure_free (closure);
  PREP_CIF (&cif, 1, &empty.type, types);
  ffi_call (&cif, FFI_FN (returns), nothing, values);
  CHECK_INT (result_seen, 1);
  return ffitest_done ();
}
