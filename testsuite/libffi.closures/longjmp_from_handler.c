/* SPDX-License-Identifier: MIT */
/* longjmp leaves a handler, through its closure and an ffi_call, again and again.  */

#include "ffitest.h"
#include <setjmp.h>

static jmp_buf target;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result;
  ++*(int *) data;
  longjmp (target, *(int *) args[0]);
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  static volatile int round, calls_seen;
  static int calls;
  ffi_cif cif;
  void *code;
  PREP_CIF (&cif, 1, &ffi_type_double, types);
  MAKE_CLOSURE (&cif, handle, &calls, &code);
  for (round = 1; round <= 1000; round++)
    {
      int value = round;
      double result;
      void *avalue[] = { &value };
      int jumped = setjmp (target);
      if (jumped == 0)
        {
          if (round % 2)
            ffi_call (&cif, CODE_AS (void (*) (void), code), &result, avalue);
          else
            CODE_AS (double (*) (int), code) (value);
          CHECK_MSG (0, "the handler returned");
        }
      CHECK_INT (jumped, round);
      calls_seen++;
    }
  CHECK_INT (calls, 1000);
  CHECK_INT (calls_seen, 1000);
  return ffitest_done ();
}
