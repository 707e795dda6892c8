/* SPDX-License-Identifier: MIT */
/* { needs riscv64 } */
/* { sources harness/CPU.S } */
/* Every piece of specialised entry code is entered, and the general one: closures differ
   in the code that their trampolines lead to, and all of it is counted.  */

#include "harness/closures.h"

#define LIBFFI_ASM
#include "../../src/riscv64/flags.h"
#undef LIBFFI_ASM

/* One type per RET code of specialised entries, in their order, then one that only the
   general entry returns.  */
static const char results[] = "vaAbBuilLGfd2DR";

enum
{
#define R(name, fast) +((fast) == 1)
  IN_REGISTERS = RET_CODES,
#undef R
#define R(name, fast) +((fast) == 2)
  IN_MEMORY = RET_CODES,
#undef R
/* A result in memory is for families with a map and a register for its address; some have
   no other.  */
#define F(gprs, fprs, args, mapped)                                                      \
  +((mapped) < 2 ? IN_REGISTERS : 0) + ((mapped) && (gprs) > 0 ? IN_MEMORY : 0)
  ENTRIES = FAST_FAMILIES,
#undef F
  GENERAL = 1
};
_Static_assert(sizeof results - 1 == IN_REGISTERS + IN_MEMORY + 1, "one type per code");

static void *seen[512];
static unsigned nseen;

/* Check a closure of type TEXT if its entry code is a new one.  */
static void
enter (const char *text)
{
  static struct signature s;
  void *code;
  signature_prepare (&s, text, machine_c_abi->abi);
  ffi_closure *closure = MAKE_CLOSURE (&s.cif, note_arguments, NULL, &code);
  /* The pair { data, code } comes first in a closure of this size.  */
  void *entry = ((void **) closure)[1];
  CHECK_PTR (((void **) closure)[0], closure);
  ffi_closure_free (closure);
  for (unsigned i = 0; i < nseen; i++)
    if (seen[i] == entry)
      return;
  CHECK (nseen < ARRAY_SIZE (seen));
  seen[nseen++] = entry;
  check_closure (CLOSURE, text, machine_c_abi);
}

/* Enter closures that return RESULT and take N arguments of the types in LETTERS.  */
static void
enter_all (char result, unsigned n, const char *letters)
{
  unsigned count = (unsigned) strlen (letters), orders = 1;
  for (unsigned i = 0; i < n; i++)
    orders *= count;
  for (unsigned order = 0; order < orders; order++)
    {
      char text[MAX_TEXT] = { result, ':' };
      for (unsigned i = 0, rest = order; i < n; i++, rest /= count)
        signature_add (text, letters[rest % count]);
      enter (text);
    }
}

int
main (void)
{
  for (const char *r = results; *r != '\0'; r++)
    {
      unsigned before = nseen;
      for (unsigned n = 0; n <= FAST_ARGS + 1; n++)
        enter_all (*r, n, "ld");
      for (unsigned n = 1; n <= 3; n++)
        enter_all (*r, n, "lLdD2");
      printf ("%u entries that return %c\n", nseen - before, *r);
    }
  CHECK_INT (nseen, ENTRIES + GENERAL);
  return ffitest_done ();
}
