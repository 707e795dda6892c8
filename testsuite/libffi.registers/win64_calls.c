/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* The library calls functions of the Microsoft convention, which may trash their
   arguments and room for them, and is itself called as a C function.  */

#include "harness/calls.h"

int
main (void)
{
  char text[MAX_TEXT] = "";
  uint32_t seed = 10;
  for (size_t abi = 1; abi < ARRAY_SIZE (machine_abis); abi++)
    {
      for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
        for (const char *c = "iflGq"; *c != '\0'; c++)
          {
            snprintf (text, sizeof text, "%c:%c%cd", kinds[i].letter, *c, *c);
            check_calls (text, &machine_abis[abi]);
          }
      for (int i = 0; i < 3000; i++)
        {
          signature_random (text, i % 3 == 0 ? 12 : 6, NULL, &seed);
          check_calls (text, &machine_abis[abi]);
        }
    }
  return ffitest_done ();
}
