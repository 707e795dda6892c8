/* SPDX-License-Identifier: MIT */
/* The moves of a value to its location: one for each piece.  marshal.c makes them,
   call_plan.c takes note of them.  */

#ifndef FFI_MOVES_H
#define FFI_MOVES_H

#include "locate.h"

/* As what an unsigned int is widened to a word.  */
#ifndef PORT_WIDENED_UINT32
#define PORT_WIDENED_UINT32 uint32_t
#endif

/* What to do with the moves of a value: make them, or take note of them for a plan.  */
struct mover
{
  const struct ffi_frame *frame;
  const char *value;      /* whose moves are made, */
  char *top;              /* copies of what is passed by address below this */
  struct ffi_move *noted; /* where the next one is noted; null: it is only counted */
  size_t count;
  unsigned arg; /* the argument's number */
  bool planning;
};

/* A copy of SIZE bytes of VALUE below *TOP, which is a multiple of 16 and becomes its
   address.  */
FFI_INLINE char *
copy_below (char **top, size_t size, size_t align, const char *value)
{
  if (align < 16)
    align = 16;
  *top -= size;
  *top -= (uintptr_t) *top & (align - 1);
  return memcpy (*top, value, size);
}

/* The value at VALUE, of CTYPE, as a word at TO; for a switch.  */
#define WIDEN(ctype)                                                                     \
  {                                                                                      \
    ctype v;                                                                             \
    memcpy (&v, value, sizeof v);                                                        \
    *(unsigned long *) to = v;                                                           \
    break;                                                                               \
  }

/* What moves count from, by enum ffi_move_base.  */
#define MOVE_BASES(f)                                                                    \
  {                                                                                      \
    (f)->gpr, (f)->fpr, (f)->stack                                                       \
  }

/* Make MOVE of the value at VALUE, which need not be aligned.  */
FFI_INLINE void
make_move (const struct ffi_move *move, char *const *bases, const char *value, char **top)
{
  char *to = bases[move->base] + move->to;

  value += move->from;
  switch (move->op)
    {
    case MOVE_U8:
      WIDEN (uint8_t)
    case MOVE_S8:
      WIDEN (int8_t)
    case MOVE_U16:
      WIDEN (uint16_t)
    case MOVE_S16:
      WIDEN (int16_t)
    case MOVE_U32:
      WIDEN (uint32_t)
    case MOVE_S32:
      WIDEN (int32_t)
    case MOVE_4:
      memcpy (to, value, 4);
      break;
    case MOVE_8:
      memcpy (to, value, 8);
      break;
    case MOVE_16:
      memcpy (to, value, 16);
      break;
    case MOVE_ADDRESS:
      *(const char **) to = value;
      break;
    case MOVE_COPY:
      *(char **) to = copy_below (top, move->size, move->align, value);
      break;
    default:
      copy (to, value, move->size);
    }
}

/* A value of TYPE at VALUE to the words at TO in F.  */
FFI_INLINE void
store_words (const struct ffi_frame *f, char *to, const ffi_type *type, const char *value)
{
  switch (type->type)
    {
    case FFI_TYPE_UINT8:
      WIDEN (uint8_t)
    case FFI_TYPE_SINT8:
      WIDEN (int8_t)
    case FFI_TYPE_UINT16:
      WIDEN (uint16_t)
    case FFI_TYPE_SINT16:
      WIDEN (int16_t)
    case FFI_TYPE_INT:
    case FFI_TYPE_SINT32:
      WIDEN (int32_t)
    case FFI_TYPE_UINT32:
      WIDEN (PORT_WIDENED_UINT32)
    case FFI_TYPE_FLOAT:
      ffi_port_store_float (f, to, value);
      break;
    default:
      copy (to, value, type->size);
    }
}
#undef WIDEN

FFI_INLINE void
take_move (struct mover *m, const struct ffi_move *move)
{
  if (!m->planning)
    {
      char *const bases[] = MOVE_BASES (m->frame);
      make_move (move, bases, m->value, &m->top);
      return;
    }
  if (m->noted != NULL)
    {
      *m->noted = *move;
      if (move->op == MOVE_BYTES)
        m->noted->op = move->size == 4    ? MOVE_4
                       : move->size == 8  ? MOVE_8
                       : move->size == 16 ? MOVE_16
                                          : MOVE_BYTES;
      m->noted++->arg = m->arg;
    }
  m->count++;
}

/* SIZE bytes, FROM on in the value, to PART of FPR number FPR.  */
FFI_INLINE void
move_to_fpr (struct mover *m, unsigned fpr, size_t part, size_t from, size_t size)
{
  struct ffi_move move = { .op = MOVE_BYTES,
                           .base = MOVE_TO_FPR,
                           .to = fpr * m->frame->stride + part,
                           .from = from,
                           .size = size };

  take_move (m, &move);
}

