/* SPDX-License-Identifier: MIT */
/* The signatures: for each a C function, a handler that does the same, a loop
   that calls either and one set of arguments.  */

#include "bench.h"
#include <limits.h>
#include <string.h>

unsigned long void_calls;

static uint64_t
bits (double d)
{
  uint64_t u;
  memcpy (&u, &d, sizeof u);
  return u;
}

/* void (void) */

static void
target_void (void)
{
  void_calls++;
}

static void
handler_void (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) ret, (void) args, (void) user_data;
  void_calls++;
}

static uint64_t
loop_void (code_fn code, long n)
{
  unsigned long before = void_calls;
  for (long i = 0; i < n; i++)
    code ();
  return void_calls - before;
}

/* int (int) */

static int
target_int (int a)
{
  return a - 7;
}

static void
handler_int (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret = *(int *) args[0] - 7;
}

static uint64_t
loop_int (code_fn code, long n)
{
  int (*f) (int) = (int (*) (int)) code;
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    sum += (uint64_t) f ((int) i);
  return sum;
}

/* int (void *, void *) */

static int
target_pointers (void *a, void *b)
{
  return *(int *) a - *(int *) b;
}

static void
handler_pointers (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret = **(int **) args[0] - **(int **) args[1];
}

static uint64_t
loop_pointers (code_fn code, long n)
{
  int (*f) (void *, void *) = (int (*) (void *, void *)) code;
  static int cells[] = { 5, 9, 2, 4 };
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    sum += (uint64_t) f (&cells[i & 3], &cells[1]);
  return sum;
}

/* double (double, double) */

static double
target_2_doubles (double a, double b)
{
  return a + b;
}

static void
handler_2_doubles (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(double *) ret = *(double *) args[0] + *(double *) args[1];
}

static uint64_t
loop_2_doubles (code_fn code, long n)
{
  double (*f) (double, double) = (double (*) (double, double)) code;
  double sum = 0;
  for (long i = 0; i < n; i++)
    sum += f ((double) i, 0.5);
  return bits (sum);
}

/* long (long x 6) */

static long
target_6_longs (long a, long b, long c, long d, long e, long f)
{
  return a + b + c + d + e - f;
}

static void
handler_6_longs (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(long *) ret = *(long *) args[0] + *(long *) args[1] + *(long *) args[2]
                  + *(long *) args[3] + *(long *) args[4] - *(long *) args[5];
}

static uint64_t
loop_6_longs (code_fn code, long n)
{
  long (*f) (long, long, long, long, long, long)
      = (long (*) (long, long, long, long, long, long)) code;
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    sum += (uint64_t) f (i, 2, 3, 4, 5, 60);
  return sum;
}

/* int (int x 8), of which two are on the stack */

static int
target_8_ints (int a, int b, int c, int d, int e, int f, int g, int h)
{
  return a + b + c + d + e + f + g - h;
}

static void
handler_8_ints (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret = *(int *) args[0] + *(int *) args[1] + *(int *) args[2]
                      + *(int *) args[3] + *(int *) args[4] + *(int *) args[5]
                      + *(int *) args[6] - *(int *) args[7];
}

static uint64_t
loop_8_ints (code_fn code, long n)
{
  int (*f) (int, int, int, int, int, int, int, int)
      = (int (*) (int, int, int, int, int, int, int, int)) code;
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    sum += (uint64_t) f ((int) i, 2, 3, 4, 5, 6, 7, 80);
  return sum;
}

/* double (int, double, long, float, void *, double, short, double) */

static double
target_mixed (int a, double b, long c, float d, void *e, double f, short g, double h)
{
  return a + b + (double) c + d + *(int *) e + f + g - h;
}

static void
handler_mixed (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(double *) ret = *(int *) args[0] + *(double *) args[1] + (double) *(long *) args[2]
                    + *(float *) args[3] + **(int **) args[4] + *(double *) args[5]
                    + *(short *) args[6] - *(double *) args[7];
}

static uint64_t
loop_mixed (code_fn code, long n)
{
  double (*f) (int, double, long, float, void *, double, short, double)
      = (double (*) (int, double, long, float, void *, double, short, double)) code;
  static int cell = 5;
  double sum = 0;
  for (long i = 0; i < n; i++)
    sum += f ((int) i, 0.5, i, 0.25f, &cell, 3.0, -3, 9.0);
  return bits (sum);
}

