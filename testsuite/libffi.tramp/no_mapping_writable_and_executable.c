/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* At no stage is there a mapping that is writable and executable, nor executable
   memory without a file of its own: anonymous, memfd or deleted.  */

#include "ffitest.h"
#include "crowd.h"
#include "maps.h"
#include <sys/stat.h>

static struct crowd_member members[FFITEST_MANY (100000, 5000)];

/* The kernel's own.  */
static const char *const kernels[] = { "[vdso]", "[vsyscall]", "[vectors]", "[sigpage]" };

/* The vdso and the like, where the system is an emulator that does not call them so,
   have no file.  They were there before.  */
static char nameless[4][4352];

static int
was_there (const char *line, int note)
{
  for (int i = 0; i < (int) ARRAY_SIZE (nameless); i++)
    {
      if (note && nameless[i][0] == '\0')
        strcpy (nameless[i], line);
      if (strcmp (nameless[i], line) == 0)
        return 1;
    }
  return 0;
}

/* Does the mapped file at PATH stay, as a program's own does?  Nobody can write to
   /dev/trampfd.  */
static int
is_lasting (const char *path)
{
  static const char deleted[] = " (deleted)";
  size_t length = strlen (path), tail = sizeof deleted - 1;
  struct stat status;
  if (length >= tail && strcmp (path + length - tail, deleted) == 0)
    return 0;
  return strcmp (path, "/dev/trampfd") == 0
         || (stat (path, &status) == 0 && S_ISREG (status.st_mode));
}

static void
inspect (const char *permissions, const char *path, const char *line, void *data)
{
  int *executable = data;
  if (permissions[2] != 'x')
    return;
  if (executable != NULL)
    ++*executable;
  CHECK_MSG (permissions[1] != 'w', "writable and executable: %s", line);
  for (size_t i = 0; i < ARRAY_SIZE (kernels); i++)
    if (strcmp (path, kernels[i]) == 0)
      return;
  if (path[0] == '\0' && was_there (line, data == NULL))
    return;
  CHECK_MSG (path[0] == '/', "executable without a file: %s", line);
  CHECK_MSG (is_lasting (path), "executable without a lasting file: %s", line);
}

static void
inspect_all (void)
{
  int executable = 0;
  if (!for_each_mapping (inspect, &executable))
    UNSUPPORTED ("there is no /proc");
  CHECK (executable > 0);
}

int
main (void)
{
  for_each_mapping (inspect, NULL);
  inspect_all ();
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    {
      CHECK (crowd_join (&members[i], i));
      if ((i & (i - 1)) == 0 || i % 9973 == 0)
        inspect_all ();
    }
  inspect_all ();
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, ARRAY_SIZE (members));
  inspect_all ();
  return ffitest_done ();
}
