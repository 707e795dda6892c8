/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* { options -pthread } */
/* Threads are cancelled while they allocate and free, and tables come and go.  Cancelled
   where POSIX allows it, they leave nothing behind: no call of the library is a
   cancellation point.  Cancelled between any two instructions they may take a closure
   with them, but the others go on.  */

#include "ffitest.h"
#include "crowd.h"
#include <ffi_tramp.h>
#include <pthread.h>
#include <unistd.h>

enum
{
  EACH = FFITEST_MANY (5000, 1000),
  ROUNDS = FFITEST_MANY (150, 5)
};

static int running;

static void *
churn (void *type)
{
  static __thread struct crowd_member mine[EACH];
  int old;
  pthread_setcanceltype (*(int *) type, &old);
  __atomic_fetch_add (&running, 1, __ATOMIC_RELAXED);
  for (;;)
    {
      int state;
      for (int i = 0; i < EACH; i++)
        if (!crowd_join (&mine[i], i) || !crowd_answers (&mine[i]))
          abort ();
      crowd_scatter (mine, EACH);
      /* Only here if it is deferred.  */
      pthread_setcancelstate (PTHREAD_CANCEL_ENABLE, &state);
      pthread_testcancel ();
    }
  return NULL;
}

static void
cancel (int type)
{
  pthread_t threads[2];
  void *result;
  running = 0;
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, churn, &type), 0);
  while (__atomic_load_n (&running, __ATOMIC_RELAXED) < 2)
    usleep (100);
  usleep (200);
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_cancel (threads[i]), 0);
  for (int i = 0; i < 2; i++)
    {
      CHECK_INT (pthread_join (threads[i], &result), 0);
      CHECK_PTR (result, PTHREAD_CANCELED);
    }
}

int
main (void)
{
  static struct crowd_member members[FFITEST_MANY (100000, 5000)];
  ffi_tramp_count count;
  crowd_cif ();
  for (int round = 0; round < ROUNDS; round++)
    cancel (PTHREAD_CANCEL_DEFERRED);
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  CHECK_UINT (count.used, 0);
  /* On arm unwind tables are right at calls only; in a machine the witness would miss the
     table that a thread may take with it.  */
#if !defined __arm__ && !defined FFITEST_IN_MACHINE
  for (int round = 0; round < ROUNDS; round++)
    cancel (PTHREAD_CANCEL_ASYNCHRONOUS);
#endif
  crowd_gather (members, ARRAY_SIZE (members));
  crowd_scatter (members, ARRAY_SIZE (members));
  return ffitest_done ();
}
