/* SPDX-License-Identifier: MIT */
/* Between a call and the code that a trampoline enters, no register and no flag changes
   but for the designated one (and x16 on AArch64), which points to a pair of data and
   code.  */

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
      if (i == DESIGNATED) /* any pair in the machines; it is looked at below */
        expected = FFITEST_MANY ((uintptr_t) tramp, out[i]);
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
