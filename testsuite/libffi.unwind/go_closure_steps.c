/* SPDX-License-Identifier: MIT */
/* { needs x86 native nosan } */
/* At every instruction of ffi_call_go of a Go closure unwinding reaches main with
   main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

struct job
{
  ffi_cif cif;
  ffi_go_closure closure;
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
  struct job *job = data;
  _Alignas(16) unsigned char result[64];
  ffi_call_go (&job->cif, CODE_AS (void (*) (void), job->closure.tramp), result,
               signature_values (), &job->closure);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct job job;
      signature_prepare (&signatures[i], &job.cif);
      CHECK_INT (ffi_prep_go_closure (&job.closure, &job.cif, handle), FFI_OK);
      CHECK_STEPPING (signatures[i].name, act, &job);
    }
  return ffitest_done ();
}
