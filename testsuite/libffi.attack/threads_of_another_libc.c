/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* { options -pthread } */
/* { cases } */
/* A thread is made by the libc of another namespace (dlmopen, or LD_AUDIT), so that this
   one's libc still says that there is but one thread.  It and the main thread allocate
   and free the last free slots of a table: no slot is had by both at once.  */

#include "ffitest.h"
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

enum
{
  FILLED = 1008, /* of the image's table; both threads work in what is left */
  AT_ONCE = 3,
  ROUNDS = FFITEST_MANY (3000000, 100000), /* of each thread */
  SECONDS = 40
};

static unsigned char had[1 << 16]; /* by memory, in units of 32 bytes */
static char *low;
static volatile int ready, stop;
static unsigned long twice;

static unsigned char *
owners (const void *closure)
{
  return &had[((uintptr_t) closure - (uintptr_t) low) / 32 % ARRAY_SIZE (had)];
}

static void
churn (void)
{
  void *closures[AT_ONCE], *code;
  time_t start = time (NULL);

  __atomic_fetch_add (&ready, 1, __ATOMIC_SEQ_CST);
  while (ready < 2)
    sched_yield ();
  for (unsigned long i = 0; i < ROUNDS && !stop; i++)
    {
      for (unsigned j = 0; j < AT_ONCE; j++)
        {
          closures[j] = ffi_closure_alloc (sizeof (ffi_closure), &code);
          if (closures[j] == NULL
              || __atomic_fetch_add (owners (closures[j]), 1, __ATOMIC_RELAXED) != 0)
            {
              __atomic_fetch_add (&twice, 1, __ATOMIC_RELAXED);
              stop = 1;
              return;
            }
        }
      for (unsigned j = 0; j < AT_ONCE; j++)
        {
          __atomic_fetch_sub (owners (closures[j]), 1, __ATOMIC_RELAXED);
          ffi_closure_free (closures[j]);
        }
      if (i % 4096 == 0 && time (NULL) - start > SECONDS)
        break;
    }
}

static volatile int done;

static void *
work (void *unused)
{
  churn ();
  done = 1;
  return unused;
}

typedef __typeof__ (pthread_create) *creator;

static creator
by_dlmopen (void)
{
  creator create;
  void *libc = dlmopen (LM_ID_NEWLM, "libc.so.6", RTLD_NOW);

  if (libc == NULL)
    UNSUPPORTED ("dlmopen has no second libc");
  *(void **) &create = dlsym (libc, "pthread_create");
  return create;
}

/* Start anew with the audit module, which writes over the zeros.  */
static creator
by_audit (char **argv)
{
  const char *module = getenv ("FFITEST_AUDIT_MODULE"), *at = getenv ("FFITEST_CREATE");
  char zeros[2 * sizeof (uintptr_t) + 1];

  if (module == NULL)
    UNSUPPORTED ("attack.exp could not make the audit module");
  if (at == NULL)
    {
      memset (zeros, '0', sizeof zeros - 1);
      zeros[sizeof zeros - 1] = '\0';
      setenv ("FFITEST_CREATE", zeros, 1);
      setenv ("LD_AUDIT", module, 1);
      execv ("/proc/self/exe", argv);
      ffitest_fail (__FILE__, __LINE__, "execv: %s", strerror (errno));
    }
  return (creator) (uintptr_t) strtoull (at, NULL, 16);
}

int
main (int argc, char **argv)
{
  pthread_t thread;
  void *code;

  if (argc > 1 && strcmp (argv[1], "--cases") == 0)
    {
      puts ("dlmopen audit");
      return 0;
    }
  creator create
      = argc > 1 && strcmp (argv[1], "audit") == 0 ? by_audit (argv) : by_dlmopen ();
  CHECK_MSG (create != NULL && create != pthread_create,
             "expected a pthread_create of another libc");
  low = ffi_closure_alloc (sizeof (ffi_closure), &code);
  for (int i = 1; i < FILLED; i++)
    CHECK (ffi_closure_alloc (sizeof (ffi_closure), &code) != NULL);
  CHECK_INT (create (&thread, NULL, work, NULL), 0);
  churn ();
  while (!done)
    usleep (1000);
  CHECK_MSG (twice == 0, "expected no slot in two threads' hands, got %lu", twice);
  fflush (stdout);
  _exit (ffitest_done ());
}
