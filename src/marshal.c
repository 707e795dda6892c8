/* SPDX-License-Identifier: MIT */
/* The arguments of a call: moving values to their locations, by the types or by the moves
   of a plan.  The port's classify.h, which is inlined here, says where they are.  */

#include "moves.h"
#include "port.h"

/* Store the arguments of CALL at REGS and STACK.  VARIANT is a constant, so that the loop
   knows its convention.  */
FFI_INLINE void
marshal (const struct ffi_call *call, char *regs, char *stack, unsigned variant)
{
  const struct ffi_frame frame = ffi_port_call_frame (call, regs, stack, variant),
                         *f = &frame;
  ffi_type **types = call->cif->arg_types, **end = types + call->cif->nargs;
  void **avalue = call->avalue;
  struct mover m = { .frame = f, .top = stack + call->bytes };
  struct ffi_assign a;

  ffi_port_start (&a, call->cif, variant);
  const unsigned sret = a.sret;
  if (sret == SRET_FIRST)
    *(void **) word_of (f, ffi_port_sret (&a)) = call->rvalue;
  for (; types != end; types++)
    {
      char *words = ffi_port_next_words (&a, f, *types, variant);
      m.value = *avalue++;
      if (likely (words != NULL))
        store_words (f, words, *types, m.value);
      else
        move_value (&m, ffi_port_next (&a, *types, variant), *types);
    }
  if (sret == SRET_LAST)
    *(void **) word_of (f, ffi_port_sret (&a)) = call->rvalue;
}

/* Store the arguments of CALL by the moves of its plan.  */
static __attribute__ ((noinline)) void
marshal_by_plan (const struct ffi_call *call, char *regs, char *stack)
{
  const struct ffi_frame frame
      = ffi_port_call_frame (call, regs, stack, ffi_port_variant (call->cif)),
      *f = &frame;
  const struct ffi_move *move = call->moves;
  void **avalue = call->avalue;
  char *const bases[] = MOVE_BASES (f);
  char *top = stack + call->bytes;

  if (move->op == MOVE_SRET)
    {
      *(void **) (bases[move->base] + move->to) = call->rvalue;
      move++;
    }
  for (; move->op != MOVE_END; move++)
#if PORT_OTHERS
    if (move->op == MOVE_OTHER)
      {
        struct ffi_loc loc;
        const unsigned arg = move->arg;
        memcpy (&loc, ++move, sizeof loc);
        ffi_port_store (f, loc, call->cif->arg_types[arg], avalue[arg]);
      }
    else
#endif
      make_move (move, bases, avalue[move->arg], &top);
}

/* Store the arguments of CALL, of VARIANT, at REGS and STACK.  */
FFI_INLINE void
marshal_variant (const struct ffi_call *call, char *regs, char *stack, unsigned variant)
{
  if (unlikely (call->moves != NULL))
    marshal_by_plan (call, regs, stack);
  else
    marshal (call, regs, stack, variant);
}

void
ffi_marshal (const struct ffi_call *call, char *regs, char *stack)
{
  marshal_variant (call, regs, stack, 0);
}

#if PORT_VARIANTS > 1
void
ffi_marshal_1 (const struct ffi_call *call, char *regs, char *stack)
{
  marshal_variant (call, regs, stack, 1);
}
#endif
