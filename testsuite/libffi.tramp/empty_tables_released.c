/* SPDX-License-Identifier: MIT */
/* { needs nosan native } */
/* After hundreds of thousands of closures are freed, in any order, the number of mappings
   and the memory resident are close to what they were.  */

#include "ffitest.h"
#include "crowd.h"
#include "maps.h"

enum
{
  COUNT = FFITEST_MANY (200000, 10000)
};

static struct crowd_member members[COUNT];
static int order[COUNT];

int
main (void)
{
  unsigned seed = 7;
  for (int i = 0; i < COUNT; i++)
    {
      members[i].number = i;
      order[i] = i;
    }
  for (int i = COUNT - 1; i > 0; i--)
    {
      seed = seed * 1664525 + 1013904223;
      int k = (int) (seed % (unsigned) (i + 1)), t = order[i];
      order[i] = order[k], order[k] = t;
    }
  /* The first round makes whatever is made once.  */
  crowd_gather (members, 5000);
  crowd_scatter (members, 5000);
  int mappings = mapping_count ();
  long resident = resident_kib ();
  if (mappings < 0 || resident < 0)
    UNSUPPORTED ("there is no /proc, or it tells too little");
  for (int round = 0; round < 3; round++)
    {
      crowd_gather (members, COUNT);
      CHECK (resident_kib () > resident + COUNT / 50);
      if (round == 0)
        crowd_scatter (members, COUNT);
      else if (round == 1)
        for (int i = COUNT; i > 0; i--)
          crowd_leave (&members[i - 1]);
      else
        for (int i = 0; i < COUNT; i++)
          crowd_leave (&members[order[i]]);
      CHECK_MSG (mapping_count () <= mappings + 12,
                 "round %d: %d mappings, %d at the start", round, mapping_count (),
                 mappings);
      CHECK_MSG (resident_kib () <= resident + FFITEST_MANY (3000, COUNT / 20),
                 "round %d: %ld KiB resident, %ld at the start", round, resident_kib (),
                 resident);
    }
  return ffitest_done ();
}
