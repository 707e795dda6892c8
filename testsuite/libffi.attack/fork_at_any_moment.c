/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Thousands of forks while other threads allocate and free, so that tables come and go:
   every child can allocate, prepare, call and free, its parent's closures included.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static int stop;
enum
{
#if defined __SANITIZE_ADDRESS__
  CHILDREN = 100
#elif defined __x86_64__ || defined __i386__
  CHILDREN = FFITEST_MANY (2000, 20)
#else
  CHILDREN = 8 /* emulated, they take long */
#endif
};

static struct crowd_member inherited[3000];

static void *
churn (void *data)
{
  static __thread struct crowd_member mine[5000];
  /* Half of the threads keep few, the others fill and empty tables.  */
  unsigned keep = data != NULL ? 5000 : 400;
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    {
      for (unsigned i = 0; i < keep; i++)
        if (!crowd_join (&mine[i], (int) i) || !crowd_answers (&mine[i]))
          abort ();
      crowd_scatter (mine, (int) keep);
    }
  return NULL;
}

/* What is wrong in this child, as an exit code; it looks at every STEPth closure.  */
static int
child_trouble (int step)
{
  static struct crowd_member own[5000];
  alarm (60);
  for (int i = 0; i < 3000; i += step)
    if (!crowd_answers (&inherited[i]))
      return 10;
  for (int i = 0; i < 5000; i += step)
    if (!crowd_join (&own[i], i))
      return 11;
  for (int i = 0; i < 5000; i += step)
    if (!crowd_answers (&own[i]))
      return 12;
  for (int i = 0; i < 5000; i += step)
    crowd_leave (&own[i]);
  for (int i = 0; i < 3000; i += step)
    crowd_leave (&inherited[i]);
  return 0;
}

int
main (void)
{
  pthread_t threads[2];
  crowd_cif ();
  crowd_gather (inherited, 3000);
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_create (&threads[i], NULL, churn, i % 2 != 0 ? &stop : NULL), 0);
  for (int i = 0; i < CHILDREN; i++)
    {
      int status;
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        _exit (child_trouble (i % 50 == 0 ? 1 : 97));
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (WIFEXITED (status) && WEXITSTATUS (status) == 0,
                 "child %d: wait status %#x (exit code 10: inherited closure silent, 11: "
                 "none to be had, 12: own closure silent)",
                 i, (unsigned) status);
    }
  __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 2; i++)
    CHECK_INT (pthread_join (threads[i], NULL), 0);
  for (int i = 0; i < 3000; i++)
    CHECK (crowd_answers (&inherited[i]));
  return ffitest_done ();
}
