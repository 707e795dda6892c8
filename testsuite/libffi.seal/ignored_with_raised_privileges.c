/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* A program that runs with another group's rights than its caller's decides on sealing as
   if its caller's environment were empty.  */

#include "ffitest.h"
#include "crowd.h"
#include "raised.h"

static ffi_cif *seen_cif;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  seen_cif = cif;
  *(ffi_arg *) result = (ffi_arg) (ffi_sarg) * (int *) args[0];
}

/* Whether closures are sealed, as an exit code.  */
static int
report (void)
{
  void *code;
  MAKE_CLOSURE (crowd_cif (), handle, NULL, &code);
  CHECK_INT (CODE_AS (int (*) (int), code) (5), 5);
  return seen_cif == crowd_cif () ? 10 : 11;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return raised_report (report);
  int unasked = unraised_run (report, "LIBFFI_SEAL", NULL);
  CHECK_INT (unraised_run (report, "LIBFFI_SEAL", "0"), 10);
  CHECK_INT (unraised_run (report, "LIBFFI_SEAL", "1"), 11);
  CHECK_INT (unraised_run (report, "LIBFFI_SEAL", "yes"), unasked);
  const char *path = raised_copy ();
  int off = raised_run (path, "LIBFFI_SEAL", "0"), on;
  on = raised_run (path, "LIBFFI_SEAL", "1");
  unlink (path);
  raised_check (off);
  CHECK_INT (off, unasked);
  CHECK_INT (on, unasked);
  return ffitest_done ();
}
