/* SPDX-License-Identifier: MIT */
/* { options -pthread -fexceptions } */
/* A thread that is cancelled anywhere around a system call in a handler is unwound
   through the closure and the ffi_call, and runs the cleanup handlers on both sides.  */

#include "ffitest.h"
#include <pthread.h>
#include <unistd.h>

enum
{
  THREADS = FFITEST_MANY (200, 20)
};

static void *code;
static ffi_cif cif;
static int cleaned_inside, cleaned_outside, waiting;
static unsigned wait_for = 1; /* microseconds in a system call */

static void
clean (void *data)
{
  ++*(int *) data;
}

static void
handle (ffi_cif *c, void *result, void **args, void *data)
{
  (void) c, (void) args, (void) result, (void) data;
  pthread_cleanup_push (clean, &cleaned_inside);
  __atomic_store_n (&waiting, 1, __ATOMIC_RELEASE);
  for (;;)
    usleep (wait_for);
  pthread_cleanup_pop (0);
}

static void *
thread (void *data)
{
  pthread_cleanup_push (clean, &cleaned_outside);
  ffi_call (&cif, CODE_AS (void (*) (void), code), NULL, NULL);
  pthread_cleanup_pop (0);
  return data;
}

/* Without the library.  */
static void *
plain_thread (void *data)
{
  handle (NULL, NULL, NULL, data);
  return data;
}

static void
cancel_one (void *(*start) (void *) )
{
  pthread_t id;
  void *status;
  cleaned_inside = cleaned_outside = waiting = 0;
  CHECK_INT (pthread_create (&id, NULL, start, &cif), 0);
  while (!__atomic_load_n (&waiting, __ATOMIC_ACQUIRE))
    usleep (10);
  if (wait_for > 1)
    usleep (100000);
  CHECK_INT (pthread_cancel (id), 0);
  CHECK_INT (pthread_join (id, &status), 0);
  CHECK_PTR (status, PTHREAD_CANCELED);
}

int
main (void)
{
#if defined __ARM_EABI__ && defined __GLIBC__ && __GLIBC_MINOR__ < 41
  /* The thread is cancelled by a signal, and these tables hold at calls only.  */
  UNSUPPORTED ("this C library cancels where its unwind tables do not hold");
#endif
  /* One that is in the system call for sure.  */
  wait_for = 10000000;
  cancel_one (plain_thread);
  wait_for = 1;
  if (cleaned_inside == 0)
    UNSUPPORTED ("here no thread is unwound out of the signal that cancels it");
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  MAKE_CLOSURE (&cif, handle, NULL, &code);
  for (int i = 0; i < THREADS; i++)
    {
      cancel_one (thread);
      CHECK_INT (cleaned_inside, 1);
      CHECK_INT (cleaned_outside, 1);
    }
  return ffitest_done ();
}
