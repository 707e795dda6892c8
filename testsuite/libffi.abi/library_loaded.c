/* SPDX-License-Identifier: MIT */
/* { needs shared } */
/* { options -ldl } */
/* The programs of this suite run with the library just built, and no other.  */

#include "loaded_library.h"
#include "ffitest.h"

int
main (void)
{
#ifdef FFI_LIBRARY
  /* Without a use of the library no linker need bring it.  */
  ffi_cif cif;
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  CHECK (loaded_library_is (FFI_LIBRARY, "ffi_prep_cif"));
#else
  UNSUPPORTED ("the path of the library is not known");
#endif
  return ffitest_done ();
}
