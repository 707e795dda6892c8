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

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { NULL, gpr_names, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "xmm", NULL, offsetof (struct machine_state, vector), VECTORS, 64 },
  { "st", NULL, offsetof (struct machine_state, st), 2, 16 },
};

/* --- States --------------------------------------------------------------------- */

static __attribute__ ((constructor)) void
detect_vectors (void)
{
  machine_vector_bytes = __builtin_cpu_supports ("avx512f") ? 64
                         : __builtin_cpu_supports ("avx")   ? 32
                                                            : 16;
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

#endif
