/* SPDX-License-Identifier: MIT */
/* { options -pthread -fexceptions } */
/* pthread_cancel and pthread_exit unwind through a closure and an ffi_call, and run
   the cleanup handlers on both sides.  */

#include "ffitest.h"
#include <pthread.h>
#include <unistd.h>

static void *code;
static ffi_cif cif;
static int cleaned_inside, cleaned_outside, waiting, cancelled;

static void
clean (void *data)
{
  ++*(int *) data;
}

/* Return when the thread has been cancelled, but has not noticed.  It notices in the next
   call that is a cancellation point, by a call inside the C library, where unwind tables
   hold.  A request in the middle of such a call is a signal, before glibc 2.41, at any
   instruction around the system call; the tables of 32-bit Arm hold at calls only, so
   unwinding may end in the C library.  cancelled_in_system_call.c is about that.  */
static void
await_cancellation (void)
{
  int state;
  CHECK_INT (pthread_setcancelstate (PTHREAD_CANCEL_DISABLE, &state), 0);
  __atomic_store_n (&waiting, 1, __ATOMIC_RELEASE);
  while (!__atomic_load_n (&cancelled, __ATOMIC_ACQUIRE))
    usleep (1000);
  CHECK_INT (pthread_setcancelstate (PTHREAD_CANCEL_ENABLE, &state), 0);
}

static void
handle (ffi_cif *c, void *result, void **args, void *data)
{
  (void) c, (void) args, (void) data;
  pthread_cleanup_push (clean, &cleaned_inside);
  if (*(int *) args[0])
    pthread_exit (NULL);
  await_cancellation ();
  usleep (1);
  pthread_cleanup_pop (0);
  *(ffi_arg *) result = 0;
}

static void *
thread (void *data)
{
  int leave = data != NULL;
  ffi_arg result;
  void *avalue[] = { &leave };
  pthread_cleanup_push (clean, &cleaned_outside);
  ffi_call (&cif, CODE_AS (void (*) (void), code), &result, avalue);
  pthread_cleanup_pop (0);
  return &cif;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  pthread_t id;
  void *status;
  PREP_CIF (&cif, 1, &ffi_type_sint, types);
  MAKE_CLOSURE (&cif, handle, NULL, &code);

  CHECK_INT (pthread_create (&id, NULL, thread, NULL), 0);
  while (!__atomic_load_n (&waiting, __ATOMIC_ACQUIRE))
    usleep (1000);
  CHECK_INT (pthread_cancel (id), 0);
  __atomic_store_n (&cancelled, 1, __ATOMIC_RELEASE);
  CHECK_INT (pthread_join (id, &status), 0);
  CHECK_PTR (status, PTHREAD_CANCELED);
  CHECK_INT (cleaned_inside, 1);
  CHECK_INT (cleaned_outside, 1);

  CHECK_INT (pthread_create (&id, NULL, thread, &cif), 0);
  CHECK_INT (pthread_join (id, &status), 0);
  CHECK_PTR (status, NULL);
  CHECK_INT (cleaned_inside, 2);
  CHECK_INT (cleaned_outside, 2);
  return ffitest_done ();
}
