/* SPDX-License-Identifier: MIT */
/* { needs x86 nosan } */
/* { options -pthread } */
/* { timeout 300 } */
/* A thread that adds a table is stopped after each of its atomic instructions.  Another
   one exits meanwhile, to the end of the library's destructor.  Then the first goes on,
   adds more tables, calls and frees: the exit status is 0.  */

#include "ffitest.h"
#include "crowd.h"
#include <ffi_tramp.h>
#include "exits.h"
#include "atomic_steps.h"

enum
{
  MORE = 10000 /* closures, in tables that are added after the stop */
};

static _Atomic int destroyed, worked;
static int in_child;

/* Called after all destructors.  */
static ssize_t
let_work_end (void *cookie, const char *text, size_t size)
{
  (void) cookie, (void) text;
  destroyed = 1;
  while (!worked)
    usleep (100);
  return (ssize_t) size;
}

static void *
exit_meanwhile (void *unused)
{
  (void) unused;
  exits_flush (let_work_end, NULL);
  exit (0);
}

/* Let this child's other thread exit while this one does not run.  */
static void
wait_for_exit (void)
{
  pthread_t thread;
  in_child = 1;
  if (pthread_create (&thread, NULL, exit_meanwhile, NULL) != 0)
    _exit (5);
  while (!destroyed)
    usleep (100);
}

int
main (void)
{
  int image = exits_beyond_image (0), n = exits_beyond_image (MORE);
  struct crowd_member *members = calloc ((size_t) n, sizeof *members);
  crowd_gather (members, image);
  atomic_steps.in_child = wait_for_exit;
  atomic_steps_on ();
  int joined = crowd_join (&members[image], image);
  atomic_steps_off ();
  for (int i = image + 1; joined && i < n; i++)
    joined = crowd_join (&members[i], i);
  if (!joined)
    _exit (3);
  for (int i = 0; i < n; i++)
    if (!crowd_answers (&members[i]))
      _exit (4);
  crowd_scatter (members, n);
  worked = 1;
  while (in_child)
    pause ();
  CHECK (atomic_steps.seen > 10);
  CHECK_MSG (atomic_steps.failed == 0,
             "stopped after atomic instruction %d: wait status %#x", atomic_steps.failed,
             (unsigned) atomic_steps.status);
  free (members);
  return ffitest_done ();
}
