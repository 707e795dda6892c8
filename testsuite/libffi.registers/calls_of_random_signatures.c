/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Calls with made-up signatures of all types.  */

#include "harness/calls.h"

int
main (void)
{
  uint32_t seed = 7;
  char text[MAX_TEXT];
  for (int i = 0; i < SIGNATURES (3000); i++)
    {
      signature_random (text, i % 3 == 0 ? 20 : 8, NULL, &seed);
      check_calls (text, machine_c_abi);
    }
  for (int i = 0; i < SIGNATURES (3000); i++)
    {
      signature_random (text, 8, "aAbBuilpfdoLDc", &seed);
      check_calls (text, machine_c_abi);
    }
  return ffitest_done ();
}
