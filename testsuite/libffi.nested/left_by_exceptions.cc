/* SPDX-License-Identifier: MIT */
/* A million exceptions leave functions that were called through pointers, with a cleanup
   that takes the pointer back, as GCC makes one with -fexceptions, and without.  */

#include "ffitest.h"
#include "nested.h"

enum
{
  MANY = NESTED_MANY (500000)
};

static int
throwing (int value)
{
  throw value;
}

struct cleanup
{
  ~cleanup () { __gcc_nested_func_ptr_deleted (); }
};

static OWN_FRAME int
with_cleanup (int value, int depth)
{
  struct nested_frame frame = { value, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) throwing, &frame.pointer);
  cleanup last;
  int result = depth == 0 ? frame.pointer (value) : with_cleanup (value, depth - 1);
  KEEP (&frame);
  return result;
}

static OWN_FRAME int
without (int value)
{
  struct nested_frame frame = { value, NULL };
  __gcc_nested_func_ptr_created (&frame, (void *) throwing, &frame.pointer);
  int result = frame.pointer (value);
  KEEP (&frame);
  __gcc_nested_func_ptr_deleted ();
  return result;
}

static int
caught (int i, bool cleanup)
{
  try
    {
      return cleanup ? with_cleanup (i, i % 3) : without (i);
    }
  catch (int value)
    {
      return value + 1;
    }
}

int
main ()
{
  for (int i = 0; i < MANY; i++)
    {
      CHECK_INT (caught (i, true), i + 1);
      CHECK_UINT (trampolines_used (), 0);
    }
  for (int i = 0; i < MANY; i++)
    {
      CHECK_INT (caught (i, false), i + 1);
      CHECK_UINT (trampolines_used (), 1);
    }
  return ffitest_done ();
}
