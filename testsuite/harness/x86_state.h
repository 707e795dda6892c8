/* SPDX-License-Identifier: MIT */
/* What the states of the two x86 machines have in common: flags and control words.  */

#ifndef X86_STATE_H
#define X86_STATE_H

enum
{
  ARITHMETIC_FLAGS = 0x8d5, /* CF PF AF ZF SF OF */
  DIRECTION_FLAG = 0x400,
  MXCSR_CONTROL = 0xffc0,
  X87_EMPTY = 0xffff
};

/* Junk in everything; an empty x87 stack, DF clear and unusual control words.  */
static FFITEST_UNUSED void
junk_state (struct machine_state *state)
{
  junk_fill (state, sizeof *state);
  state->flags = 2 | (junk_number () & 1 ? ARITHMETIC_FLAGS : 0);
  state->mxcsr = 0x1f80 | 0x6000; /* round to zero, as nobody does by himself */
  state->x87_control = 0x0a7f;    /* double precision, upward */
  state->x87_tags = X87_EMPTY;
}

/* The control words, flags and x87 stack of STATE, which should have VALUES on it.  */
static FFITEST_UNUSED const char *
control_trouble (const char *where, const struct machine_state *state, unsigned values)
{
  unsigned used = 0;
  if ((state->mxcsr ^ machine_in.mxcsr) & MXCSR_CONTROL)
    return trouble ("%s: mxcsr: expected %#x, got %#x", where,
                    machine_in.mxcsr & MXCSR_CONTROL, state->mxcsr & MXCSR_CONTROL);
  if (state->x87_control != machine_in.x87_control)
    return trouble ("%s: x87 control word: expected %#x, got %#x", where,
                    machine_in.x87_control, state->x87_control);
  for (unsigned i = 0; i < 8; i++)
    used += (state->x87_tags >> (2 * i) & 3) != 3;
  if (used != values)
    return trouble ("%s: x87 stack: expected %u values, got %u", where, values, used);
  if (state->flags & DIRECTION_FLAG)
    return trouble ("%s: direction flag: expected clear, got set", where);
  return NULL;
}

/* At the first instruction of a callee or handler: it may be at most BOUND bytes below
   its caller's caller.  */
static FFITEST_UNUSED const char *
entry_trouble (size_t bound)
{
  const char *wrong = stack_trouble (bound);
  return wrong != NULL ? wrong : control_trouble ("at entry", &machine_seen, 0);
}

#endif
