/* SPDX-License-Identifier: MIT */
/* A thread that loses its processor after each atomic instruction that it executes, in a
   child each: between two of these no other thread sees a difference.  x86 only.  */

#ifndef ATOMIC_STEPS_H
#define ATOMIC_STEPS_H

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

enum
{
  TRAP_FLAG = 0x100
};

static struct
{
  void (*in_child) (void);               /* called instead of going on at once */
  int (*counts) (unsigned long address); /* null, or whether an instruction there does */
  int seen;                              /* atomic instructions */
  int failed, status;                    /* the first after which a child failed */
} atomic_steps;

/* Does the instruction at CODE begin with lock, or is it an xchg with memory, which locks
   without saying so?  */
static int
is_atomic (const unsigned char *code)
{
  while (*code == 0x66 || *code == 0x64 || *code == 0x65)
    code++;
  if (*code == 0xf0)
    return 1;
#ifdef __x86_64__
  if ((*code & 0xf0) == 0x40)
    code++;
#endif
  return (code[0] & 0xfe) == 0x86 && code[1] < 0xc0;
}

/* The instruction before the one at CONTEXT's address was executed.  */
static void
atomic_step (int number, siginfo_t *info, void *context)
{
  static int was_atomic;
  greg_t *registers = ((ucontext_t *) context)->uc_mcontext.gregs;
#ifdef __x86_64__
  unsigned long next = (unsigned long) registers[REG_RIP];
#else
  unsigned long next = (unsigned long) registers[REG_EIP];
#endif
  int status = 0;
  (void) number, (void) info;
  if (was_atomic && atomic_steps.failed == 0)
    {
      ++atomic_steps.seen;
      pid_t child = fork ();
      if (child == 0)
        {
          registers[REG_EFL] &= ~TRAP_FLAG;
          alarm (60);
          atomic_steps.in_child ();
          return;
        }
      if (waitpid (child, &status, 0) != child || status != 0)
        {
          atomic_steps.failed = atomic_steps.seen;
          atomic_steps.status = status;
        }
    }
  was_atomic = is_atomic ((const unsigned char *) next)
               && (atomic_steps.counts == NULL || atomic_steps.counts (next));
}

static void
atomic_steps_on (void)
{
  struct sigaction action = { .sa_sigaction = atomic_step, .sa_flags = SA_SIGINFO };
  fflush (stdout);
  sigaction (SIGTRAP, &action, NULL);
  __writeeflags (__readeflags () | TRAP_FLAG);
}

static void
atomic_steps_off (void)
{
  __writeeflags (__readeflags () & ~(unsigned long) TRAP_FLAG);
}

#endif
