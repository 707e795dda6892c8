/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { cases } */
/* The program closes descriptors that it did not open, gives their numbers to files
   full of instructions that trap, or has no descriptor left, for a while or for good.  */

#include "ffitest.h"
#include "attack.h"
#include <sys/resource.h>

enum
{
  KEPT = 800 /* standard output is kept here */
};

static void
close_all (void)
{
  CHECK_INT (dup3 (1, KEPT, O_CLOEXEC), KEPT);
  for (int fd = 0; fd < KEPT; fd++)
    close (fd);
}

static void
restore_output (void)
{
  if (fcntl (1, F_GETFD) < 0)
    CHECK_INT (dup2 (KEPT, 1), 1);
}

static const char *
closed (void)
{
  close_all ();
  return NULL;
}

/* The first COUNT descriptors become a hostile file.  */
static void
reuse (int count)
{
  char traps[4096];
  memset (traps, 0xcc, sizeof traps);
  close_all ();
  for (int fd = 0; fd < count; fd++)
    CHECK_INT (open ("hostile", O_RDWR | O_CREAT, 0777), fd);
  for (int i = 0; i < 200; i++)
    CHECK_INT (write (0, traps, sizeof traps), sizeof traps);
}

static const char *
reused (void)
{
  reuse (700);
  /* With the one among them that the library gets first.  */
  close (3);
  return NULL;
}

static void
limit (rlim_t descriptors)
{
  struct rlimit limit;
  CHECK_INT (getrlimit (RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = descriptors;
  CHECK_INT (setrlimit (RLIMIT_NOFILE, &limit), 0);
}

static const char *
all_reused (void)
{
  reuse (KEPT);
  limit (KEPT);
  return NULL;
}

static const char *
none_left (void)
{
  limit (3);
  return NULL;
}

/* For the library's file but not for /proc/self/maps beside it, if it wants both.  */
static const char *
one_left (void)
{
  limit (4);
  return NULL;
}

static const char *
none_left_once (void)
{
  static struct crowd_member early[20000];
  struct rlimit limit_before;
  int n = 0;
  CHECK_INT (getrlimit (RLIMIT_NOFILE, &limit_before), 0);
  limit (0);
  while (n < (int) ARRAY_SIZE (early) && crowd_join (&early[n], n))
    n++;
  CHECK (n == (int) ARRAY_SIZE (early) || errno == ENOMEM);
  limit (limit_before.rlim_cur);
  crowd_scatter (early, n);
  return NULL;
}

static const struct attack attacks[] = {
  { "closed", NULL, closed, GROWS, restore_output },
  { "reused", NULL, reused, GROWS, restore_output },
  { "all_reused", NULL, all_reused, GROWS_IF_GROWN, restore_output },
  { "none_left", NULL, none_left, GROWS_IF_GROWN, NULL },
  { "one_left", NULL, one_left, GROWS, NULL },
  { "none_left_once", NULL, none_left_once, GROWS, NULL },
};

int
main (int argc, char **argv)
{
  return attack_main (argc, argv, attacks, ARRAY_SIZE (attacks));
}
