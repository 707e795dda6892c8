/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Closures made in one thread are called and freed in another, which gets them by a lock;
   meanwhile tables grow, and slots go from thread to thread without one.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>

enum
{
  THREADS = 4,
  ROUNDS = 400,
  BOXES = 64,
  MANY = 2000 /* so that all threads together make tables grow */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct crowd_member *boxes[BOXES];
static struct crowd_member members[THREADS][ROUNDS], crowds[THREADS][MANY];

static void *
work (void *data)
{
  int id = (int) (intptr_t) data;
  unsigned seed = (unsigned) id + 1;
  crowd_gather (crowds[id], MANY);
  for (int i = 0; i < ROUNDS; i++)
    {
      struct crowd_member *mine = &members[id][i], *other, loose;
      seed = seed * 1664525 + 1013904223;
      if (!crowd_join (mine, i) || !crowd_join (&loose, -i) || !crowd_answers (&loose))
        abort ();
      pthread_mutex_lock (&lock);
      other = boxes[(seed >> 8) % BOXES];
      boxes[(seed >> 8) % BOXES] = mine;
      pthread_mutex_unlock (&lock);
      crowd_leave (&loose);
      if (other == NULL)
        continue;
      if (!crowd_answers (other))
        abort ();
      crowd_leave (other);
    }
  crowd_scatter (crowds[id], MANY);
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
  for (int i = 0; i < BOXES; i++)
    if (boxes[i] != NULL)
      {
        CHECK (crowd_answers (boxes[i]));
        crowd_leave (boxes[i]);
      }
  return ffitest_done ();
}
