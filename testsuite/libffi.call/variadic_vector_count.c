/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* al is an upper bound on the vector registers of a variadic call, and at most 8.  */

#include "ffitest.h"
#include "machine_call.h"

int
main (void)
{
  ffi_type *types[13] = { &ffi_type_slong };
  long first = 1;
  double d = 2;
  void *avalue[13] = { &first };
  for (unsigned n = 0; n <= 12; n++)
    {
      ffi_cif cif;
      ffi_arg result = 0;
      if (n > 0)
        {
          types[n] = &ffi_type_double;
          avalue[n] = &d;
        }
      PREP_CIF_VAR (&cif, 1, n + 1, &ffi_type_slong, types);
      machine_entry_rax = ~0ul;
      ffi_call (&cif, FFI_FN (machine_entry), &result, avalue);
      unsigned al = machine_entry_rax & 0xff, needed = n < 8 ? n : 8;
      CHECK_MSG (al >= needed && al <= 8, "%u doubles: al is %u", n, al);
    }
  return ffitest_done ();
}
