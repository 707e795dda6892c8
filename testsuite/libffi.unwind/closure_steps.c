/* SPDX-License-Identifier: MIT */
/* { needs x86 native nosan } */
/* At every instruction of a closure call, trampoline and entry code included,
   unwinding reaches main with main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

/* So many other closures live.  */
#ifndef CLOSURES_BEFORE
#define CLOSURES_BEFORE 0
#endif

struct job
{
  const struct signature *signature;
  void *code;
};

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) args, (void) data;
  if (cif->rtype->type != FFI_TYPE_VOID)
    memset (result, 0, cif->rtype->size);
}

static void
act (void *data)
{
  const struct job *job = data;
  job->signature->call (job->code);
}

int
main (void)
{
  for (int i = 0; i < CLOSURES_BEFORE; i++)
    {
      void *code;
      CHECK (ffi_closure_alloc (sizeof (ffi_closure), &code) != NULL);
    }
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct job job = { &signatures[i], NULL };
      ffi_cif cif;
      signature_prepare (&signatures[i], &cif);
      ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &job.code);
      stepping.code_low = (unsigned long) job.code;
      stepping.code_high = stepping.code_low + 32;
      CHECK_STEPPING (signatures[i].name, act, &job);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
