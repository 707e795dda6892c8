/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Calls that return each type, with few and with many arguments, keep what a function
   must keep.  */

#include "harness/calls.h"

int
main (void)
{
  static const char *const arguments[]
      = { ":", ":i", ":ld", ":afbdAlui", ":LDXY", ":lllllllllddddddddddff", ":eGHTOJKF" };
  for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
    for (size_t j = 0; j < ARRAY_SIZE (arguments); j++)
      {
        char text[MAX_TEXT] = { kinds[i].letter };
        strcat (text, arguments[j]);
        check_calls (text, machine_c_abi);
      }
  return ffitest_done ();
}
