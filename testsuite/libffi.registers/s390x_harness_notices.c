/* SPDX-License-Identifier: MIT */
/* { needs s390x } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each break one rule.  */

#include "notices.h"

/* Functions by what they do.  */
#define DOES(name, ...)                                                                  \
  __attribute__ ((visibility ("hidden"))) void name (void);                              \
  __asm__(".pushsection .text\n.balign 8\n.type " #name ", %function\n" #name            \
          ":\n\t" __VA_ARGS__ "\n\tbr %r14\n.popsection")

DOES (nothing, "nop");
DOES (changes_r6, "aghi %r6, 1");
DOES (changes_r13, "aghi %r13, 1");
DOES (changes_sp, "aghi %r15, -8");
DOES (changes_f8, "lcdbr %f8, %f8");
DOES (changes_f15, "lcdbr %f15, %f15");
DOES (changes_rounding, "srnm 0");
DOES (changes_scratch, "lghi %r0, 1\n\tlghi %r1, 1\n\tlghi %r5, 1\n\tlzdr %f0\n\t"
                       "lzdr %f7\n\tcr %r0, %r1");
DOES (writes_its_own, "stmg %r2, %r15, 16(%r15)\n\tstg %r2, 152(%r15)");
DOES (writes_above, "stg %r2, 160(%r15)");
DOES (writes_far_above, "stg %r2, 4096(%r15)");
DOES (writes_deep, "lay %r1, -0x8000(%r15)\n\tstg %r2, -192(%r1)");

#define OF(name, complaint) name, #name, complaint

static const struct
{
  void (*fn) (void);
  const char *name, *complaint; /* starts with this */
} functions[] = {
  { OF (nothing, NULL) },
  { OF (changes_r6, "r6:") },
  { OF (changes_r13, "r13:") },
  { OF (changes_sp, "r15:") },
  { OF (changes_f8, "preserved f8:") },
  { OF (changes_f15, "preserved f15:") },
  { OF (changes_rounding, "after the call: fpc:") },
  { OF (changes_scratch, NULL) },
  { OF (writes_its_own, NULL) },
  { OF (writes_above, "the caller's stack") },
  { OF (writes_far_above, "the caller's stack") },
  { OF (writes_deep, "expected at most") },
};

/* A signature with a byte of an argument changed between the call and the comparison.  */
static void
check_difference (const char *text, size_t argument, size_t byte, const char *complaint)
{
  check_changed (machine_c_abi, text, argument, byte, 0x80, complaint);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (functions); i++)
    check_function (functions[i].name, functions[i].fn, machine_c_abi, NULL, 0, 0,
                    functions[i].complaint);
  check_difference ("v:ld", 0, 0, "r2:");
  check_difference ("v:li", 1, 0, "r3:");
  check_difference ("v:ld", 1, 7, "f0:");
  check_difference ("v:dfo", 2, 0, "f4:");
  check_difference ("v:lj", 1, 0, "r3:");
  check_difference ("v:lllllA", 5, 0, "stack arguments:");
  check_difference ("v:ddddf", 4, 0, "stack arguments:");
  check_difference ("G:lT", 1, 0, "copy of argument 1:");
  check_difference ("v:lllllle", 6, 0, "copy of argument 6:");
  check_never_called (nothing);
  return ffitest_done ();
}
