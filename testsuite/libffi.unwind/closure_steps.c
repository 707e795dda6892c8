/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of a closure call, trampoline and entry code included,
   unwinding reaches main with main's stack pointer.  */

#define STEP_ENTRIES
#include "ffitest.h"
#include "single_step.h"
#include "stepped.h"

/* So many closures live, and the last half has trampolines to choose from.  */
#ifndef CLOSURES
#define CLOSURES 1
#endif

static void *code;

static void
act (void *data)
{
  (void) data;
  ffi_call (&stepped.s.cif, CODE_AS (void (*) (void), code), stepped.result,
            stepped.s.avalue);
}

/* A closure at the most even address, so that a table's first trampoline is chosen.  */
static ffi_closure *
choose (void)
{
  ffi_closure *chosen = NULL, *closure;
  void *next;
  for (int i = 0; i < CLOSURES; i++)
    {
      CHECK ((closure = ffi_closure_alloc (sizeof (ffi_closure), &next)) != NULL);
      if (i >= CLOSURES / 2
          && (chosen == NULL
              || __builtin_ctzl ((unsigned long) next)
                     > __builtin_ctzl ((unsigned long) code)))
        chosen = closure, code = next;
    }
  return chosen;
}

int
main (void)
{
  ffi_closure *closure = choose ();
  step_trampoline.low = (unsigned long) code;
  step_trampoline.high = step_trampoline.low + 32;
  for (size_t i = 0; i < ARRAY_SIZE (stepped_texts); i += STEPPED_BY)
    {
      stepped_prepare (stepped_texts[i]);
      CHECK_INT (
          ffi_prep_closure_loc (closure, &stepped.s.cif, stepped_handle, NULL, code),
          FFI_OK);
      CHECK_STEPPING (stepped_texts[i], act, NULL, stepped_sum);
    }
  return ffitest_done ();
}
