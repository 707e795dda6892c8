/* SPDX-License-Identifier: MIT */
/* Execute an action one instruction at a time.  Before each, unwind, and overwrite what
   lies below the stack pointer.  */

#ifndef SINGLE_STEP_H
#define SINGLE_STEP_H

#include <dlfcn.h>
#include <signal.h>
#include <ucontext.h>
#include <unwind.h>

/* The trampoline to step through, if any.  */
static struct step_range
{
  unsigned long low, high;
} step_trampoline;

/* Each family of processors has stepping_on and stepping_off, between which SIGTRAP is
   taken at every instruction, of libffi's assembly at least; STEP_PC and STEP_SP of a
   signal's context; STEP_RED_ZONE, the bytes below the stack pointer that signals leave
   alone; STEP_SIGNO, the signal that unwinders shall see, if that is another;
   STEP_HANDLER, what calls single_step, if the signal does not; STEP_FRAME,
   what tells frames of an unwinder's context apart; step_in_libffi, whether an address is
   in libffi's code; and step_is_described, whether the code there has unwind tables that
   hold at every instruction.  */
#if defined __x86_64__ || defined __i386__
#include "step_x86.h"
#else
#include "step_qemu.h"
#endif
#ifndef STEP_SIGNO
#define STEP_SIGNO SIGTRAP
#endif
#ifndef STEP_HANDLER
#define STEP_HANDLER single_step
#endif

static struct
{
  unsigned long steps;               /* instructions seen */
  unsigned long in_libffi;           /* of these, in libffi or in trampolines */
  unsigned long failures;            /* unwinding did not reach main, or not soundly */
  unsigned long first_pc;            /* where that was first */
  const char *first_what;            /* and what was wrong */
  unsigned long into_main, main_cfa; /* where main goes on, and its frame */
  int changed;                       /* the action saw other values */
} stepping;

struct walk
{
  unsigned depth;
  int reached;
  unsigned long main_cfa;
};

static _Unwind_Reason_Code
walk_frame (struct _Unwind_Context *context, void *data)
{
  struct walk *walk = (struct walk *) data;
  walk->main_cfa = STEP_FRAME (context);
  /* An odd address only says what instruction set it is.  */
  if ((_Unwind_GetIP (context) & ~1ul) == stepping.into_main)
    {
      walk->reached = 1;
      return _URC_END_OF_STACK;
    }
  return ++walk->depth > 60 ? _URC_END_OF_STACK : _URC_NO_REASON;
}

static __attribute__ ((used)) void
single_step (int signal, siginfo_t *info, void *data)
{
  const ucontext_t *context = (const ucontext_t *) data;
  unsigned long pc = (unsigned long) STEP_PC (context);
  struct walk walk = { 0, 0, 0 };
  (void) signal;
  *(volatile int *) &info->si_signo
      = STEP_SIGNO; /* for the unwinder, which looks at it */
  memset ((char *) STEP_SP (context) - STEP_RED_ZONE - 1024, 0x99, 1024);
  int inside
      = (pc >= step_trampoline.low && pc < step_trampoline.high) || step_in_libffi (pc);
  stepping.steps++;
  stepping.in_libffi += (unsigned long) inside;
  if (!inside && !step_is_described (pc))
    return;
  _Unwind_Backtrace (walk_frame, &walk);
  const char *what = NULL;
  if (!walk.reached)
    what = "unwinding does not reach main";
  else if (stepping.main_cfa != 0 && walk.main_cfa != stepping.main_cfa)
    what = "unwinding reaches main with another stack pointer";
  if (what != NULL && stepping.failures++ == 0)
    {
      stepping.first_pc = pc;
      stepping.first_what = what;
    }
}

/* The frame of main as its callee's walk sees it.  */
static __attribute__ ((noinline)) unsigned long
main_frame (void)
{
  struct walk walk = { 0, 0, 0 };
  _Unwind_Backtrace (walk_frame, &walk);
  return walk.reached ? walk.main_cfa : 0;
}

/* From main, run ACTION (DATA) stepping; check that every instruction could be unwound
   and that SUM (DATA), a sum of all values that were seen, is as without stepping.  */
#define CHECK_STEPPING(name, action, data, sum)                                          \
  do                                                                                     \
    {                                                                                    \
      run_stepping (action, data, sum);                                                  \
      check_stepping (__FILE__, __LINE__, name);                                         \
    }                                                                                    \
  while (0)

static __attribute__ ((noinline)) void
run_stepping (void (*action) (void *), void *data, uint32_t (*sum) (void *))
{
  static char stack[65536];
  const stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
  struct sigaction act, old;
  memset (&act, 0, sizeof act);
  act.sa_sigaction = STEP_HANDLER;
  /* A debugger may stop the handler, too.  */
  act.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  CHECK_INT (sigaltstack (&other, NULL), 0);
  CHECK_INT (sigaction (SIGTRAP, &act, &old), 0);
  /* Once without stepping, so that symbols are bound.  */
  action (data);
  uint32_t expected = sum (data);
  memset (&stepping, 0, sizeof stepping);
  stepping.into_main = (unsigned long) __builtin_return_address (0) & ~1ul;
  stepping.main_cfa = main_frame ();
  stepping_on ();
  action (data);
  stepping_off ();
  stepping.changed = sum (data) != expected;
  CHECK_INT (sigaction (SIGTRAP, &old, NULL), 0);
}

static FFITEST_UNUSED void
check_stepping (const char *file, int line, const char *name)
{
  Dl_info object;
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  if (stepping.main_cfa == 0)
    ffitest_fail (file, line, "%s: main cannot be reached at all", name);
  if (stepping.in_libffi < 10)
    ffitest_fail (file, line, "%s: of %lu instructions only %lu were libffi's", name,
                  stepping.steps, stepping.in_libffi);
  if (stepping.changed)
    ffitest_fail (file, line, "%s: arguments or results change by stepping", name);
  if (stepping.failures == 0)
    return;
  memset (&object, 0, sizeof object);
  dladdr ((void *) stepping.first_pc, &object);
  ffitest_fail (file, line,
                "%s: %s at %lu of %lu instructions, first at %#lx: %s, symbol %s+%#lx, "
                "file offset %#lx",
                name, stepping.first_what, stepping.failures, stepping.steps,
                stepping.first_pc, object.dli_fname != NULL ? object.dli_fname : "?",
                object.dli_sname != NULL ? object.dli_sname : "?",
                object.dli_saddr != NULL
                    ? stepping.first_pc - (unsigned long) object.dli_saddr
                    : 0ul,
                stepping.first_pc - (unsigned long) object.dli_fbase);
}

#endif
