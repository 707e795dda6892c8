/* SPDX-License-Identifier: MIT */
/* The s390x ELF ABI: what it leaves undefined, and what it preserves.  */

#ifndef S390X_STATE_H
#define S390X_STATE_H

void machine_callee (void);

static const struct machine_abi machine_abis[]
    = { { "s390x ELF ABI", FFI_SYSV, machine_callee } };

/* The convention of C functions.  */
static const struct machine_abi *const machine_c_abi = &machine_abis[0];

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { "r", NULL, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "f", NULL, offsetof (struct machine_state, fpr), FPRS, 8 },
};

/* --- States --------------------------------------------------------------------- */

/* Junk in everything, and an unusual rounding mode.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  junk_fill (state, sizeof *state);
  state->flags = (uint64_t) (junk_number () & 3) << 28;
  state->fpc = 1; /* to zero */
}

/* --- What every function must keep ------------------------------------------------ */

static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state)
{
  if ((state->fpc ^ machine_in.fpc) & ROUNDING)
    return trouble ("%s: fpc: expected %#lx, got %#lx", where,
                    (unsigned long) machine_in.fpc, (unsigned long) state->fpc);
  return NULL;
}

/* After machine_call of a function of ABI.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  (void) abi;
  machine_in.gpr[SP] = (uintptr_t) stack_arguments () + popped - SAVE_AREA;
  for (unsigned i = 6; i < GPRS; i++)
    if (i != RETURN && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("r%u: expected to be preserved, %#lx, got %#lx", i,
                      (unsigned long) machine_in.gpr[i],
                      (unsigned long) machine_out.gpr[i]);
  for (unsigned i = 8; i < FPRS; i++)
    {
      const char *wrong = bytes_trouble ("preserved f", (int) i, machine_out.fpr[i],
                                         machine_in.fpr[i], NULL, 8);
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
  /* The library's frames, at most three, have a save area each.  */
  const char *wrong = stack_trouble (bound + 3 * SAVE_AREA);
  return wrong != NULL ? wrong : control_trouble ("at entry", &machine_seen);
}

#endif
