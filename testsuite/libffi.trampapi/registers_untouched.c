/* SPDX-License-Identifier: MIT */
/* Between a call and the code that a trampoline enters, no register and no flag changes
   but for the designated one, which points to a pair of data and code, and but for x16
   on AArch64, t3 on RISC-V, r1 on s390x, ctr on PowerPC, whose r12 is the address of what
   is called.  */

#include "ffitest.h"
#include "targets.h"

/* Call CODE with the registers and flags of IN.  */
void probe (void *code, const uintptr_t *in);

/* For trampolines: store all in the array that data is.  */
void capture (void);

#if defined __x86_64__
/* rax rbx rcx rdx rsi rdi rbp r8 ... r15, flags */
enum
{
  DESIGNATED = 9,
  SPILLED = -1,
  ALSO_CODE = -1,
  FLAGS = 15,
  COUNT
};
static const uintptr_t some_flags[] = { 0xad7, 0x202 };
static const uintptr_t flag_mask = 0x8d5;
TARGET (probe, "pushq %rbx\n\tpushq %rbp\n\tpushq %r12\n\tpushq %r13\n\t"
               "pushq %r14\n\tpushq %r15\n\tpushq %rdi\n\t"
               "pushq 120(%rsi)\n\tpopfq\n\t"
               "movq (%rsi), %rax\n\tmovq 8(%rsi), %rbx\n\tmovq 16(%rsi), %rcx\n\t"
               "movq 24(%rsi), %rdx\n\tmovq 40(%rsi), %rdi\n\tmovq 48(%rsi), %rbp\n\t"
               "movq 56(%rsi), %r8\n\tmovq 64(%rsi), %r9\n\tmovq 72(%rsi), %r10\n\t"
               "movq 80(%rsi), %r11\n\tmovq 88(%rsi), %r12\n\tmovq 96(%rsi), %r13\n\t"
               "movq 104(%rsi), %r14\n\tmovq 112(%rsi), %r15\n\tmovq 32(%rsi), %rsi\n\t"
               "call *(%rsp)\n\t"
               "addq $8, %rsp\n\tpopq %r15\n\tpopq %r14\n\tpopq %r13\n\tpopq %r12\n\t"
               "popq %rbp\n\tpopq %rbx\n\tret");
TARGET (capture, "endbr64\n\tpushq %r11\n\tpushfq\n\tmovq (%r10), %r11\n\t"
                 "movq %rax, (%r11)\n\tmovq %rbx, 8(%r11)\n\tmovq %rcx, 16(%r11)\n\t"
                 "movq %rdx, 24(%r11)\n\tmovq %rsi, 32(%r11)\n\tmovq %rdi, 40(%r11)\n\t"
                 "movq %rbp, 48(%r11)\n\tmovq %r8, 56(%r11)\n\tmovq %r9, 64(%r11)\n\t"
                 "movq %r10, 72(%r11)\n\tmovq %r12, 88(%r11)\n\tmovq %r13, 96(%r11)\n\t"
                 "movq %r14, 104(%r11)\n\tmovq %r15, 112(%r11)\n\t"
                 "popq 120(%r11)\n\tpopq 80(%r11)\n\tret");
#elif defined __i386__
/* eax ebx ecx edx esi edi ebp, flags, eax as it lies on the stack */
enum
{
  DESIGNATED = 0,
  SPILLED = 8,
  ALSO_CODE = -1,
  FLAGS = 7,
  COUNT = 9
};
static const uintptr_t some_flags[] = { 0xad7, 0x202 };
static const uintptr_t flag_mask = 0x8d5;
TARGET (probe, "pushl %ebx\n\tpushl %ebp\n\tpushl %esi\n\tpushl %edi\n\t"
               "movl 24(%esp), %esi\n\tpushl 20(%esp)\n\t"
               "pushl 28(%esi)\n\tpopfl\n\t"
               "movl (%esi), %eax\n\tmovl 4(%esi), %ebx\n\tmovl 8(%esi), %ecx\n\t"
               "movl 12(%esi), %edx\n\tmovl 20(%esi), %edi\n\tmovl 24(%esi), %ebp\n\t"
               "movl 16(%esi), %esi\n\t"
               "call *(%esp)\n\t"
               "addl $4, %esp\n\tpopl %edi\n\tpopl %esi\n\tpopl %ebp\n\tpopl %ebx\n\t"
               "ret");
