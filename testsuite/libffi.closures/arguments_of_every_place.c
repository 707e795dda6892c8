/* SPDX-License-Identifier: MIT */
/* A handler finds structs of floats, large structs, pairs and long double among scalars,
   with 8 arguments and fewer, 16 and fewer, and more; in registers, on the stack, and
   there behind a gap.  */

#include "ffitest.h"

struct f2
{
  float v[2];
};
struct f3
{
  float v[3];
};
struct d3
{
  double v[3];
};
struct d4
{
  double v[4];
};
struct pair
{
  long v[2];
};
struct big
{
  long v[5];
};

STRUCT_TYPE (f2_type, &ffi_type_float, &ffi_type_float);
STRUCT_TYPE (f3_type, &ffi_type_float, &ffi_type_float, &ffi_type_float);
STRUCT_TYPE (d3_type, &ffi_type_double, &ffi_type_double, &ffi_type_double);
STRUCT_TYPE (d4_type, &ffi_type_double, &ffi_type_double, &ffi_type_double,
             &ffi_type_double);
STRUCT_TYPE (pair_type, &ffi_type_slong, &ffi_type_slong);
STRUCT_TYPE (big_type, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,
             &ffi_type_slong);

static const struct f2 f2 = { { 1, 2 } };
static const struct f3 f3 = { { 3, 4, 5 } };
static const struct d3 d3 = { { 6, 7, 8 } };
static const struct pair pair = { { 13, 14 } };
static const struct big big = { { 15, 16, 17, 18, 19 } };

/* What of the handler's arguments is right, a bit for each.  */
static unsigned long right;
static const struct d4 result = { { 20, 21, 22, 23 } };

#define IS(i, type, expected) (*(type *) args[i] == (expected))
#define HAS(i, expected) (memcmp (args[i], &expected, sizeof expected) == 0)
#define NOTE(i, condition) right |= (unsigned long) (condition) << (i)

static void
handle_few (ffi_cif *cif, void *ret, void **args, void *data)
{
  (void) cif, (void) data;
  NOTE (0, HAS (0, f3));
  NOTE (1, IS (1, float, 30));
  NOTE (2, HAS (2, d3));
  NOTE (3, IS (3, int, -31));
  NOTE (4, HAS (4, big));
  NOTE (5, IS (5, double, 32));
  NOTE (6, HAS (6, f2));
  NOTE (7, HAS (7, pair));
  memcpy (ret, &result, sizeof result);
}

static void
check_few (void)
{
  ffi_type *types[] = { &f3_type,  &ffi_type_float,  &d3_type, &ffi_type_sint,
                        &big_type, &ffi_type_double, &f2_type, &pair_type };
  ffi_cif cif;
  void *code;

  PREP_CIF (&cif, 8, &d4_type, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle_few, NULL, &code);
  struct d4 (*f) (struct f3, float, struct d3, int, struct big, double, struct f2,
                  struct pair)
      = CODE_AS (struct d4 (*) (struct f3, float, struct d3, int, struct big, double,
                                struct f2, struct pair),
                 code);
  right = 0;
  struct d4 got = f (f3, 30, d3, -31, big, 32, f2, pair);
  CHECK_UINT (right, 0xff);
  CHECK_MEM (&got, &result, sizeof got);
  ffi_closure_free (closure);
}

/* In the order of the arguments, but for the last.  */
static void
note_many (void **args)
{
  NOTE (0, IS (0, long, 1));
  NOTE (1, HAS (1, f2));
  NOTE (2, IS (2, double, 2));
  NOTE (3, HAS (3, f3));
  NOTE (4, HAS (4, big));
  NOTE (5, IS (5, short, -3));
  NOTE (6, IS (6, float, 4));
  NOTE (7, HAS (7, pair));
  NOTE (8, IS (8, long, 5));
  NOTE (9, IS (9, long, 6));
  NOTE (10, IS (10, unsigned char, 250));
  NOTE (11, HAS (11, f2));
  NOTE (12, HAS (12, big));
  NOTE (13, IS (13, double, 7));
  NOTE (14, HAS (14, pair));
}

static void
handle_many (ffi_cif *cif, void *ret, void **args, void *data)
{
  (void) cif, (void) data;
  note_many (args);
  NOTE (15, IS (15, int, 8));
  *(float *) ret = 9;
}

static void
handle_gap (ffi_cif *cif, void *ret, void **args, void *data)
{
  (void) cif, (void) data;
  note_many (args);
  NOTE (15, IS (15, long double, 10));
  *(float *) ret = 11;
}

static void
handle_more (ffi_cif *cif, void *ret, void **args, void *data)
{
  handle_gap (cif, ret, args, data);
  NOTE (16, HAS (16, d3));
}

#define MANY                                                                             \
  long, struct f2, double, struct f3, struct big, short, float, struct pair, long, long, \
      unsigned char, struct f2, struct big, double, struct pair
#define ALL 1, f2, 2, f3, big, -3, 4, pair, 5, 6, 250, f2, big, 7, pair

static void
check_many (unsigned n, ffi_type *last, ffitest_handler handler, float expected)
{
  ffi_type *types[] = { &ffi_type_slong, &f2_type,         &ffi_type_double, &f3_type,
                        &big_type,       &ffi_type_sshort, &ffi_type_float,  &pair_type,
                        &ffi_type_slong, &ffi_type_slong,  &ffi_type_uchar,  &f2_type,
                        &big_type,       &ffi_type_double, &pair_type,       last,
                        &d3_type };
  float got;
  ffi_cif cif;
  void *code;

  PREP_CIF (&cif, n, &ffi_type_float, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handler, NULL, &code);
  right = 0;
  if (last == &ffi_type_sint)
    got = CODE_AS (float (*) (MANY, int), code) (ALL, 8);
  else if (n == 16)
    got = CODE_AS (float (*) (MANY, long double), code) (ALL, 10);
  else
    got = CODE_AS (float (*) (MANY, long double, struct d3), code) (ALL, 10, d3);
  CHECK_UINT (right, (1ul << n) - 1);
  CHECK_DOUBLE (got, expected);
  ffi_closure_free (closure);
}

int
main (void)
{
  check_few ();
  check_many (16, &ffi_type_sint, handle_many, 9);
  check_many (16, &ffi_type_longdouble, handle_gap, 11);
  check_many (17, &ffi_type_longdouble, handle_more, 11);
  return ffitest_done ();
}
