/* SPDX-License-Identifier: MIT */
/* The i386 conventions: what they leave undefined, and what they preserve.  */

#ifndef I686_STATE_H
#define I686_STATE_H

#include "harness/x86_state.h"

#define BIT(n) (1u << (n))

void machine_callee (void);

enum
{
  PRESERVED = BIT (EBX) | BIT (ESP) | BIT (EBP) | BIT (ESI) | BIT (EDI),
  NO_GPR = -1
};

static const struct machine_abi machine_abis[] = {
  { .name = "System V",
    .abi = FFI_SYSV,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { NO_GPR },
    .chain = ECX,
    .pops_hidden = 1,
    .variadic = 1 },
  { .name = "Microsoft's cdecl",
    .abi = FFI_MS_CDECL,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { NO_GPR },
    .chain = ECX,
    .small = 1 | 2 | 4 | 8 },
  { .name = "stdcall",
    .abi = FFI_STDCALL,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { NO_GPR },
    .chain = ECX,
    .pops = 1,
    .variadic = 1 },
  { .name = "thiscall",
    .abi = FFI_THISCALL,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { ECX, NO_GPR },
    .chain = EAX,
    .pops = 1 },
  { .name = "fastcall",
    .abi = FFI_FASTCALL,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { ECX, EDX, NO_GPR },
    .chain = EAX,
    .pops = 1 },
  { .name = "pascal",
    .abi = FFI_PASCAL,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { NO_GPR },
    .chain = ECX,
    .borland = 1,
    .pops = 1,
    .small = 1 | 2 | 4,
    .variadic = -1 },
  { .name = "register",
    .abi = FFI_REGISTER,
    .callee = machine_callee,
    .preserved = PRESERVED,
    .registers = { EAX, EDX, ECX, NO_GPR },
    .chain = NO_GPR,
    .borland = 1,
    .pops = 1,
    .small = 1 | 2 | 4,
    .variadic = -1 },
};

/* The convention of C functions.  */
static const struct machine_abi *const machine_c_abi = &machine_abis[0];

static const char *const gpr_names[GPRS]
    = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" };

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { NULL, gpr_names, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "st", NULL, offsetof (struct machine_state, st), 1, 16 },
};

/* --- What is passed otherwise ------------------------------------------------------ */

/* Arguments of a C function: all on the stack.  */
static FFITEST_UNUSED size_t
pass_words (unsigned n, const uintptr_t *words, uintptr_t *stack)
{
  memcpy (stack, words, n * sizeof *words);
  return n * sizeof *words;
}

static FFITEST_UNUSED int
has_static_chain (const struct machine_abi *abi)
{
  return abi->chain != NO_GPR;
}

static FFITEST_UNUSED void
pass_static_chain (const struct machine_abi *abi, const void *chain)
{
  machine_in.gpr[abi->chain] = (uintptr_t) chain;
}

static FFITEST_UNUSED const void *
static_chain_seen (const struct machine_abi *abi)
{
  return (const void *) machine_seen.gpr[abi->chain];
}

static FFITEST_UNUSED int
has_variadic_functions (const struct machine_abi *abi)
{
  return abi->variadic >= 0;
}

/* --- What every function must keep ------------------------------------------------ */

/* After machine_call of a function of ABI that removes POPPED bytes of its
   arguments.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  machine_in.gpr[ESP] = (uintptr_t) stack_arguments () + popped;
  for (unsigned i = 0; i < GPRS; i++)
    if ((abi->preserved & BIT (i)) && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("%s: expected %s, %#x, got %#x", gpr_names[i],
                      i == ESP ? "what the convention leaves" : "to be preserved",
                      machine_in.gpr[i], machine_out.gpr[i]);
  return control_trouble ("after the call", &machine_out, machine_x87_results);
}

#endif
