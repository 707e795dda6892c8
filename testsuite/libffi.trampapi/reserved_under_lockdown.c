/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { options -pthread } */
/* After ffi_tramp_reserve (n) exactly n and more can be allocated, by four threads at
   once, under a filter that kills the process for any system call that maps, opens or
   protects; again after all were freed; and by a child.  Without it, the library does
   make such calls.  */

#include "ffitest.h"
#include "../libffi.tramp/seccomp_filter.h"
#include "targets.h"
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  THREADS = 4,
  EACH = FFITEST_MANY (6000, 1000),
  COUNT = THREADS * EACH
};

static ffi_tramp *tramps[COUNT];
static int numbers[COUNT];
static pthread_barrier_t barrier;

static void
forbid (void)
{
  struct sock_filter filter[] = {
    LOAD (nr),
#define FORBID(call) UNLESS_EQUAL (call, 1), ANSWER (SECCOMP_RET_KILL_PROCESS)
#ifdef __NR_mmap2
    FORBID (__NR_mmap2),
#endif
#ifdef __NR_mmap
    FORBID (__NR_mmap),
#endif
    FORBID (__NR_mremap),
    FORBID (__NR_munmap),
    FORBID (__NR_mprotect),
    FORBID (__NR_brk),
    FORBID (__NR_openat),
#ifdef __NR_open
    FORBID (__NR_open),
#endif
    ANSWER (SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { ARRAY_SIZE (filter), filter };
  CHECK_INT (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  /* For all threads.  */
  CHECK_INT (
      syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program),
      0);
}

/* What is wrong with the trampolines from FIRST to LAST, 0 if nothing.  */
static int
allocate (int first, int last)
{
  for (int i = first; i < last; i++)
    {
      numbers[i] = i;
      tramps[i] = make_adder (&numbers[i]);
      if (tramps[i] == NULL)
        return 2;
    }
  for (int i = first; i < last; i++)
    if (call_adder (tramps[i], 1) != i + 1)
      return 3;
  return 0;
}

static void
deallocate (int first, int last)
{
  for (int i = first; i < last; i++)
    ffi_tramp_free (tramps[i]);
}

static void *
take_part (void *data)
{
  int first = (int) (intptr_t) data * EACH, trouble;
  pthread_barrier_wait (&barrier); /* locked down */
  for (int round = 0; round < 10; round++)
    {
      trouble = allocate (first, first + EACH);
      if (trouble != 0)
        _exit (trouble);
      pthread_barrier_wait (&barrier);
      deallocate (first, first + EACH);
      pthread_barrier_wait (&barrier);
    }
  return NULL;
}

static void
with_threads (void)
{
  pthread_t thread;
  pthread_barrier_init (&barrier, NULL, THREADS + 1);
  for (intptr_t i = 0; i < THREADS; i++)
    CHECK_INT (pthread_create (&thread, NULL, take_part, (void *) i), 0);
  CHECK_INT (ffi_tramp_reserve (COUNT), 0);
  forbid ();
  for (int i = 0; i < 1 + 2 * 10; i++)
    pthread_barrier_wait (&barrier);
}

static void
without_reserve (void)
{
  forbid ();
  allocate (0, COUNT);
}

static void
in_a_child (void)
{
  int status;
  CHECK_INT (allocate (0, 500), 0);
  CHECK_INT (ffi_tramp_reserve (COUNT - 500), 0);
  pid_t child = fork ();
  if (child == 0)
    {
      forbid ();
      _exit (allocate (500, COUNT));
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_INT (status, 0);
  forbid ();
  CHECK_INT (allocate (500, COUNT), 0);
}

/* The image has as many, and not more than half of them are asked for at once.  */
static void
within_image (void)
{
  ffi_tramp_count image;
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  int n = (int) (image.capacity - image.used) / 3;
  CHECK_INT (ffi_tramp_reserve ((size_t) n), 0);
  CHECK_INT (allocate (0, n), 0);
  CHECK_INT (ffi_tramp_reserve ((size_t) n), 0);
  forbid ();
  CHECK_INT (allocate (n, 2 * n), 0);
}

/* Free and allocate at random, with all that may be allocated as the limit.  */
static void
at_the_limit (void)
{
  unsigned seed = 1;
  CHECK_INT (ffi_tramp_reserve (COUNT), 0);
  forbid ();
  CHECK_INT (allocate (0, COUNT), 0);
  for (int i = 0; i < 200000; i++)
    {
      seed = seed * 1664525 + 1013904223;
      int k = (int) (seed >> 8) % COUNT;
      ffi_tramp_free (tramps[k]);
      tramps[k] = make_adder (&numbers[k]);
      if (tramps[k] == NULL)
        _exit (2);
    }
  deallocate (0, COUNT);
  CHECK_INT (allocate (0, COUNT), 0);
}

/* The wait status of a child that does WHAT.  */
static int
outcome (void (*what) (void))
{
  int status;
  pid_t child = fork ();
  if (child == 0)
    {
      what ();
      _exit (0);
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  return status;
}

static void
only_forbid (void)
{
  forbid ();
}

int
main (void)
{
  if (outcome (only_forbid) != 0)
    UNSUPPORTED ("the kernel has no seccomp filters");
  int status = outcome (without_reserve);
  CHECK_MSG (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS,
             "expected that the filter kills, got status %#x", (unsigned) status);
  CHECK_UINT (outcome (with_threads), 0);
  CHECK_UINT (outcome (within_image), 0);
  CHECK_UINT (outcome (in_a_child), 0);
  CHECK_UINT (outcome (at_the_limit), 0);
  return ffitest_done ();
}
