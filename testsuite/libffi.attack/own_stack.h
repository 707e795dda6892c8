/* SPDX-License-Identifier: MIT */
/* A thread whose stack ends at one page that cannot be accessed, with somebody else's
   memory below it.  */

#ifndef OWN_STACK_H
#define OWN_STACK_H

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

enum
{
  BELOW = 1 << 20, /* somebody else's */
  STACK = 160 * 1024,
  ABOVE = 1 << 20, /* can be read */
  ENOUGH = 4 << 20,
  FOREIGN = 0xa5
};

static struct
{
  char *below, *guard, *stack, *above;
  size_t left; /* bytes of the stack for the action, about */
  void (*act) (size_t n);
  size_t n;
  sigjmp_buf out;
  char *volatile fault; /* or null */
} own;

static FFITEST_UNUSED void
own_fault (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) context;
  own.fault = info->si_addr;
  siglongjmp (own.out, 1);
}

static FFITEST_UNUSED void
own_stack_make (void)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE), align = 65536;
  size_t size = BELOW + page + STACK + ABOVE;
  char *base = mmap (NULL, size + 2 * align, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  struct sigaction action = { .sa_sigaction = own_fault };

  CHECK (base != (char *) MAP_FAILED);
  /* Below a multiple of 32 KiB, for frames that are aligned so, there is room.  */
  own.stack = (char *) (((uintptr_t) base + BELOW + page + align) & -align)
              + (page <= 16384 ? 16384 : 0);
  own.guard = own.stack - page;
  own.below = own.guard - BELOW;
  own.above = own.stack + STACK;
  CHECK_INT (mprotect (own.guard, page, PROT_NONE), 0);
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  CHECK_INT (sigaction (SIGSEGV, &action, NULL), 0);
  CHECK_INT (sigaction (SIGBUS, &action, NULL), 0);
}

static __attribute__ ((noinline)) void
own_act (void)
{
  char here;
  volatile char *skipped
      = __builtin_alloca (own.left != 0 ? &here - own.stack - own.left : 1);

  *skipped = 0;
  if (sigsetjmp (own.out, 1) == 0)
    own.act (own.n);
}

static void *
own_thread (void *unused)
{
  static char memory[65536];
  stack_t alternative = { .ss_sp = memory, .ss_size = sizeof memory };

  sigaltstack (&alternative, NULL);
  own_act ();
  return unused;
}

/* Run ACT (N) on the SIZE bytes of stack at START.  */
static void
own_thread_run (void (*act) (size_t), size_t n, char *start, size_t size)
{
  pthread_attr_t attributes;
  pthread_t thread;

  own.act = act;
  own.n = n;
  own.fault = NULL;
  CHECK_INT (pthread_attr_init (&attributes), 0);
  CHECK_INT (pthread_attr_setstack (&attributes, start, size), 0);
  CHECK_INT (pthread_create (&thread, &attributes, own_thread, NULL), 0);
  CHECK_INT (pthread_join (thread, NULL), 0);
  CHECK_INT (pthread_attr_destroy (&attributes), 0);
}

/* Run ACT (N) with about LEFT bytes of stack.  Returns where it met the end of the stack,
   or null.  */
static FFITEST_UNUSED char *
own_stack_run (void (*act) (size_t), size_t n, size_t left)
{
  memset (own.below, FOREIGN, BELOW);
  own.left = left;
  own_thread_run (act, n, own.stack, STACK);
  return own.fault;
}

/* Run ACT (N) with more stack than it can need.  */
static FFITEST_UNUSED char *
own_stack_run_easily (void (*act) (size_t), size_t n)
{
  char *base = mmap (NULL, 2 * ENOUGH, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (base != (char *) MAP_FAILED);
  own.left = 0;
  own_thread_run (act, n, base, ENOUGH);
  CHECK_INT (munmap (base, 2 * ENOUGH), 0);
  return own.fault;
}

/* How many bytes of somebody else's memory were changed.  */
static FFITEST_UNUSED size_t
own_stack_damage (void)
{
  size_t n = 0;

  for (size_t i = 0; i < BELOW; i++)
    n += (unsigned char) own.below[i] != FOREIGN;
  return n;
}

#endif
