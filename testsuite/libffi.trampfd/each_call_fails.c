/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* Growth of which the k-th call to the device fails, for each k: closures then come
   from the image, with no descriptor or mapping left over; the next table is the
   device's again.  Without the image it is NULL and ENOMEM.  */

#include "on_the_double.h"
#include "libffi.tramp/maps.h"

static int k, last;
static const char *choice;

static void
kth_fails (void)
{
  struct crowd_member m, other;
  int descriptors = open_descriptors (), mappings = mapping_count ();
  double_behaviour.fail_at = k;
  CHECK (!joins_from_device (&m, k));
  CHECK_INT (double_record.maps, k == last); /* it is asked whether it was mapped */
  CHECK_INT (double_record.open_now, 0);
  CHECK_INT (open_descriptors (), descriptors);
  CHECK_MSG (mapping_count () <= mappings + 2, "%d mappings, then %d", mappings,
             mapping_count ());
  CHECK (crowd_join (&other, k + 1) && crowd_answers (&other) && crowd_answers (&m));
}

static void
kth_fails_without_image (void)
{
  static struct crowd_member members[6000];
  int n = 0;
  double_behaviour.no_text = true;
  while (n < 6000 && !joins_from_device (&members[n], n))
    n++;
  CHECK_MSG (n < 6000, "the image's text was mapped");
  int descriptors = open_descriptors (), mappings = mapping_count ();
  struct crowd_member *m = calloc (page_closures () + 1, sizeof *m);
  int calls = double_record.calls, i = 0;
  double_behaviour.fail_at = calls + k;
  errno = 0;
  while (i <= page_closures () && crowd_join (&m[i], i))
    i++;
  CHECK_MSG (i <= page_closures (), "no growth failed");
  CHECK_INT (errno, ENOMEM);
  CHECK_INT (open_descriptors (), descriptors);
  CHECK_INT (mapping_count (), mappings);
  double_behaviour.fail_at = 0;
  CHECK (joins_from_device (&m[i], i));
  for (i = 0; i <= n; i++)
    CHECK (crowd_answers (&members[i]));
}

/* How many calls a table takes.  */
static void
count_calls (void)
{
  struct crowd_member m;
  CHECK (joins_from_device (&m, 0));
  CHECK_MSG (double_record.calls == k, "%d calls", double_record.calls);
}

int
main (void)
{
  static const char *const choices[] = { "trampfd", "secure" };
  /* open, statx, lseek and write twice, read, mmap twice; the secure form has targets to
     write; close may do as it likes.  */
  static const int calls[] = { 9, 11 };
  for (int i = 0; i < 2; i++)
    {
      choice = choices[i];
      k = last = calls[i];
      with_choice (choice, count_calls);
      for (k = 1; k <= calls[i]; k++)
        with_choice (choice, kth_fails);
    }
  for (k = 1; k <= calls[0]; k++)
    with_choice ("auto", kth_fails_without_image);
  return ffitest_done ();
}
