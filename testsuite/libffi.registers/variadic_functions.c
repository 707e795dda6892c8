/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Variadic calls and closures: on x86-64 al counts the vector registers in use, and by
   the Microsoft convention a double is in an integer register too; on i386 nothing is in
   a register, and the caller removes the arguments; on Arm nothing is in a vector
   register that need not be.  */

#include "harness/calls.h"
#include "harness/closures.h"

int
main (void)
{
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  static const char letters[] = "dilLDGetwz";
#else
  static const char letters[] = "dilLDGeoTJcCE";
#endif
  const char *results = SIGNATURES (10) == 10 ? "vildLGe" : "lG";
  for (size_t abi = 0;
       abi < ARRAY_SIZE (machine_abis) && has_variadic_functions (&machine_abis[abi]);
       abi++)
    for (const char *result = results; *result != '\0'; result++)
      for (const char *fixed = "pd"; *fixed != '\0'; fixed++)
        for (const char *variadic = letters; *variadic != '\0'; variadic++)
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