/* struct longs (struct longs) */

static struct longs
target_longs (struct longs s)
{
  return (struct longs){ s.b + 1, s.a };
}

static void
handler_longs (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  struct longs *s = args[0], *r = ret;
  r->a = s->b + 1;
  r->b = s->a;
}

static uint64_t
loop_longs (code_fn code, long n)
{
  struct longs (*f) (struct longs) = (struct longs (*) (struct longs)) code;
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    {
      struct longs r = f ((struct longs){ i, 3 });
      sum += (uint64_t) (r.a + 2 * r.b);
    }
  return sum;
}

/* struct doubles (struct doubles) */

static struct doubles
target_doubles (struct doubles s)
{
  return (struct doubles){ s.b + 1, s.a };
}

static void
handler_doubles (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  struct doubles *s = args[0], *r = ret;
  r->a = s->b + 1;
  r->b = s->a;
}

static uint64_t
loop_doubles (code_fn code, long n)
{
  struct doubles (*f) (struct doubles) = (struct doubles (*) (struct doubles)) code;
  double sum = 0;
  for (long i = 0; i < n; i++)
    {
      struct doubles r = f ((struct doubles){ (double) i, 3 });
      sum += r.a + 2 * r.b;
    }
  return bits (sum);
}

/* Arguments for ffi_call.  */

static short short_value = -3;
static int int_values[] = { 41, -2, 3, 4, 5, 6, 7, 80 };
static long long_values[] = { LONG_MAX / 512, 2, 3, 4, 5, 60 };
static float float_value = 0.25f;
static double double_values[] = { 0.5, 3, 9 };
static void *pointer_values[] = { &int_values[0], &int_values[1] };
static struct longs longs_value = { 11, LONG_MAX / 512 };
static struct doubles doubles_value = { 1.5, -2.25 };

#define VALUES(...) ((void *[]){ __VA_ARGS__ })
#define I(n) &int_values[n]
#define L(n) &long_values[n]
#define D(n) &double_values[n]

/* NAME is the suffix of the functions above, ARGS in braces.  */
#define SIGNATURE(label, suffix, rtype, nargs, args, values)                             \
  {                                                                                      \
    label, rtype, nargs, args, (code_fn) target_##suffix, handler_##suffix,              \
        loop_##suffix, values, 0                                                         \
  }
#define TYPES(...)                                                                       \
  {                                                                                      \
    __VA_ARGS__                                                                          \
  }

const struct signature signatures[N_SIGNATURES] = {
  SIGNATURE ("void(void)", void, T_VOID, 0, TYPES (T_VOID), VALUES (NULL)),
  SIGNATURE ("int(int)", int, T_INT, 1, TYPES (T_INT), VALUES (I (0))),
  SIGNATURE ("int(ptr,ptr)", pointers, T_INT, 2, TYPES (T_PTR, T_PTR),
             VALUES (&pointer_values[0], &pointer_values[1])),
  SIGNATURE ("double(double,double)", 2_doubles, T_DOUBLE, 2, TYPES (T_DOUBLE, T_DOUBLE),
             VALUES (D (0), D (1))),
  SIGNATURE ("long(long x 6)", 6_longs, T_LONG, 6,
             TYPES (T_LONG, T_LONG, T_LONG, T_LONG, T_LONG, T_LONG),
             VALUES (L (0), L (1), L (2), L (3), L (4), L (5))),
  SIGNATURE ("int(int x 8)", 8_ints, T_INT, 8,
             TYPES (T_INT, T_INT, T_INT, T_INT, T_INT, T_INT, T_INT, T_INT),
             VALUES (I (0), I (1), I (2), I (3), I (4), I (5), I (6), I (7))),
  SIGNATURE ("double(8 mixed)", mixed, T_DOUBLE, 8,
             TYPES (T_INT, T_DOUBLE, T_LONG, T_FLOAT, T_PTR, T_DOUBLE, T_SHORT, T_DOUBLE),
             VALUES (I (0), D (0), L (1), &float_value, &pointer_values[0], D (1),
                     &short_value, D (2))),
  SIGNATURE ("{long,long}(same)", longs, T_LONGS, 1, TYPES (T_LONGS),
             VALUES (&longs_value)),
  SIGNATURE ("{double,double}(same)", doubles, T_DOUBLES, 1, TYPES (T_DOUBLES),
             VALUES (&doubles_value)),
};
