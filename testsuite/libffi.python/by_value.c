/* SPDX-License-Identifier: MIT */
/* Structs and unions by value, for by_value.py: their sum, one that is made, and a call
   of a callback with one.  T (name, keyword, members, their sum, values).  */

#include <stdint.h>

#define TYPES(T)                                                                         \
  T (bits, struct, int a : 8; int b : 8; int c : 16;, x.a + x.b + x.c, 1, 2, 3)          \
  T (longs, struct, int64_t a : 20; int64_t b : 44;, x.a + x.b, 1, 2)                    \
  T (mixed, struct, double a; int b : 8; int c : 8; int d : 8;                           \
     , (int) x.a + x.b + x.c + x.d, 1, 2, 3, 4)                                          \
  T (both, struct, float a; int b : 8; int c : 24;, (int) x.a + x.b + x.c, 1, 2, 3)      \
  T (either, union, int a; float b;, x.a, 6)                                             \
  T (number, union, int64_t a; double b;, x.a, 6)

/* With all kinds of packing.  */
#define PACKED(T, n)                                                                     \
  T (byte_int##n, struct, uint8_t a; uint32_t b; uint8_t c;                              \
     , (int) (x.a + x.b + x.c), 1, 2, 3)                                                 \
  T (int_byte##n, struct, uint32_t a; uint8_t b;, (int) (x.a + x.b), 1, 2)               \
  T (byte_double##n, struct, uint8_t a; double b;, (int) (x.a + x.b), 1, 2)              \
  T (double_float##n, struct, double a; float b;, (int) (x.a + x.b), 1, 2)               \
  T (short_long##n, struct, int16_t a; int64_t b; int32_t c;                             \
     , (int) (x.a + x.b + x.c), 1, 2, 3)

#define DEFINE(name, kind, members, value, ...)                                          \
  typedef kind{ members } name;                                                          \
  int sum_##name (int before, name x, int after)                                         \
  {                                                                                      \
    return before + 10 * (value) + after;                                                \
  }                                                                                      \
  name make_##name (void) { return (name){ __VA_ARGS__ }; }                              \
  int call_##name (int (*f) (name)) { return f (make_##name ()); }

TYPES (DEFINE)
#pragma pack(push, 1)
PACKED (DEFINE, 1)
#pragma pack(2)
PACKED (DEFINE, 2)
#pragma pack(4)
PACKED (DEFINE, 4)
#pragma pack(pop)
