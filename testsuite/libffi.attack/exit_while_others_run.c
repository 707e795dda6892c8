/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* { timeout 300 } */
/* { cases } */
/* A process exits, in one of several ways, while threads allocate, add tables, call and
   free, and closures are in use: all of that works to the very end, the exit status is 0,
   and nothing is said.  What comes after the library's destructor is stood for by the
   buffer of a stream, which is flushed after all destructors.  */

#include "ffitest.h"
#include "crowd.h"
#include <ffi_tramp.h>
#include "exits.h"

enum
{
  THREADS = 3,
  CROWD = FFITEST_MANY (270000, 30000) /* descriptors are in chunks for 262,144 */
};

static _Atomic int rounds[THREADS];
static int n, threads;
static struct crowd_member *mine, *last;
static void *large;

static void *
work_on (void *round)
{
  struct crowd_member *members = calloc ((size_t) n, sizeof *members);
  for (;; ++*(_Atomic int *) round)
    exits_work (members, n);
  return NULL;
}

static void
start_threads (int count)
{
  pthread_t thread;
  threads = count;
  for (int i = 0; i < count; i++)
    CHECK_INT (pthread_create (&thread, NULL, work_on, &rounds[i]), 0);
}

/* Each thread does some more rounds.  */
static void
wait_for_rounds (void)
{
  int before[THREADS];
  for (int i = 0; i < threads; i++)
    before[i] = rounds[i];
  for (int i = 0; i < threads; i++)
    while (rounds[i] < before[i] + 3)
      usleep (100);
}

/* All that a destructor of another library may do.  musl flushes a stream in two calls.
 */
static ssize_t
use_closures (void *cookie, const char *text, size_t size)
{
  static int calls;
  (void) cookie, (void) text;
  if (calls++ > 0)
    return (ssize_t) size;
  wait_for_rounds ();
  for (int i = 0; mine != NULL && i < n; i++)
    {
      if (!crowd_answers (&mine[i]))
        _exit (4);
      crowd_leave (&mine[i]);
    }
  ffi_closure_free (large);
  exits_work (last, n);
  return (ssize_t) size;
}

static void
use_closures_at_the_end (void)
{
  last = calloc ((size_t) n, sizeof *last);
  exits_flush (use_closures, NULL);
}

static void
take_some (void)
{
  void *code;
  mine = calloc ((size_t) n, sizeof *mine);
  crowd_gather (mine, n);
  large = ffi_closure_alloc (100000, &code);
  CHECK (large != NULL);
}

/* Main returns at no particular moment.  */
static void
by_chance (void)
{
  start_threads (THREADS);
  usleep ((useconds_t) (rand () % 3000));
  exit (0);
}

static void
threads_go_on (void)
{
  start_threads (THREADS);
  wait_for_rounds ();
  use_closures_at_the_end ();
  exit (0);
}

static void
closures_left (void)
{
  take_some ();
  start_threads (THREADS);
  use_closures_at_the_end ();
  exit (0);
}

/* Reserved tables are used to the end, too.  */
static void
tables_reserved (void)
{
  CHECK_INT (ffi_tramp_reserve ((size_t) exits_beyond_image (5000)), 0);
  start_threads (THREADS);
  use_closures_at_the_end ();
  exit (0);
}

static void *
exit_from_here (void *unused)
{
  (void) unused;
  exit (0);
}

static void
another_thread_exits (void)
{
  pthread_t thread;
  start_threads (THREADS);
  use_closures_at_the_end ();
  CHECK_INT (pthread_create (&thread, NULL, exit_from_here, NULL), 0);
  exits_work (calloc ((size_t) n, sizeof *mine), n);
  for (;;)
    pause ();
}

/* The child allocates no memory of malloc's: AddressSanitizer does not see to it that no
   thread holds its allocator's locks at a fork.  */
static void
forked_child (void)
{
  int status;
  take_some ();
  use_closures_at_the_end ();
  start_threads (THREADS);
  for (int i = 0; i < 10; i++)
    {
      pid_t child = fork ();
      if (child == 0)
        {
          threads = 0;
          exit (0);
        }
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_INT (status, 0);
    }
  exit (0);
}

static void
by_quick_exit (void)
{
  start_threads (THREADS);
  wait_for_rounds ();
  quick_exit (0);
}

/* Without other threads the library gives back more.  */
static void
alone (void)
{
  static struct crowd_member members[CROWD];
  crowd_gather (members, CROWD);
  crowd_scatter (members, CROWD);
  use_closures_at_the_end ();
  exit (0);
}

static void
alone_with_closures (void)
{
  take_some ();
  use_closures_at_the_end ();
  exit (0);
}

/* The only one in use has memory of its own, and its slot is the image table's.  */
static void
alone_with_large_closure (void)
{
  void *code;
  large = ffi_closure_alloc (100000, &code);
  use_closures_at_the_end ();
  exit (0);
}

static const struct way
{
  const char *name;
  void (*leave) (void);
  int times;
} ways[] = {
  { "by_chance", by_chance, FFITEST_MANY (40, 10) },
  { "threads_go_on", threads_go_on, 5 },
  { "closures_left", closures_left, 5 },
  { "tables_reserved", tables_reserved, 5 },
  { "another_thread_exits", another_thread_exits, 5 },
  { "forked_child", forked_child, 2 },
  { "by-quick-exit", by_quick_exit, 2 },
  { "alone", alone, 1 },
  { "alone_with_closures", alone_with_closures, 1 },
  { "alone_with_large_closure", alone_with_large_closure, 1 },
};

int
main (int argc, char **argv)
{
  for (size_t i = 0; i < ARRAY_SIZE (ways); i++)
    if (argc != 2 || strcmp (argv[1], "--cases") == 0)
      printf ("%s\n", ways[i].name);
    else if (strcmp (argv[1], ways[i].name) == 0)
      {
        crowd_cif ();
        n = exits_beyond_image (200);
        for (int j = 0; j < ways[i].times; j++)
          {
            srand ((unsigned) j);
            exits_quietly (ways[i].leave, ways[i].name);
          }
        return ffitest_done ();
      }
  return 0;
}
