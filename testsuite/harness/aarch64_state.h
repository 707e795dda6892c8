/* SPDX-License-Identifier: MIT */
/* The AArch64 conventions: what they leave undefined, and what they preserve.  */

#ifndef AARCH64_STATE_H
#define AARCH64_STATE_H

void machine_callee (void);

static const struct machine_abi machine_abis[] = {
  { "AAPCS64", FFI_SYSV, machine_callee, 0 },
  { "Windows", FFI_WIN64, machine_callee, 1 },
};

/* The convention of C functions.  */
static const struct machine_abi *const machine_c_abi = &machine_abis[0];

static const char *const gpr_names[GPRS]
    = { "x0",  "x1",  "x2",  "x3",  "x4",  "x5",  "x6",  "x7",  "x8",  "x9",  "x10",
        "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21",
        "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30", "sp" };

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { NULL, gpr_names, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "v", NULL, offsetof (struct machine_state, vector), VECTORS, VECTOR_SIZE },
};

/* --- States --------------------------------------------------------------------- */

/* Junk in everything, and an unusual rounding mode.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  junk_fill (state, sizeof *state);
  state->flags = junk_number () & 1 ? ARITHMETIC_FLAGS : 0;
  state->fpcr = ROUNDING; /* to zero */
}

/* --- What every function must keep ------------------------------------------------ */

static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state)
{
  if ((state->fpcr ^ machine_in.fpcr) & ROUNDING)
    return trouble ("%s: fpcr: expected %#lx, got %#lx", where,
                    (unsigned long) machine_in.fpcr, (unsigned long) state->fpcr);
  return NULL;
}

/* After machine_call of a function of ABI.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  (void) abi;
  machine_in.gpr[SP] = (uintptr_t) stack_arguments () + popped;
  for (unsigned i = 19; i < GPRS; i++)
    if (i != 30 && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("%s: expected to be preserved, %#lx, got %#lx", gpr_names[i],
                      (unsigned long) machine_in.gpr[i],
                      (unsigned long) machine_out.gpr[i]);
  for (unsigned i = 8; i < 16; i++)
    {
      const char *wrong = bytes_trouble ("preserved d", (int) i, machine_out.vector[i],
                                         machine_in.vector[i], NULL, 8);
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
  return wrong != NULL ? wrong : control_trouble ("at entry", &machine_seen);
}

/* --- Registers of arguments ------------------------------------------------------- */

/* The compilers widen nothing on either side.  */
#define WIDENS_INTEGERS 0

/* Larger values are passed by address.  */
#define BY_ADDRESS_ABOVE 16

struct vectors
{
  unsigned used;
};

/* COUNT registers of the next ones, or -1, and then there are no more.  */
static FFITEST_UNUSED int
take_vectors (struct vectors *vectors, unsigned count, unsigned size)
{
  (void) size;
  if (vectors->used + count > ARGUMENT_VECTORS)
    {
      vectors->used = ARGUMENT_VECTORS;
      return -1;
    }
  vectors->used += count;
  return (int) (vectors->used - count);
}

/* Where in STATE->vector member I of SIZE bytes is, if the first is in register N.  */
static FFITEST_UNUSED size_t
member_at (unsigned n, unsigned i, unsigned size)
{
  (void) size;
  return (size_t) (n + i) * VECTOR_SIZE;
}

/* Whether floating-point arguments of S travel in vector registers.  */
static FFITEST_UNUSED int
uses_vectors (const struct signature *s)
{
  return s->abi == FFI_SYSV || s->nfixed == MAX_ARGUMENTS;
}

/* Whether all results of a floating-point kind do.  */
static FFITEST_UNUSED int
returns_in_vectors (const struct signature *s)
{
  (void) s;
  return 1;
}

#endif
