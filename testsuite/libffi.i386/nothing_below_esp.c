/* SPDX-License-Identifier: MIT */
/* { needs i686 native nosan } */
/* { options -no-pie -fno-pie } */
/* { timeout 300 } */
/* Calls and closures of every convention survive a signal at every instruction that
   overwrites all below the stack pointer.  */

#include "ffitest.h"
#include "stepping32.h"
#include "machine32.h"
#include "convention.h"
#include "random_call.h"

static struct random_call call;
static int wrong;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  for (unsigned i = 0; i < cif->nargs; i++)
    wrong |= memcmp (args[i], call.values[i], significant (call.kinds[i])) != 0;
  if (call.result != NULL)
    memcpy (result, call.result_bytes, call.result->type->size);
}

int
main (void)
{
  static _Alignas(16) unsigned char memory[VALUE_SIZE + 8];
  stepping_prepare ();
  for (size_t c = 0; c < ARRAY_SIZE (conventions); c++)
    for (unsigned seed = 0; seed < 100; seed++)
      {
        void *code;
        random_state = seed;
        random_call (&call, &conventions[c], memory);
        ffi_closure *closure = MAKE_CLOSURE (&call.cif, handle, NULL, &code);
        memset (memory, 0, sizeof memory);
        wrong = 0;
        steps = 0;
        void (*fn) (void) = CODE_AS (void (*) (void), code);
        stepping_on ();
        ffi_call (&call.cif, fn, memory, call.values);
        stepping_off ();
        CHECK_MSG (steps > 30, "only %lu instructions seen", steps);
        CHECK_MSG (!wrong, "%s: an argument came out wrong", random_call_name (&call));
        if (call.result != NULL)
          {
            uint32_t expected[6];
            words_of (call.result, call.result_bytes, expected);
            CHECK_MEM (memory, expected, significant (call.result));
          }
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
