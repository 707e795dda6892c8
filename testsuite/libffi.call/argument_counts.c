/* SPDX-License-Identifier: MIT */
/* Calls with 0 to 40 arguments of four alternating types.  */

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

int
main (void)
{
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
      CHECK_INT (called_with, n);
      CHECK_INT ((ffi_sarg) result, -n);
      for (int i = 1; i <= n; i++)
        CHECK_MSG (seen[i - 1] == VALUE (i), "argument %d of %d: expected %d, got %g", i,
                   n, VALUE (i), seen[i - 1]);
    }
  return ffitest_done ();
}
