/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { options -pthread } */
/* Programs executed while tables come and go in other threads inherit no descriptor but
   those that this one was started with.  */

#include "ffitest.h"
#include "crowd.h"
#include "descriptors.h"
#include <pthread.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static int stop;

/* The first growth, which opens files, comes in every child process again.  */
static void *
grow (void *data)
{
  static struct crowd_member members[2][5000];
  (void) data;
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    {
      struct crowd_member *m = members[data != NULL];
      int n = 0;
      while (n < 5000 && crowd_join (&m[n], n))
        n++;
      crowd_scatter (m, n);
    }
  return NULL;
}

/* Start this program COUNT times; it exits with its number of descriptors.  */
static void
execute (char **argv, int count, int expected)
{
  char number[20], *const arguments[] = { argv[0], number, NULL };
  char *const none[] = { NULL };
  snprintf (number, sizeof number, "%d", expected);
  for (int i = 0; i < count; i++)
    {
      int status;
      pid_t child;
      CHECK_INT (posix_spawn (&child, "/proc/self/exe", NULL, NULL, arguments, none), 0);
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (status == 0, "round %d: wait status %#x", i, (unsigned) status);
    }
}

int
main (int argc, char **argv)
{
  pthread_t threads[2];
  if (argc == 2)
    return open_descriptors (64) != atoi (argv[1]);
  int before = open_descriptors (64);
  /* A process that has not grown yet, and grows while it executes.  */
  for (int round = 0; round < FFITEST_MANY (20, 3); round++)
    {
      int status;
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        {
          for (intptr_t i = 0; i < 2; i++)
            CHECK_INT (pthread_create (&threads[i], NULL, grow, (void *) i), 0);
          execute (argv, 4, before);
          __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
          for (int i = 0; i < 2; i++)
            CHECK_INT (pthread_join (threads[i], NULL), 0);
          _exit (open_descriptors (64) != before);
        }
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_INT (status, 0);
    }
  return ffitest_done ();
}
