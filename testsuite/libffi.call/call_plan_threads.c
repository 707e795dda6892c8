/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Many threads use one plan and one cif at the same time.  */

#include "ffitest.h"
#include <pthread.h>

static double
mix (int a, double b, long c)
{
  return a + b + (double) c;
}

static ffi_cif cif;
static ffi_call_plan *plan;
static int wrong;

static void *
work (void *data)
{
  for (int i = 0; i < 20000; i++)
    {
      int a = i;
      double b = 0.5;
      long c = *(long *) data;
      double result = 0;
      void *avalue[] = { &a, &b, &c };
      if (i & 1)
        ffi_call_plan_invoke (plan, FFI_FN (mix), &result, avalue);
      else
        ffi_call (&cif, FFI_FN (mix), &result, avalue);
      if (result != i + 0.5 + (double) c)
        __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
    }
  return NULL;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double, &ffi_type_slong };
  pthread_t threads[8];
  long numbers[8];
  PREP_CIF (&cif, 3, &ffi_type_double, types);
  plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != NULL);
  for (int i = 0; i < 8; i++)
    {
      numbers[i] = i * 1000000L;
      CHECK_INT (pthread_create (&threads[i], NULL, work, &numbers[i]), 0);
    }
  for (int i = 0; i < 8; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  CHECK_INT (wrong, 0);
  ffi_call_plan_free (plan);
  return ffitest_done ();
}
