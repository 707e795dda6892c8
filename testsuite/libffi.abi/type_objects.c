/* SPDX-License-Identifier: MIT */
/* The names of C's own types stand for exported types, and complex types refer to
   exported types, by address.  What the types describe is among the facts.  */

#include "ffitest.h"

int
main (void)
{
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  CHECK_PTR (ffi_type_complex_float.elements[0], &ffi_type_float);
  CHECK_PTR (ffi_type_complex_double.elements[0], &ffi_type_double);
  CHECK_PTR (ffi_type_complex_longdouble.elements[0], &ffi_type_longdouble);
  CHECK_PTR (ffi_type_complex_double.elements[1], NULL);
#endif
  CHECK_PTR (&ffi_type_uchar, &ffi_type_uint8);
  CHECK_PTR (&ffi_type_schar, &ffi_type_sint8);
  CHECK_PTR (&ffi_type_ushort, &ffi_type_uint16);
  CHECK_PTR (&ffi_type_sshort, &ffi_type_sint16);
  CHECK_PTR (&ffi_type_uint, &ffi_type_uint32);
  CHECK_PTR (&ffi_type_sint, &ffi_type_sint32);
  CHECK_INT (ffi_type_ulong.size, sizeof (long));
  CHECK_INT (ffi_type_slong.size, sizeof (long));
  return ffitest_done ();
}
