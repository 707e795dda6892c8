/* SPDX-License-Identifier: MIT */
/* Signatures that take each their own way through calls and closures: functions of
   the signature, callers of a code address, and values.  */

#ifndef SIGNATURES_H
#define SIGNATURES_H

#include <float.h>

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
  void (*call) (void *code, void *result); /* compiled call of such a function */
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

static void
call_void (void *code, void *result)
{
  (void) result;
  CODE_AS (void (*) (void), code) ();
}
#define CALLER(name, ...)                                                                \
  static void call_##name (void *code, void *result)                                     \
  {                                                                                      \
    *(__typeof__ (fn_##name (__VA_ARGS__)) *) result                                     \
        = CODE_AS (__typeof__ (&fn_##name), code) (__VA_ARGS__);                         \
  }
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

/* Do ACT with each scalar of the value of TYPE at VALUE.  */
static void
signature_scalars (const ffi_type *type, void *value,
                   void (*act) (const ffi_type *, void *, void *), void *data)
{
  size_t at = 0;
  if (type->type != FFI_TYPE_STRUCT)
    {
      act (type, value, data);
      return;
    }
  for (ffi_type **e = type->elements; *e != NULL; at += (*e)->size, e++)
    {
      at = (at + (*e)->alignment - 1) & -(size_t) (*e)->alignment;
      signature_scalars (*e, (char *) value + at, act, data);
    }
}

/* Make the scalar the number at NUMBER, which becomes the next one.  */
static void
signature_number (const ffi_type *type, void *scalar, void *number)
{
  long long integer = ++*(int *) number;
  float f = (float) integer;
  double d = (double) integer;
  long double ld = integer;
  memcpy (scalar,
          type == &ffi_type_float        ? (const void *) &f
          : type == &ffi_type_double     ? (const void *) &d
          : type == &ffi_type_longdouble ? (const void *) &ld
                                         : (const void *) &integer,
          type->size);
}

/* One signature in use.  */
struct use
{
  const struct signature *signature;
  ffi_cif cif;
  void *values[20]; /* arguments: numbers from 1 on */
  void *result;     /* where one goes, if anywhere: to the room */
  _Alignas(16) unsigned char room[64];
  _Alignas(16) unsigned char memory[20][64];
};

static FFITEST_UNUSED void
use_prepare (struct use *use, const struct signature *s)
{
  int number = 0;
  memset (use, 0, sizeof *use);
  use->signature = s;
  use->result = use->room;
  PREP_CIF (&use->cif, s->nargs, s->rtype, (ffi_type **) (uintptr_t) s->types);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      use->values[i] = use->memory[i];
      signature_scalars (s->types[i], use->memory[i], signature_number, &number);
    }
}

/* What the last handler saw.  */
static _Alignas(16) unsigned char signature_seen[20][64];

/* A handler that returns a number.  */
static FFITEST_UNUSED void
signature_handle (ffi_cif *cif, void *result, void **args, void *data)
{
  int number = 100;
  (void) data;
  for (unsigned i = 0; i < cif->nargs; i++)
    memcpy (signature_seen[i], args[i], cif->arg_types[i]->size);
  if (cif->rtype->type == FFI_TYPE_VOID)
    return;
  if (cif->rtype->type != FFI_TYPE_STRUCT && cif->rtype->size < sizeof (ffi_arg))
    *(ffi_arg *) result = 0;
  signature_scalars (cif->rtype, result, signature_number, &number);
}

/* Mix the scalar into the sum.  */
static void
signature_add (const ffi_type *type, void *scalar, void *sum)
{
  const unsigned char *byte = scalar;
  size_t size = type == &ffi_type_longdouble && LDBL_MANT_DIG == 64 ? 10 : type->size;
  for (size_t i = 0; i < size; i++)
    *(uint32_t *) sum = (*(uint32_t *) sum ^ byte[i]) * 16777619u;
}

/* A sum of what the handler saw and of the result, which are forgotten.  */
static FFITEST_UNUSED uint32_t
use_sum (void *data)
{
  struct use *use = data;
  uint32_t sum = 0;
  for (unsigned i = 0; i < use->cif.nargs; i++)
    signature_scalars (use->cif.arg_types[i], signature_seen[i], signature_add, &sum);
  if (use->cif.rtype->type != FFI_TYPE_VOID)
    signature_scalars (use->cif.rtype, use->room, signature_add, &sum);
  memset (signature_seen, 0, sizeof signature_seen);
  memset (use->room, 0, sizeof use->room);
  return sum;
}

#endif
