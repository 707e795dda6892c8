/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Threads allocate, call and free at once; closures made by one thread are called
   and freed by another.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>
#include <sched.h>

enum
{
  THREADS = 8,
  ROUNDS = FFITEST_MANY (30000, 3000),
  MAILBOX = 256
};

static struct crowd_member *mailbox[MAILBOX];
static int wrong;

static void *
work (void *data)
{
  unsigned seed = (unsigned) (uintptr_t) data + 1;
  for (int i = 0; i < ROUNDS; i++)
    {
      struct crowd_member *mine = malloc (sizeof *mine);
      seed = seed * 1664525 + 1013904223;
      if (mine == NULL || !crowd_join (mine, i))
        {
          __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
          return NULL;
        }
      mine
          = __atomic_exchange_n (&mailbox[(seed >> 8) % MAILBOX], mine, __ATOMIC_ACQ_REL);
      if (mine == NULL)
        continue;
      if (!crowd_answers (mine))
        __atomic_fetch_add (&wrong, 1, __ATOMIC_RELAXED);
      crowd_leave (mine);
      free (mine);
    }
  return NULL;
}

int
main (void)
{
  pthread_t threads[THREADS];
  crowd_cif ();
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, work, (void *) i), 0);
  for (int i = 0; i < THREADS; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  CHECK_INT (wrong, 0);
  for (int i = 0; i < MAILBOX; i++)
    if (mailbox[i] != NULL)
      {
        CHECK (crowd_answers (mailbox[i]));
        crowd_leave (mailbox[i]);
        free (mailbox[i]);
      }
  return ffitest_done ();
}
