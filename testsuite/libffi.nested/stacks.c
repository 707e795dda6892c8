/* SPDX-License-Identifier: MIT */
/* { needs nosan glibc } */
/* Functions run by turns, on stacks of their own, and signal handlers on another: each
   takes back its own pointer, in whatever order they end.  */

#include "ffitest.h"
#include "nested.h"
#include <signal.h>
#include <ucontext.h>

enum
{
  FIBERS = 6,
  STACK = 1 << 17
};

static ucontext_t main_context, contexts[FIBERS];
static char stacks[FIBERS][STACK] __attribute__ ((aligned (16)));
static int turns[FIBERS], at;

static int
code_of_0 (int value)
{
  return value + 100;
}
static int
code_of_1 (int value)
{
  return value + 200;
}

static OWN_FRAME void
fiber (void)
{
  int own = at;
  struct nested_frame frame = { own, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) (own % 2 ? code_of_1 : code_of_0),
                                 &frame.pointer);
  while (turns[own]-- > 0)
    {
      CHECK_INT (frame.pointer (own), own + (own % 2 ? 200 : 100));
      swapcontext (&contexts[own], &main_context);
    }
  CHECK_INT (frame.pointer (own), own + (own % 2 ? 200 : 100));
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
}

static volatile int handled;

static OWN_FRAME void
handler (int signal)
{
  struct nested_frame frame = { signal, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) code_of_1, &frame.pointer);
  handled = frame.pointer (signal);
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
}

static OWN_FRAME void
run_fibers (void)
{
  static const int counts[FIBERS] = { 3, 9, 1, 7, 2, 5 };
  struct nested_frame frame = { 0, NULL };
  static int left;

  left = FIBERS;
  __gcc_nested_func_ptr_created (&frame, (void *) code_of_0, &frame.pointer);
  for (int i = 0; i < FIBERS; i++)
    {
      CHECK_INT (getcontext (&contexts[i]), 0);
      contexts[i].uc_stack.ss_sp = stacks[i];
      contexts[i].uc_stack.ss_size = STACK;
      contexts[i].uc_link = &main_context;
      turns[i] = counts[i];
      makecontext (&contexts[i], fiber, 0);
    }
  while (left > 0)
    for (at = 0; at < FIBERS; at++)
      if (turns[at] >= 0)
        {
          swapcontext (&main_context, &contexts[at]);
          left -= turns[at] < 0;
          raise (SIGUSR1);
          CHECK_INT (handled, SIGUSR1 + 200);
          CHECK_INT (frame.pointer (at), at + 100);
        }
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
  CHECK_UINT (trampolines_used (), 0);
}

int
main (void)
{
  /* On the stack, above and below the frames that are interrupted.  */
  char high[STACK];
  stack_t stack = { .ss_sp = high, .ss_size = sizeof high };
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
  CHECK_INT (sigaltstack (&stack, NULL), 0);
  CHECK_INT (sigaction (SIGUSR1, &action, NULL), 0);
  run_fibers ();
  run_fibers ();
  return ffitest_done ();
}