TARGET (capture, "endbr32\n\tpushl %ecx\n\tpushfl\n\tmovl (%eax), %ecx\n\t"
                 "movl %eax, (%ecx)\n\tmovl %ebx, 4(%ecx)\n\tmovl %edx, 12(%ecx)\n\t"
                 "movl %esi, 16(%ecx)\n\tmovl %edi, 20(%ecx)\n\tmovl %ebp, 24(%ecx)\n\t"
                 "popl 28(%ecx)\n\tpopl 8(%ecx)\n\tpopl 32(%ecx)\n\tret");
#elif defined __aarch64__
/* x0 to x29, flags */
enum
{
  DESIGNATED = 17,
  SPILLED = -1,
  ALSO_CODE = 16,
  FLAGS = 30,
  COUNT
};
static const uintptr_t some_flags[] = { 0xf0000000, 0 };
static const uintptr_t flag_mask = 0xf0000000;
TARGET (probe, "stp x29, x30, [sp, #-112]!\n\tstp x19, x20, [sp, #16]\n\t"
               "stp x21, x22, [sp, #32]\n\tstp x23, x24, [sp, #48]\n\t"
               "stp x25, x26, [sp, #64]\n\tstp x27, x28, [sp, #80]\n\t"
               "str x0, [sp, #96]\n\t"
               "ldr x2, [x1, #240]\n\tmsr nzcv, x2\n\t"
               "ldp x2, x3, [x1, #16]\n\tldp x4, x5, [x1, #32]\n\t"
               "ldp x6, x7, [x1, #48]\n\tldp x8, x9, [x1, #64]\n\t"
               "ldp x10, x11, [x1, #80]\n\tldp x12, x13, [x1, #96]\n\t"
               "ldp x14, x15, [x1, #112]\n\tldp x16, x17, [x1, #128]\n\t"
               "ldp x18, x19, [x1, #144]\n\tldp x20, x21, [x1, #160]\n\t"
               "ldp x22, x23, [x1, #176]\n\tldp x24, x25, [x1, #192]\n\t"
               "ldp x26, x27, [x1, #208]\n\tldp x28, x29, [x1, #224]\n\t"
               "ldp x0, x1, [x1]\n\t"
               "ldr x30, [sp, #96]\n\tblr x30\n\t"
               "ldp x27, x28, [sp, #80]\n\tldp x25, x26, [sp, #64]\n\t"
               "ldp x23, x24, [sp, #48]\n\tldp x21, x22, [sp, #32]\n\t"
               "ldp x19, x20, [sp, #16]\n\tldp x29, x30, [sp], #112\n\tret");
TARGET (capture, "hint #34\n\tstr x16, [sp, #-16]!\n\tldr x16, [x17]\n\t"
                 "stp x0, x1, [x16]\n\tstp x2, x3, [x16, #16]\n\t"
                 "stp x4, x5, [x16, #32]\n\tstp x6, x7, [x16, #48]\n\t"
                 "stp x8, x9, [x16, #64]\n\tstp x10, x11, [x16, #80]\n\t"
                 "stp x12, x13, [x16, #96]\n\tstp x14, x15, [x16, #112]\n\t"
                 "str x17, [x16, #136]\n\tstp x18, x19, [x16, #144]\n\t"
                 "stp x20, x21, [x16, #160]\n\tstp x22, x23, [x16, #176]\n\t"
                 "stp x24, x25, [x16, #192]\n\tstp x26, x27, [x16, #208]\n\t"
                 "stp x28, x29, [x16, #224]\n\tmrs x17, nzcv\n\t"
                 "str x17, [x16, #240]\n\tldr x17, [sp], #16\n\t"
                 "str x17, [x16, #128]\n\tret");
