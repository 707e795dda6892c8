/* SPDX-License-Identifier: MIT */
/* A million frames are left by longjmp, which takes no pointer back: from one place, from
   places that differ, with several pointers in a frame.  What is kept is bounded, and the
   frames that are live find their own.  */

#include "ffitest.h"
#include "nested.h"
#include <setjmp.h>

enum
{
  MANY = NESTED_MANY (1000000),
  DEPTH = 50
};

static jmp_buf back;
static unsigned random_state = 1;

static unsigned
random_below (unsigned n)
{
  random_state = random_state * 1103515245 + 12345;
  return (random_state >> 16) % n;
}

static int
leave (int value)
{
  longjmp (back, value);
}

static int
twice (int value)
{
  return 2 * value;
}

static OWN_FRAME int
with_one (int depth)
{
  struct nested_frame frame = { depth, NULL };
  int result;
  __gcc_nested_func_ptr_created (&frame, (void *) (depth == 0 ? leave : twice),
                                 &frame.pointer);
  result = depth == 0 ? frame.pointer (5) : with_one (depth - 1);
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
  return result;
}

static OWN_FRAME int
with_two (int depth)
{
  struct nested_frame frame[2] = { { depth, NULL }, { depth, NULL } };
  volatile char more[100];
  int result;
  more[depth] = 0;
  KEEP (&more);
  __gcc_nested_func_ptr_created (frame, (void *) twice, &frame[0].pointer);
  __gcc_nested_func_ptr_created (frame, (void *) leave, &frame[1].pointer);
  CHECK_INT (frame[0].pointer (depth), 2 * depth);
  result = depth == 0 ? frame[1].pointer (6) : with_one (depth - 1);
  KEEP (frame);
  __gcc_nested_func_ptr_deleted ();
  __gcc_nested_func_ptr_deleted ();
  return result;
}

/* Through some frames that have no pointer.  */
static OWN_FRAME int
deeper (int frames, int depth)
{
  volatile char more[64];
  more[0] = 0;
  int result = frames > 0              ? deeper (frames - 1, depth)
               : random_below (2) == 0 ? with_one (depth)
                                       : with_two (depth);
  KEEP (&more);
  return result;
}

int
main (void)
{
  struct nested_frame outer = { 0, NULL };
  static size_t most;
  static volatile int i;

  __gcc_nested_func_ptr_created (&outer, (void *) twice, &outer.pointer);
  for (i = 0; i < MANY; i++)
    {
      if (setjmp (back) == 0)
        with_one (0);
      CHECK (trampolines_used () == 2);
    }
  for (i = 0; i < MANY; i++)
    {
      if (setjmp (back) == 0)
        deeper ((int) random_below (DEPTH), (int) random_below (DEPTH));
      size_t used = trampolines_used ();
      most = used > most ? used : most;
      CHECK_INT (outer.pointer (i % 1000), i % 1000 * 2);
    }
  /* Two at most for each multiple of 16 bytes of the stack that was used.  */
  CHECK_MSG (most < 2 * (2 * DEPTH * 512) / 16, "%zu pointers are kept", most);
  CHECK (most > DEPTH);
  KEEP (&outer);
  __gcc_nested_func_ptr_deleted ();
  return ffitest_done ();
}
