/* SPDX-License-Identifier: MIT */
/* ffi_prep_closure_loc with a code address that is the library's, but not this closure's:
   that of another closure, of one that is free, or an address beside it.  It reaches the
   closure given, or there is an error; nobody else's closure changes.  */

#include "ffitest.h"
#include "crowd.h"
#include "../libffi.tramp/aborts.h"

static void
call (void *code)
{
  CODE_AS (void (*) (int), code) (1);
}

static ffi_status
prepare (struct crowd_member *member, void *code)
{
  return ffi_prep_closure_loc (member->closure, crowd_cif (), crowd_handle, member, code);
}

int
main (void)
{
  static struct crowd_member members[5000];
  struct crowd_member *last = &members[ARRAY_SIZE (members) - 1], free;
  crowd_gather (members, ARRAY_SIZE (members));
  for (int i = 0; i < 2; i++)
    {
      struct crowd_member *own = i == 0 ? &members[7] : last, *other = own - 2;
      void *other_code = other->code;
      ffi_closure *raw = ffi_closure_alloc (sizeof *raw, &free.code);
      CHECK (raw != NULL);

      /* The other's code now reaches this one; code that was never prepared says so.  */
      own->closure = raw;
      CHECK_INT (prepare (own, other_code), FFI_OK);
      CHECK_INT (CODE_AS (int (*) (int), other_code) (3), own->number + 3);
      CHECK_ABORTS (call, free.code, "never prepared");
      CHECK_INT (prepare (other, other_code), FFI_OK);
      CHECK (crowd_answers (other));

      /* Addresses within code, and within closures.  */
      for (int offset = 1; offset < 16; offset++)
        {
          CHECK_INT (prepare (own, (char *) other_code + offset), FFI_BAD_ABI);
          CHECK_INT (prepare (own, (char *) other->closure + offset), FFI_BAD_ABI);
        }

      /* A free closure's.  */
      ffi_closure_free (raw);
      CHECK_INT (prepare (other, free.code), FFI_BAD_ABI);
      CHECK_ABORTS (call, free.code, "freed closure");
      for (int k = 0; k < (int) ARRAY_SIZE (members); k++)
        CHECK_MSG (crowd_answers (&members[k]), "closure %d does not answer", k);
    }
  return ffitest_done ();
}
