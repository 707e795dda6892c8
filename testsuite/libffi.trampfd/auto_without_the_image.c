/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* auto: the image's table, then the device, if the image's text cannot be mapped again;
   if that fails, too, ENOMEM.  image never opens the device.  */

#include "on_the_double.h"

enum
{
  COUNT = 6000
};
static struct crowd_member members[COUNT];

static void
auto_grows_from_device (void)
{
  int n = 0;
  double_behaviour.no_text = true;
  while (n < COUNT && !joins_from_device (&members[n], n))
    n++;
  CHECK_MSG (n >= 1000 && n < COUNT, "%d closures before the device's", n);
  for (int i = n + 1; i < COUNT; i++)
    CHECK (joins_from_device (&members[i], i));
  for (int i = 0; i < COUNT; i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, COUNT);
}

/* Take all closures that the image has, which cannot grow; how many.  */
static int
exhaust_image (void)
{
  int n = 0;
  double_behaviour.no_text = true;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  CHECK_INT (errno, ENOMEM);
  CHECK_MSG (n >= 1000 && n < COUNT, "%d closures of the image", n);
  return n;
}

static void
image_stays_without (void)
{
  exhaust_image ();
  CHECK_INT (double_record.calls, 0);
}

static void
auto_without_device (void)
{
  double_behaviour.error = ENOENT;
  int n = exhaust_image ();
  CHECK (double_record.calls > 0);
  /* Both come back.  */
  double_behaviour.error = 0;
  CHECK (joins_from_device (&members[n], n));
}

static void
auto_prefers_image (void)
{
  for (int i = 0; i < COUNT; i++)
    CHECK (!joins_from_device (&members[i], i));
  CHECK_INT (double_record.calls, 0);
}

int
main (void)
{
  with_choice ("auto", auto_grows_from_device);
  with_choice ("image", image_stays_without);
  with_choice ("auto", auto_without_device);
  with_choice ("auto", auto_prefers_image);
  return ffitest_done ();
}
