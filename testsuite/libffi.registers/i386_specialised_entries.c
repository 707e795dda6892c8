/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { sources harness/CPU.S } */
/* Every piece of specialised entry code that a signature of words and doubles leads to is
   entered, with the stack aligned and not, and counted.  */

#include "harness/closures.h"

#define LIBFFI_ASM
#include "../../src/x86/i386/flags.h"
#undef LIBFFI_ASM

enum
{
#define F(name, args, pop, places) +1
  SHAPED = SHAPED_FAMILIES,
#undef F
#define F(args, pop) +1
  MAPPED = MAPPED_FAMILIES,
#undef F
  /* Any number of words; but not with a result in memory.  */
  WORDS = KINDS - 1,
  /* As the types say; where the address of a result is removed, one is in memory.  */
  TYPES = KINDS + 1,
  GENERAL = 1,
  MOST_ARGUMENTS = 9 /* one more than any family with a map takes */
};

static void *seen[512];
static unsigned nseen;

/* Whether the entry code of a closure of type TEXT has not been entered yet.  */
static int
is_new (const char *text, const struct machine_abi *abi)
{
  static struct signature s;
  void *code;
  signature_prepare (&s, text, abi->abi);
  ffi_closure *closure = MAKE_CLOSURE (&s.cif, note_arguments, NULL, &code);
  /* The pair { data, code } comes first in a closure of this size.  */
  void *entry = ((void **) closure)[1];
  CHECK_PTR (((void **) closure)[0], closure);
  ffi_closure_free (closure);
  for (unsigned i = 0; i < nseen; i++)
    if (seen[i] == entry)
      return 0;
  CHECK (nseen < ARRAY_SIZE (seen));
  seen[nseen++] = entry;
  return 1;
}

static void
enter (const char *text, const struct machine_abi *abi)
{
  if (!is_new (text, abi))
    return;
  for (stack_offset = 0; stack_offset < 16; stack_offset += 4)
    check_closure (CLOSURE, text, abi);
  stack_offset = 0;
}

int
main (void)
{
  /* One type per RET code, but for RET_FLOAT16: no letter stands for a _Float16, which
     has the entries of a long double.  */
  static const char results[] = "vaAbBildfeghG";
  char text[MAX_TEXT];
#define R(name, kind) +1
  _Static_assert(sizeof results == RET_CODES, "one type per code but one");
#undef R
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    for (const char *r = results; *r != '\0'; r++)
      for (unsigned n = 0; n <= MOST_ARGUMENTS; n++)
        for (unsigned doubles = 0; doubles < 1u << n; doubles++)
          {
            text[0] = *r;
            text[1] = ':';
            for (unsigned i = 0; i < n; i++)
              text[2 + i] = doubles >> i & 1 ? 'd' : 'i';
            text[2 + n] = '\0';
            enter (text, &machine_abis[abi]);
          }
  CHECK_INT (nseen, SHAPED + MAPPED * KINDS + TYPES + WORDS + GENERAL);
  return ffitest_done ();
}
