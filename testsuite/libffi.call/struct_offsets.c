/* SPDX-License-Identifier: MIT */
/* ffi_get_struct_offsets agrees with offsetof, sizeof and _Alignof.  */

#include "ffitest.h"

struct inner
{
  char a;
  double b;
};

struct outer
{
  char a;
  short b;
  char c;
  int d;
  struct inner e;
  char f;
  long double g;
  float h;
  struct inner i[2];
  void *j;
  char k;
};

int
main (void)
{
  STRUCT_TYPE (inner, &ffi_type_schar, &ffi_type_double);
  STRUCT_TYPE (outer, &ffi_type_schar, &ffi_type_sshort, &ffi_type_schar, &ffi_type_sint,
               &inner, &ffi_type_schar, &ffi_type_longdouble, &ffi_type_float, &inner,
               &inner, &ffi_type_pointer, &ffi_type_schar);
  const size_t expected[]
      = { offsetof (struct outer, a),    offsetof (struct outer, b),
          offsetof (struct outer, c),    offsetof (struct outer, d),
          offsetof (struct outer, e),    offsetof (struct outer, f),
          offsetof (struct outer, g),    offsetof (struct outer, h),
          offsetof (struct outer, i[0]), offsetof (struct outer, i[1]),
          offsetof (struct outer, j),    offsetof (struct outer, k) };
  size_t offsets[ARRAY_SIZE (expected) + 1];
  for (int round = 0; round < 2; round++)
    {
      memset (offsets, 0x5a, sizeof offsets);
      CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &outer, offsets), FFI_OK);
      for (size_t i = 0; i < ARRAY_SIZE (expected); i++)
        CHECK_INT (offsets[i], expected[i]);
      CHECK_FILL (&offsets[ARRAY_SIZE (expected)], 0x5a, sizeof offsets[0]);
      CHECK_INT (outer.size, sizeof (struct outer));
      CHECK_INT (outer.alignment, _Alignof(struct outer));
      CHECK_INT (inner.size, sizeof (struct inner));
      CHECK_INT (inner.alignment, _Alignof(struct inner));
    }
  STRUCT_TYPE (again, &ffi_type_schar, &ffi_type_sint64);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &again, NULL), FFI_OK);
  CHECK_INT (again.size, sizeof (struct {
               char a;
               int64_t b;
             }));
  return ffitest_done ();
}
