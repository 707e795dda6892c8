/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each break one rule.  */

#include "notices.h"

/* Functions by what they do wrong.  */
#define BAD(name, ...)                                                                   \
  void name (void);                                                                      \
  __asm__(".pushsection .text\n" #name ":\n\tendbr32\n\t" __VA_ARGS__                    \
          "\n\tret\n.popsection")

BAD (nothing, "nop");
BAD (changes_ebx, "incl %ebx");
BAD (changes_ebp, "incl %ebp");
BAD (changes_esi, "incl %esi");
BAD (changes_edi, "incl %edi");
BAD (changes_scratch, "incl %eax; incl %ecx; incl %edx; pxor %xmm7, %xmm7");
BAD (removes_a_word, "ret $4");
BAD (removes_two, "ret $8");
BAD (leaves_a_word, "popl %ecx; pushl %ecx; pushl %ecx");
BAD (sets_direction, "std");
BAD (changes_mxcsr, "pushl $0x1f80; ldmxcsr (%esp); popl %ecx");
BAD (changes_x87_control, "fninit");
BAD (leaves_x87_value, "fldz");
BAD (writes_its_word, "incl 4(%esp)");
BAD (writes_above, "incl 12(%esp)");
BAD (writes_far_above, "incl 4096(%esp)");
BAD (writes_deep, "incl -0x8100(%esp)");

/* Each is called with two words of arguments, removing POPPED bytes.  */
static const struct
{
  void (*fn) (void);
  size_t popped;
  const char *complaint; /* starts with this */
} bad[] = {
  { nothing, 0, NULL },
  { nothing, 4, "esp:" },
  { changes_ebx, 0, "ebx:" },
  { changes_ebp, 0, "ebp:" },
  { changes_esi, 0, "esi:" },
  { changes_edi, 0, "edi:" },
  { changes_scratch, 0, NULL },
  { removes_a_word, 4, NULL },
  { removes_a_word, 8, "esp:" },
  { removes_two, 8, NULL },
  { removes_two, 4, "stack argument byte from 4" },
  { leaves_a_word, 0, "esp:" },
  { sets_direction, 0, "after the call: direction flag:" },
  { changes_mxcsr, 0, "after the call: mxcsr:" },
  { changes_x87_control, 0, "after the call: x87 control word:" },
  { leaves_x87_value, 0, "after the call: x87 stack:" },
  { writes_its_word, 0, "stack argument byte from 0" },
  { writes_above, 0, "the caller's stack" },
  { writes_far_above, 0, "the caller's stack" },
  { writes_deep, 0, "expected at most" },
};

static const struct machine_abi *
abi_named (ffi_abi number)
{
  const struct machine_abi *abi = machine_abis;
  while (abi->abi != number)
    abi++;
  return abi;
}

/* A call of type TEXT with a byte of an argument changed between the call and the
   comparison.  */
static void
check_difference (const char *text, ffi_abi number, size_t argument,
                  const char *complaint)
{
  check_changed (abi_named (number), text, argument, 0, 1, complaint);
}

int
main (void)
{
  static const uintptr_t words[2] = { 1, 2 };
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    {
      char number[24];
      snprintf (number, sizeof number, "function %zu", i);
      check_function (number, bad[i].fn, machine_c_abi, words, sizeof words,
                      bad[i].popped, bad[i].complaint);
    }
  check_difference ("v:id", FFI_SYSV, 0, "stack arguments: byte 0");
  check_difference ("G:id", FFI_SYSV, 1, "stack arguments: byte 8");
  check_difference ("v:ip", FFI_THISCALL, 0, "ecx:");
  check_difference ("v:ip", FFI_THISCALL, 1, "stack arguments: byte 0");
  check_difference ("G:ip", FFI_THISCALL, 0, "stack arguments: byte 0");
  check_difference ("v:ipd", FFI_FASTCALL, 1, "edx:");
  check_difference ("v:li", FFI_FASTCALL, 1, "stack arguments: byte 8");
  check_difference ("v:id", FFI_PASCAL, 0, "stack arguments: byte 8");
  check_difference ("v:ipu", FFI_REGISTER, 2, "ecx:");
  check_difference ("v:dipu", FFI_REGISTER, 1, "eax:");
  check_never_called (nothing);
  return ffitest_done ();
}
