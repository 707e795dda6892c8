/* SPDX-License-Identifier: MIT */
/* A call of a freed closure aborts with a message that says so, whatever its size
   and whichever table it came from.  */

#include "ffitest.h"
#include "crowd.h"
#include "aborts.h"

static struct crowd_member members[20000];

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
      void *code;
      ffi_closure *closure = ffi_closure_alloc (sizes[i], &code);
      CHECK (closure != NULL);
      CHECK_INT (ffi_prep_closure_loc (closure, crowd_cif (), crowd_handle, NULL, code),
                 FFI_OK);
      ffi_closure_free (closure);
      CHECK_ABORTS (call, code, "freed closure");
    }
  /* In a grown table, with neighbours alive.  */
  crowd_gather (members, ARRAY_SIZE (members));
  for (size_t i = 0; i < ARRAY_SIZE (members); i += 4999)
    {
      crowd_leave (&members[i]);
      CHECK_ABORTS (call, members[i].code, "freed closure");
    }
  return ffitest_done ();
}
