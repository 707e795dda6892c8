/* SPDX-License-Identifier: MIT */
/* Closures from the image's table and from grown ones are aligned to 16, and the
   distance of their trampolines is nothing a client may count on: code addresses
   are distinct, that is all.  */

#include "ffitest.h"
#include "crowd.h"

static struct crowd_member members[FFITEST_MANY (50000, 5000)];

static int
by_code (const void *a, const void *b)
{
  const struct crowd_member *x = a, *y = b;
  return (x->code > y->code) - (x->code < y->code);
}

int
main (void)
{
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    {
      CHECK (crowd_join (&members[i], i));
      CHECK_MSG ((uintptr_t) members[i].closure % 16 == 0, "closure %d is at %p", i,
                 (void *) members[i].closure);
    }
  qsort (members, ARRAY_SIZE (members), sizeof members[0], by_code);
  for (size_t i = 1; i < ARRAY_SIZE (members); i++)
    CHECK_MSG (members[i - 1].code != members[i].code,
               "two closures have code address %p", members[i].code);
  return ffitest_done ();
}
