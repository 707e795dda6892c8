/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* ffi_call keeps the callee-saved registers, rsp and a clear direction flag, for
   results of every class.  */

#include "ffitest.h"
#include "machine_call.h"
#include "shapes.h"

static void
check_call (ffi_cif *cif, void (*fn) (void), void *result, void **avalue,
            const char *what)
{
  struct machine_call call;
  memset (&call, 0x7e, sizeof call);
  call.fn = (void *) (uintptr_t) ffi_call;
  call.gpr[0] = (unsigned long) cif;
  call.gpr[1] = (unsigned long) fn;
  call.gpr[2] = (unsigned long) result;
  call.gpr[3] = (unsigned long) avalue;
  call.nstack = 0;
  call.pop_st0 = 0;
  machine_call (&call);
  CHECK_MSG (call.changed == 0, "%s: registers changed, mask %#lx", what, call.changed);
}

static long double
give_long_double (void)
{
  return 1.5L;
}

int
main (void)
{
  _Alignas(16) unsigned char s[256], result[256];
  ffi_cif cif;
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      ffi_type *types[FN_ARGUMENTS];
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 6 + (unsigned) i);
      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, s, &c };
      check_call (&cif, shape->fn, result, avalue, shape->name);
      shape_check (shape, result, s);
      check_call (&cif, shape->fn, NULL, avalue, shape->name);
    }
  PREP_CIF (&cif, 0, &ffi_type_longdouble, NULL);
  check_call (&cif, FFI_FN (give_long_double), result, NULL, "long double");
  return ffitest_done ();
}
