/* SPDX-License-Identifier: MIT */
/* Calls with 0 to 40 arguments of four alternating types; also by plans, whose size grows
   with what they have to remember.  */

#include "ffitest.h"
#include "argument_list.h"

static double seen[41];
static int called_with;

#define SEEN(i) (double) a##i
#define DEFINE(n)                                                                        \
  static int take_##n (PARAMETERS (n))                                                   \
  {                                                                                      \
    double all[] = { LIST_##n (SEEN, SEEN, SEEN, SEEN) };                                \
    memcpy (seen, all, sizeof all);                                                      \
    called_with = n;                                                                     \
    return -n;                                                                           \
  }
COUNTS_FROM_1 (DEFINE)

static int
take_0 (void)
{
  called_with = 0;
  return 0;
}

#define ENTRY(n) FFI_FN (take_##n),
static void (*const functions[]) (void) = { ENTRY (0) COUNTS_FROM_1 (ENTRY) };

/* The function of N arguments was called by WAY.  */
static void
check_call (const char *way, int n, ffi_arg result)
{
  CHECK_MSG (called_with == n, "%s: called with %d of %d arguments", way, called_with, n);
  CHECK_MSG ((ffi_sarg) result == -n, "%s: %d arguments: expected %d, got %ld", way, n,
             -n, (long) result);
  for (int i = 1; i <= n; i++)
    CHECK_MSG (seen[i - 1] == VALUE (i), "%s: argument %d of %d: expected %d, got %g",
               way, i, n, VALUE (i), seen[i - 1]);
}

int
main (void)
{
  size_t size = 0;
  for (int n = 0; n <= 40; n++)
    {
      union
      {
        long l;
        double d;
        signed char c;
        float f;
      } values[41];
      ffi_type *types[40];
      void *avalue[40];
      for (int i = 1; i <= n; i++)
        {
          types[i - 1] = argument_type (i);
          avalue[i - 1] = &values[i];
          if (types[i - 1] == &ffi_type_slong)
            values[i].l = VALUE (i);
          else if (types[i - 1] == &ffi_type_double)
            values[i].d = VALUE (i);
          else if (types[i - 1] == &ffi_type_schar)
            values[i].c = VALUE (i);
          else
            values[i].f = VALUE (i);
        }
      ffi_cif cif;
      ffi_arg result = 0x55;
      PREP_CIF (&cif, n, &ffi_type_sint, n == 0 ? NULL : types);
      called_with = -1;
      ffi_call (&cif, functions[n], &result, n == 0 ? NULL : avalue);
      check_call ("ffi_call", n, result);

      ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
      CHECK (plan != NULL);
      CHECK_MSG (ffi_call_plan_size (plan) >= size, "%d arguments: a plan of %zu bytes",
                 n, ffi_call_plan_size (plan));
      size = ffi_call_plan_size (plan);
      result = 0x55;
      called_with = -1;
      memset (seen, 0, sizeof seen);
      ffi_call_plan_invoke (plan, functions[n], &result, n == 0 ? NULL : avalue);
      check_call ("plan", n, result);
      called_with = -1;
      memset (seen, 0, sizeof seen);
      ffi_call_plan_invoke (plan, functions[n], NULL, n == 0 ? NULL : avalue);
      check_call ("plan without room", n, -n);
      ffi_call_plan_free (plan);
    }
  return ffitest_done ();
}
