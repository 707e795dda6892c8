/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* MXCSR and the x87 control word reach the handler and the caller unchanged.  */

#include "ffitest.h"
#include "machine_call.h"

static struct control_state inside;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  inside = control_state ();
  *(double *) result = 3;
}

int
main (void)
{
  const unsigned mxcsr = 0x1f80 | 0x4000 | 0x8040;
  const unsigned short x87 = 0x067f;
  ffi_type *types[] = { &ffi_type_double };
  ffi_cif cif;
  void *code;
  PREP_CIF (&cif, 1, &ffi_type_double, types);
  MAKE_CLOSURE (&cif, handle, NULL, &code);
  double (*volatile fn) (double) = CODE_AS (double (*) (double), code);

  set_control (mxcsr, x87);
  struct control_state before = control_state ();
  double result = fn (1);
  struct control_state after = control_state ();
  set_control (0x1f80, 0x037f);

  CHECK_UINT (before.mxcsr, mxcsr);
  CHECK_CONTROL (inside, before);
  CHECK_CONTROL (after, before);
  CHECK_DOUBLE (result, 3);
  return ffitest_done ();
}
