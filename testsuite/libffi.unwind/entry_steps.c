/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* { timeout 300 } */
/* From each instruction of the entry code for every family of signatures and every kind
   of result, called by ffi_call, unwinding reaches main.  */

#define STEP_ENTRIES
#include "ffitest.h"
#include "single_step.h"
#include "stepped.h"

/* Kinds of results that have entries of their own in some families, and others.  */
static const char results[] = "vaAbBuilfdLkD2H", more_results[] = "eF43xryZTX";
static const char *const arguments[]
    = { "",   "p",    "pp",       "ppp", "pppp", "pppppp", "pppppppp", "d",
        "dd", "dddd", "dddddddd", "L",   "k",    "D",      "pdpd",     "pdpdpdpd" };

static void *code;

static void
act (void *data)
{
  (void) data;
  ffi_call (&stepped.s.cif, CODE_AS (void (*) (void), code), stepped.result,
            stepped.s.avalue);
}

/* Part of main, which is what unwinding must reach.  */
static inline __attribute__ ((always_inline)) void
check (char result, const char *args)
{
  char text[MAX_TEXT];
  snprintf (text, sizeof text, "%c:%s", result, args);
  stepped_prepare (text);
  ffi_closure *closure = MAKE_CLOSURE (&stepped.s.cif, stepped_handle, NULL, &code);
  step_trampoline.low = (unsigned long) code;
  step_trampoline.high = step_trampoline.low + 32;
  CHECK_STEPPING (text, act, NULL, stepped_sum);
  ffi_closure_free (closure);
}

int
main (void)
{
  /* Every second pair is every kind of result, and every family.  */
  for (size_t r = 0; results[r] != '\0'; r++)
    for (size_t a = r % STEPPED_BY; a < ARRAY_SIZE (arguments); a += STEPPED_BY)
      check (results[r], arguments[a]);
  for (size_t r = 0; more_results[r] != '\0'; r++)
    check (more_results[r], arguments[r % ARRAY_SIZE (arguments)]);
  return ffitest_done ();
}
