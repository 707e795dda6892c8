/* SPDX-License-Identifier: MIT */
/* The steps of call plans.  */

#include "flags.h"

#pragma GCC visibility push(hidden)
extern const char ffi_plan_scalars[], ffi_plan_runs[], ffi_plan_words[],
    ffi_plan_singles[], ffi_plan_stack[], ffi_plan_copy[], ffi_plan_loop[],
    ffi_plan_rungs[], ffi_plan_bytes[], ffi_plan_bytes_vfp[], ffi_plan_bytes_to_vfp[],
    ffi_plan_frame[], ffi_plan_sret[], ffi_plan_skip[], ffi_plan_calls[],
    ffi_plan_call_float16[], ffi_plan_call_partial[];
#pragma GCC visibility pop

/* The steps that are noted.  */
struct noted
{
  const void **next;
  const ffi_cif *cif;
};

static void
note_step (struct noted *n, const char *step)
{
  *n->next++ = step;
}

/* What a step finds behind its address.  */
static void
note_number (struct noted *n, size_t number)
{
  *n->next++ = (const void *) number;
}

/* The bytes that M moves.  */
static size_t
bytes_of (const struct ffi_move *m)
{
  switch (m->op)
    {
    case MOVE_U8:
    case MOVE_S8:
      return 1;
    case MOVE_U16:
    case MOVE_S16:
      return 2;
    case MOVE_8:
      return 8;
    case MOVE_16:
      return 16;
    case MOVE_BYTES:
      return m->size;
    default:
      return 4;
    }
}

/* The class of the word that M makes, which need not be aligned further than the argument
   is; or 0.  */
static unsigned
class_of (const struct noted *n, const struct ffi_move *m)
{
  const size_t align = n->cif->arg_types[m->arg]->alignment, bytes = bytes_of (m);

  switch (m->op)
    {
    case MOVE_END:
    case MOVE_SRET:
      return 0;
    case MOVE_U8:
      return CLASS_U8;
    case MOVE_S8:
      return CLASS_S8;
    case MOVE_U16:
      return CLASS_U16;
    case MOVE_S16:
      return CLASS_S16;
    default:
      return bytes == 4 && align >= 4   ? CLASS_WORD
             : bytes == 2 && align >= 2 ? CLASS_U16
             : bytes == 1               ? CLASS_U8
                                        : 0;
    }
}

/* How many moves from M on are those of words, each next to the one before; at most
   MOST.  */
static unsigned
run_of_words (const struct noted *n, const struct ffi_move *m, unsigned most)
{
  unsigned count = 1;

  while (count < most && class_of (n, &m[count]) == CLASS_WORD && m[count].base == m->base
         && m[count].to == m->to + 4 * count && m[count].arg == m->arg + count)
    count++;
  return count;
}

/* Note the step for M, and for moves behind it that it makes, too: scalars that are one
   word each.  Returns how many.  */
static unsigned
note_word (struct noted *n, const struct ffi_move *m, unsigned class)
{
  const unsigned gpr = m->to / 4;
  unsigned count = 1;

  if (m->base == MOVE_TO_STACK)
    {
      if (class == CLASS_WORD)
        count = run_of_words (n, m, 2);
      note_step (n, ffi_plan_stack
                        + 2 * PLAN_STEP_SIZE
                              * ((count == 2 ? PLAN_TWO_SCALARS : class) - 1));
      note_number (n, m->to);
      return count;
    }
  if (class == CLASS_WORD)
    count = run_of_words (n, m, GPRS - gpr);
  if (count == 1)
    note_step (n, ffi_plan_scalars + PLAN_STEP_SIZE * (GPRS * (class - 1) + gpr));
  else
    note_step (n, ffi_plan_runs + 2 * PLAN_STEP_SIZE * (GPRS * gpr + count - 2));
  return count;
}

