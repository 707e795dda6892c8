/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { sources harness/CPU.S } */
/* The library calls functions of every convention, which may trash their arguments and
   remove as many as the convention says, and is itself called as a C function.  */

#include "harness/calls.h"

int
main (void)
{
  static const char *const words[] = { "", "i", "pi", "bui", "pppi", "iiiiii" };
  char text[MAX_TEXT] = "";
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    {
      uint32_t seed = 13;
      for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
        {
          for (size_t j = 0; j < ARRAY_SIZE (words); j++)
            {
              snprintf (text, sizeof text, "%c:%s", kinds[i].letter, words[j]);
              check_calls (text, &machine_abis[abi]);
            }
          for (const char *c = "iflGTJjk"; *c != '\0'; c++)
            {
              snprintf (text, sizeof text, "%c:%c%cdi", kinds[i].letter, *c, *c);
              check_calls (text, &machine_abis[abi]);
            }
        }
      for (int i = 0; i < 2000; i++)
        {
          const char *simple = "aAbBuilpfd";
          signature_random (text, i % 3 == 0 ? 12 : 6, i % 2 == 0 ? simple : NULL, &seed);
          check_calls (text, &machine_abis[abi]);
        }
    }
  return ffitest_done ();
}
