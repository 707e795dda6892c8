/* SPDX-License-Identifier: MIT */
/* i386: call an address with every register and stack word chosen, and see what it
   kept and removed; and a callee that notes what it was given.  */

#ifndef MACHINE32_H
#define MACHINE32_H

enum
{
  MACHINE_WORDS = 96
};

struct machine32
{
  /* in */
  void *fn;          /*  0 */
  uint32_t eax;      /*  4 */
  uint32_t edx;      /*  8 */
  uint32_t ecx;      /* 12 */
  uint32_t count;    /* 16: words on the stack */
  const void *words; /* 20 */
  uint32_t misalign; /* 24: bytes by which the stack is not aligned to 16 */
  uint32_t pop_st0;  /* 28: there is a result on the x87 stack */
  /* out */
  uint32_t out_eax; /* 32 */
  uint32_t out_edx; /* 36 */
  int32_t popped;   /* 40: bytes removed beside the return address */
  uint32_t changed; /* 44: 1 ebx, 2 esi, 4 edi, 8 ebp, 16 direction flag */
  long double st0;  /* 48 */
};

_Static_assert(offsetof (struct machine32, out_eax) == 32, "asm below");
_Static_assert(offsetof (struct machine32, st0) == 48, "asm below");

void machine32_call (struct machine32 *call);

/* What a callee found: eax, edx, ecx; esp; the words above its return address.  It
   returns machine32_result in eax and edx, and removes machine32_pop bytes.  */
void machine32_callee (void);
struct machine32_seen
{
  uint32_t eax, edx, ecx;        /*  0 */
  uint32_t esp;                  /* 12 */
  uint32_t words[MACHINE_WORDS]; /* 16 */
};
extern struct machine32_seen machine32_seen;
extern uint32_t machine32_pop, machine32_result[2];
struct machine32_seen machine32_seen;
uint32_t machine32_pop, machine32_result[2];

#define MACHINE32_CHECK(register, value, bit)                                            \
  "  cmpl $" #value ", %" #register "\n"                                                 \
                                    "  je 1f\n"                                          \
                                    "  orl $" #bit ", machine32_changed\n"               \
                                    "1:\n"

/* The frame of machine32_call is found again in memory: no register may be relied
   on.  Absolute addresses: test programs with this are not position-independent.  */
__asm__(".pushsection .bss\n"
        "  .balign 4\n"
        "machine32_frame: .long 0\n"
        "machine32_changed: .long 0\n"
        "machine32_esp: .long 0\n"
        ".popsection\n"
        ".pushsection .text\n"
        "  .globl machine32_call\n"
        "  .type machine32_call, @function\n"
        "machine32_call:\n"
        "  pushl %ebp\n"
        "  pushl %ebx\n"
        "  pushl %esi\n"
        "  pushl %edi\n"
        "  movl 20(%esp), %ebp\n"
        "  movl %esp, machine32_frame\n"
        "  movl $0, machine32_changed\n"
        "  movl 16(%ebp), %ecx\n"
        "  movl 20(%ebp), %esi\n"
        "  leal (,%ecx,4), %eax\n"
        "  subl %eax, %esp\n"
        "  andl $-16, %esp\n"
        "  subl 24(%ebp), %esp\n"
        "  movl %esp, %edi\n"
        "  cld\n"
        "  rep movsl\n"
        "  movl %esp, machine32_esp\n"
        "  pushl (%ebp)\n"
        "  movl 4(%ebp), %eax\n"
        "  movl 8(%ebp), %edx\n"
        "  movl 12(%ebp), %ecx\n"
        "  movl $0x5bbb5bbb, %ebx\n"
        "  movl $0x51515151, %esi\n"
        "  movl $0x5d5d5d5d, %edi\n"
        "  movl $0x5b5b5b5b, %ebp\n"
        /* Pop the address before the call, so that the stack is as chosen.  */
        "  popl machine32_target\n"
        "  call *machine32_target\n"
        "  subl %esp, machine32_esp\n"       //
        MACHINE32_CHECK (ebx, 0x5bbb5bbb, 1) //
        MACHINE32_CHECK (esi, 0x51515151, 2) //
        MACHINE32_CHECK (edi, 0x5d5d5d5d, 4) //
        MACHINE32_CHECK (ebp, 0x5b5b5b5b, 8) //
        "  movl machine32_frame, %esp\n"
        "  movl 20(%esp), %ebp\n"
        "  movl %eax, 32(%ebp)\n"
        "  movl %edx, 36(%ebp)\n"
        "  pushfl\n"
        "  popl %eax\n"
        "  cld\n"
        "  testl $0x400, %eax\n"
        "  jz 1f\n"
        "  orl $16, machine32_changed\n"
        "1:\n"
        "  movl machine32_changed, %eax\n"
        "  movl %eax, 44(%ebp)\n"
        "  movl machine32_esp, %eax\n"
        "  negl %eax\n"
        "  movl %eax, 40(%ebp)\n"
        "  cmpl $0, 28(%ebp)\n"
        "  je 1f\n"
        "  fstpt 48(%ebp)\n"
        "1:\n"
        "  popl %edi\n"
        "  popl %esi\n"
        "  popl %ebx\n"
        "  popl %ebp\n"
        "  ret\n"
        "  .size machine32_call, . - machine32_call\n"
        "  .globl machine32_callee\n"
        "  .type machine32_callee, @function\n"
        "machine32_callee:\n"
        "  movl %eax, machine32_seen\n"
        "  movl %edx, machine32_seen + 4\n"
        "  movl %ecx, machine32_seen + 8\n"
        "  movl %esp, machine32_seen + 12\n"
        "  pushl %esi\n"
        "  pushl %edi\n"
        "  leal 12(%esp), %esi\n"
        "  movl $machine32_seen + 16, %edi\n"
        "  movl $96, %ecx\n"
        "  rep movsl\n"
        "  popl %edi\n"
        "  popl %esi\n"
        "  popl %ecx\n"
        "  addl machine32_pop, %esp\n"
        "  movl machine32_result, %eax\n"
        "  movl machine32_result + 4, %edx\n"
        "  jmp *%ecx\n"
        "  .size machine32_callee, . - machine32_callee\n"
        ".popsection\n"
        ".pushsection .bss\n"
        "machine32_target: .long 0\n"
        ".popsection\n");

#endif
