/* SPDX-License-Identifier: MIT */
/* Unions, arrays and structs with given offsets get the compiler's size and alignment if
   they have none; ffi_get_struct_offsets tells where each member lies.  They do so inside
   other structs, too.  */

#include "ffitest.h"
#include <ffi_types.h>
#include <stddef.h>

struct inner
{
  short a;
  float b[3];
};
union number
{
  char c[11];
  double d;
  struct inner inner;
};
struct outer
{
  char a;
  union number b;
  int c : 5;
  int d : 20;
};

#define OF(code, name) FFI_AGGREGATE (name, code, 0, 0, ARRAY_SIZE (name##_m), name##_m)

static const ffi_member inner_m[]
    = { FFI_MEMBER (&ffi_type_sshort, 0), FFI_ARRAY (&ffi_type_float, 4, 3) };
static ffi_aggregate inner = OF (FFI_TYPE_LAYOUT, inner);
static const ffi_member number_m[]
    = { FFI_ARRAY (&ffi_type_schar, 0, 11), FFI_MEMBER (&ffi_type_double, 0),
        FFI_MEMBER (&inner.type, 0) };
static ffi_aggregate number = OF (FFI_TYPE_UNION, number);
static const ffi_member outer_m[] = {
  FFI_MEMBER (&ffi_type_schar, 0), FFI_MEMBER (&number.type, offsetof (struct outer, b)),
  FFI_BITS (&ffi_type_sint, 8 * (offsetof (struct outer, b) + sizeof (union number)), 5),
  FFI_BITS (&ffi_type_sint, 8 * (offsetof (struct outer, b) + sizeof (union number)) + 5,
            20)
};
static ffi_aggregate outer = OF (FFI_TYPE_LAYOUT, outer);

#define CHECK_TYPE(type, ctype)                                                          \
  do                                                                                     \
    {                                                                                    \
      CHECK_UINT ((type).size, sizeof (ctype));                                          \
      CHECK_UINT ((type).alignment, __alignof__(ctype));                                 \
    }                                                                                    \
  while (0)

int
main (void)
{
  size_t offsets[5] = { 0 };
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &outer.type, offsets), FFI_OK);
  CHECK_TYPE (inner.type, struct inner);
  CHECK_TYPE (number.type, union number);
  CHECK_TYPE (outer.type, struct outer);
  CHECK_UINT (offsets[0], 0);
  CHECK_UINT (offsets[1], offsetof (struct outer, b));
  CHECK_UINT (offsets[2], offsetof (struct outer, b) + sizeof (union number));
  CHECK_UINT (offsets[3], offsets[2]);
  CHECK_UINT (offsets[4], 0);

  STRUCT_TYPE (whole, &ffi_type_schar, &outer.type, &ffi_type_sint);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &whole, offsets), FFI_OK);
  struct whole
  {
    char a;
    struct outer b;
    int c;
  };
  CHECK_TYPE (whole, struct whole);
  CHECK_UINT (offsets[1], offsetof (struct whole, b));
  CHECK_UINT (offsets[2], offsetof (struct whole, c));
  return ffitest_done ();
}
