/* SPDX-License-Identifier: MIT */
/* x86-64: call an address with every register chosen, and see what it kept.  */

#ifndef MACHINE_CALL_H
#define MACHINE_CALL_H

struct machine_call
{
  /* in */
  void *fn;             /*   0 */
  unsigned long gpr[6]; /*   8: rdi rsi rdx rcx r8 r9 */
  unsigned long r10;    /*  56: the static chain */
  double xmm[8][2];     /*  64 */
  unsigned long nstack; /* 192: words on the stack */
  const void *stack;    /* 200 */
  unsigned long rax;    /* 208: al counts vector registers for variadic callees */
  /* out */
  unsigned long out_rax; /* 216 */
  unsigned long out_rdx; /* 224 */
  double out_xmm[2][2];  /* 232 */
  /* What was not preserved: 1 rbx, 2 rbp, 4 r12, 8 r13, 16 r14, 32 r15,
     64 direction flag, 128 rsp.  */
  unsigned long changed; /* 264 */
  unsigned char st0[10]; /* 272: popped if pop_st0 */
  unsigned long pop_st0; /* 288 */
};

_Static_assert(offsetof (struct machine_call, xmm) == 64, "asm below");
_Static_assert(offsetof (struct machine_call, out_rax) == 216, "asm below");
_Static_assert(offsetof (struct machine_call, changed) == 264, "asm below");
_Static_assert(offsetof (struct machine_call, pop_st0) == 288, "asm below");

void machine_call (struct machine_call *call);

/* A callee that notes rsp and rax as it finds them and returns its rdi.  */
long machine_entry (long x);
extern unsigned long machine_entry_rsp, machine_entry_rax, machine_entry_r10;

#define MACHINE_CHECK(register, bit)                                                     \
  "  cmpq machine_" #register "(%rip), %" #register "\n"                                 \
                                                    "  je 1f\n"                          \
                                                    "  orl $" #bit ", %ecx\n"            \
                                                    "1:\n"

