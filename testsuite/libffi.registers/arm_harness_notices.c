/* SPDX-License-Identifier: MIT */
/* { needs arms } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each
   break one rule.  */

#include "notices.h"

/* Functions by what they do wrong.  They are hidden, so that no address of theirs is
   taken from the global offset table, where the linker confuses local symbols.  */
#define BAD(name, ...)                                                                   \
  __attribute__ ((visibility ("hidden"))) void name (void);                              \
  __asm__(".pushsection .text\n" ASSEMBLER ".type " #name ", %function\n" #name          \
          ":\n\t" __VA_ARGS__ "\n\t" RETURN "\n.popsection")

#ifdef __aarch64__
#define ASSEMBLER
#define RETURN "ret"
BAD (nothing, "nop");
BAD (changes_first, "add x19, x19, #1");
BAD (changes_last, "add x28, x28, #1");
BAD (changes_frame, "add x29, x29, #1");
BAD (changes_sp, "sub sp, sp, #16");
BAD (changes_vector, "fmov d8, #1.0");
BAD (changes_last_vector, "fmov d15, #1.0");
BAD (changes_upper_half, "ins v8.d[1], x0");
BAD (changes_rounding, "msr fpcr, xzr");
BAD (writes_above, "str x30, [sp, #8]");
BAD (writes_far_above, "str x30, [sp, #4096]");
BAD (writes_deep, "sub x9, sp, #0x8000; str x9, [x9, #-64]");
#define FIRST "x19:"
#define LAST "x28:"
#define FRAME "x29:"
#else
#ifdef __ARM_PCS_VFP
#define ASSEMBLER ".syntax unified\n.arm\n"
#else
#define ASSEMBLER ".syntax unified\n.arm\n.fpu vfp\n"
#endif
#define RETURN "bx lr"
BAD (nothing, "nop");
BAD (changes_first, "add r4, r4, #1");
BAD (changes_last, "add r10, r10, #1");
BAD (changes_frame, "add r11, r11, #1");
BAD (changes_sp, "sub sp, sp, #8");
BAD (changes_vector, "fmdrr d8, r0, r1");
BAD (changes_last_vector, "fmdrr d15, r0, r1");
BAD (changes_upper_half, "fmdrr d7, r0, r1");
BAD (changes_rounding, "mov r0, #0; fmxr fpscr, r0");
BAD (writes_above, "str lr, [sp, #8]");
BAD (writes_far_above, "str lr, [sp, #4080]");
BAD (writes_deep, "sub r0, sp, #0x8000; str r0, [r0, #-64]");
#define FIRST "r4:"
#define LAST "r10:"
#define FRAME "r11:"
#endif

static const struct
{
  void (*fn) (void);
  const char *complaint; /* starts with this */
} bad[] = {
  { nothing, NULL },
  { changes_first, FIRST },
  { changes_last, LAST },
  { changes_frame, FRAME },
  { changes_sp, "sp:" },
  { changes_vector, "preserved d8:" },
  { changes_last_vector, "preserved d15:" },
  { changes_upper_half, NULL },
  { changes_rounding, "after the call: " },
  { writes_above, "the caller's stack" },
  { writes_far_above, "the caller's stack" },
  { writes_deep, "expected at most" },
};

/* A signature with an argument changed between the call and the comparison.  */
static void
check_difference (const char *text, size_t argument, const char *complaint)
{
  check_changed (machine_c_abi, text, argument, 0, 1, complaint);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    {
      char number[24];
      snprintf (number, sizeof number, "function %zu", i);
      check_function (number, bad[i].fn, machine_c_abi, NULL, 0, 0, bad[i].complaint);
    }
#ifdef __aarch64__
  check_difference ("v:ld", 0, "x0:");
  check_difference ("v:ld", 1, "v0:");
  check_difference ("v:llllllllld", 8, "stack arguments:");
  check_difference ("v:ldG", 2, "copy of argument 2:");
#else
  check_difference ("v:id", 0, "r0:");
  check_difference ("v:iiiii", 4, "stack arguments:");
  check_difference ("v:iG", 1, "r2:");
  check_difference ("G:ip", 1, "r2:");
#ifdef __ARM_PCS_VFP
  check_difference ("v:fdf", 2, "s1:");
#endif
#endif
  check_never_called (nothing);
  return ffitest_done ();
}
