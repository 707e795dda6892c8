/* SPDX-License-Identifier: MIT */
/* { needs powerpc64 } */
/* { sources harness/CPU.S } */
/* Every type where one sort of register ends, named and variadic, by every convention
   (those that leave structs unaligned differ in integer registers only); and every result
   of functions with the first registers of a sort, which have entries of their own.  */

#include "harness/calls.h"
#include "harness/closures.h"

static void
check (const char *text, const struct machine_abi *abi)
{
  check_calls (text, abi);
  check_closure (CLOSURE, text, abi);
}

/* COUNT arguments of type BEFORE, then LETTER, an integer and a double; the second time
   these are variadic.  */
static void
check_behind (char before, unsigned count, char letter, const struct machine_abi *abi)
{
  /* What C widens is not variadic.  */
  const int may_vary = strchr ("aAbBf", letter) == NULL;
  for (int variadic = 0; variadic <= may_vary; variadic++)
    {
      char text[MAX_TEXT] = "i:";
      for (unsigned i = 0; i < count; i++)
        signature_add (text, before);
      if (variadic)
        signature_add (text, '.');
      signature_add (text, letter);
      signature_add (text, 'i');
      signature_add (text, 'd');
      check (text, abi);
    }
}

int
main (void)
{
  static const struct
  {
    char letter;
    unsigned from, to; /* so many before the last register, up to all of them */
  } ends[] = { { 'l', 5, 8 }, { 'd', 6, 13 }, { 't', 10, 12 } };
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    for (size_t end = 0; end < (abi < 2 ? ARRAY_SIZE (ends) : 1); end++)
      for (unsigned n = ends[end].from; n <= ends[end].to; n++)
        for (size_t i = 1; i < ARRAY_SIZE (kinds); i++)
          check_behind (ends[end].letter, n, kinds[i].letter, &machine_abis[abi]);

  for (const char *result = "vaAbBuilfdLDFecG"; *result != '\0'; result++)
    for (const char *sorts = "ldft"; *sorts != '\0'; sorts++)
      {
        char text[MAX_TEXT] = { *result, ':' }, mixed[MAX_TEXT] = { *result, ':' };
        for (unsigned n = 0; n < 10; n++)
          {
            signature_add (text, *sorts);
            signature_add (mixed, "lfid"[n % 4]);
            signature_add (mixed, *sorts);
            check_closure (CLOSURE, text, machine_c_abi);
            check_closure (CLOSURE, mixed, machine_c_abi);
          }
      }
  return ffitest_done ();
}
