/* SPDX-License-Identifier: MIT */
/* Static code for trampolines to enter.  */

#ifndef TARGETS_H
#define TARGETS_H

#include <ffi_tramp.h>

/* int (int n): *(int *) data + n.  */
FFI_TRAMP_EXTERN void target_adds (void);

/* Continues at data, with every register of the caller's that may carry an argument as
   it was.  */
FFI_TRAMP_EXTERN void target_forwards (void);

#ifdef __arm__
#define TARGET_MODE ".arm\n\t"
#else
#define TARGET_MODE
#endif

/* A function of assembly.  */
#define TARGET(name, ...)                                                                \
  __asm__(".pushsection .text\n\t" TARGET_MODE ".globl " #name "\n\t"                    \
          ".type " #name ", %function\n\t"                                               \
          ".balign 16\n" #name ":\n\t" __VA_ARGS__ "\n\t"                                \
          ".size " #name ", . - " #name "\n\t"                                           \
          ".popsection")

#if defined __x86_64__
TARGET (target_adds, "endbr64\n\t"
                     "movq (%r10), %r10\n\t"
                     "movl (%r10), %eax\n\t"
                     "addl %edi, %eax\n\t"
                     "ret");
TARGET (target_forwards, "endbr64\n\t"
                         "jmp *(%r10)");
#elif defined __i386__
TARGET (target_adds, "endbr32\n\t"
                     "movl (%eax), %eax\n\t"
                     "movl (%eax), %eax\n\t"
                     "addl $4, %esp\n\t"
                     "addl 4(%esp), %eax\n\t"
                     "ret");
TARGET (target_forwards, "endbr32\n\t"
                         "movl (%eax), %eax\n\t"
                         "xchgl (%esp), %eax\n\t"
                         "ret");
#elif defined __aarch64__
TARGET (target_adds, "hint #34\n\t"
                     "ldr x17, [x17]\n\t"
                     "ldr w17, [x17]\n\t"
                     "add w0, w0, w17\n\t"
                     "ret");
TARGET (target_forwards, "hint #34\n\t"
                         "ldr x16, [x17]\n\t"
                         "br x16");
#elif defined __s390x__
TARGET (target_adds, "lgr %r1, %r0\n\t"
                     "lg %r1, 0(%r1)\n\t"
                     "a %r2, 0(%r1)\n\t"
                     "lgfr %r2, %r2\n\t"
                     "br %r14");
TARGET (target_forwards, "lgr %r1, %r0\n\t"
                         "lg %r1, 0(%r1)\n\t"
                         "br %r1");
#elif defined __arm__
TARGET (target_adds, "ldr ip, [ip]\n\t"
                     "ldr ip, [ip]\n\t"
                     "add r0, r0, ip\n\t"
                     "bx lr");
TARGET (target_forwards, "ldr pc, [ip]");
#elif defined __powerpc64__
TARGET (target_adds, "ld 11, 0(11)\n\t"
                     "lwa 11, 0(11)\n\t"
                     "add 3, 3, 11\n\t"
                     "extsw 3, 3\n\t"
                     "blr");
TARGET (target_forwards, "ld 12, 0(11)\n\t"
                         "mtctr 12\n\t"
                         "bctr");
#elif defined __riscv
TARGET (target_adds, ".word 0x17\n\t" /* lpad 0 */
                     "ld t1, 0(t1)\n\t"
                     "lw t1, 0(t1)\n\t"
                     "addw a0, a0, t1\n\t"
                     "ret");
TARGET (target_forwards, ".word 0x17\n\t"
                         "ld t1, 0(t1)\n\t"
                         "jr t1");
#else
#error "no target for this processor"
#endif

typedef int (*adder) (int);

/* A trampoline that adds *N.  */
static FFITEST_UNUSED ffi_tramp *
make_adder (int *n)
{
  ffi_tramp *tramp = ffi_tramp_alloc ();

  if (tramp != NULL && ffi_tramp_init (tramp, target_adds, n) != 0)
    abort ();
  return tramp;
}

static FFITEST_UNUSED int
call_adder (const ffi_tramp *tramp, int n)
{
  return CODE_AS (adder, ffi_tramp_code (tramp)) (n);
}

#endif
