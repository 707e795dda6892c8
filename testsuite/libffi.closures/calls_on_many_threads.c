/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* One closure may be called by many threads at once.  */

#include "ffitest.h"
#include <pthread.h>

static void *code;
static int wrong;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  *(double *) result = *(long *) args[0] * *(double *) args[1] + *(int *) data;
}

static void *
work (void *data)
{
  double (*fn) (long, double) = CODE_AS (double (*) (long, double), code);
  long id = (long) (intptr_t) data;
  for (int i = 0; i < 50000; i++)
    if (fn (id, i) != (double) id * i + 5)
      __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
  return NULL;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_slong, &ffi_type_double };
  pthread_t threads[8];
  int five = 5;
  ffi_cif cif;
  PREP_CIF (&cif, 2, &ffi_type_double, types);
  MAKE_CLOSURE (&cif, handle, &five, &code);
  for (intptr_t i = 0; i < 8; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, work, (void *) i), 0);
  for (int i = 0; i < 8; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  CHECK_INT (wrong, 0);
  return ffitest_done ();
}
