/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* LIBFFI_TRAMPOLINES says where the first closures come from; what is no name is as if
   it were not there.  */

#include "on_the_double.h"
#include "../kernel/trampfd/uapi/linux/trampfd.h"

/* Where the library goes that was told nothing.  */
static unsigned unasked;

static void
expect_form (unsigned form)
{
  struct crowd_member m;
  CHECK_INT (joins_from_device (&m, 1), form != 0);
  CHECK_UINT (double_form (m.code), form);
  CHECK_INT (double_record.maps, form != 0);
  CHECK_INT (double_record.opens, form != 0);
  CHECK_INT (double_record.open_now, 0);
}

static void
expect_image (void)
{
  expect_form (0);
}
static void
expect_trampfd (void)
{
  expect_form (TRAMPFD_ADJACENT);
}
static void
expect_secure (void)
{
  expect_form (TRAMPFD_SECURE);
}
static void
expect_unasked (void)
{
  expect_form (unasked);
}

int
main (void)
{
  int ends[2];
  CHECK_INT (pipe (ends), 0);
  pid_t child = fork ();
  if (child == 0)
    {
      struct crowd_member m;
      unsetenv ("LIBFFI_TRAMPOLINES");
      CHECK (crowd_join (&m, 1));
      unsigned form = double_form (m.code);
      _exit (write (ends[1], &form, sizeof form) != sizeof form);
    }
  CHECK (child > 0 && waitpid (child, NULL, 0) == child);
  CHECK_INT (read (ends[0], &unasked, sizeof unasked), sizeof unasked);

  with_choice ("image", expect_image);
  with_choice ("auto", expect_image);
  with_choice ("trampfd", expect_trampfd);
  with_choice ("secure", expect_secure);
  with_choice (NULL, expect_unasked);
  with_choice ("", expect_unasked);
  with_choice ("Trampfd", expect_unasked);
  with_choice ("trampfd ", expect_unasked);
  with_choice ("a name that is longer than any that there is", expect_unasked);
  return ffitest_done ();
}
