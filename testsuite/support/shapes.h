/* SPDX-License-Identifier: MIT */
/* Structs of every kind that a psABI tells apart, each as a C type, an ffi_type
   and functions that pass it: the compiler is the oracle.
   S (name, members, element types...).  */

#ifndef SHAPES_H
#define SHAPES_H

#include <float.h>

#define R2(x) x, x
#define R3(x) R2 (x), x
#define R4(x) R2 (x), R2 (x)
#define R5(x) R4 (x), x
#define R6(x) R4 (x), R2 (x)
#define R7(x) R4 (x), R3 (x)
#define R8(x) R4 (x), R4 (x)
#define R9(x) R8 (x), x
#define R16(x) R8 (x), R8 (x)
#define R64(x) R16 (x), R16 (x), R16 (x), R16 (x)

#define T_C &ffi_type_uint8
#define T_S &ffi_type_sint16
#define T_I &ffi_type_sint32
#define T_L &ffi_type_sint64
#define T_F &ffi_type_float
#define T_D &ffi_type_double
#define T_LD &ffi_type_longdouble
#define T_P &ffi_type_pointer

#define BYTE_SHAPES(S)                                                                   \
  S (c1, char a[1];, T_C)                                                                \
  S (c2, char a[2];, R2 (T_C))                                                           \
  S (c3, char a[3];, R3 (T_C))                                                           \
  S (c4, char a[4];, R4 (T_C))                                                           \
  S (c5, char a[5];, R5 (T_C))                                                           \
  S (c6, char a[6];, R6 (T_C))                                                           \
  S (c7, char a[7];, R7 (T_C))                                                           \
  S (c8, char a[8];, R8 (T_C))                                                           \
  S (c9, char a[9];, R9 (T_C))                                                           \
  S (c10, char a[10];, R8 (T_C), R2 (T_C))                                               \
  S (c11, char a[11];, R8 (T_C), R3 (T_C))                                               \
  S (c12, char a[12];, R8 (T_C), R4 (T_C))                                               \
  S (c13, char a[13];, R8 (T_C), R5 (T_C))                                               \
  S (c14, char a[14];, R8 (T_C), R6 (T_C))                                               \
  S (c15, char a[15];, R8 (T_C), R7 (T_C))                                               \
  S (c16, char a[16];, R16 (T_C))                                                        \
  S (c17, char a[17];, R16 (T_C), T_C)                                                   \
  S (c24, char a[24];, R16 (T_C), R8 (T_C))                                              \
  S (c31, char a[31];, R16 (T_C), R8 (T_C), R7 (T_C))                                    \
  S (c64, char a[64];, R64 (T_C))                                                        \
  S (c200, char a[200];, R64 (T_C), R64 (T_C), R64 (T_C), R8 (T_C))

#define INTEGER_SHAPES(S)                                                                \
  S (s1, short a;, T_S)                                                                  \
  S (s3, short a[3];, R3 (T_S))                                                          \
  S (s5, short a[5];, R5 (T_S))                                                          \
  S (i1, int a;, T_I)                                                                    \
  S (i2, int a[2];, R2 (T_I))                                                            \
  S (i3, int a[3];, R3 (T_I))                                                            \
  S (i4, int a[4];, R4 (T_I))                                                            \
  S (i5, int a[5];, R5 (T_I))                                                            \
  S (l1, int64_t a;, T_L)                                                                \
  S (l2, int64_t a[2];, R2 (T_L))                                                        \
  S (l3, int64_t a[3];, R3 (T_L))                                                        \
  S (p2, void *a[2];, R2 (T_P))                                                          \
  S (csil, char a; short b; int c; int64_t d;, T_C, T_S, T_I, T_L)                       \
  S (lc, int64_t a; char b;, T_L, T_C)                                                   \
  S (cl, char a; int64_t b;, T_C, T_L)                                                   \
  S (sc, short a; char b;, T_S, T_C)

