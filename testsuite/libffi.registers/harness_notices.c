/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each break one rule.  */

#include "notices.h"

/* Functions by what they do wrong.  */
#define BAD(name, ...)                                                                   \
  void name (void);                                                                      \
  __asm__(".pushsection .text\n" #name ":\n\tendbr64\n\t" __VA_ARGS__                    \
          "\n\tret\n.popsection")

BAD (nothing, "nop");
BAD (changes_rbx, "incq %rbx");
BAD (changes_rbp, "incq %rbp");
BAD (changes_r12, "incq %r12");
BAD (changes_r13, "incq %r13");
BAD (changes_r14, "incq %r14");
BAD (changes_r15, "incq %r15");
BAD (changes_rsi, "incq %rsi");
BAD (changes_rdi, "incq %rdi");
BAD (changes_xmm6, "pxor %xmm6, %xmm6");
BAD (changes_xmm15, "pxor %xmm15, %xmm15");
BAD (changes_rsp, "popq %rcx; pushq %rcx; pushq %rcx");
BAD (sets_direction, "std");
BAD (changes_mxcsr, "pushq $0x1f80; ldmxcsr (%rsp); popq %rcx");
BAD (changes_x87_control, "fninit");
BAD (leaves_x87_value, "fldz");
BAD (writes_above, "incl 8(%rsp)");
BAD (writes_far_above, "incl 4096(%rsp)");
BAD (writes_deep, "incl -0x8100(%rsp)");

static const struct
{
  void (*fn) (void);
  int abi;
  const char *complaint; /* starts with this */
} bad[] = {
  { nothing, 0, NULL },
  { changes_rbx, 0, "rbx:" },
  { changes_rbp, 0, "rbp:" },
  { changes_r12, 0, "r12:" },
  { changes_r13, 0, "r13:" },
  { changes_r14, 0, "r14:" },
  { changes_r15, 0, "r15:" },
  { changes_rsi, 0, NULL },
  { changes_rsi, 1, "rsi:" },
  { changes_rdi, 1, "rdi:" },
  { changes_xmm6, 0, NULL },
  { changes_xmm6, 1, "preserved xmm6:" },
  { changes_xmm15, 1, "preserved xmm15:" },
  { changes_rsp, 0, "rsp:" },
  { sets_direction, 0, "after the call: direction flag:" },
  { changes_mxcsr, 0, "after the call: mxcsr:" },
  { changes_x87_control, 0, "after the call: x87 control word:" },
  { leaves_x87_value, 0, "after the call: x87 stack:" },
  { writes_above, 0, "the caller's stack" },
  { writes_far_above, 0, "the caller's stack" },
  { writes_deep, 0, "expected at most" },
};

/* S with something changed between the call and the comparison.  */
static void
check_difference (const char *text, int abi, size_t argument, const char *complaint)
{
  check_changed (&machine_abis[abi], text, argument, 0, 1, complaint);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    {
      char number[24];
      snprintf (number, sizeof number, "function %zu", i);
      check_function (number, bad[i].fn, &machine_abis[bad[i].abi], NULL, 0, 0,
                      bad[i].complaint);
    }
  check_difference ("v:ld", 0, 0, "rdi:");
  check_difference ("v:ld", 0, 1, "xmm0:");
  check_difference ("v:llllllld", 0, 6, "stack arguments:");
  check_difference ("v:ldG", 0, 2, "stack arguments:");
  check_difference ("v:ld", 1, 1, "xmm1:");
  check_difference ("v:lG", 1, 1, "copy of argument 1:");
  check_never_called (nothing);
  return ffitest_done ();
}
