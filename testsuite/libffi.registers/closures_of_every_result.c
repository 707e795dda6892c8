/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Closures that return each type, with few and with many arguments, keep what a function
   must keep.  */

#include "harness/closures.h"

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
        check_closure (CLOSURE, text, machine_c_abi);
        check_closure (GO_CLOSURE, text, machine_c_abi);
        check_closure (RAW_CLOSURE, text, machine_c_abi);
        check_closure (JAVA_RAW_CLOSURE, text, machine_c_abi);
      }
  return ffitest_done ();
}
