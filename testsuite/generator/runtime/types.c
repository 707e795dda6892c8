/* SPDX-License-Identifier: MIT */
/* The types that every generated program may use.  */

#include "runtime.h"
#include <float.h>

/* In a struct, where some scalars are aligned to less than by themselves.  */
#define ALIGNMENT(ctype) _Alignof(struct { ctype x; })

#define SCALAR(name, kind, ctype, bytes, ffi)                                            \
  const struct gen_type gen_##name = {                                                   \
    kind, sizeof (ctype), ALIGNMENT (ctype), ALIGNMENT (ctype), bytes, ffi, 0, NULL      \
  }

ffi_type gen_ffi_int = { sizeof (int), _Alignof(int), FFI_TYPE_INT, NULL };

const struct gen_type gen_void = { GEN_VOID, 0, 1, 1, 0, &ffi_type_void, 0, NULL };
SCALAR (s8, GEN_SIGNED, int8_t, 1, &ffi_type_sint8);
SCALAR (u8, GEN_UNSIGNED, uint8_t, 1, &ffi_type_uint8);
SCALAR (s16, GEN_SIGNED, int16_t, 2, &ffi_type_sint16);
SCALAR (u16, GEN_UNSIGNED, uint16_t, 2, &ffi_type_uint16);
SCALAR (s32, GEN_SIGNED, int32_t, 4, &ffi_type_sint32);
SCALAR (u32, GEN_UNSIGNED, uint32_t, 4, &ffi_type_uint32);
SCALAR (s64, GEN_SIGNED, int64_t, 8, &ffi_type_sint64);
SCALAR (u64, GEN_UNSIGNED, uint64_t, 8, &ffi_type_uint64);
SCALAR (int, GEN_SIGNED, int, sizeof (int), &gen_ffi_int);
SCALAR (ptr, GEN_POINTER, void *, sizeof (void *), &ffi_type_pointer);
SCALAR (f32, GEN_FLOATING, float, 4, &ffi_type_float);
SCALAR (f64, GEN_FLOATING, double, 8, &ffi_type_double);
SCALAR (ld, GEN_FLOATING, long double, LDBL_MANT_DIG == 64 ? 10 : sizeof (long double),
        &ffi_type_longdouble);

/* Not every compiler knows all _Complex CTYPEs, but they are laid out like this.  */
#define COMPLEX(name, part, ctype, ffi)                                                  \
  static const struct gen_member members_##name = { 0, 2, &gen_##part };                 \
  const struct gen_type gen_##name = {                                                   \
    GEN_COMPLEX, 2 * sizeof (ctype), ALIGNMENT (ctype), ALIGNMENT (ctype), 0, &ffi,      \
    1,           &members_##name                                                         \
  }
#ifndef FFI_TARGET_HAS_COMPLEX_TYPE
#define OWN_FLOATING(name, ctype, ffi)                                                   \
  static ffi_type *elements_##name[] = { &ffi, NULL };                                   \
  ffi_type gen_ffi_##name                                                                \
      = { 2 * sizeof (ctype), ALIGNMENT (ctype), FFI_TYPE_COMPLEX, elements_##name }
OWN_FLOATING (cf32, float, ffi_type_float);
OWN_FLOATING (cf64, double, ffi_type_double);
OWN_FLOATING (cld, long double, ffi_type_longdouble);
#endif
COMPLEX (cf32, f32, float, ffi_type_complex_float);
COMPLEX (cf64, f64, double, ffi_type_complex_double);
COMPLEX (cld, ld, long double, ffi_type_complex_longdouble);

#define OWN_COMPLEX(part, ctype, ffi)                                                    \
  static ffi_type *elements_##part[] = { &ffi, NULL };                                   \
  ffi_type gen_ffi_c##part                                                               \
      = { 2 * sizeof (ctype), ALIGNMENT (ctype), FFI_TYPE_COMPLEX, elements_##part };    \
  COMPLEX (c##part, part, ctype, gen_ffi_c##part)
OWN_COMPLEX (s8, signed char, ffi_type_sint8);
OWN_COMPLEX (u8, unsigned char, ffi_type_uint8);
OWN_COMPLEX (s16, short, ffi_type_sint16);
OWN_COMPLEX (u16, unsigned short, ffi_type_uint16);
OWN_COMPLEX (s32, int, ffi_type_sint32);
OWN_COMPLEX (u32, unsigned, ffi_type_uint32);
OWN_COMPLEX (s64, long long, ffi_type_sint64);
OWN_COMPLEX (u64, unsigned long long, ffi_type_uint64);

#ifdef FFI_TARGET_HAS_INT128
/* Nothing is wider, so their sign does not matter.  */
SCALAR (s128, GEN_SIGNED, __int128, 16, &ffi_type_sint128);
SCALAR (u128, GEN_UNSIGNED, unsigned __int128, 16, &ffi_type_uint128);
OWN_COMPLEX (s128, __int128, ffi_type_sint128);
OWN_COMPLEX (u128, unsigned __int128, ffi_type_uint128);
#endif

/* By numbers, as some compilers want flags for them.  */
const struct gen_type gen_f16 = { GEN_NUMBER, 2, 2, 2, 2, &gen_ffi_f16, 0, NULL };
const struct gen_type gen_bi24 = { GEN_BITS, 4, 4, 4, 3, &ffi_type_sint32, 0, NULL };
const struct gen_type gen_bi40
    = { GEN_BITS, 8,   ALIGNMENT (int64_t), ALIGNMENT (int64_t), 5, &ffi_type_sint64,
        0,        NULL };
const struct gen_type gen_bi72 = { GEN_BITS, 16, 8, 8, 9, &gen_ffi_bi72, 0, NULL };
const struct gen_type gen_bi128 = { GEN_BITS, 16, 8, 8, 16, &gen_ffi_bi128, 0, NULL };
const struct gen_type gen_f128 = { GEN_NUMBER, 16, 16, 16, 16, &gen_ffi_f128, 0, NULL };
