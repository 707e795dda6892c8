/* SPDX-License-Identifier: MIT */
/* { options -fexceptions } */
/* From a handler, a backtrace goes through the closure, the ffi_call and its caller
   up to main, for closures of the image's table and of grown ones.  */

#include "ffitest.h"
#include "crowd.h"
#include <unwind.h>

static int reached_main, depth;
static uintptr_t into_main; /* where main goes on */
static struct crowd_member members[30000];

static _Unwind_Reason_Code
walk (struct _Unwind_Context *context, void *data)
{
  (void) data;
  depth++;
  if ((_Unwind_GetIP (context) & ~(uintptr_t) 1) == into_main)
    reached_main = 1;
  return reached_main || depth > 100 ? _URC_END_OF_STACK : _URC_NO_REASON;
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
  reached_main = depth = 0;
  _Unwind_Backtrace (walk, NULL);
}

static __attribute__ ((noinline)) void
check (void)
{
  /* An odd address only says what instruction set it is.  */
  into_main = (uintptr_t) __builtin_return_address (0) & ~(uintptr_t) 1;
  ffi_cif cif;
  void *code;
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  CODE_AS (void (*) (void), code) ();
  CHECK_MSG (reached_main, "a direct call: main is not reached after %d frames", depth);
  ffi_call (&cif, CODE_AS (void (*) (void), code), NULL, NULL);
  CHECK_MSG (reached_main, "through ffi_call: main is not reached after %d frames",
             depth);
  ffi_closure_free (closure);
}

int
main (void)
{
  check ();
  crowd_gather (members, ARRAY_SIZE (members));
  check ();
  return ffitest_done ();
}
