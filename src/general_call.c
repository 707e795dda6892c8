/* SPDX-License-Identifier: MIT */
/* ffi_call for any signature, and what else makes a call by the port's ffi_invoke.  */

#include "classify.h"
#include "port.h"
#include <string.h>

_Static_assert(offsetof (ffi_type, size) == TYPE_SIZE, "assembly");
_Static_assert(offsetof (ffi_type, alignment) == TYPE_ALIGNMENT, "assembly");
_Static_assert(offsetof (ffi_type, type) == TYPE_TYPE, "assembly");
_Static_assert(offsetof (ffi_type, elements) == TYPE_ELEMENTS, "assembly");
_Static_assert(offsetof (ffi_cif, nargs) == CIF_NARGS, "assembly");
_Static_assert(offsetof (ffi_cif, arg_types) == CIF_ARG_TYPES, "assembly");
_Static_assert(offsetof (ffi_cif, rtype) == CIF_RTYPE, "assembly");
_Static_assert(offsetof (ffi_cif, bytes) == CIF_BYTES, "assembly");
_Static_assert(offsetof (ffi_cif, flags) == CIF_FLAGS, "assembly");
_Static_assert(offsetof (ffi_closure, cif) == CLOSURE_CIF, "assembly");
_Static_assert(offsetof (ffi_closure, fun) == CLOSURE_FUN, "assembly");
_Static_assert(offsetof (ffi_closure, user_data) == CLOSURE_DATA, "assembly");
_Static_assert(offsetof (ffi_go_closure, cif) == GO_CIF, "assembly");
_Static_assert(offsetof (ffi_go_closure, fun) == GO_FUN, "assembly");
_Static_assert(offsetof (struct ffi_call, flags) == CALL_FLAGS, "assembly");
_Static_assert(offsetof (struct ffi_call, fn) == CALL_FN, "assembly");
_Static_assert(offsetof (struct ffi_call, chain) == CALL_CHAIN, "assembly");
_Static_assert(offsetof (struct ffi_call, rvalue) == CALL_RVALUE, "assembly");
_Static_assert(offsetof (struct ffi_call, bytes) == CALL_BYTES, "assembly");
_Static_assert(sizeof (long) == WORD && sizeof (void *) == WORD, "a word");

/* The caller's room for the result is too small for whole registers, or absent.  */
static __attribute__ ((noinline)) void
call_with_buffer (struct ffi_call *call)
{
  enum
  {
    FEW = 128 /* bytes, or whole registers */
  };
  /* Not aligned by the compiler: where it aligns the stack and keeps a frame pointer,
     gcc's unwind tables are wrong in the epilogue.  */
  char few[FEW + PORT_RESULT_ALIGN - 1];
  const ffi_type *type = call->cif->rtype;
  const size_t size = type->size;
  void *rvalue = call->rvalue;
  char *buffer = few + (-(uintptr_t) few & (PORT_RESULT_ALIGN - 1));

  if ((call->flags & RET_MASK) == RET_MEMORY
      && (size > FEW || type->alignment > PORT_RESULT_ALIGN))
    buffer = FFI_ROOM_FOR (type);
  call->rvalue = buffer;
  ffi_port_invoke (call);
  if (rvalue != NULL)
    memcpy (rvalue, buffer, size);
}

FFI_INLINE void
call_chain (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *chain,
            const struct ffi_move *moves)
{
  struct ffi_call call
      = { cif->flags, fn, chain, rvalue, ffi_port_stack_bytes (cif), cif, avalue, moves };

  if (unlikely (rvalue == NULL || (cif->flags & FLAG_PARTIAL)))
    call_with_buffer (&call);
  else
    ffi_port_invoke (&call);
}

void
ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue)
{
  call_chain (cif, fn, rvalue, avalue, NULL, NULL);
}

void
ffi_call_go (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *closure)
{
  call_chain (cif, fn, rvalue, avalue, closure, NULL);
}

void
ffi_call_plan_general (ffi_call_plan *plan, void (*fn) (void), void *rvalue,
                       void **avalue)
{
  call_chain (&plan->cif, fn, rvalue, avalue, NULL, plan->moves);
}