#define FLOATING_SHAPES(S)                                                               \
  S (f1, float a;, T_F)                                                                  \
  S (f2, float a[2];, R2 (T_F))                                                          \
  S (f3, float a[3];, R3 (T_F))                                                          \
  S (f4, float a[4];, R4 (T_F))                                                          \
  S (f5, float a[5];, R5 (T_F))                                                          \
  S (d1, double a;, T_D)                                                                 \
  S (d2, double a[2];, R2 (T_D))                                                         \
  S (d3, double a[3];, R3 (T_D))                                                         \
  S (d4, double a[4];, R4 (T_D))                                                         \
  S (d5, double a[5];, R5 (T_D))                                                         \
  S (fd, float a; double b;, T_F, T_D)                                                   \
  S (df, double a; float b;, T_D, T_F)                                                   \
  S (ffd, float a[2]; double b;, R2 (T_F), T_D)                                          \
  S (ld1, long double a;, T_LD)                                                          \
  S (ld2, long double a[2];, R2 (T_LD))

#define MIXED_SHAPES(S)                                                                  \
  S (id, int a; double b;, T_I, T_D)                                                     \
  S (di, double a; int b;, T_D, T_I)                                                     \
  S (dl, double a; int64_t b;, T_D, T_L)                                                 \
  S (ldbl, int64_t a; double b;, T_L, T_D)                                               \
  S (fi, float a; int b;, T_F, T_I)                                                      \
  S (if1, int a; float b;, T_I, T_F)                                                     \
  S (fif, float a; int b; float c;, T_F, T_I, T_F)                                       \
  S (ffi, float a[2]; int b;, R2 (T_F), T_I)                                             \
  S (iff, int a; float b[2];, T_I, R2 (T_F))                                             \
  S (ffif, float a[2]; int b; float c;, R2 (T_F), T_I, T_F)                              \
  S (cf, char a; float b;, T_C, T_F)                                                     \
  S (fc, float a; char b;, T_F, T_C)                                                     \
  S (fffc, float a[3]; char b;, R3 (T_F), T_C)                                           \
  S (cd, char a; double b;, T_C, T_D)                                                    \
  S (dc, double a; char b;, T_D, T_C)                                                    \
  S (pd, void *a; double b;, T_P, T_D)                                                   \
  S (ldc, long double a; char b;, T_LD, T_C)                                             \
  S (cld, char a; long double b;, T_C, T_LD)                                             \
  S (dli, double a; int64_t b; int c;, T_D, T_L, T_I)

#define NESTED_SHAPES(S)                                                                 \
  S (n_c3, struct c3 a;, &type_c3)                                                       \
  S (n_f2, struct f2 a;, &type_f2)                                                       \
  S (n_f1f1, struct f1 a; struct f1 b;, &type_f1, &type_f1)                              \
  S (n_f1i1, struct f1 a; struct i1 b;, &type_f1, &type_i1)                              \
  S (n_c3c5, struct c3 a; struct c5 b;, &type_c3, &type_c5)                              \
  S (n_fi2, struct fi a[2];, R2 (&type_fi))                                              \
  S (n_f3f, struct f3 a; float b;, &type_f3, T_F)                                        \
  S (n_ff2f, float a; struct f2 b; float c;, T_F, &type_f2, T_F)                         \
  S (n_csd, char a; struct sc b; double c;, T_C, &type_sc, T_D)                          \
  S (n_d1i1, struct d1 a; struct i1 b;, &type_d1, &type_i1)                              \
  S (                                                                                    \
      n_deep, struct n_n_f2 { struct n_f2 a; } a; int b;, &type_n_n_f2, T_I)             \
  S (n_big, struct id a; struct c17 b; struct d2 c;, &type_id, &type_c17, &type_d2)      \
  S (n_ld, struct ld1 a;, &type_ld1)                                                     \
  S (n_ldl, struct ld1 a; int64_t b;, &type_ld1, T_L)

