/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { options -pthread } */
/* Another thread enters a sandbox for all of them (SECCOMP_FILTER_FLAG_TSYNC), which
   refuses nearly every system call, at a later moment in each child: before closures are
   allocated, in the middle of growth, while tables are given back.  Then there is null
   and ENOMEM; what is live answers, and what is freed can be had again.  */

#include "ffitest.h"
#include "crowd.h"
#include "../libffi.tramp/seccomp_filter.h"
#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum
{
  CHILDREN = 150,
  STEP = 10000, /* nanoseconds; all of them are longer than 20,000 closures take */
  COUNT = 20000,
  AT_LEAST = 4000 /* what the image's table has on all targets */
};

static struct crowd_member members[COUNT];
static long delay;
static int locked; /* 1: yes; 2: it cannot be done here */

/* No system call but those that end threads and processes, and write.  */
static void *
lock (void *unused)
{
  struct sock_filter code[] = {
    LOAD (nr),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 3, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_exit, 2, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 1, 0),
    ANSWER (SECCOMP_RET_ERRNO | EPERM),
    ANSWER (SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { ARRAY_SIZE (code), code };
  struct timespec pause = { 0, delay };
  nanosleep (&pause, NULL);
  long status = prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (status == 0)
    status = syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
                      &program);
  __atomic_store_n (&locked, status == 0 ? 1 : 2, __ATOMIC_RELEASE);
  return unused;
}

/* Closures from FROM on, until there are none or COUNT; the number of all.  */
static int
fill (int from)
{
  int n = from;
  errno = 0;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  CHECK_MSG (n == COUNT || errno == ENOMEM, "closure %d: %s", n, strerror (errno));
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d of %d does not answer", i, n);
  return n;
}

/* Come and go until the sandbox is there, and a little longer.  */
static void
suffer (void)
{
  pthread_t thread;
  int n = 0, over = 0;
  CHECK_INT (pthread_create (&thread, NULL, lock, NULL), 0);
  while (over < 2)
    {
      over += __atomic_load_n (&locked, __ATOMIC_ACQUIRE) != 0;
      n = fill (n);
      CHECK_MSG (n >= AT_LEAST, "only %d closures", n);
      crowd_scatter (members + AT_LEAST, n - AT_LEAST);
      n = AT_LEAST;
    }
  _exit (locked == 2 ? 77 : 0);
}

int
main (void)
{
  crowd_cif ();
  for (int i = 0; i < CHILDREN; i++)
    {
      int status;
      fflush (stdout);
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        {
          delay = (long) i * STEP;
          suffer ();
        }
      CHECK_INT (waitpid (child, &status, 0), child);
      if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
        UNSUPPORTED ("the kernel has no seccomp filters for all threads");
      CHECK_MSG (status == 0, "child %d: wait status %#x", i, (unsigned) status);
    }
  return ffitest_done ();
}