/* A value of any size and alignment.  */
static void
note_bytes (struct noted *n, const struct ffi_move *m)
{
  const bool vfp = n->cif->flags & FLAG_VFP_ARGUMENTS;

  note_step (n, m->base == MOVE_TO_FPR ? ffi_plan_bytes_to_vfp
                : vfp                  ? ffi_plan_bytes_vfp
                                       : ffi_plan_bytes);
  note_number (n, m->to + (m->base == MOVE_TO_STACK ? 4 * GPRS : 0));
  note_number (n, bytes_of (m));
}

/* A value of COUNT words, more than one, into integer registers, onto the stack, or
   both.  */
static void
note_words (struct noted *n, const struct ffi_move *m, size_t count)
{
  const size_t gpr = m->to / 4, rungs = count / 4;

  if (m->base == MOVE_TO_GPR && gpr + count <= GPRS)
    {
      note_step (n, ffi_plan_words + PLAN_STEP_SIZE * (GPRS * gpr + count - 2));
      return;
    }
  if (m->base == MOVE_TO_STACK && (count == 2 || count == 4))
    {
      note_step (n, ffi_plan_stack
                        + 2 * PLAN_STEP_SIZE
                              * ((count == 2 ? CLASS_2_WORDS : CLASS_4_WORDS) - 1));
      note_number (n, m->to);
      return;
    }
  note_step (n, ffi_plan_copy + 2 * PLAN_STEP_SIZE * (count % 4));
  note_number (n, m->to + (m->base == MOVE_TO_STACK ? 4 * GPRS : 0));
  if (rungs <= PLAN_RUNGS)
    {
      note_step (n, ffi_plan_rungs + 8 * (PLAN_RUNGS - rungs));
      return;
    }
  note_step (n, ffi_plan_loop);
  note_number (n, rungs);
}

/* The members of a value, in COUNT single VFP registers.  False if there is no step.  */
static bool
note_singles (struct noted *n, const struct ffi_move *m, size_t count)
{
  const size_t row = count <= 4 ? count - 1 : count / 2 + 1;

  if (count > 8 || (count > 4 && count % 2 != 0))
    return false;
  note_step (n, ffi_plan_singles + PLAN_STEP_SIZE * (VFPS * row + m->to / 4));
  return true;
}

/* Note the step of M, and perhaps of moves behind it.  Returns how many.  */
static unsigned
note_moves (struct noted *n, const struct ffi_move *m)
{
  const size_t bytes = bytes_of (m);
  const unsigned class = class_of (n, m);

  if (m->base != MOVE_TO_FPR && class != 0)
    return note_word (n, m, class);
  if (bytes % 4 != 0 || n->cif->arg_types[m->arg]->alignment < 4)
    note_bytes (n, m);
  else if (m->base != MOVE_TO_FPR)
    note_words (n, m, bytes / 4);
  else if (!note_singles (n, m, bytes / 4))
    note_bytes (n, m);
  return 1;
}

static void
note_call (struct noted *n)
{
  const unsigned code = n->cif->flags & RET_MASK;

  if ((n->cif->flags & FLAG_PARTIAL) == 0)
    {
      note_step (n, ffi_plan_calls + 2 * PLAN_STEP_SIZE * code);
      return;
    }
  note_step (n, code == RET_FLOAT ? ffi_plan_call_float16 : ffi_plan_call_partial);
  note_number (n, n->cif->rtype->size);
}

FFI_COLD void
ffi_port_plan (struct ffi_call_plan *plan)
{
  const ffi_cif *cif = &plan->cif;
  struct ffi_move *m = plan->moves, *end = m;
  unsigned arg = 0;

  while (end->op != MOVE_END)
    end++;
  struct noted n = { (const void **) (end + 1), cif };
  plan->steps[0] = cif->bytes <= FFI_UNPROBED ? n.next : NULL;
  if (cif->bytes != 0)
    {
      note_step (&n, ffi_plan_frame);
      note_number (&n, cif->bytes);
    }
  if (m->op == MOVE_SRET)
    {
      note_step (&n, ffi_plan_sret);
      m++;
    }
  while (m != end)
    {
      for (; arg < m->arg; arg++)
        note_step (&n, ffi_plan_skip);
      const unsigned count = note_moves (&n, m);
      m += count;
      arg += count;
    }
  note_call (&n);
}
