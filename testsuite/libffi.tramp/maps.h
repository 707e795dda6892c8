/* SPDX-License-Identifier: MIT */
/* The process as /proc shows it.  */

#ifndef MAPS_H
#define MAPS_H

/* Call VISIT for each line of /proc/self/maps; false if there is none.  */
static FFITEST_UNUSED int
for_each_mapping (void (*visit) (const char *permissions, const char *path,
                                 const char *line, void *data),
                  void *data)
{
  FILE *maps = fopen ("/proc/self/maps", "re");
  char line[4352];
  if (maps == NULL)
    return 0;
  while (fgets (line, sizeof line, maps) != NULL)
    {
      char permissions[5] = "";
      int path = 0;
      line[strcspn (line, "\n")] = '\0';
      if (sscanf (line, "%*s %4s %*s %*s %*s %n", permissions, &path) == 1)
        visit (permissions, path > 0 ? line + path : "", line, data);
    }
  fclose (maps);
  return 1;
}

static FFITEST_UNUSED void
count_mapping (const char *permissions, const char *path, const char *line, void *data)
{
  (void) permissions, (void) path, (void) line;
  ++*(int *) data;
}

/* The number of mappings, or -1.  */
static FFITEST_UNUSED int
mapping_count (void)
{
  int count = 0;
  return for_each_mapping (count_mapping, &count) ? count : -1;
}

/* KiB of memory resident now, or -1.  smaps is exact; VmRSS of /proc/self/status is not,
   since Linux adds up what each thread or processor has counted only now and then: of the
   988 KiB of a program of i386 it told 888.  */
static FFITEST_UNUSED long
resident_kib (void)
{
  FILE *smaps = fopen ("/proc/self/smaps", "re");
  char line[4352];
  long kib, sum = -1;
  while (smaps != NULL && fgets (line, sizeof line, smaps) != NULL)
    if (sscanf (line, "Rss: %ld", &kib) == 1)
      sum = (sum < 0 ? 0 : sum) + kib;
  if (smaps != NULL)
    fclose (smaps);
  return sum;
}

#endif
