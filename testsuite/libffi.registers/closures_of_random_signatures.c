/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Closures of all kinds with made-up signatures of all types.  */

#include "harness/closures.h"

int
main (void)
{
  uint32_t seed = 8;
  char text[MAX_TEXT];
  for (int i = 0; i < SIGNATURES (6000); i++)
    {
      const char *simple = "aAbBuilpfdoLDcT";
      signature_random (text, i % 3 == 0 ? 20 : 8, i % 2 == 0 ? simple : NULL, &seed);
      for (enum closure_kind kind = 0; kind < OWNED_CLOSURE; kind++)
        check_closure (kind, text, machine_c_abi);
    }
  return ffitest_done ();
}
