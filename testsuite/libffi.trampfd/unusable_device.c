/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* Whatever is wrong with the device, there are closures: the image's.  No descriptor
   and no mapping is left over, and the device is used once it works.  */

#include "on_the_double.h"
#include "libffi.tramp/maps.h"

static struct double_behaviour broken;

static void
image_instead (void)
{
  struct crowd_member members[20];
  int descriptors = open_descriptors (), mappings = mapping_count ();
  double_behaviour = broken;
  for (int i = 0; i < 20; i++)
    CHECK (!joins_from_device (&members[i], i));
  CHECK_INT (open_descriptors (), descriptors);
  CHECK_INT (double_record.open_now, 0);
  /* The image's slots were touched; that changes no mapping.  */
  CHECK_MSG (mapping_count () <= mappings + 2, "%d mappings, then %d", mappings,
             mapping_count ());
  CHECK (!double_record.inheritable);
  crowd_scatter (members, 20);
}

static void
image_until_it_works (void)
{
  static struct crowd_member members[10000];
  int n = 0;
  double_behaviour.error = EMFILE;
  for (; n < 6000; n++)
    CHECK (!joins_from_device (&members[n], n));
  double_behaviour.error = 0;
  while (n < 10000 && !joins_from_device (&members[n], n))
    n++;
  CHECK_MSG (n < 10000, "the device was never tried again");
}

#define BROKEN(...)                                                                      \
  do                                                                                     \
    {                                                                                    \
      broken = (struct double_behaviour){ __VA_ARGS__ };                                 \
      with_choice ("trampfd", image_instead);                                            \
      if (!broken.wrong_code) /* which the secure form does not have */                  \
        with_choice ("secure", image_instead);                                           \
    }                                                                                    \
  while (0)

int
main (void)
{
  BROKEN (.error = ENOENT);
  BROKEN (.error = EACCES);
  BROKEN (.error = ENXIO);
  BROKEN (.error = EMFILE);
  BROKEN (.error = ENOMEM);
  BROKEN (.regular = true);
  BROKEN (.major = 1);
  BROKEN (.other_pitch = true);
  BROKEN (.wrong_code = true);
  BROKEN (.foreign = true);
  with_choice ("trampfd", image_until_it_works);
  return ffitest_done ();
}
