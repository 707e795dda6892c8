/* SPDX-License-Identifier: MIT */
/* { needs dynamic } */
/* { sources harness/CPU.S } */
/* Closures of every convention in executable memory of the caller's, with made-up
   signatures.  */

#include "harness/closures.h"

int
main (void)
{
  uint32_t seed = 9;
  char text[MAX_TEXT];
  if (owned_memory (1) == NULL)
    UNSUPPORTED ("this system lets nobody make memory executable");
  for (int i = 0; i < SIGNATURES (3000); i++)
    {
      const char *simple = "aAbBuilpfdoLDcT";
      signature_random (text, i % 3 == 0 ? 20 : 8, i % 2 == 0 ? simple : NULL, &seed);
      check_closure (OWNED_CLOSURE, text,
                     &machine_abis[(unsigned) i / 6 % ARRAY_SIZE (machine_abis)]);
    }
  return ffitest_done ();
}
