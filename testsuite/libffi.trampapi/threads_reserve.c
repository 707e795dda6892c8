/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* { timeout 300 } */
/* Threads reserve, allocate, prepare, call, look up and free at the same time, across
   tables that come and go.  */

#include "ffitest.h"
#include "targets.h"
#include <pthread.h>

enum
{
  THREADS = 4,
  EACH = 3000,
  ROUNDS = FFITEST_MANY (12, 2)
};

static ffi_tramp *tramps[THREADS][EACH];
static int numbers[THREADS][EACH];

static void *
churn (void *data)
{
  intptr_t me = (intptr_t) data;
  unsigned seed = (unsigned) me;
  for (int round = 0; round < ROUNDS; round++)
    {
      CHECK_INT (ffi_tramp_reserve ((size_t) round * 700), 0);
      for (int i = 0; i < EACH; i++)
        {
          numbers[me][i] = (int) me * 1000 + i;
          tramps[me][i] = make_adder (&numbers[me][i]);
          CHECK (tramps[me][i] != NULL);
        }
      for (int i = 0; i < EACH; i++)
        {
          CHECK_INT (call_adder (tramps[me][i], round), (int) me * 1000 + i + round);
          CHECK_PTR (ffi_tramp_closure_find (ffi_tramp_code (tramps[me][i])), NULL);
        }
      for (int i = 0; i < EACH; i++)
        {
          seed = seed * 1664525 + 1013904223;
          int k = (int) ((seed >> 8) % EACH);
          ffi_tramp *t = tramps[me][i];
          tramps[me][i] = tramps[me][k];
          tramps[me][k] = t;
        }
      for (int i = 0; i < EACH; i++)
        ffi_tramp_free (tramps[me][i]);
    }
  return NULL;
}

int
main (void)
{
  pthread_t threads[THREADS];
  ffi_tramp_count count;
  for (intptr_t i = 0; i < THREADS; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, churn, (void *) i), 0);
  for (int i = 0; i < THREADS; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  CHECK_UINT (count.used, 0);
  CHECK (count.capacity >= (ROUNDS - 1) * 700);
  return ffitest_done ();
}
