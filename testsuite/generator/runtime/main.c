/* SPDX-License-Identifier: MIT */
/* The checks that generated programs make; see runtime.h.

   Each signature is checked twice: with types that the library lays out, every
   argument ending where accessible memory ends; and with types whose size is filled
   in, the arguments between bytes of poison.  A failure is one line and ends that
   signature only.  */

#include "state.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
check_signature (const struct gen_signature *signature, unsigned index)
{
  gen_now.signature = signature;
  gen_now.index = index;
  gen_now.failed = false;
  gen_random_state = index;
  for (int prefilled = 0; prefilled < 2 && !gen_now.failed; prefilled++)
    {
      gen_now.prefilled = prefilled != 0;
      if (!gen_prepare ())
        return;
      gen_step_control ();
      if (gen_now.failed)
        return;
      gen_step_call ();
      gen_step_plan ();
      gen_step_raw_call ();
#if FFI_CLOSURES
      gen_step_closure ();
      gen_step_raw_closure ();
#endif
#if FFI_GO_CLOSURES
      if (signature->static_chain)
        gen_step_go ();
#endif
    }
}

/* A crash is a failure of the step it came in; the rest was not checked.  */
static void
crashed (int signal_number)
{
  gen_now.failed = false;
  gen_fail ("signal %d", signal_number);
  _exit (3);
}

static void
catch_crashes (void)
{
  static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP };
  static char stack_memory[65536];
  stack_t stack = { .ss_sp = stack_memory, .ss_size = sizeof stack_memory };
  struct sigaction action = { .sa_handler = crashed, .sa_flags = SA_ONSTACK };

  sigaltstack (&stack, NULL);
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
    sigaction (signals[i], &action, NULL);
}

static void
make_room (unsigned nargs)
{
  size_t n = nargs + 1;

  gen_now.arg_places = calloc (n, sizeof *gen_now.arg_places);
  gen_now.want = calloc (n, sizeof *gen_now.want);
  gen_now.avalue = calloc (n, sizeof *gen_now.avalue);
  gen_now.avalue_was = calloc (n, sizeof *gen_now.avalue_was);
  gen_now.carried = calloc (n, sizeof *gen_now.carried);
  gen_now.carriers = calloc (n, sizeof *gen_now.carriers);
  gen_now.types = calloc (n, sizeof *gen_now.types);
  for (unsigned i = 0; i < nargs; i++)
    {
      gen_now.arg_places[i] = gen_make_place ();
      gen_now.want[i] = aligned_alloc (64, PLACE_SIZE);
    }
  gen_now.result_place = gen_make_place ();
  gen_now.want_result = aligned_alloc (64, PLACE_SIZE);
}

int
gen_unsupported (const char *reason)
{
  printf ("UNSUPPORTED: %s\n", reason);
  return 77;
}

int
gen_main (int argc, char **argv, const struct gen_signature *signatures, unsigned count)
{
  unsigned first = argc > 1 ? (unsigned) atoi (argv[1]) : 0;
  unsigned stop = argc > 2 ? first + (unsigned) atoi (argv[2]) : count;
  unsigned nargs = 0, failures = 0;

  if (stop > count)
    stop = count;
  for (unsigned i = first; i < stop; i++)
    if (signatures[i].nargs > nargs)
      nargs = signatures[i].nargs;
  make_room (nargs);
  catch_crashes ();
  for (unsigned i = first; i < stop; i++)
    {
      check_signature (&signatures[i], i);
      failures += gen_now.failed;
    }
  printf ("%u signatures, %u failed, %lu calls, %lu values\n",
          stop > first ? stop - first : 0, failures, gen_now.calls, gen_now.values);
  return failures != 0;
}
