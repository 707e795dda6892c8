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

#define OF(name, complaint) name, #name, complaint

static const struct
{
  void (*fn) (void);
  const char *name, *complaint; /* starts with this */
} bad[] = {
  { OF (nothing, NULL) },
  { OF (changes_s0, "s0:") },
  { OF (changes_s1, "s1:") },
  { OF (changes_s2, "s2:") },
  { OF (changes_s11, "s11:") },
  { OF (changes_sp, "sp:") },
  { OF (changes_gp, "gp:") },
  { OF (changes_tp, "tp:") },
  { OF (changes_fs0, "preserved f8:") },
  { OF (changes_fs2, "preserved f18:") },
  { OF (changes_fs11, "preserved f27:") },
  { OF (changes_rounding, "after the call: fcsr:") },
  { OF (changes_flags, NULL) },
  { OF (changes_scratch, NULL) },
  { OF (writes_first, "the caller's stack") },
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
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    check_function (bad[i].name, bad[i].fn, machine_c_abi, NULL, 0, 0, bad[i].complaint);
  check_difference ("v:ld", 0, 0, "a0:");
  check_difference ("v:lu", 1, 3, "a1:");
  check_difference ("v:ld", 1, 7, "fa0:");
  check_difference ("G:lf", 0, 0, "a1:");
  check_difference ("v:M", 0, 0, "a0:");
  check_difference ("v:M", 0, 4, "fa0:");
  check_difference ("v:d2", 1, 7, "fa2:");
  check_difference ("v:ddddddd2", 7, 4, "a0:");
  check_difference ("v:lllllllL", 7, 0, "a7:");
  check_difference ("v:lllllllL", 7, 8, "stack arguments:");
  check_difference ("v:lllllllll", 8, 0, "stack arguments:");
  check_difference ("v:l.e", 1, 0, "a2:");
  check_difference ("v:ldG", 2, 0, "copy of argument 2:");
  check_never_called (nothing);
  return ffitest_done ();
}
