/* SPDX-License-Identifier: MIT */
/* { needs powerpc64 } */
/* { sources harness/CPU.S } */
/* The harness tells what is wrong with functions that each break one rule, and nothing of
   those that break none.  */

#include "notices.h"

/* Functions by what they do.  */
#define DOES(name, ...)                                                                  \
  __attribute__ ((visibility ("hidden"))) void name (void);                              \
  __asm__(".pushsection .text\n.type " #name ", %function\n" #name ":\n\t" __VA_ARGS__   \
          "\n\tblr\n.popsection")

DOES (nothing, "nop");
DOES (changes_r14, "addi 14, 14, 1");
DOES (changes_r31, "addi 31, 31, 1");
DOES (changes_r13, "addi 13, 13, 16");
DOES (changes_sp, "addi 1, 1, -16");
DOES (changes_f14, "fneg 14, 14");
DOES (changes_f31, "fneg 31, 31");
DOES (changes_v20, "vnor 20, 20, 20");
DOES (changes_v31, "vnor 31, 31, 31");
DOES (changes_cr2, "crnot 8, 8");
DOES (changes_cr3, "crnot 13, 13");
DOES (changes_cr4, "crnot 19, 19");
DOES (changes_rounding, "mtfsfi 7, 0");
DOES (changes_vrsave, "li 0, 0; mtspr 256, 0");
DOES (changes_back_chain, "std 1, 0(1)");
DOES (changes_toc_save, "std 2, 24(1)");
DOES (writes_home, "std 3, 32(1)");
DOES (writes_far_above, "std 3, 4096(1)");
DOES (writes_deep, "addi 9, 1, -0x8000; std 9, -64(9)");
DOES (changes_scratch, "li 0, 1; li 2, 2; li 12, 12; mtctr 0; crnot 4, 4; crnot 20, 20; "
                       "fneg 13, 13; vnor 19, 19, 19");
DOES (writes_its_own, "std 3, 16(1); stw 3, 8(1); std 3, -288(1)");

static const struct checked_function functions[] = {
  FUNCTION (nothing, NULL),
  FUNCTION (changes_r14, "preserved r14:"),
  FUNCTION (changes_r31, "preserved r31:"),
  FUNCTION (changes_r13, "after the call: r13:"),
  FUNCTION (changes_sp, "r1:"),
  FUNCTION (changes_f14, "preserved f14:"),
  FUNCTION (changes_f31, "preserved f31:"),
  FUNCTION (changes_v20, "preserved v20:"),
  FUNCTION (changes_v31, "preserved v31:"),
  FUNCTION (changes_cr2, "preserved cr2:"),
  FUNCTION (changes_cr3, "preserved cr3:"),
  FUNCTION (changes_cr4, "preserved cr4:"),
  FUNCTION (changes_rounding, "after the call: rounding"),
  FUNCTION (changes_vrsave, "after the call: vrsave:"),
  FUNCTION (changes_back_chain, "the caller's back chain:"),
  FUNCTION (changes_toc_save, "the caller's TOC save word:"),
  FUNCTION (writes_home, "the caller's stack"),
  FUNCTION (writes_far_above, "the caller's stack"),
  FUNCTION (writes_deep, "expected at most"),
  FUNCTION (changes_scratch, NULL),
  FUNCTION (writes_its_own, NULL),
};

/* A signature with an argument changed between the call and the comparison.  */
static void
check_difference (const char *text, size_t argument, const char *complaint)
{
  check_changed (machine_c_abi, text, argument, 0, 1, complaint);
}

/* A callee would find WORD, of machine_seen or the stack there, changed by BY.  */
static void
check_entry (const char *what, uint64_t *word, uint64_t by, const char *complaint)
{
  static struct signature s;
  signature_prepare (&s, "v:l", machine_c_abi->abi);
  check_complaint (what, call_trouble (&s, machine_c_abi, BY_CALL, 1), NULL);
  *word += by;
  check_complaint (what, entry_trouble (CALL_STACK), complaint);
}

/* The word of the stack where the library saved its return address.  */
static uint64_t *
return_address (void)
{
  uintptr_t at = (uintptr_t) stack_arguments () - LINKAGE + LR_SAVE;
  return (uint64_t *) (uintptr_t) stack_word (at);
}

int
main (void)
{
  check_functions (functions, ARRAY_SIZE (functions));
  check_difference ("v:ld", 0, "r3:");
  check_difference ("v:ld", 1, "f1:");
  check_difference ("v:lf", 1, "f1:");
  check_difference ("v:lt", 1, "v2:");
  check_difference ("v:llllllllld", 8, "stack arguments:");
  check_difference ("v:ldG", 2, "r5:");
  check_difference ("v:lw", 1, "copy of argument 1:");

  check_entry ("entry", &machine_seen.xer, 1, NULL);
  check_entry ("r12", &machine_seen.gpr[ENTRY], 4, "r12 at entry:");
  check_entry ("r1", &machine_seen.gpr[SP], 8, "r1 at entry:");
  check_entry ("r13", &machine_seen.gpr[THREAD], 8, "at entry: r13:");
  check_entry ("back chain", &machine_seen.back_chain, 8, "back chain of the frame");
  check_entry ("end", &machine_seen.back_chain, 4096, "back chain of the frame");
  check_entry ("return address", return_address (), 4, "the return address");
  check_never_called (nothing);
  return ffitest_done ();
}