__asm__(".pushsection .data\n"
        "  .balign 8\n"
        "machine_rbx: .quad 0x5bbb5bbb5bbb5bbb\n"
        "machine_rbp: .quad 0x5bb95bb95bb95bb9\n"
        "machine_r12: .quad 0x5212521252125212\n"
        "machine_r13: .quad 0x5313531353135313\n"
        "machine_r14: .quad 0x5414541454145414\n"
        "machine_r15: .quad 0x5515551555155515\n"
        "machine_rsp: .quad 0\n"
        "machine_sp: .quad 0\n"
        "  .globl machine_entry_rsp, machine_entry_rax, machine_entry_r10\n"
        "machine_entry_rsp: .quad 0\n"
        "machine_entry_rax: .quad 0\n"
        "machine_entry_r10: .quad 0\n"
        ".popsection\n"
        ".pushsection .text\n"
        "  .globl machine_call\n"
        "  .type machine_call, @function\n"
        "machine_call:\n"
        "  endbr64\n"
        "  pushq %rbx\n"
        "  pushq %rbp\n"
        "  pushq %r12\n"
        "  pushq %r13\n"
        "  pushq %r14\n"
        "  pushq %r15\n"
        "  pushq %rdi\n"
        "  movq %rsp, machine_sp(%rip)\n"
        "  movq %rdi, %rbx\n"
        "  movq 192(%rbx), %rcx\n"
        "  leaq 15(,%rcx,8), %rax\n"
        "  andq $-16, %rax\n"
        "  subq %rax, %rsp\n"
        "  movq 200(%rbx), %rsi\n"
        "  movq %rsp, %rdi\n"
        "  cld\n"
        "  rep movsq\n"
        "  movq %rsp, machine_rsp(%rip)\n"
        "  movups 64(%rbx), %xmm0\n"
        "  movups 80(%rbx), %xmm1\n"
        "  movups 96(%rbx), %xmm2\n"
        "  movups 112(%rbx), %xmm3\n"
        "  movups 128(%rbx), %xmm4\n"
        "  movups 144(%rbx), %xmm5\n"
        "  movups 160(%rbx), %xmm6\n"
        "  movups 176(%rbx), %xmm7\n"
        "  pcmpeqd %xmm8, %xmm8\n"
        "  pcmpeqd %xmm9, %xmm9\n"
        "  pcmpeqd %xmm15, %xmm15\n"
        "  movq 8(%rbx), %rdi\n"
        "  movq 16(%rbx), %rsi\n"
        "  movq 24(%rbx), %rdx\n"
        "  movq 32(%rbx), %rcx\n"
        "  movq 40(%rbx), %r8\n"
        "  movq 48(%rbx), %r9\n"
        "  movq 56(%rbx), %r10\n"
        "  movq 208(%rbx), %rax\n"
        "  movq (%rbx), %r11\n"
        "  movq machine_rbx(%rip), %rbx\n"
        "  movq machine_rbp(%rip), %rbp\n"
        "  movq machine_r12(%rip), %r12\n"
        "  movq machine_r13(%rip), %r13\n"
        "  movq machine_r14(%rip), %r14\n"
        "  movq machine_r15(%rip), %r15\n"
        "  call *%r11\n"
        "  movq machine_sp(%rip), %r11\n"
        "  movq (%r11), %r11\n"
        "  movq %rax, 216(%r11)\n"
        "  movq %rdx, 224(%r11)\n"
        "  movups %xmm0, 232(%r11)\n"
        "  movups %xmm1, 248(%r11)\n"
        "  xorl %ecx, %ecx\n"                           //
        MACHINE_CHECK (rbx, 1) MACHINE_CHECK (rbp, 2)   //
        MACHINE_CHECK (r12, 4) MACHINE_CHECK (r13, 8)   //
        MACHINE_CHECK (r14, 16) MACHINE_CHECK (r15, 32) //
        MACHINE_CHECK (rsp, 128)                        //
        "  movq machine_sp(%rip), %rsp\n"
        "  pushfq\n"
        "  popq %rax\n"
        "  testl $0x400, %eax\n"
        "  jz 1f\n"
        "  orl $64, %ecx\n"
        "1:\n"
        "  cld\n"
        "  movq %rcx, 264(%r11)\n"
        "  cmpq $0, 288(%r11)\n"
        "  je 1f\n"
        "  fstpt 272(%r11)\n"
        "1:\n"
        "  popq %rdi\n"
        "  popq %r15\n"
        "  popq %r14\n"
        "  popq %r13\n"
        "  popq %r12\n"
        "  popq %rbp\n"
        "  popq %rbx\n"
        "  ret\n"
        "  .size machine_call, . - machine_call\n"
        "  .globl machine_entry\n"
        "  .type machine_entry, @function\n"
        "machine_entry:\n"
        "  endbr64\n"
        "  movq %rsp, machine_entry_rsp(%rip)\n"
        "  movq %rax, machine_entry_rax(%rip)\n"
        "  movq %r10, machine_entry_r10(%rip)\n"
        "  movq %rdi, %rax\n"
        "  ret\n"
        "  .size machine_entry, . - machine_entry\n"
        ".popsection\n");

/* MXCSR and the x87 control word, and whether the x87 stack is empty.  */
struct control_state
{
  unsigned mxcsr;
  unsigned short x87;
  unsigned short x87_tags;
};

static FFITEST_UNUSED __attribute__ ((noinline)) struct control_state
control_state (void)
{
  struct control_state state;
  unsigned environment[7];
  __asm__ volatile("stmxcsr %0" : "=m"(state.mxcsr));
  __asm__ volatile("fnstcw %0" : "=m"(state.x87));
  __asm__ volatile("fnstenv %0\n\tfldenv %0" : "=m"(environment));
  state.mxcsr &= ~0x3fu; /* the exceptions seen are free to change */
  state.x87_tags = (unsigned short) environment[2];
  return state;
}

static FFITEST_UNUSED void
set_control (unsigned mxcsr, unsigned short x87)
{
  __asm__ volatile("ldmxcsr %0" ::"m"(mxcsr));
  __asm__ volatile("fldcw %0" ::"m"(x87));
}

#define CHECK_CONTROL(got, expected)                                                     \
  do                                                                                     \
    {                                                                                    \
      CHECK_UINT ((got).mxcsr, (expected).mxcsr);                                        \
      CHECK_UINT ((got).x87, (expected).x87);                                            \
      CHECK_UINT ((got).x87_tags, (expected).x87_tags);                                  \
    }                                                                                    \
  while (0)

#endif
