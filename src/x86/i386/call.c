/* SPDX-License-Identifier: MIT */
/* Calls on i386: everything but the call itself.  */

#include "port.h"
#include "internal.h"
#include <string.h>

/* Store an argument of TYPE in the whole words at WORD.  */
static inline void
store (void *word, const ffi_type *type, const void *value)
{
  if (likely (type->size == 4))
    memcpy (word, value, 4);
  else if (type->size == 8)
    memcpy (word, value, 8);
  else
    switch (type->type)
      {
      case FFI_TYPE_UINT8:
        *(uint32_t *) word = *(const uint8_t *) value;
        break;
      case FFI_TYPE_SINT8:
        *(int32_t *) word = *(const int8_t *) value;
        break;
      case FFI_TYPE_UINT16:
        *(uint32_t *) word = *(const uint16_t *) value;
        break;
      case FFI_TYPE_SINT16:
        *(int32_t *) word = *(const int16_t *) value;
        break;
      default:
        memcpy (word, value, type->size);
      }
}

/* The same for all arguments of a convention that uses nothing but the stack.  */
static void
marshal_stack (const ffi_cif *cif, void **avalue, void *rvalue, char *at)
{
  if ((cif->flags & RET_MASK) == RET_MEMORY)
    {
      *(void **) at = rvalue;
      at += 4;
    }
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (likely (type->type != FFI_TYPE_VOID))
        store (ffi_next_on_stack (&at, type), type, avalue[i]);
    }
}

void
ffi_marshal (const ffi_cif *cif, void **avalue, void *rvalue, void *chain,
             uint32_t *registers, char *stack)
{
  const struct convention *convention = ffi_convention (cif);
  struct walk w = { .convention = convention };
  size_t bytes = ffi_stack_bytes (cif);
  bool hidden = (cif->flags & RET_MASK) == RET_MEMORY;
  struct place at;

  if (convention->chain >= 0)
    registers[convention->chain] = (uintptr_t) chain;
  if (ffi_only_stack (convention))
    {
      marshal_stack (cif, avalue, rvalue, stack);
      return;
    }
  if (hidden && !convention->descending)
    {
      at = ffi_hidden_place (&w);
      registers[at.reg] = (uintptr_t) rvalue;
    }
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      at = ffi_next_place (&w, type);
      void *word = at.reg >= 0 ? (char *) &registers[at.reg]
                               : stack + ffi_stack_offset (convention, &at, bytes);
      if (at.by_address)
        *(void **) word = avalue[i];
      else if (type->type != FFI_TYPE_VOID)
        store (word, type, avalue[i]);
    }
  if (hidden && convention->descending)
    {
      at = ffi_hidden_place (&w);
      *(void **) (at.reg >= 0 ? (char *) &registers[at.reg] : stack) = rvalue;
    }
}

/* A result in memory that the caller does not want.  */
static __attribute__ ((noinline)) void
call_with_buffer (const ffi_cif *cif, void (*fn) (void), void **avalue, void *chain)
{
  size_t align = cif->rtype->alignment;
  char few[128], *buffer = FFI_ON_STACK (few, cif->rtype->size + align);

  buffer += -(uintptr_t) buffer & (align - 1);
  ffi_invoke (cif, fn, buffer, avalue, chain, ffi_stack_bytes (cif));
}

static void
call (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *chain)
{
  if (unlikely (rvalue == NULL) && (cif->flags & RET_MASK) == RET_MEMORY)
    call_with_buffer (cif, fn, avalue, chain);
  else
    ffi_invoke (cif, fn, rvalue, avalue, chain, ffi_stack_bytes (cif));
}

void
ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue)
{
  call (cif, fn, rvalue, avalue, NULL);
}

void
ffi_call_go (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *closure)
{
  call (cif, fn, rvalue, avalue, closure);
}
