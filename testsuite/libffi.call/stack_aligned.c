/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* The callee finds rsp + 8 a multiple of 16, whatever the number of words on the
   stack.  */

#include "ffitest.h"
#include "machine_call.h"

int
main (void)
{
  ffi_type *types[40];
  void *avalue[40];
  long value = 7;
  for (unsigned n = 0; n <= 40; n++)
    {
      ffi_cif cif;
      ffi_arg result = 0;
      if (n > 0)
        {
          types[n - 1] = &ffi_type_slong;
          avalue[n - 1] = &value;
        }
      PREP_CIF (&cif, n, &ffi_type_slong, types);
      machine_entry_rsp = 0;
      ffi_call (&cif, FFI_FN (machine_entry), &result, avalue);
      CHECK_MSG (machine_entry_rsp % 16 == 8, "%u arguments: rsp is %#lx at entry", n,
                 machine_entry_rsp);
      if (n > 0)
        CHECK_INT (result, 7);
    }
  return ffitest_done ();
}
