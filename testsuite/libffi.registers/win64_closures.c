/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* Closures of the Microsoft convention keep what it preserves, rdi, rsi and xmm6 to xmm15
   too, although their handlers are C functions that do not.  */

#include "harness/closures.h"

int
main (void)
{
  char text[MAX_TEXT] = "";
  uint32_t seed = 11;
  for (size_t abi = 1; abi < ARRAY_SIZE (machine_abis); abi++)
    {
      for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
        for (const char *c = "iflGq"; *c != '\0'; c++)
          for (enum closure_kind kind = 0; kind < OWNED_CLOSURE; kind++)
            {
              snprintf (text, sizeof text, "%c:%c%cd", kinds[i].letter, *c, *c);
              check_closure (kind, text, &machine_abis[abi]);
            }
      for (int i = 0; i < 3000; i++)
        for (enum closure_kind kind = 0; kind < OWNED_CLOSURE; kind++)
          {
            signature_random (text, i % 3 == 0 ? 12 : 6, NULL, &seed);
            check_closure (kind, text, &machine_abis[abi]);
          }
    }
  return ffitest_done ();
}
