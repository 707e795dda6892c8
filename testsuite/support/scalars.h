/* SPDX-License-Identifier: MIT */
/* Every scalar type with values at its limits:
   T (name, C type, ffi_type, three values).  */

#ifndef SCALARS_H
#define SCALARS_H

#include <float.h>
#include <limits.h>

#define INTEGER_SCALARS(T)                                                               \
  T (u8, uint8_t, ffi_type_uint8, 0, UINT8_MAX, 0x80)                                    \
  T (s8, int8_t, ffi_type_sint8, INT8_MIN, INT8_MAX, -1)                                 \
  T (u16, uint16_t, ffi_type_uint16, 1, UINT16_MAX, 0x8000)                              \
  T (s16, int16_t, ffi_type_sint16, INT16_MIN, INT16_MAX, -2)                            \
  T (u32, uint32_t, ffi_type_uint32, 2, UINT32_MAX, 0x80000000u)                         \
  T (s32, int32_t, ffi_type_sint32, INT32_MIN, INT32_MAX, -3)                            \
  T (u64, uint64_t, ffi_type_uint64, 3, UINT64_MAX, UINT64_C (0x8000000000000000))       \
  T (s64, int64_t, ffi_type_sint64, INT64_MIN, INT64_MAX, -4)

#define FLOATING_SCALARS(T)                                                              \
  T (f32, float, ffi_type_float, -FLT_MAX, FLT_MIN, 0.1f)                                \
  T (f64, double, ffi_type_double, -DBL_MAX, DBL_MIN, 0.1)                               \
  T (ld, long double, ffi_type_longdouble, -LDBL_MAX, LDBL_MIN, 0.1L)

#define POINTER_SCALARS(T)                                                               \
  T (ptr, void *, ffi_type_pointer, NULL, (void *) UINTPTR_MAX, (void *) ffitest_fail)

/* A result of type CTYPE at ROOM, as ffi_call stores it and a handler has to: an integer
   that is narrower than an ffi_arg fills one, and on big-endian targets is the end of
   it.  */
#define IS_NARROW(ctype)                                                                 \
  (_Generic((ctype) 0, float : 0, default : 1) && sizeof (ctype) < sizeof (ffi_arg))
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define RESULT_AT(ctype, room)                                                           \
  (*(ctype *) (void *) ((char *) (room) + (IS_NARROW (ctype) ? RESULT_START (ctype) : 0)))
#define RESULT_START(ctype) (sizeof (ffi_arg) - sizeof (ctype))
#else
#define RESULT_AT(ctype, room) (*(ctype *) (void *) (room))
#endif
#define STORE_RESULT(ctype, room, value)                                                 \
  do                                                                                     \
    if (IS_NARROW (ctype))                                                               \
      *(ffi_arg *) (room) = (ffi_arg) (value);                                           \
    else                                                                                 \
      *(ctype *) (room) = (value);                                                       \
  while (0)

#define SCALARS(T) INTEGER_SCALARS (T) FLOATING_SCALARS (T) POINTER_SCALARS (T)

#endif
