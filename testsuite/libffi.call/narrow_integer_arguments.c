/* SPDX-License-Identifier: MIT */
/* { needs x86 } */
/* Integers narrower than int are extended to int for the callee: clang's code
   relies on it, so the psABI's silence does not matter.  In registers and on
   the stack.  */

#include "ffitest.h"

static int seen[9];

static void
take (int a, int b, int c, int d, int e, int f, int g, int h, int i)
{
  int all[] = { a, b, c, d, e, f, g, h, i };
  memcpy (seen, all, sizeof seen);
}

static void
pass_all_as (ffi_type *type, const void *value, int expected)
{
  ffi_type *types[9];
  void *avalue[9];
  ffi_cif cif;
  for (int i = 0; i < 9; i++)
    {
      types[i] = type;
      avalue[i] = (void *) (uintptr_t) value;
    }
  PREP_CIF (&cif, 9, &ffi_type_void, types);
  ffi_call (&cif, FFI_FN (take), NULL, avalue);
  for (int i = 0; i < 9; i++)
    CHECK_INT (seen[i], expected);
}

int
main (void)
{
  /* Bytes around the value that must not be taken for it.  */
  struct
  {
    unsigned char value[8];
  } noise = { { 0x80, 0xff, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55 } };
  pass_all_as (&ffi_type_uint8, &noise, 0x80);
  pass_all_as (&ffi_type_sint8, &noise, -0x80);
  pass_all_as (&ffi_type_uint16, &noise, 0xff80);
  pass_all_as (&ffi_type_sint16, &noise, -0x80);
  return ffitest_done ();
}
