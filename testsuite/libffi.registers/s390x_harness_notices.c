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

static const struct checked_function functions[] = {
  FUNCTION (nothing, NULL),
  FUNCTION (changes_r6, "r6:"),
  FUNCTION (changes_r13, "r13:"),
  FUNCTION (changes_sp, "r15:"),
  FUNCTION (changes_f8, "preserved f8:"),
  FUNCTION (changes_f15, "preserved f15:"),
  FUNCTION (changes_rounding, "after the call: fpc:"),
  FUNCTION (changes_scratch, NULL),
  FUNCTION (writes_its_own, NULL),
  FUNCTION (writes_above, "the caller's stack"),
  FUNCTION (writes_far_above, "the caller's stack"),
  FUNCTION (writes_deep, "expected at most"),
};

int
main (void)
{
  check_functions (functions, ARRAY_SIZE (functions));
  check_byte ("v:ld", 0, 0, "r2:");
  check_byte ("v:li", 1, 0, "r3:");
  check_byte ("v:ld", 1, 7, "f0:");
  check_byte ("v:dfo", 2, 0, "f4:");
  check_byte ("v:lj", 1, 0, "r3:");
  check_byte ("v:lllllA", 5, 0, "stack arguments:");
  check_byte ("v:ddddf", 4, 0, "stack arguments:");
  check_byte ("G:lT", 1, 0, "copy of argument 1:");
  check_byte ("v:lllllle", 6, 0, "copy of argument 6:");
  check_never_called (nothing);
  return ffitest_done ();
}
