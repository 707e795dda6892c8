/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* Sizes, offsets, enumerators and macros that compiled programs carry in them: the
   compiler refuses a header that has others.  */

#include "ffitest.h"

#define SAME(a, b) _Static_assert((a) == (b), #a " is " #b)
#define LAYOUT(type, size, alignment)                                                    \
  SAME (sizeof (type), size);                                                            \
  SAME (_Alignof(type), alignment)
#define MEMBER(type, member, offset, size)                                               \
  SAME (offsetof (type, member), offset);                                                \
  SAME (sizeof (((type *) 0)->member), size)

LAYOUT (ffi_type, 24, 8);
MEMBER (ffi_type, size, 0, 8);
MEMBER (ffi_type, alignment, 8, 2);
MEMBER (ffi_type, type, 10, 2);
MEMBER (ffi_type, elements, 16, 8);

LAYOUT (ffi_cif, 32, 8);
MEMBER (ffi_cif, abi, 0, 4);
MEMBER (ffi_cif, nargs, 4, 4);
MEMBER (ffi_cif, arg_types, 8, 8);
MEMBER (ffi_cif, rtype, 16, 8);
MEMBER (ffi_cif, bytes, 24, 4);
MEMBER (ffi_cif, flags, 28, 4);

LAYOUT (ffi_closure, 56, 8);
MEMBER (ffi_closure, tramp, 0, 32);
MEMBER (ffi_closure, ftramp, 0, 8);
MEMBER (ffi_closure, cif, 32, 8);
MEMBER (ffi_closure, fun, 40, 8);
MEMBER (ffi_closure, user_data, 48, 8);

LAYOUT (ffi_raw_closure, 72, 8);
MEMBER (ffi_raw_closure, tramp, 0, 32);
MEMBER (ffi_raw_closure, cif, 32, 8);
MEMBER (ffi_raw_closure, translate_args, 40, 8);
MEMBER (ffi_raw_closure, this_closure, 48, 8);
MEMBER (ffi_raw_closure, fun, 56, 8);
MEMBER (ffi_raw_closure, user_data, 64, 8);
LAYOUT (ffi_java_raw_closure, 72, 8);
MEMBER (ffi_java_raw_closure, cif, 32, 8);

LAYOUT (ffi_go_closure, 24, 8);
MEMBER (ffi_go_closure, tramp, 0, 8);
MEMBER (ffi_go_closure, cif, 8, 8);
MEMBER (ffi_go_closure, fun, 16, 8);

LAYOUT (ffi_raw, 8, 8);
LAYOUT (ffi_java_raw, 8, 8);
LAYOUT (ffi_arg, 8, 8);
LAYOUT (ffi_sarg, 8, 8);
LAYOUT (ffi_abi, 4, 4);
LAYOUT (ffi_status, 4, 4);
_Static_assert((ffi_arg) -1 > 0 && (ffi_sarg) -1 < 0, "signedness");

SAME (FFI_FIRST_ABI, 1);
SAME (FFI_UNIX64, 2);
SAME (FFI_WIN64, 3);
SAME (FFI_EFI64, 3);
SAME (FFI_GNUW64, 4);
SAME (FFI_LAST_ABI, 5);
SAME (FFI_DEFAULT_ABI, 2);
SAME (FFI_OK, 0);
SAME (FFI_BAD_TYPEDEF, 1);
SAME (FFI_BAD_ABI, 2);
SAME (FFI_BAD_ARGTYPE, 3);

SAME (FFI_TYPE_VOID, 0);
SAME (FFI_TYPE_INT, 1);
SAME (FFI_TYPE_FLOAT, 2);
SAME (FFI_TYPE_DOUBLE, 3);
SAME (FFI_TYPE_LONGDOUBLE, 4);
SAME (FFI_TYPE_UINT8, 5);
SAME (FFI_TYPE_SINT8, 6);
SAME (FFI_TYPE_UINT16, 7);
SAME (FFI_TYPE_SINT16, 8);
SAME (FFI_TYPE_UINT32, 9);
SAME (FFI_TYPE_SINT32, 10);
SAME (FFI_TYPE_UINT64, 11);
SAME (FFI_TYPE_SINT64, 12);
SAME (FFI_TYPE_STRUCT, 13);
SAME (FFI_TYPE_POINTER, 14);
SAME (FFI_TYPE_COMPLEX, 15);
SAME (FFI_TYPE_UINT128, 16);
SAME (FFI_TYPE_SINT128, 17);
SAME (FFI_TYPE_VECTOR, 18);
SAME (FFI_TYPE_LAST, 18);
SAME (FFI_TYPE_SMALL_STRUCT_1B, 19);
SAME (FFI_TYPE_SMALL_STRUCT_2B, 20);
SAME (FFI_TYPE_SMALL_STRUCT_4B, 21);
SAME (FFI_TYPE_MS_STRUCT, 22);
SAME (FFI_X86_TYPE_LAST, 18);

SAME (FFI_CLOSURES, 1);
SAME (FFI_GO_CLOSURES, 1);
SAME (FFI_NATIVE_RAW_API, 0);
SAME (FFI_SIZEOF_ARG, 8);
SAME (FFI_SIZEOF_JAVA_RAW, 8);
SAME (FFI_TRAMPOLINE_SIZE, 32);
SAME (FFI_VERSION_NUMBER, 30800);
SAME (FFI_64_BIT_MAX, 9223372036854775807);
SAME (FFI_LONG_LONG_MAX, 9223372036854775807);

#if !defined FFI_TARGET_HAS_COMPLEX_TYPE || !defined FFI_TARGET_HAS_INT128               \
    || !defined FFI_TARGET_HAS_VECTOR_TYPE                                               \
    || !defined FFI_TARGET_SPECIFIC_STACK_SPACE_ALLOCATION || !defined LIBFFI_H          \
    || !defined LIBFFI_TARGET_H || !defined FFI_API || !defined FFI_EXTERN
#error a macro that clients test is not defined
#endif

int
main (void)
{
  CHECK_INT (ffi_get_closure_size (), sizeof (ffi_closure));
  CHECK_INT (ffi_get_default_abi (), FFI_DEFAULT_ABI);
  return ffitest_done ();
}
