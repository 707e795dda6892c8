/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { cases } */
/* 100,000 closures are asked for in each of many sandboxes, entered before the first
   closure, before the first growth, and after it.  Where the library's file cannot be
   mapped any more the image's table serves, then there is null and ENOMEM; what has
   grown once grows on in any of them.  */

#include "ffitest.h"
#include "../crowd.h"
#include "own_library.h"
#include "lockdown.h"

enum
{
  COUNT = 100000,
  AT_LEAST = 1000, /* what the image's table has on all targets */
  A_FEW = 10000    /* more than that */
};

static const struct lockdown
{
  const char *name;
  const char *(*before_load) (void); /* or null */
  const char *(*enter) (void);
  int grows; /* although entered before the first growth */
} lockdowns[] = {
  { "mdwe", NULL, lock_mdwe, 1 },
  { "write_execute_refused", NULL, lock_write_execute, 1 },
  { "write_execute_kills", NULL, lock_write_execute_kill, 1 },
  { "memfd_refused", NULL, lock_memfd, 1 },
  { "memfd_kills", NULL, lock_memfd_kill, 1 },
  { "execute_refused", NULL, lock_execute, 0 },
  { "open_refused", NULL, lock_open, 0 },
  { "no_call_since_2010", NULL, lock_young_calls, 1 },
  { "no_proc", NULL, lock_proc, 1 },
  { "pid_namespace", NULL, lock_pid_namespace, 1 },
  { "foreign_proc", NULL, lock_foreign_proc, 1 },
  { "chroot", NULL, lock_chroot, 0 },
  { "noexec", own_file_system, lock_noexec, 0 },
  { "unmounted", own_file_system, lock_unmounted, 0 },
  { "unreadable", NULL, lock_unreadable, 0 },
};

static const struct moment
{
  const char *name;
  int closures; /* that are there already */
} moments[] = {
  { "before_first_closure", 0 },
  { "before_growth", AT_LEAST },
  { "after_growth", A_FEW },
};

static const struct lockdown *lockdown;
static const struct moment *moment;

static void
list_cases (void)
{
  for (size_t l = 0; l < ARRAY_SIZE (lockdowns); l++)
    for (size_t m = 0; m < ARRAY_SIZE (moments); m++)
      printf ("%s.%s\n", lockdowns[l].name, moments[m].name);
}

static void
find_case (const char *name)
{
  char other[80];
  for (size_t l = 0; l < ARRAY_SIZE (lockdowns); l++)
    for (size_t m = 0; m < ARRAY_SIZE (moments); m++)
      {
        snprintf (other, sizeof other, "%s.%s", lockdowns[l].name, moments[m].name);
        if (strcmp (name, other) == 0)
          {
            lockdown = &lockdowns[l];
            moment = &moments[m];
          }
      }
  CHECK_MSG (lockdown != NULL, "no case is called %s", name);
}

static const char *
prepare (void)
{
  const char *reason = lockdown->before_load != NULL ? lockdown->before_load () : NULL;
  if (reason != NULL)
    UNSUPPORTED (reason);
  own_library_copy ("libffi.so.8");
  return "libffi.so.8";
}

/* As many of COUNT as there are, FROM of which exist; all must answer.  */
static int
gather (struct crowd_member *members, int from)
{
  int n = from;
  errno = 0;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  if (n < COUNT)
    {
      CHECK_INT (errno, ENOMEM);
      /* And again.  */
      struct crowd_member none;
      CHECK_MSG (!crowd_join (&none, 0) && errno == ENOMEM, "one more closure");
    }
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d of %d does not answer", i, n);
  return n;
}

int
main (int argc, char **argv)
{
  static struct crowd_member members[COUNT];
  if (argc != 2 || strcmp (argv[1], "--cases") == 0)
    {
      list_cases ();
      return 0;
    }
  find_case (argv[1]);
  own_library_run (argv, prepare);
  crowd_gather (members, moment->closures);
  const char *reason = lockdown->enter ();
  if (reason != NULL)
    UNSUPPORTED (reason);
  int n = gather (members, moment->closures);
  CHECK_MSG (n >= AT_LEAST, "only %d closures", n);
  if (lockdown->grows || moment->closures > AT_LEAST)
    CHECK_INT (n, COUNT);
  crowd_scatter (members, n);
  CHECK_INT (gather (members, 0), n);
  crowd_scatter (members, n);
  return ffitest_done ();
}
