/* SPDX-License-Identifier: MIT */
/* The basic types.  Their addresses are part of the ABI (programs compare with
   them) and their sizes too (executables copy-relocate them).  They are
   constant here although ffi.h cannot say so; hence its declarations are
   hidden.  */

#define LIBFFI_HIDE_BASIC_TYPES
#include "trampoline/type_copy.h"

/* The library's own object, whatever the public name means in a process.  */
#define OWN(name)                                                                        \
  extern const ffi_type ffi_own_##name                                                   \
      __attribute__ ((alias ("ffi_type_" #name), visibility ("hidden")))

/* The alignment of a struct member, which is not always that of the type.  */
#define MEMBER_ALIGNMENT(ctype) (_Alignof(struct { ctype x; }))

#define BASIC_TYPE(name, ctype, code)                                                    \
  extern const FFI_API ffi_type ffi_type_##name;                                         \
  const ffi_type ffi_type_##name                                                         \
      = { sizeof (ctype), MEMBER_ALIGNMENT (ctype), code, NULL };                        \
  OWN (name)

#define COMPLEX_TYPE(name, ctype, code)                                                  \
  static ffi_type *const elements_##name[] = { (ffi_type *) &ffi_type_##name, NULL };    \
  extern const FFI_API ffi_type ffi_type_complex_##name;                                 \
  const ffi_type ffi_type_complex_##name                                                 \
      = { sizeof (_Complex ctype), MEMBER_ALIGNMENT (_Complex ctype), code,              \
          (ffi_type **) elements_##name }

/* Void has a size so that it can be told from a struct that is not laid out.  */
extern const FFI_API ffi_type ffi_type_void;
const ffi_type ffi_type_void = { 1, 1, FFI_TYPE_VOID, NULL };
OWN (void);

BASIC_TYPE (uint8, uint8_t, FFI_TYPE_UINT8);
BASIC_TYPE (sint8, int8_t, FFI_TYPE_SINT8);
BASIC_TYPE (uint16, uint16_t, FFI_TYPE_UINT16);
BASIC_TYPE (sint16, int16_t, FFI_TYPE_SINT16);
BASIC_TYPE (uint32, uint32_t, FFI_TYPE_UINT32);
BASIC_TYPE (sint32, int32_t, FFI_TYPE_SINT32);
BASIC_TYPE (uint64, uint64_t, FFI_TYPE_UINT64);
BASIC_TYPE (sint64, int64_t, FFI_TYPE_SINT64);
BASIC_TYPE (pointer, void *, FFI_TYPE_POINTER);
BASIC_TYPE (float, float, FFI_TYPE_FLOAT);
BASIC_TYPE (double, double, FFI_TYPE_DOUBLE);
BASIC_TYPE (longdouble, long double, FFI_TYPE_LONGDOUBLE);

#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
COMPLEX_TYPE (float, float, FFI_TYPE_COMPLEX);
COMPLEX_TYPE (double, double, FFI_TYPE_COMPLEX);
COMPLEX_TYPE (longdouble, long double, FFI_TYPE_COMPLEX);
#endif

#ifdef FFI_TARGET_HAS_INT128
BASIC_TYPE (uint128, unsigned __int128, FFI_TYPE_UINT128);
BASIC_TYPE (sint128, __int128, FFI_TYPE_SINT128);
#endif

/* Not the complex types: their elements are public names.  */
FFI_COLD bool
ffi_type_is_own (const ffi_type *type)
{
#ifdef FFI_TARGET_HAS_INT128
  if (type == &ffi_own_uint128 || type == &ffi_own_sint128)
    return true;
#endif
  return type == &ffi_own_void || type == &ffi_own_uint8 || type == &ffi_own_sint8
         || type == &ffi_own_uint16 || type == &ffi_own_sint16 || type == &ffi_own_uint32
         || type == &ffi_own_sint32 || type == &ffi_own_uint64 || type == &ffi_own_sint64
         || type == &ffi_own_pointer || type == &ffi_own_float || type == &ffi_own_double
         || type == &ffi_own_longdouble;
}
