/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* MXCSR and the x87 control word reach the callee and the caller unchanged, and
   the x87 stack is empty before and after.  */

#include "ffitest.h"
#include "machine_call.h"

static struct control_state inside;

static long double
observe (double a, long double b)
{
  inside = control_state ();
  return (long double) a + b;
}

int
main (void)
{
  /* Round to zero, flush denormals, all exceptions masked; x87: double, up.  */
  const unsigned mxcsr = 0x1f80 | 0x6000 | 0x8040;
  const unsigned short x87 = 0x0a7f;
  ffi_type *types[] = { &ffi_type_double, &ffi_type_longdouble };
  double a = 1;
  long double b = 2;
  long double result = 0;
  void *avalue[] = { &a, &b };
  ffi_cif cif;
  PREP_CIF (&cif, 2, &ffi_type_longdouble, types);

  set_control (mxcsr, x87);
  struct control_state before = control_state ();
  ffi_call (&cif, FFI_FN (observe), &result, avalue);
  struct control_state after = control_state ();
  set_control (0x1f80, 0x037f);

  CHECK_UINT (before.mxcsr, mxcsr & ~0x3fu);
  CHECK_UINT (before.x87_tags, 0xffff);
  CHECK_CONTROL (inside, before);
  CHECK_CONTROL (after, before);
  CHECK_LDOUBLE (result, 3);
  return ffitest_done ();
}
