/* SPDX-License-Identifier: MIT */
/* The 32-bit Arm conventions: what they leave undefined, and what they preserve.  */

#ifndef ARM_STATE_H
#define ARM_STATE_H

#include <sys/auxv.h>

void machine_callee (void);

/* That of C functions first.  */
static const struct machine_abi machine_abis[] = {
#ifdef __ARM_PCS_VFP
  { "VFP", FFI_VFP, machine_callee },
#endif
  { "base", FFI_SYSV, machine_callee },
};

static const struct machine_abi *const machine_c_abi = &machine_abis[0];

static const char *const gpr_names[GPRS]
    = { "r0", "r1", "r2",  "r3",  "r4", "r5", "r6", "r7",
        "r8", "r9", "r10", "r11", "ip", "sp", "lr" };

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { NULL, gpr_names, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "s", NULL, offsetof (struct machine_state, vector), VECTORS, VECTOR_SIZE },
};

/* --- States --------------------------------------------------------------------- */

static __attribute__ ((constructor)) void
detect_vfp (void)
{
  const unsigned long hwcap_vfp = 1 << 6;
  machine_has_vfp = (getauxval (AT_HWCAP) & hwcap_vfp) != 0;
}

/* Junk in everything, and an unusual rounding mode.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  junk_fill (state, sizeof *state);
  state->flags = junk_number () & 1 ? ARITHMETIC_FLAGS : 0;
  state->fpscr = ROUNDING; /* to zero */
}

/* --- What every function must keep ------------------------------------------------ */

static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state)
{
  if (machine_has_vfp && ((state->fpscr ^ machine_in.fpscr) & ROUNDING) != 0)
    return trouble ("%s: fpscr: expected %#x, got %#x", where, machine_in.fpscr,
                    state->fpscr);
  return NULL;
}

/* After machine_call of a function of ABI.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  (void) abi;
  machine_in.gpr[SP] = (uintptr_t) stack_arguments () + popped;
  for (unsigned i = 4; i <= SP; i++)
    if (i != CHAIN && machine_in.gpr[i] != machine_out.gpr[i])
      return trouble ("%s: expected to be preserved, %#x, got %#x", gpr_names[i],
                      machine_in.gpr[i], machine_out.gpr[i]);
  for (unsigned i = 8; i < 16 && machine_has_vfp; i++)
    {
      const char *wrong
          = bytes_trouble ("preserved d", (int) i, machine_out.vector[2 * i],
                           machine_in.vector[2 * i], NULL, 8);
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

/* Each side relies on what the other widens.  */
#define WIDENS_INTEGERS 1

/* Nothing is passed by address.  */
#define BY_ADDRESS_ABOVE 0

/* A bit for each single register that is taken.  */
struct vectors
{
  unsigned taken;
};

/* The lowest registers that are free, also between those that are taken; or -1, and then
   there are no more.  */
static FFITEST_UNUSED int
take_vectors (struct vectors *vectors, unsigned count, unsigned size)
{
  unsigned singles = count * size / 4;
  unsigned mask = (1u << singles) - 1;
  for (unsigned n = 0; n + singles <= ARGUMENT_VECTORS; n += size / 4)
    if ((vectors->taken & mask << n) == 0)
      {
        vectors->taken |= mask << n;
        return (int) n;
      }
  vectors->taken = (1u << ARGUMENT_VECTORS) - 1;
  return -1;
}

/* Where in STATE->vector member I of SIZE bytes is, if the first is in register N.  */
static FFITEST_UNUSED size_t
member_at (unsigned n, unsigned i, unsigned size)
{
  return n * VECTOR_SIZE + i * size;
}

/* Do floating-point arguments of S travel in VFP registers?  Not if it is variadic.  */
static FFITEST_UNUSED int
uses_vectors (const struct signature *s)
{
  return s->abi == FFI_VFP && s->nfixed == MAX_ARGUMENTS;
}

/* Whether its result does.  */
static FFITEST_UNUSED int
returns_in_vectors (const struct signature *s)
{
  return uses_vectors (s);
}

#endif
