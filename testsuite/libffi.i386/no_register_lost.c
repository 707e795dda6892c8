/* SPDX-License-Identifier: MIT */
/* { needs i686 native nosan } */
/* { options -no-pie -fno-pie -mno-sse } */
/* From the first instruction of a trampoline on, and until the handler runs, every
   register and flag that a caller may have filled is either as it was or saved on the
   stack: eax, edx and ecx, which FFI_REGISTER passes arguments in, the callee-saved
   ones, the arithmetic flags until eax, edx and ecx are saved, the x87 and the vector
   registers.  A signal at every instruction overwrites all below the stack pointer.  */

#include "ffitest.h"
#include "stepping32.h"

/* The call: registers from the table, then the address.  */
enum
{
  VALUE_EAX = 0x0a0a0a0a,
  VALUE_EDX = 0x0d0d0d0d,
  VALUE_ECX = 0x0c0c0c0c,
  VALUE_EBX = 0x0b0b0b0b,
  VALUE_ESI = 0x05050505,
  VALUE_EDI = 0x0e0e0e0e,
  VALUE_EBP = 0x06060606,
  ARITHMETIC = 0x8d5 /* carry, parity, adjust, zero, sign, overflow */
};

void call_patterned (void *code, uint32_t flags);
extern uint32_t patterned_target, patterned_flags, patterned_esp, patterned_result;
extern uint32_t patterned_left;
extern unsigned char patterned_vectors[8][16], patterned_vectors_seen[8][16];
uint32_t patterned_target, patterned_flags, patterned_esp, patterned_result;
uint32_t patterned_left;
unsigned char patterned_vectors[8][16], patterned_vectors_seen[8][16];

__asm__(".pushsection .text\n"
        "  .globl call_patterned\n"
        "  .type call_patterned, @function\n"
        "call_patterned:\n"
        "  pushal\n"
        "  movl 36(%esp), %eax\n"
        "  movl %eax, patterned_target\n"
        "  movl 40(%esp), %eax\n"
        "  movl %eax, patterned_flags\n"
        "  movl %esp, patterned_left\n"
        "  movups patterned_vectors, %xmm0\n"
        "  movups patterned_vectors + 16, %xmm1\n"
        "  movups patterned_vectors + 32, %xmm2\n"
        "  movups patterned_vectors + 48, %xmm3\n"
        "  movups patterned_vectors + 64, %xmm4\n"
        "  movups patterned_vectors + 80, %xmm5\n"
        "  movups patterned_vectors + 96, %xmm6\n"
        "  movups patterned_vectors + 112, %xmm7\n"
        "  movl %esp, patterned_esp\n"
        "  subl $4, patterned_esp\n"
        "  movl $0x0a0a0a0a, %eax\n"
        "  movl $0x0d0d0d0d, %edx\n"
        "  movl $0x0c0c0c0c, %ecx\n"
        "  movl $0x0b0b0b0b, %ebx\n"
        "  movl $0x05050505, %esi\n"
        "  movl $0x0e0e0e0e, %edi\n"
        "  movl $0x06060606, %ebp\n"
        "  pushl patterned_flags\n"
        "  popfl\n"
        "  call *patterned_target\n"
        "  movl %eax, patterned_result\n"
        "  pushfl\n"
        "  andl $~0x100, (%esp)\n"
        "  popfl\n"
        "  movl patterned_left, %esp\n"
        "  popal\n"
        "  ret\n"
        "  .size call_patterned, . - call_patterned\n"
        "  .globl note_vectors\n"
        "  .type note_vectors, @function\n"
        "note_vectors:\n"
        "  movups %xmm0, patterned_vectors_seen\n"
        "  movups %xmm1, patterned_vectors_seen + 16\n"
        "  movups %xmm2, patterned_vectors_seen + 32\n"
        "  movups %xmm3, patterned_vectors_seen + 48\n"
        "  movups %xmm4, patterned_vectors_seen + 64\n"
        "  movups %xmm5, patterned_vectors_seen + 80\n"
        "  movups %xmm6, patterned_vectors_seen + 96\n"
        "  movups %xmm7, patterned_vectors_seen + 112\n"
        "  ret\n"
        "  .size note_vectors, . - note_vectors\n"
        ".popsection\n");
void note_vectors (void);

static void *trampoline;
static int inside;          /* between the trampoline's start and the handler */
static int saved;           /* a register that carries arguments has been changed */
static const char *trouble; /* what went wrong first */
static unsigned long watched;
static uint32_t trouble_at;

