/* SPDX-License-Identifier: MIT */
/* { needs x86 nosan shared } */
/* { options -pthread -ldl } */
/* { timeout 300 } */
/* The thread that exits is stopped after each atomic instruction of the library's
   destructor.  Another one adds tables meanwhile, calls and frees; and again when the
   exit goes on: the exit status is 0.  */

#include "ffitest.h"
#include "crowd.h"
#include <ffi_tramp.h>
#include "exits.h"
#include "atomic_steps.h"
#include "loaded_library.h"
#include <dlfcn.h>

static const void *library;
static struct crowd_member *members;
static int n, in_child;
static _Atomic int worked;
static pthread_t worker;

static int
is_of_library (unsigned long address)
{
  return loaded_object_at ((const void *) address) == library;
}

static void *
work (void *unused)
{
  (void) unused;
  exits_join (members, 0, n);
  worked = 1;
  usleep (2000); /* what is left of the exit goes on, with these in use */
  exits_join (members, n, n + 10);
  crowd_scatter (members, n + 10);
  exits_join (members, 0, n);
  return NULL;
}

static void
wait_for_work (void)
{
  in_child = 1;
  if (pthread_create (&worker, NULL, work, NULL) != 0)
    _exit (5);
  while (!worked)
    usleep (100);
}

/* Called after all destructors.  */
static ssize_t
let_work_end (void *cookie, const char *text, size_t size)
{
  (void) cookie, (void) text;
  atomic_steps_off ();
  if (in_child)
    pthread_join (worker, NULL);
  else if (atomic_steps.seen < 5 || atomic_steps.failed != 0)
    {
      fprintf (stderr, "stopped after atomic instruction %d of %d: wait status %#x\n",
               atomic_steps.failed, atomic_steps.seen, (unsigned) atomic_steps.status);
      _exit (6);
    }
  return (ssize_t) size;
}

/* With tables that are empty and reserved, which the destructor gives back.  */
static void
leave (void)
{
  exits_flush (let_work_end, NULL);
  n = exits_beyond_image (3000);
  members = calloc ((size_t) n + 10, sizeof *members);
  crowd_gather (members, n);
  crowd_scatter (members, n);
  CHECK_INT (ffi_tramp_reserve ((size_t) exits_beyond_image (5000)), 0);
  atomic_steps.in_child = wait_for_work;
  atomic_steps.counts = is_of_library;
  atomic_steps_on ();
  exit (0);
}

int
main (void)
{
  crowd_cif ();
  library = loaded_object_at (dlsym (RTLD_DEFAULT, "ffi_call"));
  CHECK (library != NULL);
  exits_quietly (leave, "stopped between instructions");
  return ffitest_done ();
}
