/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* Threads make and take back pointers at once, each its own; what a thread leaves behind
   by longjmp or pthread_exit is freed when it ends, and a child of fork goes on.  */

#include "ffitest.h"
#include "nested.h"
#include <pthread.h>
#include <setjmp.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  THREADS = 8,
  ROUNDS = FFITEST_MANY (20000, 500)
};

static int
add_one (int value)
{
  return value + 1;
}

static OWN_FRAME int
count (int levels)
{
  struct nested_frame frame = { levels, NULL };
  int result;
  __gcc_nested_func_ptr_created (&frame, (void *) add_one, &frame.pointer);
  result = frame.pointer (levels > 0 ? count (levels - 1) : 0);
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
  return result;
}

static OWN_FRAME void
leave_behind (jmp_buf *back)
{
  struct nested_frame frame = { 0, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) add_one, &frame.pointer);
  KEEP (&frame);
  if (back != NULL)
    longjmp (*back, 1);
  pthread_exit (NULL);
}

static void *
run (void *argument)
{
  jmp_buf back;
  for (int i = 0; i < ROUNDS; i++)
    CHECK_INT (count (i % 20), i % 20 + 1);
  if (setjmp (back) == 0)
    leave_behind (&back);
  if (argument != NULL)
    leave_behind (NULL);
  return NULL;
}

static pthread_key_t late;

/* Runs after the records are freed, or before.  */
static void
count_late (void *value)
{
  (void) value;
  CHECK_INT (count (3), 4);
}

static void *
end_late (void *unused)
{
  jmp_buf back;
  (void) unused;
  CHECK_INT (pthread_setspecific (late, &late), 0);
  if (setjmp (back) == 0)
    leave_behind (&back);
  return NULL;
}

int
main (void)
{
  pthread_t threads[THREADS];
  int status;

  for (int round = 0; round < 3; round++)
    {
      for (int i = 0; i < THREADS; i++)
        CHECK_INT (pthread_create (&threads[i], NULL, run, i % 2 ? &threads : NULL), 0);
      for (int i = 0; i < THREADS; i++)
        CHECK_INT (pthread_join (threads[i], NULL), 0);
      CHECK_UINT (trampolines_used (), 0);
    }
  CHECK_INT (pthread_key_create (&late, count_late), 0);
  CHECK_INT (pthread_create (&threads[0], NULL, end_late, NULL), 0);
  CHECK_INT (pthread_join (threads[0], NULL), 0);
  CHECK_UINT (trampolines_used (), 0);

  struct nested_frame frame = { 0, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) add_one, &frame.pointer);
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      CHECK_INT (frame.pointer (count (7)), 9);
      __gcc_nested_func_ptr_deleted ();
      CHECK_UINT (trampolines_used (), 0);
      _exit (ffitest_done ());
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_INT (status, 0);
  CHECK_INT (frame.pointer (1), 2);
  __gcc_nested_func_ptr_deleted ();
  return ffitest_done ();
}