#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
#define T_CF &ffi_type_complex_float
#define T_CD &ffi_type_complex_double
#define T_CLD &ffi_type_complex_longdouble
#define COMPLEX_SHAPES(S)                                                                \
  S (cf1, _Complex float a;, T_CF)                                                       \
  S (cf2, _Complex float a[2];, R2 (T_CF))                                               \
  S (cf3, _Complex float a[3];, R3 (T_CF))                                               \
  S (cff, _Complex float a; float b;, T_CF, T_F)                                         \
  S (cfi, _Complex float a; int b;, T_CF, T_I)                                           \
  S (cd1, _Complex double a;, T_CD)                                                      \
  S (dcd, double a; _Complex double b;, T_D, T_CD)                                       \
  S (cd2, _Complex double a[2];, R2 (T_CD))                                              \
  S (cld1, _Complex long double a;, T_CLD)
#else
#define COMPLEX_SHAPES(S)
#endif

#ifdef FFI_TARGET_HAS_INT128
#define T_Q &ffi_type_sint128
#define INT128_SHAPES(S)                                                                 \
  S (q1, __int128 a;, T_Q)                                                               \
  S (qc, __int128 a; char b;, T_Q, T_C)                                                  \
  S (cq, char a; __int128 b;, T_C, T_Q)
#else
#define INT128_SHAPES(S)
#endif

#ifdef FFI_TARGET_HAS_VECTOR_TYPE
typedef float float_x2 __attribute__ ((vector_size (8)));
typedef double double_x2 __attribute__ ((vector_size (16)));
typedef int int_x4 __attribute__ ((vector_size (16)));
static ffi_type *elements_float_x2[] = { &ffi_type_float, NULL };
static ffi_type *elements_double_x2[] = { &ffi_type_double, NULL };
static ffi_type *elements_int_x4[] = { &ffi_type_sint32, NULL };
static ffi_type type_float_x2 = { 8, 8, FFI_TYPE_VECTOR, elements_float_x2 };
static ffi_type type_double_x2 = { 16, 16, FFI_TYPE_VECTOR, elements_double_x2 };
static ffi_type type_int_x4 = { 16, 16, FFI_TYPE_VECTOR, elements_int_x4 };
#define T_V8 &type_float_x2
#define T_V16 &type_double_x2
#define T_W16 &type_int_x4
#define VECTOR_SHAPES(S)                                                                 \
  S (v1, float_x2 a;, T_V8)                                                              \
  S (v2, float_x2 a[2];, R2 (T_V8))                                                      \
  S (v3, float_x2 a[3];, R3 (T_V8))                                                      \
  S (v4, float_x2 a[4];, R4 (T_V8))                                                      \
  S (v5, float_x2 a[5];, R5 (T_V8))                                                      \
  S (w1, double_x2 a;, T_V16)                                                            \
  S (w2, double_x2 a[2];, R2 (T_V16))                                                    \
  S (w3, int_x4 a[3];, R3 (T_W16))                                                       \
  S (w4, int_x4 a[4];, R4 (T_W16))                                                       \
  S (w5, int_x4 a[5];, R5 (T_W16))                                                       \
  S (wx, double_x2 a; int_x4 b;, T_V16, T_W16)                                           \
  S (vd, float_x2 a; double b;, T_V8, T_D)                                               \
  S (vl, float_x2 a; int64_t b;, T_V8, T_L)                                              \
  S (wld, double_x2 a; long double b;, T_V16, T_LD)
#else
#define VECTOR_SHAPES(S)
#endif

#define PLAIN_SHAPES(S)                                                                  \
  BYTE_SHAPES (S)                                                                        \
  INTEGER_SHAPES (S)                                                                     \
  FLOATING_SHAPES (S)                                                                    \
  MIXED_SHAPES (S) COMPLEX_SHAPES (S) INT128_SHAPES (S) VECTOR_SHAPES (S)

#define SHAPES(S) PLAIN_SHAPES (S) NESTED_SHAPES (S)

/* The result, and what else was seen, of the function last called.  */
static unsigned char shape_seen[256];
static const char *shape_trouble;

#define NOTICE(condition)                                                                \
  do                                                                                     \
    if (!(condition))                                                                    \
      shape_trouble = #condition;                                                        \
  while (0)

