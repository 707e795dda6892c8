/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { options -pthread -ldl } */
/* { timeout 300 } */
/* At each of the calls that the library makes while the process exits, another thread
   adds tables, calls, and frees what it had and has: the exit status is 0, and nothing is
   said.  The calls pass by the test, which stands for a processor that is taken away.  */

#include "ffitest.h"
#include "crowd.h"
#include "own_syscall.h"
#include <ffi_tramp.h>
#include "exits.h"
#include <sys/mman.h>

static _Atomic int armed, calls, stop_at, worked;
static pthread_t exiting;
static int n;
static struct crowd_member *members;

/* The exiting thread makes a call.  */
static void
pass_by (void)
{
  if (armed && pthread_equal (pthread_self (), exiting) && ++calls == stop_at)
    while (worked == 0)
      usleep (100);
}

static int
refused (long number, const long *arguments)
{
  (void) number, (void) arguments;
  pass_by ();
  return 0;
}

void *
mmap (void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
  static void *(*real) (void *, size_t, int, int, int, off_t);
  pass_by ();
  if (real == NULL)
    real = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  return real (at, size, protection, flags, fd, offset);
}

static void *
work_meanwhile (void *unused)
{
  (void) unused;
  while (calls < stop_at)
    usleep (100);
  exits_join (members, 0, n);
  worked = 1;
  usleep (20000); /* what is left of the exit goes on, with these in use */
  exits_join (members, n, n + 10);
  crowd_scatter (members, n + 10);
  exits_join (members, 0, n);
  return NULL;
}

/* After all destructors, which may have made fewer calls than that.  */
static ssize_t
wait_for_work (void *cookie, const char *text, size_t size)
{
  (void) text;
  if (calls < stop_at)
    _exit (6);
  pthread_join (*(pthread_t *) cookie, NULL);
  return (ssize_t) size;
}

static void
leave (void)
{
  static pthread_t thread;
  exits_flush (wait_for_work, &thread);
  n = exits_beyond_image (3000);
  members = calloc ((size_t) n + 10, sizeof *members);
  CHECK_INT (ffi_tramp_reserve ((size_t) exits_beyond_image (5000)), 0);
  exiting = pthread_self ();
  CHECK_INT (pthread_create (&thread, NULL, work_meanwhile, NULL), 0);
  armed = 1;
  exit (0);
}

/* How many calls an exit takes, with nothing in use.  */
static int
count_calls (void)
{
  int k = 0, status = 0;
  while (status == 0)
    {
      CHECK (k < 1000);
      fflush (stdout);
      stop_at = ++k;
      pid_t child = fork ();
      if (child == 0)
        leave ();
      CHECK_INT (waitpid (child, &status, 0), child);
      if (status == 6 << 8)
        return k - 1;
      CHECK_MSG (status == 0, "stopped at call %d: wait status %#x", k,
                 (unsigned) status);
    }
  return 0;
}

int
main (void)
{
  char what[64];
  crowd_cif ();
  int count = count_calls ();
  CHECK (count > 0);
  for (int k = 1; k <= count; k++)
    {
      stop_at = k;
      snprintf (what, sizeof what, "stopped at call %d of %d", k, count);
      exits_quietly (leave, what);
    }
  return ffitest_done ();
}
