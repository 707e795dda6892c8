/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* Where compilers pass vectors depends on their flags, so cifs with them, also in
   structs, are refused with FFI_BAD_ARGTYPE.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *lanes[] = { &ffi_type_float, NULL };
  for (size_t size = 8; size <= 64; size *= 2)
    {
      ffi_type vector = { size, (unsigned short) size, FFI_TYPE_VECTOR, lanes };
      STRUCT_TYPE (around, &ffi_type_sint, &vector);
      ffi_type *types[] = { &ffi_type_sint, &vector }, *structs[] = { &around };
      ffi_cif cif;
      for (int abi = FFI_SYSV; abi < FFI_LAST_ABI; abi++)
        if (abi != 2)
          {
            CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 0, &vector, NULL),
                       FFI_BAD_ARGTYPE);
            CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 2, &ffi_type_void, types),
                       FFI_BAD_ARGTYPE);
            CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 1, &ffi_type_void, structs),
                       FFI_BAD_ARGTYPE);
          }
    }
  return ffitest_done ();
}
