/* SPDX-License-Identifier: MIT */
/* ffi_closure_seal seals closures one by one, of every size; the code address before
   reports a call, and all the others stay as they are.  */

#include "ffitest.h"
#include "crowd.h"
#include "libffi.tramp/aborts.h"
#include <ffi_tramp.h>
#include "sealed.h"

static ffi_cif *seen_cif;

static void
call (void *code)
{
  CODE_AS (int (*) (int), code) (1);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  seen_cif = cif;
  crowd_handle (cif, result, args, data);
}

static void
seal_one (size_t size)
{
  struct crowd_member m = { NULL, NULL, (int) size }, other;
  CHECK (crowd_join (&other, 1));
  m.closure = ffi_closure_alloc (size, &m.code);
  CHECK (m.closure != NULL);
  CHECK_INT (ffi_prep_closure_loc (m.closure, crowd_cif (), handle, &m, m.code), FFI_OK);
  CHECK (crowd_answers (&m));
  CHECK_PTR (seen_cif, crowd_cif ());
  void *before = m.code;
  m.code = ffi_closure_seal (m.closure);
  CHECK_MSG (m.code != NULL, "size %zu: %s", size, strerror (errno));
  CHECK (m.code != before);
  CHECK (crowd_answers (&m));
  CHECK (seen_cif != crowd_cif ());
  CHECK_INT (strcmp (permissions_at (seen_cif), "r--p"), 0);
  CHECK_PTR (ffi_closure_seal (m.closure), m.code);
  CHECK_PTR (ffi_tramp_closure_find (m.code), m.closure);
  CHECK_PTR (ffi_tramp_closure_find (before), NULL);
  CHECK_ABORTS (call, before, "never prepared");
  /* Prepared again, it is still sealed.  */
  m.number++;
  seen_cif = NULL;
  CHECK_INT (ffi_prep_closure_loc (m.closure, crowd_cif (), handle, &m, m.code), FFI_OK);
  CHECK (crowd_answers (&m));
  CHECK_INT (strcmp (permissions_at (seen_cif), "r--p"), 0);
  /* Also by what was its code.  */
  m.number++;
  CHECK_INT (ffi_prep_closure_loc (m.closure, crowd_cif (), handle, &m, before), FFI_OK);
  CHECK (crowd_answers (&m));
  CHECK_ABORTS (call, before, "never prepared");
  crowd_leave (&m);
  CHECK_ABORTS (call, m.code, "freed closure");
  CHECK_ABORTS (call, before, "freed closure");
  CHECK (crowd_answers (&other));
  crowd_leave (&other);
}

int
main (void)
{
  static const size_t sizes[] = { sizeof (ffi_closure), 100, 1000, 4096, 70000 };
  setenv ("LIBFFI_SEAL", "0", 1);
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    for (int again = 0; again < FFITEST_MANY (20, 2); again++)
      seal_one (sizes[i]);
  return ffitest_done ();
}
