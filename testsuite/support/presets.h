/* SPDX-License-Identifier: MIT */
/* Packed structs, structs of bit-fields and unions, each as a C type, as an ffi_type
   whose size and alignment are preset, and functions that pass it: the compiler is the
   oracle.  P (name, keyword, members, what to compare, element types...).  */

#ifndef PRESETS_H
#define PRESETS_H

#define U8 &ffi_type_uint8
#define S16 &ffi_type_sint16
#define S32 &ffi_type_sint32
#define S64 &ffi_type_sint64
#define F32 &ffi_type_float
#define F64 &ffi_type_double
#define FLD &ffi_type_longdouble
#define PTR &ffi_type_pointer

#define A V (a)
#define AB V (a) V (b)
#define ABC V (a) V (b) V (c)
#define ABCD V (a) V (b) V (c) V (d)
#define A4 V (a[0]) V (a[1]) V (a[2]) V (a[3])
#define B2 V (b[0]) V (b[1])
#define B3 B2 V (b[2])
#define B6 B3 V (b[3]) V (b[4]) V (b[5])

/* Members that lie elsewhere if packed; N tells one packing from another.  */
#define PACKED(P, n)                                                                     \
  P (p_cic##n, struct, uint8_t a; int32_t b; uint8_t c;, ABC, U8, S32, U8)               \
  P (p_ci##n, struct, uint8_t a; int32_t b;, AB, U8, S32)                                \
  P (p_ic##n, struct, int32_t a; uint8_t b;, AB, S32, U8)                                \
  P (p_cl##n, struct, uint8_t a; int64_t b;, AB, U8, S64)                                \
  P (p_lc##n, struct, int64_t a; uint8_t b;, AB, S64, U8)                                \
  P (p_sd##n, struct, int16_t a; double b;, AB, S16, F64)                                \
  P (p_dc##n, struct, double a; uint8_t b;, AB, F64, U8)                                 \
  P (p_fd##n, struct, float a; double b;, AB, F32, F64)                                  \
  P (p_df##n, struct, double a; float b;, AB, F64, F32)                                  \
  P (p_id##n, struct, int32_t a; double b;, AB, S32, F64)                                \
  P (p_fff##n, struct, float a; float b; float c;, ABC, F32, F32, F32)                   \
  P (p_dd##n, struct, double a; double b;, AB, F64, F64)                                 \
  P (p_scs##n, struct, int16_t a; uint8_t b; int16_t c;, ABC, S16, U8, S16)              \
  P (p_lsi##n, struct, int64_t a; int16_t b; int32_t c;, ABC, S64, S16, S32)             \
  P (p_cp##n, struct, uint8_t a; uintptr_t b;, AB, U8, PTR)                              \
  P (p_cld##n, struct, uint8_t a; long double b;, AB, U8, FLD)                           \
  P (p_cll##n, struct, uint8_t a; int64_t b; int64_t c;, ABC, U8, S64, S64)

/* ctypes describes each bit-field by its whole type.  */
#define BIT_FIELDS(P)                                                                    \
  P (b_i3, struct, int a : 8; int b : 8; int c : 16;, ABC, S32, S32, S32)                \
  P (b_i2, struct, int a : 5; int b : 20;, AB, S32, S32)                                 \
  P (b_c3, struct, uint8_t a : 1; uint8_t b : 3; uint8_t c : 4;, ABC, U8, U8, U8)        \
  P (b_s2, struct, short a : 6; short b : 10;, AB, S16, S16)                             \
  P (b_l2, struct, int64_t a : 20; int64_t b : 44;, AB, S64, S64)                        \
  P (b_l3, struct, int64_t a : 60; int64_t b : 60; int c : 3;, ABC, S64, S64, S32)       \
  P (b_fi, struct, float a; int b : 8; int c : 24;, ABC, F32, S32, S32)                  \
  P (b_di, struct, double a; int b : 8; int c : 8; int d : 8;, ABCD, F64, S32, S32, S32) \
  P (b_ii, struct, int a; int b : 8; int c : 8; int d : 16;, ABCD, S32, S32, S32, S32)   \
  P (b_pk, struct __attribute__ ((packed)), uint8_t a; int b : 24; int c : 8;            \
     , ABC, U8, S32, S32)

/* Described like structs of a float, which s390x tells from unions: an FPR has those.  So
   does RISC-V, but there a union that has all its members listed is seen to be one.  */
#if defined __s390x__
#define LIKE_FLOATS(P)
#elif defined __riscv
#define LIKE_FLOATS(P)                                                                   \
  P (u_f, union, float a; float b;, A, F32, F32)                                         \
  P (u_d, union, double a; double b;, A, F64, F64)
#else
#define LIKE_FLOATS(P)                                                                   \
  P (u_f, union, float a; float b;, A, F32)                                              \
  P (u_d, union, double a; double b;, A, F64)
#endif

/* The manual's unions: the largest member, the largest alignment.  */
#define LIKE_ELEMENT(P)                                                                  \
  P (u_i, union, int a; short b; uint8_t c;, A, S32)                                     \
  P (u_l, union, int64_t a; int b;, A, S64)                                              \
  P (u_p, union, uintptr_t a; int b;, A, PTR)                                            \
  LIKE_FLOATS (P)                                                                        \
  P (u_f3, union, float a; float b[3];, B3, F32, F32, F32)                               \
  P (u_c5, union, uint8_t a; uint8_t b[5];, B3, U8, U8, U8, U8, U8)

#define ABOVE_ELEMENT(P)                                                                 \
  P (u_wi, union, int64_t a; int b; double c;, A, S32)                                   \
  P (u_i2, union, int64_t a; int b[2];, A, &type_i2)                                     \
  P (u_i6, union, int64_t a; int b[6];, B6, &type_i6)                                    \
  P (u_c9, union, int64_t a; uint8_t b[9];, B6 V (b[7]) V (b[8]), &type_c9)              \
  P (u_c3, union, short a; uint8_t b[3];, B3, &type_c3)                                  \
  P (u_c6, union, int a; uint8_t b[6];, B6, &type_c6)                                    \
  P (u_s3, union, int a; short b[3];, B3, &type_s3)                                      \
  P (u_fd, union, double a; float b[2];, B2, &type_f2)                                   \
  P (u_fdd, union, double a; float b[4];, B3 V (b[3]), &type_f4)                         \
  P (u_fl, union, int64_t a; float b[4]; int c[4];, B3 V (b[3]), &type_i4)               \
  P (u_in, struct, int a; u_i2 b;, V (a) V (b.a), S32, &type_of_u_i2)

/* An array that is described by one of its elements.  */
#define ONE_OF_MANY(P)                                                                   \
  P (o_c3, struct, uint8_t b[3];, B3, U8)                                                \
  P (o_c12, struct, uint8_t b[12];, B6 V (b[8]) V (b[11]), U8)                           \
  P (o_c40, struct, uint8_t b[40];, B6 V (b[39]), U8)                                    \
  P (o_i4, struct, int a[4];, A4, S32)                                                   \
  P (o_f2, struct, float b[2];, B2, F32)                                                 \
  P (o_f4, struct, float a[4];, A4, F32)                                                 \
  P (o_d2, struct, double b[2];, B2, F64)                                                \
  P (o_d5, struct, double b[5];, B3 V (b[4]), F64)                                       \
  P (o_cf3, struct, uint8_t a; float b[3];, V (a) B3, U8, F32, F32)

/* All members of a union, one after the other: ctypes does that.  */
#define LISTED(P)                                                                        \
  P (a_ii, union, int a; int b;, A, S32, S32)                                            \
  P (a_ic, union, int a; uint8_t b;, A, S32, U8)                                         \
  P (a_if, union, int a; float b;, A, S32, F32)                                          \
  P (a_fi, union, float a; int b;, A, F32, S32)                                          \
  P (a_ff, union, float a; float b;, A, F32, F32)                                        \
  P (a_dd, union, double a; double b;, A, F64, F64)                                      \
  P (a_ld, union, int64_t a; double b;, A, S64, F64)                                     \
  P (a_idl, union, int a; double b; int64_t c;, V (c), S32, F64, S64)

#ifdef FFI_TARGET_HAS_INT128
#define S128 &ffi_type_sint128
#define ABOVE_WORDS(P)                                                                   \
  P (u_ql, union, __int128 a; int64_t b;, A, S128)                                       \
  P (u_l2, union, __int128 a; int64_t b[2];, A, &type_l2)                                \
  P (u_l3, union, __int128 a; int64_t b[3];, B3, &type_l3)
#else
#define ABOVE_WORDS(P)
#endif

#define UNIONS(P)                                                                        \
  LIKE_ELEMENT (P) ABOVE_ELEMENT (P) ABOVE_WORDS (P) ONE_OF_MANY (P) LISTED (P)

#define PRESETS(P)                                                                       \
  PACKED (P, 1) PACKED (P, 2) PACKED (P, 4) PACKED (P, 8) BIT_FIELDS (P) UNIONS (P)

/* Parts of the unions.  */
#define PART(name, ...)                                                                  \
  static ffi_type *elements_##name[] = { __VA_ARGS__, NULL };                            \
  static ffi_type type_##name = { 0, 0, FFI_TYPE_STRUCT, elements_##name };
PART (c3, U8, U8, U8)
PART (c6, U8, U8, U8, U8, U8, U8)
PART (c9, U8, U8, U8, U8, U8, U8, U8, U8, U8)
PART (s3, S16, S16, S16)
PART (i2, S32, S32)
PART (i4, S32, S32, S32, S32)
PART (i6, S32, S32, S32, S32, S32, S32)
PART (f2, F32, F32)
PART (f4, F32, F32, F32, F32)
#ifdef FFI_TARGET_HAS_INT128
PART (l2, S64, S64)
PART (l3, S64, S64, S64)
#endif
static ffi_type type_of_u_i2;

#define DEFINE_TYPE(name, kind, members, ...) typedef kind{ members } name;
#pragma pack(push, 1)
PACKED (DEFINE_TYPE, 1)
#pragma pack(2)
PACKED (DEFINE_TYPE, 2)
#pragma pack(4)
PACKED (DEFINE_TYPE, 4)
#pragma pack(8)
PACKED (DEFINE_TYPE, 8)
#pragma pack(pop)
BIT_FIELDS (DEFINE_TYPE)
UNIONS (DEFINE_TYPE)

#define DEFINE_FFI(name, kind, members, compared, ...)                                   \
  static ffi_type *elements_of_##name[] = { __VA_ARGS__, NULL };                         \
  static ffi_type type_of_##name                                                         \
      = { sizeof (name), _Alignof(name), FFI_TYPE_STRUCT, elements_of_##name };
PRESETS (DEFINE_FFI)

/* The first argument that the function last called got, and what else it noticed.  */
static unsigned char preset_seen[64];
static const char *preset_trouble;

#define NOTICE(condition)                                                                \
  do                                                                                     \
    if (!(condition))                                                                    \
      preset_trouble = #condition;                                                       \
  while (0)

static unsigned preset_seed;

static FFITEST_UNUSED int
preset_value (void)
{
  preset_seed = preset_seed * 1103515245u + 12345u;
  return (int) (preset_seed >> 8) - 0x7fffff;
}

/* Give every member that is compared a value.  */
#define V(member) x->member = preset_value ();
#define DEFINE_FILL(name, kind, members, compared, ...)                                  \
  static void fill_##name (void *p)                                                      \
  {                                                                                      \
    name value, *x = &value;                                                             \
    memset (x, 0xa5, sizeof *x);                                                         \
    compared memcpy (p, x, sizeof *x);                                                   \
  }
PRESETS (DEFINE_FILL)
#undef V

/* The first that is not the same in both, or null.  */
#define V(member)                                                                        \
  if (x[0].member != x[1].member)                                                        \
    return #member;
#define DEFINE_DIFFERS(name, kind, members, compared, ...)                               \
  static const char *differs_##name (const void *p, const void *q)                       \
  {                                                                                      \
    name x[2];                                                                           \
    memcpy (&x[0], p, sizeof x[0]);                                                      \
    memcpy (&x[1], q, sizeof x[1]);                                                      \
    compared return NULL;                                                                \
  }
PRESETS (DEFINE_DIFFERS)
#undef V

/* one returns its argument.  fn takes two between scalars, and returns the second.  crowd
   does so when all but one register of each kind is taken.  call_ calls one of them.  */
#define DEFINE_FUNCTIONS(name, ...)                                                      \
  static FFITEST_UNUSED FFITEST_CONVENTION name one_##name (name t)                      \
  {                                                                                      \
    memcpy (preset_seen, &t, sizeof t);                                                  \
    return t;                                                                            \
  }                                                                                      \
  static FFITEST_UNUSED FFITEST_CONVENTION name fn_##name (int a, name s, double b,      \
                                                           name t, int c)                \
  {                                                                                      \
    NOTICE (a == -5 && b == 2.5 && c == 77);                                             \
    memcpy (preset_seen, &s, sizeof s);                                                  \
    return t;                                                                            \
  }                                                                                      \
  static FFITEST_UNUSED FFITEST_CONVENTION name crowd_##name (                           \
      long a, long b, long c, double d, double e, double f, double g, double h,          \
      double i, double j, name s, int k, double l, name t, int m)                        \
  {                                                                                      \
    NOTICE (a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7);         \
    NOTICE (h == 8 && i == 9 && j == 10 && k == 11 && l == 12 && m == 13);               \
    memcpy (preset_seen, &s, sizeof s);                                                  \
    return t;                                                                            \
  }                                                                                      \
  static FFITEST_UNUSED void call_##name (enum preset_signature which, void *code,       \
                                          const void *s, const void *t, void *result)    \
  {                                                                                      \
    name v[2];                                                                           \
    memcpy (&v[0], s, sizeof v[0]);                                                      \
    memcpy (&v[1], t, sizeof v[1]);                                                      \
    if (which == ONE)                                                                    \
      v[0] = CODE_AS (__typeof__ (&one_##name), code) (v[1]);                            \
    else if (which == FN)                                                                \
      v[0] = CODE_AS (__typeof__ (&fn_##name), code) (-5, v[0], 2.5, v[1], 77);          \
    else                                                                                 \
      v[0] = CODE_AS (__typeof__ (&crowd_##name), code) (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,  \
                                                         v[0], 11, 12, v[1], 13);        \
    memcpy (result, &v[0], sizeof v[0]);                                                 \
  }

enum preset_signature
{
  ONE,
  FN,
  CROWD,
  SIGNATURES
};

PRESETS (DEFINE_FUNCTIONS)

struct preset
{
  const char *name;
  size_t size;
  ffi_type *type;
  void (*fill) (void *);
  const char *(*differs) (const void *, const void *);
  void (*functions[SIGNATURES]) (void);
  void (*call) (enum preset_signature, void *, const void *, const void *, void *);
};

#define ENTRY(name, ...)                                                                 \
  { #name,           sizeof (name),                                                      \
    &type_of_##name, fill_##name,                                                        \
    differs_##name,  { FFI_FN (one_##name), FFI_FN (fn_##name), FFI_FN (crowd_##name) }, \
    call_##name },

static const struct preset presets[] = { PRESETS (ENTRY) };

/* Fill in TYPES, and VALUES with S and T and what goes with them; returns how many.  */
static FFITEST_UNUSED unsigned
preset_arguments (const struct preset *p, enum preset_signature which, ffi_type **types,
                  void **values, void *s, void *t)
{
  static long l[] = { 1, 2, 3 };
  static double d[] = { 4, 5, 6, 7, 8, 9, 10, 12, 2.5 };
  static int n[] = { 11, 13, -5, 77 };
  unsigned count = 0;
#define ARGUMENT(of, at) (types[count] = (of), values[count++] = (at))

  if (which == FN)
    {
      ARGUMENT (&ffi_type_sint, &n[2]);
      ARGUMENT (p->type, s);
      ARGUMENT (&ffi_type_double, &d[8]);
    }
  else if (which == CROWD)
    {
      for (int i = 0; i < 3; i++)
        ARGUMENT (&ffi_type_slong, &l[i]);
      for (int i = 0; i < 7; i++)
        ARGUMENT (&ffi_type_double, &d[i]);
      ARGUMENT (p->type, s);
      ARGUMENT (&ffi_type_sint, &n[0]);
      ARGUMENT (&ffi_type_double, &d[7]);
    }
  ARGUMENT (p->type, t);
  if (which != ONE)
    ARGUMENT (&ffi_type_sint, &n[which == FN ? 3 : 1]);
#undef ARGUMENT
  return count;
}

enum
{
  PRESET_ARGUMENTS = 16
};

/* Check what was seen of a call with S and T that returned RESULT.  */
#define preset_check(p, which, s, t, result)                                             \
  do                                                                                     \
    {                                                                                    \
      static const char *const names[] = { "alone", "between others", "in a crowd" };    \
      const char *one = (p)->differs (preset_seen, which == ONE ? t : s);                \
      const char *two = (p)->differs (result, t);                                        \
      CHECK_MSG (one == NULL, "%s, %s: argument: member %s is another", (p)->name,       \
                 names[which], one);                                                     \
      CHECK_MSG (two == NULL, "%s, %s: result: member %s is another", (p)->name,         \
                 names[which], two);                                                     \
      CHECK_MSG (preset_trouble == NULL, "%s, %s: a scalar beside it is wrong: %s",      \
                 (p)->name, names[which], preset_trouble);                               \
    }                                                                                    \
  while (0)

#endif
