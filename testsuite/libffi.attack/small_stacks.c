/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* { options -pthread } */
/* On 16 KiB of stack, a thread's and a signal handler's, tables grow for the first time,
   closures are called, also through ffi_call, and freed.  */

#include "ffitest.h"
#include "crowd.h"
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  SMALL = 16384,
  COUNT = FFITEST_MANY (20000, 6000)
};

static struct crowd_member members[COUNT];
static const char *wrong = "nothing was done";

static void
use_closures (void)
{
  int number = 3, *numbers[] = { &number };
  ffi_arg result;
  wrong = NULL;
  for (int i = 0; i < COUNT; i++)
    if (!crowd_join (&members[i], i))
      wrong = "no closure";
  for (int i = 0; i < COUNT; i++)
    {
      if (!crowd_answers (&members[i]))
        wrong = "no answer";
      ffi_call (crowd_cif (), CODE_AS (void (*) (void), members[i].code), &result,
                (void **) numbers);
      if ((int) result != i + 3)
        wrong = "no answer to ffi_call";
    }
  crowd_scatter (members, COUNT);
}

/* SIZE bytes whose neighbours cannot be accessed.  */
static char *
make_stack (size_t size)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  char *base
      = mmap (NULL, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (base != (char *) MAP_FAILED);
  CHECK_INT (mprotect (base + page, size, PROT_READ | PROT_WRITE), 0);
  return base + page;
}

static void *
in_thread (void *data)
{
  use_closures ();
  return data;
}

static void
on_thread_stack (void)
{
  pthread_attr_t attributes;
  pthread_t thread;
  size_t size = SMALL < PTHREAD_STACK_MIN ? PTHREAD_STACK_MIN : SMALL;
  CHECK_INT (pthread_attr_init (&attributes), 0);
  CHECK_INT (pthread_attr_setstack (&attributes, make_stack (size), size), 0);
  CHECK_INT (pthread_create (&thread, &attributes, in_thread, NULL), 0);
  CHECK_INT (pthread_join (thread, NULL), 0);
}

static void
handle_signal (int number)
{
  (void) number;
  use_closures ();
}

static void
on_signal_stack (void)
{
  stack_t stack = { .ss_sp = make_stack (SMALL), .ss_size = SMALL };
  struct sigaction action = { .sa_handler = handle_signal, .sa_flags = SA_ONSTACK };
  CHECK_INT (sigaltstack (&stack, NULL), 0);
  CHECK_INT (sigaction (SIGUSR1, &action, NULL), 0);
  CHECK_INT (raise (SIGUSR1), 0);
}

int
main (void)
{
  void (*const stacks[]) (void) = { on_thread_stack, on_signal_stack };
  crowd_cif ();
  for (size_t i = 0; i < ARRAY_SIZE (stacks); i++)
    {
      int status;
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        {
          stacks[i]();
          CHECK_MSG (wrong == NULL, "%s", wrong);
          exit (ffitest_done ());
        }
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (status == 0, "%s: wait status %#x",
                 i == 0 ? "a thread's stack" : "a signal's stack", (unsigned) status);
    }
  return ffitest_done ();
}
