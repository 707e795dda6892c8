/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of a call plan's invocation unwinding reaches main with main's
   stack pointer, with and without room for the result.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

static ffi_call_plan *plan;

static void
act (void *data)
{
  struct use *use = data;
  ffi_call_plan_invoke (plan, use->signature->fn, use->result, use->values);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct use use;
      use_prepare (&use, &signatures[i]);
      plan = ffi_call_plan_alloc (&use.cif);
      CHECK (plan != NULL);
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
      use.result = NULL;
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
      ffi_call_plan_free (plan);
    }
  return ffitest_done ();
}
