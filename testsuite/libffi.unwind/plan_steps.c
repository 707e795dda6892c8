/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of a call plan's invocation unwinding reaches main with main's
   stack pointer, with and without room for the result.  */

#include "ffitest.h"
#include "single_step.h"
#include "stepped.h"

static ffi_call_plan *plan;

static void
act (void *code)
{
  ffi_call_plan_invoke (plan, CODE_AS (void (*) (void), code), stepped.result,
                        stepped.s.avalue);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (stepped_texts); i += STEPPED_BY)
    {
      void *code;
      stepped_prepare (stepped_texts[i]);
      ffi_closure *closure = MAKE_CLOSURE (&stepped.s.cif, stepped_handle, NULL, &code);
      plan = ffi_call_plan_alloc (&stepped.s.cif);
      CHECK (plan != NULL);
      CHECK_STEPPING (stepped_texts[i], act, code, stepped_sum);
      stepped.result = NULL;
      CHECK_STEPPING (stepped_texts[i], act, code, stepped_sum);
      ffi_call_plan_free (plan);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
