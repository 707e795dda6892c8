/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Calls with nothing but words, as many as fit into registers and more, returning each
   kind of result.  */

#include "harness/calls.h"

int
main (void)
{
  for (const char *result = "vaAbBuilpfdLDXYTGe"; *result != '\0'; result++)
    for (const char *word = "lUp"; *word != '\0'; word++)
      {
        char text[MAX_TEXT] = { *result, ':' };
        for (unsigned n = 0; n <= 12; n++)
          {
            check_calls (text, machine_c_abi);
            signature_add (text, *word);
          }
      }
  return ffitest_done ();
}
