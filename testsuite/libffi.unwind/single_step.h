/* SPDX-License-Identifier: MIT */
/* x86: execute an action one instruction at a time, and unwind after each.  */

#ifndef SINGLE_STEP_H
#define SINGLE_STEP_H

#include <dlfcn.h>
#include <signal.h>
#include <ucontext.h>
#include <unwind.h>

int main (void);

/* Set in the process, the trap flag raises SIGTRAP after every instruction.
   Functions of their own, so that their CFI is right too.  */
void trap_flag_on (void);
void trap_flag_off (void);

#ifdef __x86_64__
#define STEP_PC REG_RIP
#define TRAP_FLAG_BEGIN                                                                  \
  "  endbr64\n"                                                                          \
  "  pushfq\n"                                                                           \
  "  .cfi_adjust_cfa_offset 8\n"
#define TRAP_FLAG_END                                                                    \
  "  popfq\n"                                                                            \
  "  .cfi_adjust_cfa_offset -8\n"
#define TRAP_FLAGS "(%rsp)"
#else
#define STEP_PC REG_EIP
#define TRAP_FLAG_BEGIN                                                                  \
  "  endbr32\n"                                                                          \
  "  pushfl\n"                                                                           \
  "  .cfi_adjust_cfa_offset 4\n"
#define TRAP_FLAG_END                                                                    \
  "  popfl\n"                                                                            \
  "  .cfi_adjust_cfa_offset -4\n"
#define TRAP_FLAGS "(%esp)"
#endif

#define TRAP_FLAG_FUNCTION(name, instruction)                                            \
  "  .globl " name "\n"                                                                  \
  "  .type " name ", @function\n" name ":\n"                                             \
  "  .cfi_startproc\n" TRAP_FLAG_BEGIN "  " instruction "\n" TRAP_FLAG_END "  ret\n"     \
  "  .cfi_endproc\n"                                                                     \
  "  .size " name ", . - " name "\n"

__asm__(".pushsection .text\n"                                         //
        TRAP_FLAG_FUNCTION ("trap_flag_on", "orl $0x100, " TRAP_FLAGS) //
        TRAP_FLAG_FUNCTION ("trap_flag_off",
                            "andl $~0x100, " TRAP_FLAGS) ".popsection\n");

/* Inside a program, libffi's instructions cannot be told from others.  */
#ifdef FFI_LIBRARY
enum
{
  in_shared_library = 1
};
#else
enum
{
  in_shared_library = 0
};
#endif

static struct
{
  unsigned long steps;               /* instructions seen */
  unsigned long in_ours;             /* of these, in libffi or in trampolines */
  unsigned long failures;            /* unwinding did not reach main, or not soundly */
  unsigned long first_pc;            /* where that was first */
  const char *first_what;            /* and what was wrong */
  unsigned long main_cfa;            /* the frame main has, from outside */
  unsigned long code_low, code_high; /* trampolines to count as ours */
} stepping;

struct walk
{
  unsigned depth;
  unsigned long cfa;
  int reached;
  unsigned long main_cfa;
};

static _Unwind_Reason_Code
walk_frame (struct _Unwind_Context *context, void *data)
{
  struct walk *walk = (struct walk *) data;
  int before = 0;
  unsigned long ip = _Unwind_GetIPInfo (context, &before);
  walk->main_cfa = _Unwind_GetCFA (context);
  if (_Unwind_FindEnclosingFunction ((void *) (ip - !before)) == (void *) main)
    {
      walk->reached = 1;
      return _URC_END_OF_STACK;
    }
  return ++walk->depth > 60 ? _URC_END_OF_STACK : _URC_NO_REASON;
}

/* Is PC, which lies in OBJECT, in code of others that has no CFI?  On i386 the startup
   files bring get-pc thunks, which linkers take instead of the compiler's, and the C
   library has functions in assembly.  */
static int
lacks_cfi (unsigned long pc, const char *object)
{
#ifdef __i386__
  unsigned char code[4];
  memcpy (code, (const void *) pc, 4);
  /* The same if this is the last instruction of a thunk.  */
  if (code[0] == 0xc3)
    memcpy (code, (const void *) (pc - 3), 4);
  if (code[0] == 0x8b && (code[1] & 0xc7) == 4 && code[2] == 0x24 && code[3] == 0xc3)
    return 1;
  return strstr (object, "/libc.so") != NULL;
#else
  (void) pc, (void) object;
  return 0;
#endif
}

static void
single_step (int signal, siginfo_t *info, void *data)
{
  const ucontext_t *context = (const ucontext_t *) data;
  unsigned long pc = (unsigned long) context->uc_mcontext.gregs[STEP_PC];
  struct walk walk = { 0, 0, 0, 0 };
  Dl_info object;
  (void) signal, (void) info;
  const char *name = dladdr ((void *) pc, &object) != 0 ? object.dli_fname : "";
  stepping.steps++;
  if (!in_shared_library || (pc >= stepping.code_low && pc < stepping.code_high)
      || strstr (name, "libffi") != NULL)
    stepping.in_ours++;
  if (lacks_cfi (pc, name))
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
  struct walk walk = { 0, 0, 0, 0 };
  _Unwind_Backtrace (walk_frame, &walk);
  return walk.reached ? walk.main_cfa : 0;
}

/* Run ACTION (DATA) stepping; check that every instruction could be unwound.  */
#define CHECK_STEPPING(name, action, data)                                               \
  do                                                                                     \
    {                                                                                    \
      run_stepping (action, data);                                                       \
      check_stepping (__FILE__, __LINE__, name);                                         \
    }                                                                                    \
  while (0)

static __attribute__ ((noinline)) void
run_stepping (void (*action) (void *), void *data)
{
  struct sigaction act, old;
  unsigned long low = stepping.code_low, high = stepping.code_high;
  memset (&act, 0, sizeof act);
  act.sa_sigaction = single_step;
  act.sa_flags = SA_SIGINFO;
  CHECK_INT (sigaction (SIGTRAP, &act, &old), 0);
  /* Once without stepping, so that symbols are bound.  */
  action (data);
  memset (&stepping, 0, sizeof stepping);
  stepping.code_low = low, stepping.code_high = high;
  stepping.main_cfa = main_frame ();
  trap_flag_on ();
  action (data);
  trap_flag_off ();
  CHECK_INT (sigaction (SIGTRAP, &old, NULL), 0);
}

static FFITEST_UNUSED void
check_stepping (const char *file, int line, const char *name)
{
  Dl_info object;
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  if (stepping.main_cfa == 0)
    ffitest_fail (file, line, "%s: main cannot be reached at all", name);
  if (stepping.in_ours < 10)
    ffitest_fail (file, line, "%s: of %lu instructions only %lu were libffi's", name,
                  stepping.steps, stepping.in_ours);
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