#define DEFINE_STRUCT(name, members, ...)                                                \
  struct name                                                                            \
  {                                                                                      \
    members                                                                              \
  };                                                                                     \
  static ffi_type *elements_##name[] = { __VA_ARGS__, NULL };                            \
  static ffi_type type_##name = { 0, 0, FFI_TYPE_STRUCT, elements_##name };

PLAIN_SHAPES (DEFINE_STRUCT)
static ffi_type type_n_f2;
static ffi_type *elements_n_n_f2[] = { &type_n_f2, NULL };
static ffi_type type_n_n_f2 = { 0, 0, FFI_TYPE_STRUCT, elements_n_n_f2 };
NESTED_SHAPES (DEFINE_STRUCT)

/* fn takes two structs between scalars, and returns the second.  crowd does so when all
   but one register of each kind is taken.  call_fn and call_crowd call such functions. */
#define DEFINE_FUNCTIONS(name, ...)                                                      \
  static FFITEST_UNUSED FFITEST_CONVENTION struct name fn_##name (                       \
      long a, struct name s, double b, struct name t, int c)                             \
  {                                                                                      \
    NOTICE (a == -5 && b == 2.5 && c == 77);                                             \
    memcpy (shape_seen, &s, sizeof s);                                                   \
    return t;                                                                            \
  }                                                                                      \
  static FFITEST_UNUSED FFITEST_CONVENTION struct name crowd_##name (                    \
      long a, long b, long c, long d, double e, double f, double g, double h, double i,  \
      double j, double k, struct name s, long l, double m, struct name t, long n)        \
  {                                                                                      \
    NOTICE (a == 1 && b == 2 && c == 3 && d == 4);                                       \
    NOTICE (e == 5 && f == 6 && g == 7 && h == 8 && i == 9 && j == 10 && k == 11);       \
    NOTICE (l == 12 && m == 13 && n == 14);                                              \
    memcpy (shape_seen, &s, sizeof s);                                                   \
    return t;                                                                            \
  }                                                                                      \
  static FFITEST_UNUSED void call_fn_##name (void *code, const void *s, const void *t,   \
                                             void *result)                               \
  {                                                                                      \
    struct name v[2];                                                                    \
    memcpy (&v[0], s, sizeof v[0]);                                                      \
    memcpy (&v[1], t, sizeof v[1]);                                                      \
    v[0] = CODE_AS (__typeof__ (&fn_##name), code) (-5, v[0], 2.5, v[1], 77);            \
    memcpy (result, &v[0], sizeof v[0]);                                                 \
  }                                                                                      \
  static FFITEST_UNUSED void call_crowd_##name (void *code, const void *s,               \
                                                const void *t, void *result)             \
  {                                                                                      \
    struct name v[2];                                                                    \
    memcpy (&v[0], s, sizeof v[0]);                                                      \
    memcpy (&v[1], t, sizeof v[1]);                                                      \
    v[0] = CODE_AS (__typeof__ (&crowd_##name), code) (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,    \
                                                       11, v[0], 12, 13, v[1], 14);      \
    memcpy (result, &v[0], sizeof v[0]);                                                 \
  }

SHAPES (DEFINE_FUNCTIONS)

struct shape
{
  const char *name;
  size_t size;
  size_t alignment;
  ffi_type *type;
  void (*fn) (void);
  void (*crowd) (void);
  void (*call_fn) (void *, const void *, const void *, void *);
  void (*call_crowd) (void *, const void *, const void *, void *);
};

#define SHAPE_ENTRY(name, ...)                                                           \
  { #name,          sizeof (struct name), __alignof__(struct name),                      \
    &type_##name,   FFI_FN (fn_##name),   FFI_FN (crowd_##name),                         \
    call_fn_##name, call_crowd_##name },

static const struct shape shapes[] = { SHAPES (SHAPE_ENTRY) };

/* Call VISIT for every scalar in a struct of TYPE at BASE; returns its size.  */
static FFITEST_UNUSED size_t
shape_walk (const ffi_type *type, unsigned char *base, size_t offset,
            void (*visit) (const ffi_type *, unsigned char *, void *), void *data)
{
  if (type->type == FFI_TYPE_COMPLEX)
    {
      const ffi_type *part = type->elements[0];
      visit (part, base + offset, data);
      visit (part, base + offset + part->size, data);
      return type->size;
    }
  if (type->type != FFI_TYPE_STRUCT)
    {
      visit (type, base + offset, data);
      return type->size;
    }
  size_t size = 0;
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      size = (size + (*e)->alignment - 1) / (*e)->alignment * (*e)->alignment;
      size += shape_walk (*e, base, offset + size, visit, data);
    }
  return (size + type->alignment - 1) / type->alignment * type->alignment;
}

static FFITEST_UNUSED void
shape_fill_one (const ffi_type *type, unsigned char *p, void *data)
{
  unsigned *seed = (unsigned *) data;
  *seed = *seed * 1103515245u + 12345u;
  int value = (int) (*seed >> 8) - 0x7fffff;
  float f = (float) value;
  double d = value * 1.0e30;
  long double ld = value * 1.0e200L;
  if (type->type == FFI_TYPE_FLOAT)
    memcpy (p, &f, sizeof f);
  else if (type->type == FFI_TYPE_DOUBLE)
    memcpy (p, &d, sizeof d);
  else if (type->type == FFI_TYPE_LONGDOUBLE)
    memcpy (p, &ld, sizeof ld);
  else
    for (size_t i = 0; i < type->size; i++)
      p[i] = (unsigned char) (*seed >> 16) + (unsigned char) (i * 37);
}

struct shape_comparison
{
  const char *file;
  int line;
  const char *name;
  const unsigned char *got;
  const unsigned char *expected;
};

static FFITEST_UNUSED void
shape_compare_one (const ffi_type *type, unsigned char *p, void *data)
{
  struct shape_comparison *c = (struct shape_comparison *) data;
  size_t offset = (size_t) (p - c->expected);
  size_t size = type->size;
#if LDBL_MANT_DIG == 64
  /* The rest of an x87 long double is padding.  */
  if (type->type == FFI_TYPE_LONGDOUBLE)
    size = 10;
#endif
  for (size_t i = offset; i < offset + size; i++)
    if (c->got[i] != c->expected[i])
      ffitest_fail (c->file, c->line, "struct %s: byte %zu: expected %#x, got %#x",
                    c->name, i, c->expected[i], c->got[i]);
}

/* Give every scalar of the struct at P a value made from SEED.  */
static FFITEST_UNUSED void
shape_fill (const struct shape *shape, void *p, unsigned seed)
{
  memset (p, 0xa5, shape->size);
  shape_walk (shape->type, (unsigned char *) p, 0, shape_fill_one, &seed);
}

/* All scalars of the struct at GOT equal those at EXPECTED; padding may differ.  */
#define shape_check(shape, got, expected)                                                \
  shape_check_at (__FILE__, __LINE__, shape, got, expected)

static FFITEST_UNUSED void
shape_check_at (const char *file, int line, const struct shape *shape, const void *got,
                const void *expected)
{
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  struct shape_comparison c = { file, line, shape->name, (const unsigned char *) got,
                                (const unsigned char *) expected };
  shape_walk (shape->type, (unsigned char *) (uintptr_t) expected, 0, shape_compare_one,
              &c);
}

/* The argument types of fn and crowd for SHAPE.  */
enum
{
  FN_ARGUMENTS = 5,
  CROWD_ARGUMENTS = 16
};

static FFITEST_UNUSED void
shape_fn_types (const struct shape *shape, ffi_type **types)
{
  ffi_type *list[]
      = { &ffi_type_slong, shape->type, &ffi_type_double, shape->type, &ffi_type_sint };
  memcpy (types, list, sizeof list);
}

static FFITEST_UNUSED void
shape_crowd_types (const struct shape *shape, ffi_type **types)
{
  for (int i = 0; i < CROWD_ARGUMENTS; i++)
    types[i] = (i >= 4 && i <= 10) || i == 13 ? &ffi_type_double : &ffi_type_slong;
  types[11] = types[14] = shape->type;
}

#endif
