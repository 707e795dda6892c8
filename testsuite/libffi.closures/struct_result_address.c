/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* A closure whose result goes to memory returns the hidden pointer in rax, and the
   handler may write there directly.  */

#include "ffitest.h"
#include "machine_call.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  long *out = result;
  out[0] = 1, out[1] = 2, out[2] = 3;
  *(void **) data = result;
}

int
main (void)
{
  STRUCT_TYPE (type, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong);
  long memory[5] = { 77, 0, 0, 0, 88 };
  void *written = NULL;
  struct machine_call call;
  ffi_cif cif;
  memset (&call, 0, sizeof call);
  PREP_CIF (&cif, 0, &type, NULL);
  MAKE_CLOSURE (&cif, handle, &written, &call.fn);
  call.gpr[0] = (unsigned long) &memory[1];
  machine_call (&call);
  CHECK_PTR ((void *) call.out_rax, &memory[1]);
  CHECK_INT (call.changed, 0);
  const long expected[5] = { 77, 1, 2, 3, 88 };
  CHECK_MEM (memory, expected, sizeof memory);
  CHECK (written != NULL);
  return ffitest_done ();
}
