/* SPDX-License-Identifier: MIT */
/* Take a signal after every instruction, on a stack of its own, and overwrite what
   lies below the interrupted stack pointer.  */

#ifndef STEPPING32_H
#define STEPPING32_H

#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

/* Called for every instruction, before it is executed.  */
static void (*step_watch) (const greg_t *registers);
static unsigned long steps;

static void
step (int signal, siginfo_t *info, void *data)
{
  ucontext_t *context = (ucontext_t *) data;
  greg_t *registers = context->uc_mcontext.gregs;
  (void) signal, (void) info;
  steps++;
  memset ((char *) registers[REG_ESP] - 1024, 0x99, 1024);
  if (step_watch != NULL)
    step_watch (registers);
}

static FFITEST_UNUSED void
stepping_prepare (void)
{
  static char stack[65536];
  stack_t other;
  struct sigaction action;
  memset (&other, 0, sizeof other);
  other.ss_sp = stack;
  other.ss_size = sizeof stack;
  CHECK_INT (sigaltstack (&other, NULL), 0);
  memset (&action, 0, sizeof action);
  action.sa_sigaction = step;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  CHECK_INT (sigaction (SIGTRAP, &action, NULL), 0);
}

/* The trap flag, set in flags that are loaded with popf.  */
enum
{
  TRAP_FLAG = 0x100
};

static inline void
stepping_on (void)
{
  __asm__ volatile("pushfl\n\torl $0x100, (%%esp)\n\tpopfl" ::: "memory", "cc");
}

static inline void
stepping_off (void)
{
  __asm__ volatile("pushfl\n\tandl $~0x100, (%%esp)\n\tpopfl" ::: "memory", "cc");
}

#endif
