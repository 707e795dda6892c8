/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* ffi_tramp.h tells the device's trampolines from the image's, counts them, and reserves
   them; code of the program's own is refused by the secure form and by that only.  */

#include "on_the_double.h"
#include <ffi_tramp.h>

static ffi_tramp_source expected;

static void
count (size_t used)
{
  ffi_tramp_count all, device;
  ffi_tramp_query (FFI_TRAMP_NONE, &all);
  ffi_tramp_query (expected, &device);
  CHECK_INT (device.tables, double_record.maps);
  CHECK_INT (device.used, used);
  CHECK_INT (all.tables, device.tables);
  CHECK_INT (all.capacity, device.capacity);
  CHECK_INT (all.used, device.used);
}

static void
from_the_device (void)
{
  struct crowd_member m;
  count (0);
  CHECK (joins_from_device (&m, 1));
  CHECK_INT (ffi_tramp_source_of (m.code), expected);
  CHECK_PTR (ffi_tramp_closure_find (m.code), m.closure);
  count (1);
  CHECK_INT (ffi_tramp_reserve (1000), 0);
  CHECK_MSG (double_record.maps * page_closures () > 1000, "%d pages",
             double_record.maps);
  int maps = double_record.maps;
  for (int i = 0; i < 1000; i++)
    CHECK (joins_from_device (&m, i));
  CHECK_INT (double_record.maps, maps);
  count (1001);
}

static void
code_of_the_program (void)
{
  ffi_tramp *tramp = ffi_tramp_alloc ();
  CHECK (tramp != NULL);
  CHECK_INT (ffi_tramp_source_of (ffi_tramp_code (tramp)), expected);
  errno = 0;
  int status = ffi_tramp_init (tramp, abort, NULL);
  CHECK_INT (status, expected == FFI_TRAMP_SECURE ? -1 : 0);
  CHECK_INT (errno, expected == FFI_TRAMP_SECURE ? EPERM : 0);
  ffi_tramp_free (tramp);
}

int
main (void)
{
  expected = FFI_TRAMP_TRAMPFD;
  with_choice ("trampfd", from_the_device);
  with_choice ("trampfd", code_of_the_program);
  expected = FFI_TRAMP_SECURE;
  with_choice ("secure", from_the_device);
  with_choice ("secure", code_of_the_program);
  return ffitest_done ();
}
