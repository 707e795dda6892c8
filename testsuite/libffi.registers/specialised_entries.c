/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* Every piece of specialised entry code, and every general one, is entered: closures
   differ in the code that their trampolines lead to, and all of it is counted.  */

#include "harness/closures.h"

/* The families of specialised entries, and how many kinds of result they have.  */
#define LIBFFI_ASM
#include "../../src/x86/x86_64/flags.h"
#undef LIBFFI_ASM

static const struct
{
  unsigned gprs, sses, args, mapped;
} families[] = {
#define F(gprs, sses, args, mapped) { gprs, sses, args, mapped },
  FAST_FAMILIES
#undef F
};

/* One type per RET code that they return, in their order; then what only general entries
   return.  */
static const char results[] = "vaAbBuilfdLDXYGeEt";
static const char others[] = "wz";

/* Arguments that alone have a family without a map, with results that take one.  */
static const char *const large[] = { "E:", "t:l", "E:ll", "t:dddd", "E:L", NULL };

/* Arguments that take a general entry: more joins, or more beside them, than a map has
   room for; and a vector.  */
static const char *const unmapped[] = {
  "i:XYX", "d:XllllldddddddddX", "G:XlllllldddddY", "v:Xlllllddddddd", "t:tX", NULL,
};

enum
{
  FAMILIES = ARRAY_SIZE (families),
  /* A word, a double, a float, two words, which a family with a map has none for, and all
     other results, among which two are only for families with a map.  One for more than
     FAST_WORDS arguments has nothing else.  */
  RESULTS = 5
};

static void *seen[512];
static unsigned nseen;

/* Check closures of type TEXT; returns whether their entry code is a new one.  */
static int
enter (const char *text, const struct machine_abi *abi)
{
  static struct signature s;
  void *code;
  signature_prepare (&s, text, abi->abi);
  ffi_closure *closure = MAKE_CLOSURE (&s.cif, note_arguments, NULL, &code);
  /* The pair { data, code } comes first in a closure of this size.  */
  void *entry = ((void **) closure)[1];
  CHECK_PTR (((void **) closure)[0], closure);
  ffi_closure_free (closure);
  check_closure (CLOSURE, text, abi);
  for (unsigned i = 0; i < nseen; i++)
    if (seen[i] == entry)
      return 0;
  CHECK (nseen < ARRAY_SIZE (seen));
  seen[nseen++] = entry;
  return 1;
}

/* A signature that needs all of a family: GPRS integer and SSES vector registers, JOINS
   structs in one of each, and arguments on the stack if those are not enough.  */
static void
fill (char *text, char result, unsigned gprs, unsigned sses, unsigned args,
      unsigned joins)
{
  unsigned n = 2;
  text[0] = result;
  text[1] = ':';
  for (unsigned i = 0; i < joins; i++, gprs--, sses--)
    text[n++] = "XY"[i % 2];
  for (unsigned i = 0; i < gprs || i < sses; i++)
    {
      if (i < gprs)
        text[n++] = "lip"[i % 3];
      if (i < sses)
        text[n++] = "df"[i % 2];
    }
  while (n - 2 < args)
    text[n++] = gprs == 6 ? 'l' : 'd';
  text[n] = '\0';
}

int
main (void)
{
  char text[MAX_TEXT];
  unsigned expected = 0;
#define R(name, kind) +((kind) != KIND_NONE)
  _Static_assert(sizeof results - 1 == RET_CODES, "one type per code");
#undef R

  for (unsigned f = 0; f < FAMILIES; f++)
    {
      unsigned before = nseen;
      for (const char *r = results; *r != '\0'; r++)
        {
          /* The address of a result in memory takes a register.  */
          unsigned hidden = *r == 'G', large = *r == 'E' || *r == 't';
          if ((hidden || large) && !families[f].mapped)
            continue;
          unsigned args = families[f].args;
          fill (text, *r, families[f].gprs - hidden, families[f].sses,
                families[f].gprs == 6 ? args - hidden : 0,
                families[f].mapped == 2 ? JOINS : 0);
          /* A family for more arguments than it has registers of one kind.  */
          if (families[f].mapped && families[f].gprs < 6 && strlen (text) - 2 > args)
            text[2 + args] = '\0';
          enter (text, machine_c_abi);
        }
      expected = families[f].args > FAST_WORDS ? 0 : RESULTS - (families[f].mapped != 0);
      CHECK_MSG (nseen - before >= expected,
                 "entries for %u integer and %u vector registers, %u arguments: expected "
                 "%u, got %u",
                 families[f].gprs, families[f].sses, families[f].args, expected,
                 nseen - before);
    }
  printf ("%u entries of %d families\n", nseen, FAMILIES);
  for (const char *const *text = large; *text != NULL; text++)
    CHECK_INT (enter (*text, machine_c_abi), 0);

  /* General ones: no vectors, and each width that this processor has.  */
  unsigned general = 1;
  for (const char *r = others; *r != '\0'; r++)
    if (!is_too_wide (kind_of (*r)))
      {
        char of[] = { *r, ':', 'l', 'l', 'd', '\0' };
        enter (of, machine_c_abi);
        general++;
      }
    else
      printf ("this processor has no registers of %zu bytes\n", kind_of (*r)->type->size);
  for (const char *const *text = unmapped; *text != NULL; text++)
    enter (*text, machine_c_abi);
  /* Microsoft's: words, and what one of the first points to; and more.  */
  CHECK (enter ("l:lG", &machine_abis[1]));
  CHECK_INT (enter ("G:dlfG", &machine_abis[1]), 0);
  CHECK_INT (enter ("d:dlfGlfll", &machine_abis[1]), 0);
  CHECK_INT (enter ("G:dlfGlfllf", &machine_abis[1]), 0);
  CHECK_INT (enter ("l:lGlddllfdlllldf", &machine_abis[1]), 0);
  CHECK (enter ("l:lllddllfG", &machine_abis[1]));
  expected = 3 + general;
  for (size_t i = 0; i < FAMILIES; i++)
    expected += families[i].args > FAST_WORDS ? 1 : RESULTS - (families[i].mapped != 0);
  CHECK_INT (nseen, expected);
  return ffitest_done ();
}
