/* SPDX-License-Identifier: MIT */
/* A callee's 16-byte aligned local variable is aligned, whatever the number of
   arguments.  */

#include "ffitest.h"

static uintptr_t address;

static void
aligned_local (long first)
{
  struct
  {
    _Alignas(16) volatile char bytes[16];
  } local;
  local.bytes[0] = (char) first;
  address = (uintptr_t) &local;
}

int
main (void)
{
  ffi_type *types[20];
  void *avalue[20];
  long value = 7;
  for (unsigned n = 1; n <= 20; n++)
    {
      ffi_cif cif;
      types[n - 1] = &ffi_type_slong;
      avalue[n - 1] = &value;
      PREP_CIF (&cif, n, &ffi_type_void, types);
      address = 1;
      ffi_call (&cif, FFI_FN (aligned_local), NULL, avalue);
      CHECK_MSG (address % 16 == 0, "%u arguments: the local is at %#lx", n,
                 (unsigned long) address);
    }
  return ffitest_done ();
}
