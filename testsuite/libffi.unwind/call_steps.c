/* SPDX-License-Identifier: MIT */
/* { needs x86 native nosan } */
/* At every instruction of an ffi_call unwinding reaches main with main's stack
   pointer, with and without room for the result.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

struct job
{
  const struct signature *signature;
  ffi_cif cif;
  void *result;
};

static void
act (void *data)
{
  struct job *job = data;
  ffi_call (&job->cif, job->signature->fn, job->result, signature_values ());
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      _Alignas(16) unsigned char result[64];
      struct job job = { .signature = &signatures[i], .result = result };
      signature_prepare (&signatures[i], &job.cif);
      CHECK_STEPPING (signatures[i].name, act, &job);
      job.result = NULL;
      CHECK_STEPPING (signatures[i].name, act, &job);
    }
  return ffitest_done ();
}
