/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Threads fill and empty tables at the same time, so that tables are made and
   given back under one another; no two threads ever get the same closure.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>

enum
{
  THREADS = 4,
  EACH = FFITEST_MANY (6000, 1000),
  ROUNDS = FFITEST_MANY (12, 3)
};

static struct crowd_member members[THREADS][EACH];
static int wrong;

static void *
work (void *data)
{
  int id = (int) (intptr_t) data;
  for (int round = 0; round < ROUNDS; round++)
    {
      for (int i = 0; i < EACH; i++)
        if (!crowd_join (&members[id][i], id * EACH + i))
          {
            __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
            return NULL;
          }
      for (int i = 0; i < EACH; i++)
        if (!crowd_answers (&members[id][i]))
          __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
      for (int i = 0; i < EACH; i++)
        crowd_leave (&members[id][round % 2 ? i : EACH - 1 - i]);
    }
  return NULL;
}

int
main (void)
{
  pthread_t threads[THREADS];
  crowd_cif ();
  for (intptr_t i = 0; i < THREADS; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, work, (void *) i), 0);
  for (int i = 0; i < THREADS; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  CHECK_INT (wrong, 0);
  return ffitest_done ();
}
