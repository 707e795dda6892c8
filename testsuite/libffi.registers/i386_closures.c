/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { sources harness/CPU.S } */
/* Closures of every convention find their arguments in registers and on the stack, remove
   as many of them as the convention says, and keep what it preserves.  Their handlers'
   stack is aligned, whether the caller's is or not.  */

#include "harness/closures.h"

int
main (void)
{
  static const char *const words[] = { "", "i", "pi", "bui", "pppi", "iiiiii" };
  char text[MAX_TEXT] = "";
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    for (enum closure_kind kind = 0; kind < OWNED_CLOSURE; kind++)
      {
        uint32_t seed = 14;
        for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
          {
            for (size_t j = 0; j < ARRAY_SIZE (words); j++)
              {
                snprintf (text, sizeof text, "%c:%s", kinds[i].letter, words[j]);
                check_closure (kind, text, &machine_abis[abi]);
              }
            for (const char *c = "iflGTJjk"; *c != '\0'; c++)
              {
                snprintf (text, sizeof text, "%c:%c%cdi", kinds[i].letter, *c, *c);
                check_closure (kind, text, &machine_abis[abi]);
              }
          }
        for (int i = 0; i < FFITEST_MANY (2000, 50); i++)
          {
            const char *simple = "aAbBuilpfd";
            signature_random (text, i % 3 == 0 ? 12 : 6, i % 2 == 0 ? simple : NULL,
                              &seed);
            stack_offset = (unsigned) i / 6 % 4 * 4;
            check_closure (kind, text, &machine_abis[abi]);
          }
        stack_offset = 0;
      }
  return ffitest_done ();
}
