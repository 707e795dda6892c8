/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Trampolines of tables that came later change no more registers than the first ones.  */

#include "harness/closures.h"
#include "crowd.h"

int
main (void)
{
  static struct crowd_member crowd[6000];
  uint32_t seed = 12;
  char text[MAX_TEXT];
  crowd_gather (crowd, ARRAY_SIZE (crowd));
  for (int i = 0; i < 500; i++)
    {
      signature_random (text, 8, NULL, &seed);
      check_closure (CLOSURE, text,
                     &machine_abis[(unsigned) i % ARRAY_SIZE (machine_abis)]);
    }
  crowd_scatter (crowd, ARRAY_SIZE (crowd));
  return ffitest_done ();
}
