/* SPDX-License-Identifier: MIT */
/* { needs native reserve } */
/* What the library maps of its file when tables grow lies above its image, also where
   the system would put it below: perf takes a file's lowest mapping for the place of its
   unwind tables, and found no caller in one of eight processes.  The tables themselves
   lie in the reserve, if there is one.  */

#include "ffitest.h"
#include "crowd.h"
#include "maps.h"
#include <sys/mman.h>

enum
{
  MEMBERS = 10000,
  GAP = 64 << 10, /* what the text of a grown table needs at least */
  MOST_GAPS = 100000
};
static struct crowd_member members[MEMBERS];

struct mappings
{
  unsigned long lowest;
  int count;
};

static void
visit (const char *permissions, const char *path, const char *line, void *data)
{
  struct mappings *found = (struct mappings *) data;
  unsigned long start = strtoul (line, NULL, 16);
  (void) permissions;
  if (strstr (path, "libffi.so") == NULL)
    return;
  if (found->count++ == 0 || start < found->lowest)
    found->lowest = start;
}

static struct mappings
library_mappings (void)
{
  struct mappings found = { 0, 0 };
  CHECK (for_each_mapping (visit, &found));
  CHECK (found.count > 0);
  return found;
}

/* Leave no gap between the image and what lies above it, as far as the system fills those
   first.  */
static void
fill_gaps (unsigned long image)
{
  for (int i = 0; i < MOST_GAPS; i++)
    {
      void *gap = mmap (NULL, GAP, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      CHECK (gap != MAP_FAILED);
      if ((unsigned long) gap < image)
        return;
    }
}

int
main (void)
{
  struct mappings before = library_mappings ();
  fill_gaps (before.lowest);
  crowd_gather (members, MEMBERS);
  struct mappings after = library_mappings ();
  CHECK_MSG (after.count > before.count, "%d mappings as before: no table has grown",
             after.count);
  CHECK_MSG (after.lowest == before.lowest, "mapped at %lx, below the image at %lx",
             after.lowest, before.lowest);
  return ffitest_done ();
}
