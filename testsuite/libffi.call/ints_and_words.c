/* SPDX-License-Identifier: MIT */
/* Up to eight arguments, each an int, an unsigned int or a long, in every order, with
   every common result: by ffi_call and by a plan, with and without room for the result.
   Each value ends where a page that cannot be accessed begins.  */

#include "ffitest.h"
#include "guarded.h"

#define MOST 8

static long seen[MOST];

#define RESULT ((long) 0x89abcdef01234567)

static void
see (long a, long b, long c, long d, long e, long f, long g, long h)
{
  const long all[MOST] = { a, b, c, d, e, f, g, h };
  memcpy (seen, all, sizeof seen);
}

#define DEFINE(name, ctype, value)                                                       \
  static ctype name (long a, long b, long c, long d, long e, long f, long g, long h)     \
  {                                                                                      \
    see (a, b, c, d, e, f, g, h);                                                        \
    return value;                                                                        \
  }
DEFINE (give_int, int, -5)
DEFINE (give_unsigned, unsigned, 0x89abcdefu)
DEFINE (give_long, long, RESULT)
DEFINE (give_double, double, 2.5)

static int
is_int (ffi_arg r)
{
  return (ffi_sarg) r == -5;
}
static int
is_unsigned (ffi_arg r)
{
  return r == 0x89abcdefu;
}
static int
is_long (ffi_arg r)
{
  return (long) r == RESULT;
}
static int
is_untouched (ffi_arg r)
{
  return r == 0x55;
}

static const struct result
{
  const char *name;
  ffi_type *type;
  void (*fn) (void);
  int (*is_right) (ffi_arg);
} results[] = {
  { "void", &ffi_type_void, FFI_FN (see), is_untouched },
  { "int", &ffi_type_sint, FFI_FN (give_int), is_int },
  { "unsigned", &ffi_type_uint, FFI_FN (give_unsigned), is_unsigned },
  { "long", &ffi_type_slong, FFI_FN (give_long), is_long },
  { "double", &ffi_type_double, FFI_FN (give_double), NULL },
};

static ffi_type *const kinds[] = { &ffi_type_slong, &ffi_type_sint, &ffi_type_uint };

/* The arguments of the call that is being made, the first in the lowest digit of WHICH.
 */
static long values[MOST];
static void *longs[MOST], *ints[MOST];
static unsigned which, nargs;

static void
check_seen (const struct result *result, const char *by)
{
  for (unsigned i = 0, digits = which; i < nargs; i++, digits /= 3)
    if (kinds[digits % 3] == &ffi_type_slong ? seen[i] != values[i]
                                             : (int) seen[i] != (int) values[i])
      CHECK_MSG (0, "%s, %s (%u arguments, number %u): argument %u is %lx, not %lx", by,
                 result->name, nargs, which, i, seen[i], values[i]);
  memset (seen, 0x77, sizeof seen);
}

static void
check_result (const struct result *result, const char *by, const void *at)
{
  ffi_arg word;
  double number;

  check_seen (result, by);
  memcpy (&word, at, sizeof word);
  memcpy (&number, at, sizeof number);
  if (result->is_right == NULL ? number != 2.5 : !result->is_right (word))
    CHECK_MSG (0, "%s, %s (%u arguments, number %u): the result is %lx", by, result->name,
               nargs, which, (long) word);
}

static void
check (const struct result *result)
{
  ffi_type *types[MOST];
  void *avalue[MOST];
  union
  {
    ffi_arg word;
    double number;
  } to;
  ffi_cif cif;

  for (unsigned i = 0, digits = which; i < nargs; i++, digits /= 3)
    {
      types[i] = kinds[digits % 3];
      avalue[i] = types[i] == &ffi_type_slong ? longs[i] : ints[i];
    }
  PREP_CIF (&cif, nargs, result->type, types);
  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != NULL);

  memset (&to, 0, sizeof to);
  to.word = 0x55;
  ffi_call (&cif, result->fn, &to, avalue);
  check_result (result, "call", &to);
  ffi_call (&cif, result->fn, NULL, avalue);
  check_seen (result, "call for nothing");
  memset (&to, 0, sizeof to);
  to.word = 0x55;
  ffi_call_plan_invoke (plan, result->fn, &to, avalue);
  check_result (result, "plan", &to);
  ffi_call_plan_invoke (plan, result->fn, NULL, avalue);
  check_seen (result, "plan for nothing");
  ffi_call_plan_free (plan);
}

int
main (void)
{
  unsigned count = 1;

  for (unsigned i = 0; i < MOST; i++)
    {
      values[i] = (long) (0xf0e1d2c3b4a59687 >> i) * (i % 2 ? 1 : -1);
      longs[i] = guarded_alloc (sizeof (long));
      ints[i] = guarded_alloc (sizeof (int));
      memcpy (longs[i], &values[i], sizeof (long));
      memcpy (ints[i], &(int){ (int) values[i] }, sizeof (int));
    }
  for (nargs = 0; nargs <= MOST; nargs++, count *= 3)
    for (which = 0; which < count; which++)
      for (unsigned r = 0; r < ARRAY_SIZE (results); r++)
        check (&results[r]);
  return ffitest_done ();
}
