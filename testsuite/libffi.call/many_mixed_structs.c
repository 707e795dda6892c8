/* SPDX-License-Identifier: MIT */
/* Twenty structs of one or two members, of which each sort of register gets some, arrive
   through ffi_call, a plan and a closure: more than any port notes in a cif.  */

#include "ffitest.h"

/* Name, members as C and as libffi has them.  */
#define STRUCTS(S)                                                                       \
  S (fi, float, int, &ffi_type_float, &ffi_type_sint)                                    \
  S (sd, short, double, &ffi_type_sint16, &ffi_type_double)                              \
  S (df, double, float, &ffi_type_double, &ffi_type_float)                               \
  S (cf, signed char, float, &ffi_type_sint8, &ffi_type_float)                           \
  S (lf, long long, float, &ffi_type_sint64, &ffi_type_float)

#define DEFINE(name, ctype, dtype, ...)                                                  \
  struct name                                                                            \
  {                                                                                      \
    ctype x;                                                                             \
    dtype y;                                                                             \
  };                                                                                     \
  static ffi_type *elements_##name[] = { __VA_ARGS__, NULL };                            \
  static ffi_type type_##name = { 0, 0, FFI_TYPE_STRUCT, elements_##name };
STRUCTS (DEFINE)

enum
{
  KINDS = 5,
  ROUNDS = 4,
  COUNT = KINDS * ROUNDS
};

/* Every value has its weight, so that none can take another's place.  */
#define SUM(n, v) SUM_TO (sum, n, v)
#define SUM_TO(to, n, v) to += ++n * ((v).x + 3.0 * (v).y);

static double
sum_of (struct fi a, struct sd b, struct df c, struct cf d, struct lf e, struct fi f,
        struct sd g, struct df h, struct cf i, struct lf j, struct fi k, struct sd l,
        struct df m, struct cf n, struct lf o, struct fi p, struct sd q, struct df r,
        struct cf s, struct lf t)
{
  double sum = 0;
  int number = 0;
  SUM (number, a)
  SUM (number, b)
  SUM (number, c)
  SUM (number, d)
  SUM (number, e)
  SUM (number, f)
  SUM (number, g)
  SUM (number, h)
  SUM (number, i)
  SUM (number, j)
  SUM (number, k)
  SUM (number, l)
  SUM (number, m)
  SUM (number, n)
  SUM (number, o)
  SUM (number, p)
  SUM (number, q)
  SUM (number, r)
  SUM (number, s)
  SUM (number, t)
  return sum;
}

static void
handler (ffi_cif *cif, void *result, void **args, void *data)
{
  double sum = 0;
  int number = 0;

  (void) cif, (void) data;
  for (int i = 0; i < COUNT; i += KINDS)
    {
#define ADD(name, ...)                                                                   \
  {                                                                                      \
    struct name v;                                                                       \
    memcpy (&v, *args++, sizeof v);                                                      \
    SUM (number, v)                                                                      \
  }
      STRUCTS (ADD)
    }
  memcpy (result, &sum, sizeof sum);
}

int
main (void)
{
  struct
  {
    struct fi a;
    struct sd b;
    struct df c;
    struct cf d;
    struct lf e;
  } v[ROUNDS];
  ffi_type *types[COUNT], **type = types;
  void *avalue[COUNT], **value = avalue;
  double expected = 0, result;
  int number = 0;
  ffi_cif cif;

  for (int i = 0; i < ROUNDS; i++)
    {
      v[i].a = (struct fi){ 0.5f + i, 11 * i - 7 };
      v[i].b = (struct sd){ (short) (-3 - i), 0.25 * i };
      v[i].c = (struct df){ 100.5 * i, 2.5f - i };
      v[i].d = (struct cf){ (signed char) (i - 90), 8.5f + i };
      v[i].e = (struct lf){ -1000 - i, 0.125f * i };
      SUM_TO (expected, number, v[i].a)
      SUM_TO (expected, number, v[i].b)
      SUM_TO (expected, number, v[i].c)
      SUM_TO (expected, number, v[i].d)
      SUM_TO (expected, number, v[i].e)
      void *const members[KINDS] = { &v[i].a, &v[i].b, &v[i].c, &v[i].d, &v[i].e };
      memcpy (value, members, sizeof members);
      value += KINDS;
#define TYPE(name, ...) *type++ = &type_##name;
      STRUCTS (TYPE)
    }
  PREP_CIF (&cif, COUNT, &ffi_type_double, types);
  result = 0;
  ffi_call (&cif, FFI_FN (sum_of), &result, avalue);
  CHECK_MSG (result == expected, "ffi_call: got %g, not %g", result, expected);

  result = 0;
  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != NULL);
  ffi_call_plan_invoke (plan, FFI_FN (sum_of), &result, avalue);
  CHECK_MSG (result == expected, "plan: got %g, not %g", result, expected);
  ffi_call_plan_free (plan);

  void *code;
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handler, NULL, code), FFI_OK);
  result = 0;
  ffi_call (&cif, FFI_FN (CODE_AS (double (*) (void), code)), &result, avalue);
  CHECK_MSG (result == expected, "closure: got %g, not %g", result, expected);
  ffi_closure_free (closure);
  return ffitest_done ();
}
