/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* A cif may be used by many threads at once.  */

#include "ffitest.h"
#include <pthread.h>

struct triple
{
  long a;
  double b;
  int c;
};

static struct triple
rotate (int c, struct triple t, long a)
{
  return (struct triple){ a, t.b + 1, c };
}

static ffi_cif cif;
static int wrong;

static void *
work (void *data)
{
  long id = (long) (intptr_t) data;
  for (int i = 0; i < 20000; i++)
    {
      struct triple t = { 1, i, 3 }, result = { 0, 0, 0 };
      void *avalue[] = { &i, &t, &id };
      ffi_call (&cif, FFI_FN (rotate), &result, avalue);
      if (result.a != id || result.b != i + 1.0 || result.c != i)
        __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
    }
  return NULL;
}

int
main (void)
{
  STRUCT_TYPE (triple, &ffi_type_slong, &ffi_type_double, &ffi_type_sint);
  ffi_type *types[] = { &ffi_type_sint, &triple, &ffi_type_slong };
  pthread_t threads[8];
  PREP_CIF (&cif, 3, &triple, types);
  for (intptr_t i = 0; i < 8; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, work, (void *) i), 0);
  for (int i = 0; i < 8; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  CHECK_INT (wrong, 0);
  return ffitest_done ();
}
