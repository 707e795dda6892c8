/* SPDX-License-Identifier: MIT */
/* A size and alignment that the caller filled in are believed and kept.  */

#include "ffitest.h"

struct padded
{
  int a;
  char pad[20];
};

static struct padded
identity (struct padded s)
{
  s.a++;
  return s;
}

int
main (void)
{
  /* The padding is known to the caller alone.  */
  ffi_type *elements[] = { &ffi_type_sint, NULL };
  ffi_type type
      = { sizeof (struct padded), _Alignof(struct padded), FFI_TYPE_STRUCT, elements };
  ffi_type *types[] = { &type };
  ffi_cif cif;
  PREP_CIF (&cif, 1, &type, types);
  CHECK_INT (type.size, sizeof (struct padded));
  CHECK_INT (type.alignment, _Alignof(struct padded));

  struct padded s = { 41, "padding bytes, all" }, result;
  void *avalue[] = { &s };
  memset (&result, 0, sizeof result);
  ffi_call (&cif, FFI_FN (identity), &result, avalue);
  CHECK_INT (result.a, 42);
  CHECK_MEM (result.pad, s.pad, sizeof s.pad);

  /* A prefilled inner struct takes its size in the outer one.  */
  STRUCT_TYPE (outer, &type, &ffi_type_sint8);
  size_t offsets[2];
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &outer, offsets), FFI_OK);
  CHECK_INT (offsets[1], sizeof (struct padded));
  CHECK_INT (outer.size, sizeof (struct padded) + 4);
  return ffitest_done ();
}
