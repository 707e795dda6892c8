/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* fork while other threads allocate and free: every child can allocate, prepare,
   call and free, its parent's closures included.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static int stop;
enum
{
#if defined __x86_64__ || defined __i386__
  CHILDREN = 100
#else
  CHILDREN = 8 /* emulated, they take long */
#endif
};

static struct crowd_member inherited[3000];

static void *
churn (void *data)
{
  static __thread struct crowd_member mine[400];
  unsigned n = 0;
  (void) data;
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    {
      struct crowd_member *m = &mine[n++ % 400];
      if (m->closure != NULL)
        crowd_leave (m);
      if (!crowd_join (m, (int) n) || !crowd_answers (m))
        abort ();
    }
  return NULL;
}

/* What is wrong in this child, as an exit code.  */
static int
child_trouble (void)
{
  static struct crowd_member own[5000];
  alarm (60);
  for (int i = 0; i < 3000; i++)
    if (!crowd_answers (&inherited[i]))
      return 10;
  for (int i = 0; i < 5000; i++)
    if (!crowd_join (&own[i], i))
      return 11;
  for (int i = 0; i < 5000; i++)
    if (!crowd_answers (&own[i]))
      return 12;
  for (int i = 0; i < 5000; i++)
    crowd_leave (&own[i]);
  for (int i = 0; i < 3000; i++)
    crowd_leave (&inherited[i]);
  return 0;
}

int
main (void)
{
  pthread_t threads[4];
  crowd_cif ();
  crowd_gather (inherited, 3000);
  for (int i = 0; i < 4; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, churn, NULL), 0);
  for (int i = 0; i < CHILDREN; i++)
    {
      int status;
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        _exit (child_trouble ());
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (WIFEXITED (status) && WEXITSTATUS (status) == 0,
                 "child %d: wait status %#x (exit code 10: inherited closure silent, 11: "
                 "none to be had, 12: own closure silent)",
                 i, (unsigned) status);
    }
  __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 4; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  for (int i = 0; i < 3000; i++)
    CHECK (crowd_answers (&inherited[i]));
  return ffitest_done ();
}