#elif defined __powerpc64__
/* r0, r2 to r12, r14 to r31, condition register */
enum
{
  DESIGNATED = 10,
  SPILLED = -1,
  ALSO_CODE = 11,
  FLAGS = 30,
  COUNT
};
static const uintptr_t some_flags[] = { 0x5a5a5a5a, 0 };
static const uintptr_t flag_mask = 0xffffffff;
#define SAVED "14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
TARGET (probe, "mflr 0\n\tstd 0, 16(1)\n\tstdu 1, -208(1)\n\t"
               ".irp n, " SAVED "\n\tstd \\n, 32 + 8 * (\\n - 14)(1)\n\t.endr\n\t"
               "std 2, 24(1)\n\tmfcr 0\n\tstd 0, 176(1)\n\t"
               "mr 12, 3\n\tmtctr 12\n\tld 0, 240(4)\n\tmtcr 0\n\t"
               "ld 0, 0(4)\n\tld 2, 8(4)\n\tld 3, 16(4)\n\t"
               ".irp n, 5,6,7,8,9,10,11\n\tld \\n, 8 * (\\n - 1)(4)\n\t.endr\n\t"
               ".irp n, " SAVED "\n\tld \\n, 8 * (\\n - 2)(4)\n\t.endr\n\t"
               "ld 4, 24(4)\n\t"
               "bctrl\n\tld 2, 24(1)\n\t"
               ".irp n, " SAVED "\n\tld \\n, 32 + 8 * (\\n - 14)(1)\n\t.endr\n\t"
               "ld 0, 176(1)\n\tmtcr 0\n\t"
               "addi 1, 1, 208\n\tld 0, 16(1)\n\tmtlr 0\n\tblr");
TARGET (capture, "std 0, -8(1)\n\tstd 12, -16(1)\n\tld 12, 0(11)\n\tstd 2, 8(12)\n\t"
                 ".irp n, 3,4,5,6,7,8,9,10,11\n\tstd \\n, 8 * (\\n - 1)(12)\n\t.endr\n\t"
                 ".irp n, " SAVED "\n\tstd \\n, 8 * (\\n - 2)(12)\n\t.endr\n\t"
                 "mfcr 0\n\tstd 0, 240(12)\n\tld 0, -8(1)\n\tstd 0, 0(12)\n\t"
                 "ld 0, -16(1)\n\tstd 0, 88(12)\n\tblr");
#elif defined __riscv
/* x5 to x31, exceptions of floating point */
enum
{
  DESIGNATED = 1,
  SPILLED = -1,
  ALSO_CODE = 23,
  FLAGS = 27,
  COUNT
};
static const uintptr_t some_flags[] = { 0x1f, 0 };
static const uintptr_t flag_mask = 0x1f;
#define SAVED "8,9,18,19,20,21,22,23,24,25,26,27"
#define OTHERS "6,7," SAVED ",10,12,13,14,15,16,17,28,29,30,31"
TARGET (probe, "addi sp, sp, -256\n\tsd ra, 0(sp)\n\tsd a0, 8(sp)\n\t"
               ".irp n, " SAVED "\n\tsd x\\n, 8 * \\n(sp)\n\t.endr\n\t"
               "ld t0, 216(a1)\n\tfsflags t0\n\tld t0, 0(a1)\n\t"
               ".irp n, " OTHERS "\n\tld x\\n, 8 * (\\n - 5)(a1)\n\t.endr\n\t"
               "ld a1, 48(a1)\n\tld ra, 8(sp)\n\tjalr ra\n\tld ra, 0(sp)\n\t"
               ".irp n, " SAVED "\n\tld x\\n, 8 * \\n(sp)\n\t.endr\n\t"
               "addi sp, sp, 256\n\tret");
TARGET (capture, ".word 0x17\n\taddi sp, sp, -16\n\tsd t0, 0(sp)\n\tld t0, 0(t1)\n\t"
                 ".irp n, 11," OTHERS "\n\tsd x\\n, 8 * (\\n - 5)(t0)\n\t.endr\n\t"
                 "frflags t1\n\tsd t1, 216(t0)\n\tld t1, 0(sp)\n\tsd t1, 0(t0)\n\t"
                 "addi sp, sp, 16\n\tret");
