/* SPDX-License-Identifier: MIT */
/* A hundred thousand closures, and where their code is: closures SOURCE
   All must answer, and come from the file that SOURCE is a part of the name of: the
   kernel's list of mappings says so.  Without SOURCE, only tell what happens.  */

#include "ffitest.h"
#include "crowd.h"

enum
{
  COUNT = 100000
};

static struct crowd_member members[COUNT];

/* The file that the address CODE belongs to.  */
static const char *
file_of (void *code)
{
  static char line[512], path[256];
  FILE *maps = fopen ("/proc/self/maps", "re");
  CHECK_MSG (maps != NULL, "/proc/self/maps: %s", strerror (errno));
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long start, end;
      strcpy (path, "anonymous memory");
      if (sscanf (line, "%lx-%lx %*s %*s %*s %*s %255[^\n]", &start, &end, path) >= 2
          && start <= (uintptr_t) code && (uintptr_t) code < end)
        break;
    }
  fclose (maps);
  return path;
}

int
main (int argc, char **argv)
{
  int n = 0;
  errno = 0;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  printf ("  %d closures", n);
  if (n < COUNT)
    printf (", then %s", strerror (errno));
  if (n > 0)
    printf (", of %s", file_of (members[n - 1].code));
  printf ("\n");
  if (argc < 2)
    return 0;
  CHECK_INT (n, COUNT);
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
  const char *of_first = file_of (members[0].code);
  CHECK_MSG (strstr (of_first, argv[1]) != NULL, "first: expected %s, got %s", argv[1],
             of_first);
  const char *of_last = file_of (members[n - 1].code);
  CHECK_MSG (strstr (of_last, argv[1]) != NULL, "last: expected %s, got %s", argv[1],
             of_last);
  return ffitest_done ();
}
