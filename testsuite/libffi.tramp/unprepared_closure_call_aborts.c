/* SPDX-License-Identifier: MIT */
/* A call of a closure that was allocated and not prepared aborts with a message,
   also if the slot was in use before and if its memory was zeroed.  */

#include "ffitest.h"
#include "crowd.h"
#include "aborts.h"

static void
call (void *code)
{
  CODE_AS (void (*) (int), code) (1);
}

int
main (void)
{
  const size_t sizes[] = { sizeof (ffi_closure), 72, 112, 200, 5000, 100000 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      struct crowd_member first;
      void *code;
      CHECK (crowd_join (&first, 1) && crowd_answers (&first));
      crowd_leave (&first);
      ffi_closure *closure = ffi_closure_alloc (sizes[i], &code);
      CHECK (closure != NULL);
      CHECK_ABORTS (call, code, "closure");
      CHECK_INT (ffi_prep_closure_loc (closure, crowd_cif (), crowd_handle, &first, code),
                 FFI_OK);
      CHECK_INT (CODE_AS (int (*) (int), code) (1), 2);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
