/* SPDX-License-Identifier: MIT */
/* ffi_raw_call takes its arguments from a block of words; the conversions to and
   from a list of pointers are inverse to each other.  Structs lie in the block, or
   their addresses do.  */

#include "ffitest.h"

struct pair
{
  long a, b;
};

static double
take (signed char a, unsigned short b, int c, float d, double e, void *f, struct pair g,
      int64_t h)
{
  return a == -1 && b == 65535 && c == -70000 && d == 1.5f && e == -2.5
                 && f == (void *) take && g.a == 11 && g.b == -12 && h == -13
             ? 42
             : -1;
}

int
main (void)
{
  STRUCT_TYPE (pair, &ffi_type_slong, &ffi_type_slong);
  ffi_type *types[]
      = { &ffi_type_schar,  &ffi_type_ushort,  &ffi_type_sint, &ffi_type_float,
          &ffi_type_double, &ffi_type_pointer, &pair,          &ffi_type_sint64 };
  signed char a = -1;
  unsigned short b = 65535;
  int c = -70000;
  float d = 1.5f;
  double e = -2.5;
  void *f = (void *) take;
  struct pair g = { 11, -12 };
  int64_t h = -13;
  void *avalue[] = { &a, &b, &c, &d, &e, &f, &g, &h };
  ffi_raw raw[32];
  void *pointers[8];
  ffi_cif cif;
  PREP_CIF (&cif, 8, &ffi_type_double, types);

  size_t size = ffi_raw_size (&cif);
  CHECK_INT (size % sizeof (ffi_raw), 0);
  CHECK (size <= sizeof raw / 2);
  if (sizeof (ffi_raw) == 8)
    CHECK_INT (size, 8 * 8);
  else if (FFI_NATIVE_RAW_API)
    CHECK_INT (size, 12 * 4 - 4);
  memset (raw, 0x6c, sizeof raw);
  ffi_ptrarray_to_raw (&cif, avalue, raw);
  CHECK_FILL ((char *) raw + size, 0x6c, sizeof raw - size);
  CHECK_INT (raw[0].sint, -1);
  CHECK_INT (raw[1].uint, 65535);
  CHECK_INT (raw[2].sint, -70000);
  CHECK_DOUBLE (raw[3].flt, 1.5);

  double result = 0;
  ffi_raw_call (&cif, FFI_FN (take), &result, raw);
  CHECK_DOUBLE (result, 42);

  ffi_raw_to_ptrarray (&cif, raw, pointers);
  size_t sizes[] = { 1, 2, 4, 4, 8, sizeof f, sizeof g, 8 };
  for (int i = 0; i < 8; i++)
    CHECK_MEM (pointers[i], avalue[i], sizes[i]);
  CHECK_INT (pointers[6] == &g, !FFI_NATIVE_RAW_API);
  return ffitest_done ();
}