/* A move to the first word of LOC, which is not in FPRs.  */
FFI_INLINE struct ffi_move
move_to_word (struct ffi_loc loc)
{
  if (loc.kind == LOC_STACK)
    return (struct ffi_move){ .base = MOVE_TO_STACK, .to = loc.offset };
  return (struct ffi_move){ .base = MOVE_TO_GPR, .to = loc.gpr * WORD };
}

FFI_INLINE void
move_bytes_to_word (struct mover *m, struct ffi_loc loc, size_t from, size_t size)
{
  struct ffi_move move = move_to_word (loc);

  move.op = MOVE_BYTES;
  move.from = from;
  move.size = size;
  take_move (m, &move);
}

/* A value of TYPE to whole words.  Integers are widened to one, as compilers do.  */
FFI_INLINE void
move_words (struct mover *m, struct ffi_loc loc, const ffi_type *type)
{
  struct ffi_move move = move_to_word (loc);

#define OP(code)                                                                         \
  {                                                                                      \
    move.op = code;                                                                      \
    take_move (m, &move);                                                                \
    break;                                                                               \
  }
  switch (type->type)
    {
    case FFI_TYPE_UINT8:
      OP (MOVE_U8)
    case FFI_TYPE_SINT8:
      OP (MOVE_S8)
    case FFI_TYPE_UINT16:
      OP (MOVE_U16)
    case FFI_TYPE_SINT16:
      OP (MOVE_S16)
    case FFI_TYPE_INT:
    case FFI_TYPE_SINT32:
      OP (MOVE_S32)
    case FFI_TYPE_UINT32:
      OP ((long) (PORT_WIDENED_UINT32) -1 == -1 ? MOVE_S32 : MOVE_U32)
    case FFI_TYPE_FLOAT:
      OP (MOVE_U32)
    case FFI_TYPE_POINTER:
      OP (WORD == 8 ? MOVE_8 : MOVE_4)
    default:
      move.to += start_in_word (loc, type);
      move.size = type->size;
      OP (MOVE_BYTES)
    }
#undef OP
}

/* A value of TYPE to FPRs.  */
FFI_INLINE void
move_fprs (struct mover *m, struct ffi_loc loc, const ffi_type *type)
{
  const size_t carried = (size_t) loc.count * loc.size, part = FPR_PART (loc.size);
  size_t size = type->size < carried ? type->size : carried, from = 0;
  unsigned fpr = loc.fpr;

  if (is_adjacent (m->frame, loc))
    {
      move_to_fpr (m, fpr, part, 0, size);
      return;
    }
  for (; size - from > loc.size; from += loc.size)
    move_to_fpr (m, fpr++, part, from, loc.size);
  move_to_fpr (m, fpr, part, from, size - from);
}

/* A value of TYPE that is passed by address.  */
FFI_INLINE void
move_address (struct mover *m, struct ffi_loc loc, const ffi_type *type)
{
  struct ffi_move move = move_to_word (loc);

  move.op = PORT_COPIES ? MOVE_COPY : MOVE_ADDRESS;
  move.size = type->size;
  move.align = type->alignment;
  take_move (m, &move);
}

#if PORT_OTHERS
/* A value of TYPE that only the port can store.  A plan has LOC in place of the next
   move.  */
static void
move_other (struct mover *m, struct ffi_loc loc, const ffi_type *type)
{
  struct ffi_move move = { .op = MOVE_OTHER };

  _Static_assert(sizeof loc <= sizeof move, "LOC takes the place of a move");
  if (!m->planning)
    {
      ffi_port_store (m->frame, loc, type, m->value);
      return;
    }
  take_move (m, &move);
  if (m->noted != NULL)
    memcpy (m->noted++, &loc, sizeof loc);
  m->count++;
}
#endif

/* A value of TYPE to LOC.  */
FFI_INLINE void
move_value (struct mover *m, struct ffi_loc loc, const ffi_type *type)
{
  switch (loc.kind)
    {
    case LOC_GPR:
    case LOC_STACK:
      if (unlikely (loc.by_address))
        move_address (m, loc, type);
      else if (PORT_PADS && unlikely (loc.padded))
        move_bytes_to_word (m, loc, 0, WORD * loc.count);
      else
        move_words (m, loc, type);
      break;
    case LOC_FPR:
      move_fprs (m, loc, type);
      break;
#if PORT_MIXES
    case LOC_GPR_FPR:
      move_bytes_to_word (m, loc, 0, loc.size);
      move_to_fpr (m, loc.fpr, 0, loc.second, loc.last);
      break;
    case LOC_FPR_GPR:
      move_to_fpr (m, loc.fpr, 0, 0, loc.size);
      move_bytes_to_word (m, loc, loc.second, loc.last);
      break;
#endif
#if PORT_MIXES > 1
    case LOC_FPR_FPR:
      move_to_fpr (m, loc.fpr, 0, 0, loc.size);
      move_to_fpr (m, loc.fpr + 1, 0, loc.second, loc.last);
      break;
#endif
#if PORT_OTHERS
    case LOC_OTHER:
      move_other (m, loc, type);
      break;
#endif
    default:
      break;
    }
}

#endif
