/* SPDX-License-Identifier: MIT */
/* { needs signals } */
/* { options -pthread } */
/* A signal handler that interrupts threads wherever they are, also within allocation and
   growth, allocates, prepares, calls and frees closures, and calls those of the threads
   that it interrupts.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

enum
{
  EACH = 6000,
  IN_HANDLER = 40,
  SIGNALS = FFITEST_MANY (1500, 100)
};

static struct crowd_member standing;
static volatile int handled, wrong;

static void
handle_signal (int number)
{
  struct crowd_member mine[IN_HANDLER];
  int error = errno;
  (void) number;
  if (!crowd_answers (&standing))
    wrong = 1;
  for (int i = 0; i < IN_HANDLER; i++)
    if (!crowd_join (&mine[i], i) || !crowd_answers (&mine[i]))
      wrong = 1;
  crowd_scatter (mine, IN_HANDLER);
  __atomic_fetch_add (&handled, 1, __ATOMIC_RELAXED);
  errno = error;
}

static void *
churn (void *data)
{
  struct crowd_member *mine = data;
  while (__atomic_load_n (&handled, __ATOMIC_RELAXED) < SIGNALS)
    {
      for (int i = 0; i < EACH; i++)
        if (!crowd_join (&mine[i], i))
          wrong = 1;
      for (int i = 0; i < EACH; i++)
        if (!crowd_answers (&mine[i]))
          wrong = 1;
      crowd_scatter (mine, EACH);
    }
  return NULL;
}

int
main (void)
{
  static struct crowd_member members[2][EACH];
  struct sigaction action = { .sa_handler = handle_signal, .sa_flags = SA_RESTART };
  struct itimerval timer = { { 0, 200 }, { 0, 200 } }, none = { { 0, 0 }, { 0, 0 } };
  pthread_t thread;
  crowd_gather (&standing, 1);
  CHECK_INT (sigaction (SIGALRM, &action, NULL), 0);
  CHECK_INT (sigaction (SIGUSR1, &action, NULL), 0);
  CHECK_INT (pthread_create (&thread, NULL, churn, members[1]), 0);
  CHECK_INT (setitimer (ITIMER_REAL, &timer, NULL), 0);
  churn (members[0]);
  CHECK_INT (setitimer (ITIMER_REAL, &none, NULL), 0);
  CHECK_INT (pthread_join (thread, NULL), 0);
  CHECK_INT (wrong, 0);
  crowd_gather (members[0], EACH);
  return ffitest_done ();
}
