/* SPDX-License-Identifier: MIT */
/* An empty struct takes no register and no stack, as an argument, as a result and
   inside another struct.  */

#include "ffitest.h"

struct empty
{
};

struct around
{
  int a;
  struct empty nothing;
  double b;
};

static int seen;

static struct empty
take (int a, struct empty b, double c, struct empty d, struct around e, int f)
{
  (void) d;
  seen = a == 1 && c == 2.5 && e.a == 3 && e.b == 4.5 && f == 5;
  return b;
}

int
main (void)
{
  ffi_type *none[] = { NULL };
  ffi_type empty = { 0, 0, FFI_TYPE_STRUCT, none };
  STRUCT_TYPE (around, &ffi_type_sint, &empty, &ffi_type_double);
  ffi_type *types[]
      = { &ffi_type_sint, &empty, &ffi_type_double, &empty, &around, &ffi_type_sint };
  int a = 1, f = 5;
  double c = 2.5;
  struct empty nothing;
  struct around e = { .a = 3, .b = 4.5 };
  void *avalue[] = { &a, &nothing, &c, &nothing, &e, &f };
  unsigned char result[16];
  ffi_cif cif;
  PREP_CIF (&cif, 6, &empty, types);
  CHECK_INT (around.size, sizeof (struct around));
  memset (result, 0x4b, sizeof result);
  ffi_call (&cif, FFI_FN (take), result, avalue);
  CHECK_MSG (seen == 1, "an argument beside the empty structs came out wrong");
  CHECK_FILL (result, 0x4b, sizeof result);
  seen = 0;
  ffi_call (&cif, FFI_FN (take), NULL, avalue);
  CHECK_INT (seen, 1);
  return ffitest_done ();
}
