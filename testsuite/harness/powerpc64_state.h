/* SPDX-License-Identifier: MIT */
/* The ELFv2 ABI: what it leaves undefined, and what it preserves.  */

#ifndef POWERPC64_STATE_H
#define POWERPC64_STATE_H

void machine_callee (void);

/* Where machine_call is returned to.  */
extern const char machine_return[];

/* The bits of an ABI's number.  Left out are those without LONG_DOUBLE_128: there is no
   ffi_type of such a long double's size.  */
enum
{
  STRUCT_ALIGN = 1,
  LONG_DOUBLE_128 = 2,
  IEEE128 = 4,
  ELFV2 = 8 | LONG_DOUBLE_128
};

static const struct machine_abi machine_abis[] = {
  { "ELFv2", (ffi_abi) (ELFV2 | STRUCT_ALIGN), machine_callee },
  { "ELFv2, IEEE", (ffi_abi) (ELFV2 | IEEE128 | STRUCT_ALIGN), machine_callee },
  { "ELFv2, structs unaligned", (ffi_abi) ELFV2, machine_callee },
  { "ELFv2, IEEE, structs unaligned", (ffi_abi) (ELFV2 | IEEE128), machine_callee },
};

static const struct machine_abi *const machine_c_abi = &machine_abis[0];

/* What values travel in.  */
static const struct registers machine_registers[] = {
  { "r", NULL, offsetof (struct machine_state, gpr), GPRS, WORD },
  { "f", NULL, offsetof (struct machine_state, fpr), FPRS, 8 },
  { "v", NULL, offsetof (struct machine_state, vr), VRS, 16 },
};

/* --- States --------------------------------------------------------------------- */

/* Junk in everything, and an unusual rounding mode.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  const uint64_t carry_and_overflow = 0xe0000000;
  junk_fill (state, sizeof *state);
  __asm__("mr %0, 13" : "=r"(state->gpr[THREAD]));
  state->cr = (uint64_t) junk_number () << 8 ^ junk_number ();
  state->xer = junk_number () & 1 ? carry_and_overflow : 0;
  state->fpscr = 1; /* to zero */
  state->vrsave = junk_number ();
}

/* --- What every function must keep ------------------------------------------------ */

static FFITEST_UNUSED const char *
word_trouble (const char *where, const char *what, uint64_t expected, uint64_t got)
{
  if (expected != got)
    return trouble ("%s%s: expected %#lx, got %#lx", where, what,
                    (unsigned long) expected, (unsigned long) got);
  return NULL;
}

static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state)
{
  const char *wrong
      = word_trouble (where, ": r13", machine_in.gpr[THREAD], state->gpr[THREAD]);
  if (wrong == NULL)
    wrong = word_trouble (where, ": rounding in fpscr", machine_in.fpscr & ROUNDING,
                          state->fpscr & ROUNDING);
  if (wrong == NULL)
    wrong = word_trouble (where, ": vrsave", machine_in.vrsave, state->vrsave);
  return wrong;
}

/* The caller's stack pointer, and what it alone writes to its linkage.  */
static FFITEST_UNUSED const char *
linkage_trouble (size_t popped)
{
  uintptr_t sp = (uintptr_t) stack_arguments () + popped - LINKAGE;
  const char *wrong = word_trouble ("", "r1", sp, machine_out.gpr[SP]);
  if (wrong == NULL)
    wrong = word_trouble ("", "the caller's back chain", machine_in.back_chain,
                          machine_out.back_chain);
  if (wrong == NULL)
    wrong = word_trouble ("", "the caller's TOC save word", machine_in.toc_save,
                          machine_out.toc_save);
  return wrong;
}

/* Field N of a CR.  */
static FFITEST_UNUSED unsigned
cr_field (uint64_t cr, unsigned n)
{
  return cr >> (28 - 4 * n) & 15;
}

/* After machine_call of a function of ABI.  Callers through a pointer restore r2.  */
static FFITEST_UNUSED const char *
machine_trouble (const struct machine_abi *abi, size_t popped)
{
  (void) abi;
  char name[16];
  const char *wrong = linkage_trouble (popped);
  for (unsigned i = FIRST_PRESERVED; i < GPRS && wrong == NULL; i++)
    wrong = bytes_trouble ("preserved r", (int) i, &machine_out.gpr[i],
                           &machine_in.gpr[i], NULL, 8);
  for (unsigned i = FIRST_PRESERVED; i < FPRS && wrong == NULL; i++)
    wrong = bytes_trouble ("preserved f", (int) i, machine_out.fpr[i], machine_in.fpr[i],
                           NULL, 8);
  for (unsigned i = FIRST_PRESERVED_VR; i < VRS && wrong == NULL; i++)
    wrong = bytes_trouble ("preserved v", (int) i, machine_out.vr[i], machine_in.vr[i],
                           NULL, 16);
  for (unsigned i = 2; i <= 4 && wrong == NULL; i++)
    {
      snprintf (name, sizeof name, "preserved cr%u", i);
      wrong = word_trouble ("", name, cr_field (machine_in.cr, i),
                            cr_field (machine_out.cr, i));
    }
  if (wrong == NULL)
    wrong = control_trouble ("after the call", &machine_out);
  return wrong;
}

/* --- What every function must find -------------------------------------------------- */

/* The word at ADDRESS of the stack that a callee saw, if it was noted.  */
static FFITEST_UNUSED const uintptr_t *
stack_word (uintptr_t address)
{
  uintptr_t n = (address - machine_seen.gpr[SP] - LINKAGE) / sizeof (uintptr_t);
  return n < MACHINE_STACK_WORDS ? &machine_seen_stack[n] : NULL;
}

/* The back chain leads from frame to frame to that of the caller, to which the return
   address has been saved.  Only the nearer part of a large stack is noted.  */
static FFITEST_UNUSED const char *
chain_trouble (void)
{
  const uintptr_t top = (uintptr_t) stack_arguments () - LINKAGE;
  const uintptr_t *saved;
  uintptr_t frame = machine_seen.gpr[SP], next = machine_seen.back_chain;
  for (;;)
    {
      if (next < frame + LINKAGE || next > top || next % 16 != 0)
        return trouble (
            "back chain of the frame at %#lx: expected a frame up to %#lx, got "
            "%#lx",
            (unsigned long) frame, (unsigned long) top, (unsigned long) next);
      if (next == top)
        break;
      frame = next;
      if (stack_word (frame) == NULL)
        return NULL;
      next = *stack_word (frame);
    }
  saved = stack_word (top + LR_SAVE);
  return saved == NULL ? NULL
                       : word_trouble ("", "the return address in the caller's linkage",
                                       (uintptr_t) machine_return, *saved);
}

/* At the first instruction of a callee or handler: it may be at most BOUND bytes below
   its caller's caller.  */
static FFITEST_UNUSED const char *
entry_trouble (size_t bound)
{
  enum
  {
    /* The library's frames, at most four, have linkage and a parameter save area.  */
    FRAMES = 4 * (LINKAGE + 64)
  };
  const char *wrong = stack_trouble (bound + FRAMES);
  if (wrong == NULL)
    wrong
        = word_trouble ("", "r12 at entry", machine_seen.entry, machine_seen.gpr[ENTRY]);
  if (wrong == NULL)
    wrong = chain_trouble ();
  if (wrong == NULL)
    wrong = control_trouble ("at entry", &machine_seen);
  return wrong;
}

#endif
