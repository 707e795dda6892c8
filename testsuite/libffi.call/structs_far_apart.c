/* SPDX-License-Identifier: MIT */
/* A struct of integers, 64 arguments before structs of one double each, through a call
   and a closure: each is told from the others, however far apart they are.  */

#include "ffitest.h"

enum
{
  INTEGERS = 48,
  DOUBLES = 16,
  COUNT = 1 + INTEGERS + DOUBLES
};

struct integers
{
  int64_t a, b;
};

struct one_double
{
  double d;
};

#define TIMES_8(m, n)                                                                    \
  m (n##0), m (n##1), m (n##2), m (n##3), m (n##4), m (n##5), m (n##6), m (n##7)
#define INTEGER(n) int64_t i##n
#define INTEGERS_48                                                                      \
  TIMES_8 (INTEGER, 0), TIMES_8 (INTEGER, 1), TIMES_8 (INTEGER, 2),                      \
      TIMES_8 (INTEGER, 3), TIMES_8 (INTEGER, 4), TIMES_8 (INTEGER, 5)
#define DOUBLE(n) struct one_double d##n
#define DOUBLES_16 TIMES_8 (DOUBLE, 0), TIMES_8 (DOUBLE, 1)
#define SAME(n) i##n
#define MEMBER(n) d##n.d

static struct integers seen;
static int64_t integers[INTEGERS];
static double doubles[DOUBLES];

static void
callee (struct integers s, INTEGERS_48, DOUBLES_16)
{
  int64_t i[] = { TIMES_8 (SAME, 0), TIMES_8 (SAME, 1), TIMES_8 (SAME, 2),
                  TIMES_8 (SAME, 3), TIMES_8 (SAME, 4), TIMES_8 (SAME, 5) };
  double d[] = { TIMES_8 (MEMBER, 0), TIMES_8 (MEMBER, 1) };

  seen = s;
  memcpy (integers, i, sizeof i);
  memcpy (doubles, d, sizeof d);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) data;
  memcpy (&seen, args[0], sizeof seen);
  for (int n = 0; n < INTEGERS; n++)
    memcpy (&integers[n], args[1 + n], sizeof integers[n]);
  for (int n = 0; n < DOUBLES; n++)
    memcpy (&doubles[n], args[1 + INTEGERS + n], sizeof doubles[n]);
}

/* Check what FUN, of callee's type, does with values that ffi_call passes.  */
static void
check_call (ffi_cif *cif, void (*fun) (void))
{
  struct integers s = { 123456789, -987654321 };
  int64_t i[INTEGERS];
  struct one_double d[DOUBLES];
  void *values[COUNT] = { &s };
  ffi_arg result;

  for (int n = 0; n < INTEGERS; n++)
    {
      i[n] = 1000 + n;
      values[1 + n] = &i[n];
    }
  for (int n = 0; n < DOUBLES; n++)
    {
      d[n].d = n + 0.5;
      values[1 + INTEGERS + n] = &d[n];
    }
  memset (integers, 0, sizeof integers);
  memset (doubles, 0, sizeof doubles);
  seen = (struct integers){ 0, 0 };
  ffi_call (cif, fun, &result, values);
  CHECK_INT (seen.a, s.a);
  CHECK_INT (seen.b, s.b);
  for (int n = 0; n < INTEGERS; n++)
    CHECK_INT (integers[n], 1000 + n);
  for (int n = 0; n < DOUBLES; n++)
    CHECK_DOUBLE (doubles[n], n + 0.5);
}

int
main (void)
{
  STRUCT_TYPE (two_integers, &ffi_type_sint64, &ffi_type_sint64);
  STRUCT_TYPE (one_double, &ffi_type_double);
  ffi_type *types[COUNT] = { &two_integers };
  void *code;
  ffi_cif cif;

  for (int n = 1; n < COUNT; n++)
    types[n] = n <= INTEGERS ? &ffi_type_sint64 : &one_double;
  PREP_CIF (&cif, COUNT, &ffi_type_void, types);
  check_call (&cif, FFI_FN (callee));
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  check_call (&cif, CODE_AS (void (*) (void), code));
  ffi_closure_free (closure);
  return ffitest_done ();
}
