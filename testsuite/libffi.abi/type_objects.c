/* SPDX-License-Identifier: MIT */
/* The exported types describe the C types, and the names of C's own types stand for
   the right ones, by address.  */

#include "ffitest.h"

#define CHECK_TYPE(object, ctype, code)                                                  \
  do                                                                                     \
    {                                                                                    \
      CHECK_INT (object.size, sizeof (ctype));                                           \
      CHECK_INT (object.alignment, _Alignof(struct { ctype m; }));                       \
      CHECK_INT (object.type, code);                                                     \
    }                                                                                    \
  while (0)

int
main (void)
{
  CHECK_INT (ffi_type_void.size, 1);
  CHECK_INT (ffi_type_void.alignment, 1);
  CHECK_INT (ffi_type_void.type, FFI_TYPE_VOID);
  CHECK_TYPE (ffi_type_uint8, uint8_t, FFI_TYPE_UINT8);
  CHECK_TYPE (ffi_type_sint8, int8_t, FFI_TYPE_SINT8);
  CHECK_TYPE (ffi_type_uint16, uint16_t, FFI_TYPE_UINT16);
  CHECK_TYPE (ffi_type_sint16, int16_t, FFI_TYPE_SINT16);
  CHECK_TYPE (ffi_type_uint32, uint32_t, FFI_TYPE_UINT32);
  CHECK_TYPE (ffi_type_sint32, int32_t, FFI_TYPE_SINT32);
  CHECK_TYPE (ffi_type_uint64, uint64_t, FFI_TYPE_UINT64);
  CHECK_TYPE (ffi_type_sint64, int64_t, FFI_TYPE_SINT64);
  CHECK_TYPE (ffi_type_float, float, FFI_TYPE_FLOAT);
  CHECK_TYPE (ffi_type_double, double, FFI_TYPE_DOUBLE);
  if (&ffi_type_longdouble != &ffi_type_double)
    CHECK_TYPE (ffi_type_longdouble, long double, FFI_TYPE_LONGDOUBLE);
  CHECK_TYPE (ffi_type_pointer, void *, FFI_TYPE_POINTER);
#ifdef FFI_TARGET_HAS_INT128
  CHECK_TYPE (ffi_type_uint128, unsigned __int128, FFI_TYPE_UINT128);
  CHECK_TYPE (ffi_type_sint128, __int128, FFI_TYPE_SINT128);
#endif
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  CHECK_TYPE (ffi_type_complex_float, _Complex float, FFI_TYPE_COMPLEX);
  CHECK_TYPE (ffi_type_complex_double, _Complex double, FFI_TYPE_COMPLEX);
  CHECK_TYPE (ffi_type_complex_longdouble, _Complex long double, FFI_TYPE_COMPLEX);
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
