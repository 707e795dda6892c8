/* SPDX-License-Identifier: MIT */
/* { needs riscv64 } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each break one rule.  */

#include "notices.h"

/* Functions by what they do wrong.  */
#define BAD(name, ...)                                                                   \
  __attribute__ ((visibility ("hidden"))) void name (void);                              \
  __asm__(".pushsection .text\n.balign 4\n.type " #name ", %function\n" #name            \
          ":\n\t.word 0x17\n\t" __VA_ARGS__ "\n\tret\n.popsection")

BAD (nothing, "nop");
BAD (changes_s0, "addi s0, s0, 1");
BAD (changes_s1, "addi s1, s1, 1");
BAD (changes_s2, "addi s2, s2, 1");
BAD (changes_s11, "addi s11, s11, 1");
BAD (changes_sp, "addi sp, sp, -16");
BAD (changes_gp, "addi gp, gp, 16");
BAD (changes_tp, "addi tp, tp, 16");
BAD (changes_fs0, "fmv.d.x fs0, zero");
BAD (changes_fs2, "fmv.d.x fs2, zero");
BAD (changes_fs11, "fmv.d.x fs11, zero");
BAD (changes_rounding, "fsrm zero");
BAD (changes_flags, "fsflags zero");
BAD (changes_scratch, "fmv.d.x ft11, zero\n\tli t6, 0\n\tli a7, 0\n\tfmv.d.x fa7, zero");
BAD (writes_first, "sd ra, 0(sp)");
BAD (writes_above, "sd ra, 8(sp)");
BAD (writes_far_above, "li t0, 4096\n\tadd t0, t0, sp\n\tsd ra, 0(t0)");
BAD (writes_deep, "li t0, -0x8040\n\tadd t0, t0, sp\n\tsd ra, 0(t0)");

static const struct checked_function functions[] = {
  FUNCTION (nothing, NULL),
  FUNCTION (changes_s0, "s0:"),
  FUNCTION (changes_s1, "s1:"),
  FUNCTION (changes_s2, "s2:"),
  FUNCTION (changes_s11, "s11:"),
  FUNCTION (changes_sp, "sp:"),
  FUNCTION (changes_gp, "gp:"),
  FUNCTION (changes_tp, "tp:"),
  FUNCTION (changes_fs0, "preserved f8:"),
  FUNCTION (changes_fs2, "preserved f18:"),
  FUNCTION (changes_fs11, "preserved f27:"),
  FUNCTION (changes_rounding, "after the call: fcsr:"),
  FUNCTION (changes_flags, NULL),
  FUNCTION (changes_scratch, NULL),
  FUNCTION (writes_first, "the caller's stack"),
  FUNCTION (writes_above, "the caller's stack"),
  FUNCTION (writes_far_above, "the caller's stack"),
  FUNCTION (writes_deep, "expected at most"),
};

int
main (void)
{
  check_functions (functions, ARRAY_SIZE (functions));
  check_byte ("v:ld", 0, 0, "a0:");
  check_byte ("v:lu", 1, 3, "a1:");
  check_byte ("v:ld", 1, 7, "fa0:");
  check_byte ("G:lf", 0, 0, "a1:");
  check_byte ("v:M", 0, 0, "a0:");
  check_byte ("v:M", 0, 4, "fa0:");
  check_byte ("v:d2", 1, 7, "fa2:");
  check_byte ("v:ddddddd2", 7, 4, "a0:");
  check_byte ("v:lllllllL", 7, 0, "a7:");
  check_byte ("v:lllllllL", 7, 8, "stack arguments:");
  check_byte ("v:lllllllll", 8, 0, "stack arguments:");
  check_byte ("v:l.e", 1, 0, "a2:");
  check_byte ("v:ldG", 2, 0, "copy of argument 2:");
  check_never_called (nothing);
  return ffitest_done ();
}
