/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { sources support/trampfd_double.c } */
/* A program that runs with another group's rights than its caller's does not listen to
   its caller's environment.  */

#include "on_the_double.h"
#include "raised.h"
#include "../kernel/trampfd/uapi/linux/trampfd.h"

/* Where closures come from, as an exit code.  */
static int
report (void)
{
  struct crowd_member m;
  CHECK (crowd_join (&m, 1) && crowd_answers (&m));
  unsigned form = double_form (m.code);
  return form == 0 ? 10 : form == TRAMPFD_ADJACENT ? 11 : 12;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return raised_report (report);
  const char *path = raised_copy ();
  int image = raised_run (path, "LIBFFI_TRAMPOLINES", "image");
  int trampfd = raised_run (path, "LIBFFI_TRAMPOLINES", "trampfd");
  int secure = raised_run (path, "LIBFFI_TRAMPOLINES", "secure");
  unlink (path);
  raised_check (image);
  CHECK_MSG (image >= 10 && image <= 12, "exit code %d", image);
  CHECK_INT (trampfd, image);
  CHECK_INT (secure, image);
  return ffitest_done ();
}
