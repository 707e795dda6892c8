/* SPDX-License-Identifier: MIT */
/* LP64D, the convention of riscv64: what it leaves undefined, and what it preserves.  */

#ifndef RISCV64_STATE_H
#define RISCV64_STATE_H

void machine_callee (void);

static const struct machine_abi machine_abis[]
    = { { "LP64D", FFI_SYSV, machine_callee } };

/* The convention of C functions.  */
static const struct machine_abi *const machine_c_abi = &machine_abis[0];

static const char *const gpr_names[GPRS]
    = { "zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
        "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
        "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6" };

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { NULL, gpr_names, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "fa", NULL, offsetof (struct machine_state, fpr[FA0]), ARGUMENT_FPRS, 8 },
};

/* --- States --------------------------------------------------------------------- */

/* Junk in everything, and an unusual rounding mode.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  junk_fill (state, sizeof *state);
  state->fcsr = TO_ZERO | (junk_number () & FLOATING_FLAGS);
}

/* --- What every function must keep ------------------------------------------------ */

/* s0 to s11 have the numbers of fs0 to fs11.  */
static FFITEST_UNUSED int
is_saved (unsigned number)
{
  return number == 8 || number == 9 || (number >= 18 && number <= 27);
}

static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state)
{
  if ((state->fcsr ^ machine_in.fcsr) & ROUNDING)
    return trouble ("%s: fcsr: expected %#lx, got %#lx", where,
                    (unsigned long) machine_in.fcsr, (unsigned long) state->fcsr);
  return NULL;
}

/* After machine_call of a function of ABI.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  (void) abi;
  machine_in.gpr[SP] = (uintptr_t) stack_arguments () + popped;
  for (unsigned i = SP; i < GPRS; i++)
    if ((i <= SP + 2 || is_saved (i)) && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("%s: expected to be preserved, %#lx, got %#lx", gpr_names[i],
                      (unsigned long) machine_in.gpr[i],
                      (unsigned long) machine_out.gpr[i]);
  for (unsigned i = 0; i < FPRS; i++)
    {
      const char *wrong = is_saved (i)
                              ? bytes_trouble ("preserved f", (int) i, machine_out.fpr[i],
                                               machine_in.fpr[i], NULL, 8)
                              : NULL;
      if (wrong != NULL)
        return wrong;
    }
  return control_trouble ("after the call", &machine_out);
}

/* At the first instruction of a callee or handler: it may be at most BOUND bytes below
   its caller's caller.  */
static FFITEST_UNUSED const char *
entry_trouble (size_t bound)
{
  const char *wrong = stack_trouble (bound);
  if (wrong != NULL)
    return wrong;
  for (unsigned i = SP + 1; i <= SP + 2; i++)
    if (machine_in.gpr[i] != machine_seen.gpr[i])
      return trouble ("%s at entry: expected %#lx, got %#lx", gpr_names[i],
                      (unsigned long) machine_in.gpr[i],
                      (unsigned long) machine_seen.gpr[i]);
  return control_trouble ("at entry", &machine_seen);
}

#endif
