/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of a closure call, trampoline and entry code included,
   unwinding reaches main with main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

/* So many closures live, and the last half has trampolines to choose from.  */
#ifndef CLOSURES
#define CLOSURES 1
#endif

static void *code;

static void
act (void *data)
{
  struct use *use = data;
  use->signature->call (code, use->result);
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
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct use use;
      use_prepare (&use, &signatures[i]);
      CHECK_INT (ffi_prep_closure_loc (closure, &use.cif, signature_handle, NULL, code),
                 FFI_OK);
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
    }
  return ffitest_done ();
}
