/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* ffi_call loads arguments in states, one per number of integer and vector registers in
   use: every class of argument in each state that is reached by eight arguments.  */

#include "harness/calls.h"

int
main (void)
{
  static const char results[] = "vidLDGeXuATJc";
  const char *next = "aAbBuilUpfdoLDcT";
  unsigned n = 0;
  for (unsigned gprs = 0; gprs <= 6; gprs++)
    for (unsigned vectors = 0; gprs + vectors <= 7; vectors++)
      for (const char *c = next; *c != '\0'; c++, n++)
        {
          char text[MAX_TEXT] = { results[n % (sizeof results - 1)], ':' };
          /* Pairs of registers come where they can still be had.  */
          for (unsigned i = 0; i < gprs || i < vectors; i++)
            {
              if (i < gprs)
                signature_add (text, 'i');
              if (i < vectors)
                signature_add (text, 'd');
            }
          signature_add (text, *c);
          check_calls (text, machine_c_abi);
          signature_add (text, 'f');
          if (gprs + vectors <= 6)
            check_calls (text, machine_c_abi);
        }
  for (unsigned pairs = 0; pairs <= 4; pairs++)
    {
      char integers[MAX_TEXT] = "l:", doubles[MAX_TEXT] = "d:";
      for (unsigned i = 0; i < pairs; i++)
        {
          signature_add (integers, 'L');
          signature_add (doubles, 'D');
        }
      check_calls (integers, machine_c_abi);
      check_calls (doubles, machine_c_abi);
    }
  return ffitest_done ();
}
