/* SPDX-License-Identifier: MIT */
/* { options -Wno-psabi } */
/* Sizes, alignments and offsets that the library computes for what ffi_types.h describes
   are the compiler's: also of _Float16 and __float128 where it has them.  */

#include "ffitest.h"
#include <ffi_types.h>
#include <stddef.h>

#if defined __FLT16_MANT_DIG__ && !(defined __clang__ && defined __i386__)
typedef _Float16 half;
#define HALF_LANES
#else
typedef struct
{
  short bits;
} half;
#endif
#if __LDBL_MANT_DIG__ == 113
typedef long double quad;
#elif defined __SIZEOF_FLOAT128__
typedef __float128 quad;
#else
typedef struct
{
  char bytes[16];
} __attribute__ ((aligned (16))) quad;
#endif

/* Targets that refuse them.  */
#if defined __x86_64__ || defined __i386__ || defined __aarch64__ || defined __arm__
#define HAS_HALF 1
#else
#define HAS_HALF 0
#endif
#if defined __arm__
#define HAS_QUAD 0
#else
#define HAS_QUAD 1
#endif

static ffi_aggregate half_type = FFI_FLOAT16 (half_type);
static ffi_aggregate quad_type = FFI_FLOAT128 (quad_type);
#define H &half_type.type
#define Q &quad_type.type

#define CHECK_TYPE(t, ctype)                                                             \
  do                                                                                     \
    {                                                                                    \
      CHECK_UINT ((t).size, sizeof (ctype));                                             \
      CHECK_UINT ((t).alignment, _Alignof(struct { ctype x; }));                         \
    }                                                                                    \
  while (0)

/* Check CTYPE, of LAYOUT, whose members M name what OFFSETS say.  */
#define CHECK_AGGREGATE(ctype, code, m, ...)                                             \
  do                                                                                     \
    {                                                                                    \
      static const size_t expected[] = { __VA_ARGS__ };                                  \
      size_t got[ARRAY_SIZE (expected)];                                                 \
      static ffi_aggregate a;                                                            \
      a = (ffi_aggregate) FFI_AGGREGATE (a, code, 0, 0, ARRAY_SIZE (m), m);              \
      CHECK_UINT (ARRAY_SIZE (m), ARRAY_SIZE (expected));                                \
      CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &a.type, got), FFI_OK);        \
      CHECK_TYPE (a.type, ctype);                                                        \
      for (unsigned i = 0; i < ARRAY_SIZE (expected); i++)                               \
        CHECK_UINT (got[i], expected[i]);                                                \
    }                                                                                    \
  while (0)

static void
halves (void)
{
  struct mixed
  {
    char a;
    half b;
    float c;
    half d[3];
  };
  static const ffi_member mixed_m[]
      = { FFI_MEMBER (&ffi_type_schar, 0), FFI_MEMBER (H, offsetof (struct mixed, b)),
          FFI_MEMBER (&ffi_type_float, offsetof (struct mixed, c)),
          FFI_ARRAY (H, offsetof (struct mixed, d), 3) };
  union either
  {
    half a[3];
    int b;
    double c;
  };
  static const ffi_member either_m[]
      = { FFI_ARRAY (H, 0, 3), FFI_MEMBER (&ffi_type_sint, 0),
          FFI_MEMBER (&ffi_type_double, 0) };
  struct listed
  {
    half a;
    char b;
    half c;
  };

  CHECK_TYPE (half_type.type, half);
  CHECK_AGGREGATE (struct mixed, FFI_TYPE_LAYOUT, mixed_m, 0, offsetof (struct mixed, b),
                   offsetof (struct mixed, c), offsetof (struct mixed, d));
  CHECK_AGGREGATE (union either, FFI_TYPE_UNION, either_m, 0, 0, 0);
  STRUCT_TYPE (listed, H, &ffi_type_schar, H);
  size_t offsets[3];
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &listed, offsets), FFI_OK);
  CHECK_TYPE (listed, struct listed);
  CHECK_UINT (offsets[1], offsetof (struct listed, b));
  CHECK_UINT (offsets[2], offsetof (struct listed, c));
}

#if defined HALF_LANES && defined FFI_TARGET_HAS_VECTOR_TYPE
static void
lanes (void)
{
  typedef half lanes4 __attribute__ ((vector_size (8)));
  static ffi_type *elements[] = { H, H, H, H, NULL };
  static ffi_type vector = { 0, 0, FFI_TYPE_VECTOR, elements };
  struct pair
  {
    char a;
    lanes4 b;
  };
  STRUCT_TYPE (pair, &ffi_type_schar, &vector);

  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &pair, NULL), FFI_OK);
  CHECK_TYPE (vector, lanes4);
  CHECK_TYPE (pair, struct pair);
}
#else
#define lanes() (void) 0
#endif

static void
quads (void)
{
  struct mixed
  {
    char a;
    quad b;
    short c;
    quad d[2];
  };
  static const ffi_member mixed_m[]
      = { FFI_MEMBER (&ffi_type_schar, 0), FFI_MEMBER (Q, offsetof (struct mixed, b)),
          FFI_MEMBER (&ffi_type_sshort, offsetof (struct mixed, c)),
          FFI_ARRAY (Q, offsetof (struct mixed, d), 2) };
  union either
  {
    char a[17];
    quad b;
  };
  static const ffi_member either_m[]
      = { FFI_ARRAY (&ffi_type_schar, 0, 17), FFI_MEMBER (Q, 0) };

  CHECK_TYPE (quad_type.type, quad);
  CHECK_AGGREGATE (struct mixed, FFI_TYPE_LAYOUT, mixed_m, 0, offsetof (struct mixed, b),
                   offsetof (struct mixed, c), offsetof (struct mixed, d));
  CHECK_AGGREGATE (union either, FFI_TYPE_UNION, either_m, 0, 0);
}

static void
others (void)
{
  struct bits
  {
    int a : 5;
    int b : 20;
    char c;
    long long d;
  };
  static const ffi_member bits_m[]
      = { FFI_BITS (&ffi_type_sint, 0, 5), FFI_BITS (&ffi_type_sint, 5, 20),
          FFI_MEMBER (&ffi_type_schar, offsetof (struct bits, c)),
          FFI_MEMBER (&ffi_type_sint64, offsetof (struct bits, d)) };
  union number
  {
    char a[11];
    double b;
    long double c;
    void *d[3];
  };
  static const ffi_member number_m[]
      = { FFI_ARRAY (&ffi_type_schar, 0, 11), FFI_MEMBER (&ffi_type_double, 0),
          FFI_MEMBER (&ffi_type_longdouble, 0), FFI_ARRAY (&ffi_type_pointer, 0, 3) };

  CHECK_AGGREGATE (struct bits, FFI_TYPE_LAYOUT, bits_m, 0, 0, offsetof (struct bits, c),
                   offsetof (struct bits, d));
  CHECK_AGGREGATE (union number, FFI_TYPE_UNION, number_m, 0, 0, 0, 0);
}

int
main (void)
{
  if (HAS_HALF)
    {
      halves ();
      lanes ();
    }
  if (HAS_QUAD)
    quads ();
  others ();
  return ffitest_done ();
}
