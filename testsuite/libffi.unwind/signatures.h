/* SPDX-License-Identifier: MIT */
/* Signatures that take each their own way through calls and closures: functions of
   the signature, callers of a code address, and values.  */

#ifndef SIGNATURES_H
#define SIGNATURES_H

struct two_longs
{
  long a, b;
};
struct two_doubles
{
  double a, b;
};
struct long_and_double
{
  long a;
  double b;
};
struct large
{
  long a[5];
};
struct small
{
  char a[3];
};
struct wide
{
  long double a;
};

static volatile long signature_sink;

static void
fn_void (void)
{
  signature_sink++;
}
static int
fn_int (int a)
{
  return a + 1;
}
static signed char
fn_char (signed char a, short b)
{
  return (signed char) (a + b);
}
static void *
fn_pointers (void *a, void *b)
{
  return a != NULL ? a : b;
}
static long
fn_six (long a, long b, long c, long d, long e, long f)
{
  return a + b + c + d + e + f;
}
static float
fn_float (float a)
{
  return a * 2;
}
static double
fn_double (double a, double b)
{
  return a + b;
}
static double
fn_mixed (int a, double b, long c, float d, char e, double f, short g, void *h)
{
  return a + b + (double) c + d + e + f + g + (h != NULL);
}
static long
fn_many (long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
         double k, double l, double m, double n, double o, double p, double q, double r,
         double s)
{
  return a + b + c + d + e + f + g + h + i + j
         + (long) (k + l + m + n + o + p + q + r + s);
}
static long double
fn_ld (long double a)
{
  return a + 1;
}
static struct two_longs
fn_two_longs (struct two_longs a)
{
  return a;
}
static struct two_doubles
fn_two_doubles (struct two_doubles a)
{
  return a;
}
static struct long_and_double
fn_ldbl (struct long_and_double a)
{
  return a;
}
static struct large
fn_large (struct large a, int b)
{
  a.a[0] += b;
  return a;
}
static struct small
fn_small (struct small a)
{
  return a;
}
static struct wide
fn_wide (struct wide a)
{
  return a;
}

static ffi_type *const l5[] = { &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,
                                &ffi_type_slong, &ffi_type_slong, NULL };
static ffi_type *const d2[] = { &ffi_type_double, &ffi_type_double, NULL };
static ffi_type *const ld_d[] = { &ffi_type_slong, &ffi_type_double, NULL };
static ffi_type *const c3[] = { &ffi_type_schar, &ffi_type_schar, &ffi_type_schar, NULL };
static ffi_type *const w1[] = { &ffi_type_longdouble, NULL };
#define TYPE_OF(list)                                                                    \
  {                                                                                      \
    0, 0, FFI_TYPE_STRUCT, (ffi_type **) (uintptr_t) (list)                              \
  }
static ffi_type t_two_longs = TYPE_OF (l5 + 3), t_large = TYPE_OF (l5),
                t_two_doubles = TYPE_OF (d2), t_ldbl = TYPE_OF (ld_d),
                t_small = TYPE_OF (c3), t_wide = TYPE_OF (w1);

#define V &ffi_type_void
#define I &ffi_type_sint
#define C &ffi_type_schar
#define H &ffi_type_sshort
#define L &ffi_type_slong
#define F &ffi_type_float
#define D &ffi_type_double
#define E &ffi_type_longdouble
#define P &ffi_type_pointer

struct signature
{
  const char *name;
  void (*fn) (void);
  void (*call) (void *code); /* compiled call of such a function at CODE */
  ffi_type *rtype;
  unsigned nargs;
  ffi_type *types[20];
};

static const struct two_longs v_two_longs = { 1, 2 };
static const struct two_doubles v_two_doubles = { 1, 2 };
static const struct long_and_double v_ldbl = { 1, 2 };
static const struct large v_large = { { 1, 2, 3, 4, 5 } };
static const struct small v_small = { { 1, 2, 3 } };
static const struct wide v_wide = { 1 };

#define CALLER(name, ...)                                                                \
  static void call_##name (void *code)                                                   \
  {                                                                                      \
    (void) CODE_AS (__typeof__ (&fn_##name), code) (__VA_ARGS__);                        \
  }
CALLER (void)
CALLER (int, 1)
CALLER (char, 1, 2)
CALLER (pointers, NULL, NULL)
CALLER (six, 1, 2, 3, 4, 5, 6)
CALLER (float, 1)
CALLER (double, 1, 2)
CALLER (mixed, 1, 2, 3, 4, 5, 6, 7, NULL)
CALLER (many, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
CALLER (ld, 1)
CALLER (two_longs, v_two_longs)
CALLER (two_doubles, v_two_doubles)
CALLER (ldbl, v_ldbl)
CALLER (large, v_large, 1)
CALLER (small, v_small)
CALLER (wide, v_wide)

#define SIGNATURE(name, rtype, nargs, ...)                                               \
  {                                                                                      \
#name, FFI_FN(fn_##name), call_##name, rtype, nargs, { __VA_ARGS__ }                 \
  }

static const struct signature signatures[] = {
  SIGNATURE (void, V, 0, NULL),
  SIGNATURE (int, I, 1, I),
  SIGNATURE (char, C, 2, C, H),
  SIGNATURE (pointers, P, 2, P, P),
  SIGNATURE (six, L, 6, L, L, L, L, L, L),
  SIGNATURE (float, F, 1, F),
  SIGNATURE (double, D, 2, D, D),
  SIGNATURE (mixed, D, 8, I, D, L, F, C, D, H, P),
  SIGNATURE (many, L, 19, L, L, L, L, L, L, L, L, L, L, D, D, D, D, D, D, D, D, D),
  SIGNATURE (ld, E, 1, E),
  SIGNATURE (two_longs, &t_two_longs, 1, &t_two_longs),
  SIGNATURE (two_doubles, &t_two_doubles, 1, &t_two_doubles),
  SIGNATURE (ldbl, &t_ldbl, 1, &t_ldbl),
  SIGNATURE (large, &t_large, 2, &t_large, I),
  SIGNATURE (small, &t_small, 1, &t_small),
  SIGNATURE (wide, &t_wide, 1, &t_wide),
};

static FFITEST_UNUSED void
signature_prepare (const struct signature *s, ffi_cif *cif)
{
  PREP_CIF (cif, s->nargs, s->rtype, (ffi_type **) (uintptr_t) s->types);
}

/* Zeros will do as values.  */
static _Alignas(16) unsigned char signature_zeros[64];
static FFITEST_UNUSED void **
signature_values (void)
{
  static void *avalue[20];
  for (int i = 0; i < 20; i++)
    avalue[i] = signature_zeros;
  return avalue;
}

#endif