#elif defined __s390x__
/* r0 to r13, condition code */
enum
{
  DESIGNATED = 0,
  SPILLED = -1,
  ALSO_CODE = 1,
  FLAGS = 14,
  COUNT
};
static const uintptr_t some_flags[] = { 0x30000000, 0x10000000 };
static const uintptr_t flag_mask = 0x30000000;
TARGET (probe, "stmg %r2, %r15, 16(%r15)\n\tlgr %r1, %r15\n\taghi %r15, -168\n\t"
               "stg %r1, 0(%r15)\n\tlgr %r14, %r3\n\tlg %r1, 112(%r14)\n\t"
               "srlg %r1, %r1, 28\n\ttmll %r1, 3\n\tlmg %r0, %r13, 0(%r14)\n\t"
               "lg %r14, 184(%r15)\n\tbasr %r14, %r14\n\t"
               "lmg %r6, %r15, 216(%r15)\n\tbr %r14");
TARGET (capture, "stmg %r2, %r15, 16(%r15)\n\tlgr %r2, %r0\n\tlg %r2, 0(%r2)\n\t"
                 "stg %r0, 0(%r2)\n\tstg %r1, 8(%r2)\n\tstmg %r3, %r13, 24(%r2)\n\t"
                 "lg %r3, 16(%r15)\n\tstg %r3, 16(%r2)\n\t"
                 "ipm %r3\n\tllgfr %r3, %r3\n\tstg %r3, 112(%r2)\n\tbr %r14");
#else
/* r0 to r12, flags */
enum
{
  DESIGNATED = 12,
  SPILLED = -1,
  ALSO_CODE = -1,
  FLAGS = 13,
  COUNT
};
static const uintptr_t some_flags[] = { 0xf0000000, 0 };
static const uintptr_t flag_mask = 0xf0000000;
TARGET (probe, "push {r4-r11, lr}\n\tpush {r0}\n\tldr r2, [r1, #52]\n\t"
               "msr CPSR_f, r2\n\tmov ip, r1\n\tldm ip, {r0-r11}\n\t"
               "ldr ip, [sp]\n\tmov lr, pc\n\tbx ip\n\t"
               "add sp, sp, #4\n\tpop {r4-r11, lr}\n\tbx lr");
TARGET (capture, "push {r0}\n\tldr r0, [ip]\n\tstmib r0, {r1-r11}\n\t"
                 "str ip, [r0, #48]\n\tmrs r1, CPSR\n\tstr r1, [r0, #52]\n\t"
                 "pop {r1}\n\tstr r1, [r0]\n\tbx lr");
#endif

static void
check (ffi_tramp *tramp, uintptr_t flags)
{
  uintptr_t in[COUNT], out[COUNT];
  CHECK_INT (ffi_tramp_init (tramp, capture, out), 0);
  for (int i = 0; i < COUNT; i++)
    {
      in[i]
          = 0x5a17c3e1u * (uintptr_t) (i + 1) ^ ((uintptr_t) i << (sizeof in[0] * 8 - 6));
      out[i] = 0;
    }
  in[FLAGS] = flags;
  probe (ffi_tramp_code (tramp), in);
  for (int i = 0; i < COUNT; i++)
    {
      uintptr_t mask = i == FLAGS ? flag_mask : ~(uintptr_t) 0, expected = in[i];
      if (i == DESIGNATED)
#ifdef FFITEST_IN_MACHINE
        expected = out[i]; /* any pair; it is looked at below */
#else
        expected = (uintptr_t) tramp;
#endif
      if (i == SPILLED)
        expected = in[DESIGNATED];
      if (i == ALSO_CODE)
        expected = (uintptr_t) capture;
      CHECK_MSG ((out[i] & mask) == (expected & mask),
                 "register %d of the list: expected %#lx, got %#lx", i,
                 (unsigned long) expected, (unsigned long) out[i]);
    }
  const ffi_tramp_pair *pair = (const ffi_tramp_pair *) out[DESIGNATED];
  CHECK_PTR (pair->data, out);
  CHECK (pair->code == capture);
}

int
main (void)
{
  /* Of the image, and of grown tables.  */
  for (int i = 0; i < 6000; i++)
    {
      ffi_tramp *tramp = ffi_tramp_alloc ();
      CHECK (tramp != NULL);
      if (i % 100 == 0)
        for (size_t k = 0; k < ARRAY_SIZE (some_flags); k++)
          check (tramp, some_flags[k]);
    }
  return ffitest_done ();
}
