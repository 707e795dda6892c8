/* SPDX-License-Identifier: MIT */
/* Two threads change one object in the handlers of their closures without a lock, which
   is wrong.  */

#include "ffitest.h"
#include <pthread.h>

static int number;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = (ffi_arg)++ * (int *) data;
}

static void *
work (void *code)
{
  for (int i = 0; i < 10; i++)
    CODE_AS (int (*) (void), code) ();
  return NULL;
}

int
main (void)
{
  ffi_cif cif;
  pthread_t threads[2];
  void *codes[2];
  PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
  for (int i = 0; i < 2; i++)
    MAKE_CLOSURE (&cif, handle, &number, &codes[i]);
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, work, codes[i]), 0);
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  return ffitest_done ();
}
