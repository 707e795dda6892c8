/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* Variadic calls and closures: al counts the vector registers in use, and by the
   Microsoft convention a double is in an integer register too.  */

#include "harness/calls.h"
#include "harness/closures.h"

int
main (void)
{
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    for (const char *result = "vildLGe"; *result != '\0'; result++)
      for (const char *fixed = "pd"; *fixed != '\0'; fixed++)
        for (const char *variadic = "dilLDGetwz"; *variadic != '\0'; variadic++)
          {
            char text[MAX_TEXT] = { *result, ':', *fixed, '.' };
            for (unsigned n = 0; n <= 12; n++)
              {
                check_calls (text, &machine_abis[abi]);
                check_closure (CLOSURE, text, &machine_abis[abi]);
                signature_add (text, n % 4 == 3 ? 'd' : *variadic);
              }
          }
  return ffitest_done ();
}
