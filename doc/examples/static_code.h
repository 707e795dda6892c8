/* SPDX-License-Identifier: MIT */
/* How the examples for ffi_tramp.h define the static code that trampolines enter.  */

#ifndef STATIC_CODE_H
#define STATIC_CODE_H

/* On i386 a trampoline has pushed eax.  */
#ifdef __i386__
#define STATIC_CODE_CFA ".cfi_def_cfa_offset 8\n\t"
#else
#define STATIC_CODE_CFA
#endif
#ifdef __arm__
#define STATIC_CODE_MODE ".arm\n\t"
#else
#define STATIC_CODE_MODE
#endif

/* Define the function NAME, with these lines of assembly.  */
#define STATIC_CODE(name, ...)                                                           \
  void name (void);                                                                      \
  __asm__(".pushsection .text\n\t" STATIC_CODE_MODE ".balign 16\n\t"                     \
          ".globl " #name "\n\t"                                                         \
          ".type " #name ", %function\n" #name ":\n\t"                                   \
          ".cfi_startproc\n\t" STATIC_CODE_CFA __VA_ARGS__ "\n\t"                        \
          ".cfi_endproc\n\t"                                                             \
          ".size " #name ", . - " #name "\n\t"                                           \
          ".popsection")

#endif
