/* SPDX-License-Identifier: MIT */
/* The x86-64 conventions: what they leave undefined, and what they preserve.  */

#ifndef X86_64_STATE_H
#define X86_64_STATE_H

#include "harness/x86_state.h"

#define BIT(n) (1u << (n))

void machine_callee_sysv (void);
void machine_callee_win64 (void);

enum
{
  SYSV_PRESERVED
  = BIT (RBX) | BIT (RSP) | BIT (RBP) | BIT (R12) | BIT (R13) | BIT (R14) | BIT (R15)
};

static const struct machine_abi machine_abis[] = {
  { "System V", FFI_UNIX64, machine_callee_sysv, SYSV_PRESERVED, 0 },
  { "Microsoft", FFI_WIN64, machine_callee_win64, SYSV_PRESERVED | BIT (RSI) | BIT (RDI),
    0xffc0 },
  { "Microsoft, GNU long double", FFI_GNUW64, machine_callee_win64,
    SYSV_PRESERVED | BIT (RSI) | BIT (RDI), 0xffc0 },
};

/* The convention of C functions.  */
static const struct machine_abi *const machine_c_abi = &machine_abis[0];

static const char *const gpr_names[GPRS]
    = { "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
        "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15" };

/* --- States --------------------------------------------------------------------- */

static FFITEST_UNUSED void
detect_vectors (void)
{
  machine_vector_bytes = __builtin_cpu_supports ("avx512f") ? 64
                         : __builtin_cpu_supports ("avx")   ? 32
                                                            : 16;
}

/* The state before a call of anything by ABI.  */
static FFITEST_UNUSED void
junk_registers (void)
{
  if (machine_vector_bytes == 0)
    detect_vectors ();
  junk_state (&machine_in);
  junk_state (&machine_give);
  memset (&machine_seen, 0, sizeof machine_seen);
  machine_x87_results = machine_x87_given = 0;
  machine_memory_bytes = 0;
  machine_trash_words = 0;
}

/* Arguments of a C function.  */
static FFITEST_UNUSED size_t
pass_words (unsigned n, const uintptr_t *words, uintptr_t *stack)
{
  (void) stack;
  static const unsigned char order[] = { RDI, RSI, RDX, RCX, R8, R9 };
  for (unsigned i = 0; i < n; i++)
    machine_in.gpr[order[i]] = words[i];
  return 0;
}

static FFITEST_UNUSED int
has_static_chain (const struct machine_abi *abi)
{
  return abi != NULL;
}

static FFITEST_UNUSED void
pass_static_chain (const struct machine_abi *abi, const void *chain)
{
  (void) abi;
  machine_in.gpr[R10] = (uintptr_t) chain;
}

static FFITEST_UNUSED const void *
static_chain_seen (const struct machine_abi *abi)
{
  (void) abi;
  return (const void *) machine_seen.gpr[R10];
}

static FFITEST_UNUSED int
has_variadic_functions (const struct machine_abi *abi)
{
  return abi != NULL;
}

/* --- What every function must keep ------------------------------------------------ */

/* After machine_call of a function of ABI that removes POPPED bytes of its
   arguments.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  machine_in.gpr[RSP] = (uintptr_t) stack_arguments () + popped;
  for (unsigned i = 0; i < GPRS; i++)
    if ((abi->preserved & BIT (i)) && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("%s: expected to be preserved, %#lx, got %#lx", gpr_names[i],
                      (unsigned long) machine_in.gpr[i],
                      (unsigned long) machine_out.gpr[i]);
  for (unsigned i = 0; i < 16; i++)
    if (abi->preserved_vectors & BIT (i))
      {
        const char *wrong
            = bytes_trouble ("preserved xmm", (int) i, machine_out.vector[i],
                             machine_in.vector[i], NULL, 16);
        if (wrong != NULL)
          return wrong;
      }
  return control_trouble ("after the call", &machine_out, machine_x87_results);
}

/* At the first instruction of a callee or handler: it may be at most BOUND bytes below
   its caller's caller.  */
static FFITEST_UNUSED const char *
entry_trouble (size_t bound)
{
  uintptr_t depth = (uintptr_t) stack_arguments () - machine_seen.gpr[RSP];
  if (machine_seen.gpr[RSP] == 0)
    return trouble ("expected to be called, got no call");
  if (machine_seen.gpr[RSP] % 16 != 8)
    return trouble ("rsp at entry: expected an odd multiple of 8, got %#lx",
                    (unsigned long) machine_seen.gpr[RSP]);
  if (depth > bound)
    return trouble ("stack used: expected at most %zu bytes, got %zu", bound,
                    (size_t) depth);
  return control_trouble ("at entry", &machine_seen, 0);
}

#endif