static void
expect (int holds, const char *what, const greg_t *registers)
{
  if (!holds && trouble == NULL)
    {
      trouble = what;
      trouble_at = (uint32_t) registers[REG_EIP] - (uint32_t) (uintptr_t) trampoline;
    }
}

/* VALUE lies between the stack pointer and the return address.  */
static int
on_stack (const greg_t *registers, uint32_t value)
{
  for (uint32_t at = (uint32_t) registers[REG_ESP]; at < patterned_esp; at += 4)
    if (*(const uint32_t *) at == value)
      return 1;
  return 0;
}

static void
check_argument (const greg_t *registers, int which, uint32_t value, const char *name)
{
  if ((uint32_t) registers[which] == value)
    return;
  saved = 1;
  expect (on_stack (registers, value), name, registers);
}

static void
watch (const greg_t *registers)
{
  if ((uint32_t) registers[REG_EIP] == (uint32_t) (uintptr_t) trampoline)
    {
      inside = 1;
      expect ((uint32_t) registers[REG_ESP] == patterned_esp, "the call is not one",
              registers);
    }
  if (!inside)
    return;
  watched++;
  check_argument (registers, REG_EAX, VALUE_EAX, "eax is lost");
  check_argument (registers, REG_EDX, VALUE_EDX, "edx is lost");
  check_argument (registers, REG_ECX, VALUE_ECX, "ecx is lost");
  expect ((uint32_t) registers[REG_EBX] == VALUE_EBX || on_stack (registers, VALUE_EBX),
          "ebx is lost", registers);
  expect ((uint32_t) registers[REG_ESI] == VALUE_ESI || on_stack (registers, VALUE_ESI),
          "esi is lost", registers);
  expect ((uint32_t) registers[REG_EDI] == VALUE_EDI || on_stack (registers, VALUE_EDI),
          "edi is lost", registers);
  expect ((uint32_t) registers[REG_EBP] == VALUE_EBP || on_stack (registers, VALUE_EBP),
          "ebp is lost", registers);
  expect (*(uint32_t *) patterned_esp != 0x99999999, "the return address is lost",
          registers);
  /* The trampoline itself changes no flag at all.  */
  uint32_t into = (uint32_t) registers[REG_EIP] - (uint32_t) (uintptr_t) trampoline;
  if (into < 32)
    expect ((((uint32_t) registers[REG_EFL] ^ patterned_flags) & (ARITHMETIC | 0x400))
                == 0,
            "a flag is lost", registers);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  inside = 0;
  note_vectors ();
  *(ffi_arg *) result = *(uint32_t *) args[0] == VALUE_EAX
                        && *(uint32_t *) args[1] == VALUE_EDX
                        && *(uint32_t *) args[2] == VALUE_ECX;
}

static void
check_flags (uint32_t flags)
{
  trouble = NULL;
  watched = 0;
  saved = 0;
  for (int r = 0; r < 8; r++)
    for (int i = 0; i < 16; i++)
      {
        patterned_vectors[r][i] = (unsigned char) (0x40 + r * 16 + i);
        patterned_vectors_seen[r][i] = 0;
      }
  call_patterned (trampoline, flags | TRAP_FLAG | 0x202);
  CHECK_MSG (trouble == NULL, "flags %#x, %u bytes from the trampoline's start: %s",
             flags, trouble_at, trouble);
  CHECK_MSG (watched >= 8, "only %lu instructions seen", watched);
  CHECK_INT (saved, 1);
  CHECK_INT (patterned_result, 1);
  CHECK_MEM (patterned_vectors_seen, patterned_vectors, sizeof patterned_vectors);
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_uint32, &ffi_type_pointer, &ffi_type_sint32 };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif (&cif, FFI_REGISTER, 3, &ffi_type_uint32, types), FFI_OK);
  stepping_prepare ();
  step_watch = watch;
  /* Trampolines of the image, and of a table that was added.  */
  for (int i = 0; i < 3000; i++)
    {
      void *code;
      MAKE_CLOSURE (&cif, handle, NULL, &code);
      if (i != 0 && i != 2999)
        continue;
      trampoline = code;
      check_flags (0);
      check_flags (ARITHMETIC);
      for (uint32_t bit = 1; bit <= 0x800; bit <<= 1)
        if (ARITHMETIC & bit)
          check_flags (bit);
    }
  return ffitest_done ();
}
