/* SPDX-License-Identifier: MIT */
/* The floor: what one would write by hand for each signature, knowing it.  It is built
   as a shared object, as every library is, and once more into the program.

   An entry saves its arguments, makes the args array and calls a handler of
   the ordinary type; a call loads the arguments from avalue, calls and stores
   the result.  The compiler does this as tightly as assembly would; what no
   library can save is all that is left.  */

#include "bench.h"

struct floor_closure floor_closure;

#define ENTER(ret, args)                                                                 \
  floor_closure.fun (floor_closure.cif, ret, args, floor_closure.user_data)

static void
entry_void (void)
{
  ffi_arg ret;
  ENTER (&ret, NULL);
}

static int
entry_int (int a)
{
  ffi_sarg ret;
  void *args[] = { &a };
  ENTER (&ret, args);
  return (int) ret;
}

static int
entry_pointers (void *a, void *b)
{
  ffi_sarg ret;
  void *args[] = { &a, &b };
  ENTER (&ret, args);
  return (int) ret;
}

static double
entry_2_doubles (double a, double b)
{
  double ret;
  void *args[] = { &a, &b };
  ENTER (&ret, args);
  return ret;
}

static long
entry_6_longs (long a, long b, long c, long d, long e, long f)
{
  long ret;
  void *args[] = { &a, &b, &c, &d, &e, &f };
  ENTER (&ret, args);
  return ret;
}

static int
entry_8_ints (int a, int b, int c, int d, int e, int f, int g, int h)
{
  ffi_sarg ret;
  void *args[] = { &a, &b, &c, &d, &e, &f, &g, &h };
  ENTER (&ret, args);
  return (int) ret;
}

static double
entry_mixed (int a, double b, long c, float d, void *e, double f, short g, double h)
{
  double ret;
  void *args[] = { &a, &b, &c, &d, &e, &f, &g, &h };
  ENTER (&ret, args);
  return ret;
}

static struct longs
entry_longs (struct longs a)
{
  struct longs ret;
  void *args[] = { &a };
  ENTER (&ret, args);
  return ret;
}

static struct doubles
entry_doubles (struct doubles a)
{
  struct doubles ret;
  void *args[] = { &a };
  ENTER (&ret, args);
  return ret;
}

static const code_fn entries[N_SIGNATURES] = {
  (code_fn) entry_void,      (code_fn) entry_int,     (code_fn) entry_pointers,
  (code_fn) entry_2_doubles, (code_fn) entry_6_longs, (code_fn) entry_8_ints,
  (code_fn) entry_mixed,     (code_fn) entry_longs,   (code_fn) entry_doubles,
};

static void
call_void (void *cif, code_fn fn, void *rvalue, void **avalue)
{
  (void) cif, (void) rvalue, (void) avalue;
  fn ();
}

/* A call of FN as RTYPE with arguments of the types that follow, one for each
   A (index, type); integers are widened to ffi_sarg as ffi_call does.  */
#define A(i, type) *(type *) avalue[i]
#define CALL(name, stored, rtype, types, values)                                         \
  static void call_##name (void *cif, code_fn fn, void *rvalue, void **avalue)           \
  {                                                                                      \
    (void) cif;                                                                          \
    *(stored *) rvalue = ((rtype (*) types) fn) values;                                  \
  }

CALL (int, ffi_sarg, int, (int), (A (0, int)))
CALL (pointers, ffi_sarg, int, (void *, void *), (A (0, void *), A (1, void *)))
CALL (2_doubles, double, double, (double, double), (A (0, double), A (1, double)))
CALL (6_longs, long, long, (long, long, long, long, long, long),
      (A (0, long), A (1, long), A (2, long), A (3, long), A (4, long), A (5, long)))
CALL (8_ints, ffi_sarg, int, (int, int, int, int, int, int, int, int),
      (A (0, int), A (1, int), A (2, int), A (3, int), A (4, int), A (5, int), A (6, int),
       A (7, int)))
CALL (mixed, double, double, (int, double, long, float, void *, double, short, double),
      (A (0, int), A (1, double), A (2, long), A (3, float), A (4, void *), A (5, double),
       A (6, short), A (7, double)))
CALL (longs, struct longs, struct longs, (struct longs), (A (0, struct longs)))
CALL (doubles, struct doubles, struct doubles, (struct doubles), (A (0, struct doubles)))

static const call_fn calls[N_SIGNATURES] = {
  call_void,   call_int,   call_pointers, call_2_doubles, call_6_longs,
  call_8_ints, call_mixed, call_longs,    call_doubles,
};

const struct floor floor_code = { &floor_closure, entries, calls };
