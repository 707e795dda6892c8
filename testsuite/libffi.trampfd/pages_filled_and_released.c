/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* A page serves as many closures as it has trampolines; pages that become empty are
   unmapped but for one, and their addresses are used again.  */

#include "on_the_double.h"
#include "libffi.tramp/maps.h"

enum
{
  TABLES = 20
};

int
main (void)
{
  int page = page_closures (), count = TABLES * page;
  struct crowd_member *members = calloc (count, sizeof *members);
  setenv ("LIBFFI_TRAMPOLINES", "trampfd", 1);
  for (int i = 0; i < count; i++)
    {
      CHECK (joins_from_device (&members[i], i));
      CHECK_INT (double_record.maps, i / page + 1);
    }
  int full = mapping_count ();
  for (int i = 0; i < count; i++)
    CHECK (crowd_answers (&members[i]));
  /* In another order than that of allocation.  */
  for (int step = 0; step < 7; step++)
    for (int i = step; i < count; i += 7)
      crowd_leave (&members[i]);
  int empty = mapping_count ();
  /* A page and its slots are a mapping each, at most neighbours' slots have merged.  */
  CHECK_MSG (full < 0 || full - empty >= TABLES - 1,
             "%d mappings with %d tables, %d without", full, TABLES, empty);
  for (int round = 0; round < 3; round++)
    {
      for (int i = 0; i < count; i++)
        CHECK (joins_from_device (&members[i], i + round));
      for (int i = 0; i < count; i++)
        CHECK (crowd_answers (&members[i]));
      for (int i = count; i-- > 0;)
        crowd_leave (&members[i]);
      /* The page that is kept may divide what the image reserves, or not.  */
      int left = mapping_count ();
      CHECK_MSG (left <= empty + 2, "round %d: %d mappings, first %d", round, left,
                 empty);
    }
  CHECK_INT (double_record.open_now, 0);
  CHECK (!double_record.inheritable);
  free (members);
  return ffitest_done ();
}
