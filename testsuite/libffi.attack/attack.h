/* SPDX-License-Identifier: MIT */
/* A table of attacks, each made before the first closure, before half of the image's
   table is used, when it is, after the first growth, and after ffi_tramp_reserve, while
   100,000 closures are asked for.  Whatever was there before works on; where growth is
   impossible the image's table and what was reserved serve, then there is null and
   ENOMEM.  From half of the image's table on all is as after the first growth.  A case is
   "attack.moment".  */

#ifndef ATTACK_H
#define ATTACK_H

#include "crowd.h"
#include "descriptors.h"
#include "own_library.h"
#include <ffi_tramp.h>

struct attack
{
  const char *name;
  /* In the directory from which the program will be started with a library of its own:
     makes that file and returns its path; null: libffi.so.8, and nothing else.  */
  const char *(*before_load) (void);
  const char *(*attack) (void); /* null, or the reason why it cannot be made */
  enum
  {
    GROWS_NOT,      /* any more */
    GROWS_IF_GROWN, /* only if it has grown already, or made ready for it */
    GROWS
  } grows;
  void (*finish) (void); /* before the closures are called; or null */
};

enum
{
  ATTACK_COUNT = 100000,
  ATTACK_AT_LEAST = 4000, /* what the image's table has on all targets */
  ATTACK_A_FEW = 10000,   /* more than that */
  ATTACK_RESERVED = 50000
};

static const struct moment
{
  const char *name;
  enum
  {
    UNPREPARED,
    HALF, /* of the image's table is used */
    GROWN
  } ready;
  int closures; /* that are there already; if half is used, besides */
  int reserved; /* so many are certain */
} moments[] = {
  { "before_first_closure", UNPREPARED, 0, 0 },
  { "before_half", UNPREPARED, 200, 0 },
  { "half_used", HALF, 0, 0 },
  { "after_growth", GROWN, ATTACK_A_FEW, 0 },
  { "after_reserve", GROWN, 0, ATTACK_RESERVED },
};

static const struct attack *attack;
static const struct moment *moment;

/* Find the case NAME, or print all.  */
static void
attack_find (const struct attack *attacks, size_t n, const char *name)
{
  char other[80];
  for (size_t a = 0; a < n; a++)
    for (size_t m = 0; m < ARRAY_SIZE (moments); m++)
      {
        snprintf (other, sizeof other, "%s.%s", attacks[a].name, moments[m].name);
        if (strcmp (name, "--cases") == 0)
          printf ("%s\n", other);
        else if (strcmp (name, other) == 0)
          {
            attack = &attacks[a];
            moment = &moments[m];
          }
      }
}

static const char *
attack_prepare (void)
{
  if (attack->before_load != NULL)
    return attack->before_load ();
  own_library_copy ("libffi.so.8");
  return "libffi.so.8";
}

/* As many of ATTACK_COUNT as there are, FROM of which exist; all must answer.  */
static int
attack_gather (struct crowd_member *members, int from)
{
  int n = from;
  errno = 0;
  while (n < ATTACK_COUNT && crowd_join (&members[n], n))
    n++;
  if (n < ATTACK_COUNT)
    {
      struct crowd_member none;
      CHECK_INT (errno, ENOMEM);
      CHECK_MSG (!crowd_join (&none, 0) && errno == ENOMEM, "one more closure");
    }
  if (attack->finish != NULL)
    attack->finish ();
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d of %d does not answer", i, n);
  return n;
}

static FFITEST_UNUSED int
attack_main (int argc, char **argv, const struct attack *attacks, size_t n_attacks)
{
  static struct crowd_member members[ATTACK_COUNT];
  attack_find (attacks, n_attacks, argc == 2 ? argv[1] : "--cases");
  if (attack == NULL)
    return 0;
  own_library_run (argv, attack_prepare);
  ffi_tramp_count image;
  CHECK_INT (ffi_tramp_reserve ((size_t) moment->reserved), 0);
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  int closures
      = moment->closures + (moment->ready == HALF ? (int) image.capacity / 2 : 0);
  crowd_gather (members, closures);
  const char *reason = attack->attack ();
  if (reason != NULL)
    UNSUPPORTED (reason);
  int before = open_descriptors (1024);
  int n = attack_gather (members, closures);
  int grown = moment->ready == GROWN || (moment->ready == HALF && image.tables != 0);
  CHECK_MSG (n >= ATTACK_AT_LEAST, "only %d closures", n);
  CHECK_MSG (n >= moment->reserved, "only %d closures", n);
  if (attack->grows == GROWS || (attack->grows == GROWS_IF_GROWN && grown))
    CHECK_INT (n, ATTACK_COUNT);
  crowd_scatter (members, n);
  /* Tables that were given back meanwhile are gone for good if none can be had.  */
  int again = attack_gather (members, 0);
  CHECK (again >= ATTACK_AT_LEAST && again >= moment->reserved);
  if (attack->grows != GROWS_NOT)
    CHECK_INT (again, n);
  crowd_scatter (members, again);
  CHECK_INT (open_descriptors (1024), before);
  return ffitest_done ();
}

#endif
