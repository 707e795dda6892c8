/* SPDX-License-Identifier: MIT */
/* { sources harness/CPU.S } */
/* Variadic calls and closures: on x86-64 al counts the vector registers in use, and by
   the Microsoft convention a double is in an integer register too; on i386 nothing is in
   a register, and the caller removes the arguments; on Arm nothing is in a vector
   register that need not be; on riscv64 no unnamed argument is in an FPR, and one aligned
   to 16 bytes begins with an even register.  */

#include "harness/calls.h"
#include "harness/closures.h"

/* Make the arguments of TEXT variadic, from a made-up one on; the first one is not.  */
static int
make_variadic (char *text, uint32_t seed)
{
  size_t nargs = strlen (text) - 2;
  if (nargs == 0)
    return 0;
  size_t at = 3 + (seed >> 8) % nargs;
  memmove (text + at + 1, text + at, strlen (text + at) + 1);
  text[at] = '.';
  return 1;
}

int
main (void)
{
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  static const char letters[] = "dilLDGe24xrtwz";
#elif defined __riscv
  static const char letters[] = "dilLDGeoTJcCE24MnNPRSVYqK";
#else
  static const char letters[] = "dilLDGeoTJcCE24x";
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

  uint32_t seed = 11;
  char text[MAX_TEXT];
  for (size_t abi = 0;
       abi < ARRAY_SIZE (machine_abis) && has_variadic_functions (&machine_abis[abi]);
       abi++)
    for (int i = 0; i < SIGNATURES (3000); i++)
      {
        signature_random (text, 16, letters, &seed);
        if (make_variadic (text, seed))
          {
            check_calls (text, &machine_abis[abi]);
            check_closure (CLOSURE, text, &machine_abis[abi]);
          }
      }
  return ffitest_done ();
}
