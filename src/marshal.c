/* SPDX-License-Identifier: MIT */
/* Moving values: to their locations for a call, from them for a closure's handler.  The
   port's classify.h, which is inlined here, says where they are.  */

#include "classify.h"
#include "loc.h"
#include "offsets.h"
#include "port.h"
#include "raw.h"
#include "scalar.h"
#include <string.h>

_Static_assert(offsetof (ffi_type, size) == TYPE_SIZE, "assembly");
_Static_assert(offsetof (ffi_type, type) == TYPE_TYPE, "assembly");
_Static_assert(offsetof (ffi_cif, nargs) == CIF_NARGS, "assembly");
_Static_assert(offsetof (ffi_cif, arg_types) == CIF_ARG_TYPES, "assembly");
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

/* The first word of LOC, which is not in FPRs.  */
FFI_INLINE char *
word_of (const struct ffi_frame *f, struct ffi_loc loc)
{
  return loc.kind == LOC_STACK ? f->stack + loc.offset : f->gpr + loc.gpr * WORD;
}

FFI_INLINE char *
fpr_of (const struct ffi_frame *f, struct ffi_loc loc)
{
  return f->fpr + loc.fpr * f->stride;
}

/* Are the members of a value in LOC, which is LOC_FPR, next to each other?  */
FFI_INLINE bool
is_adjacent (const struct ffi_frame *f, struct ffi_loc loc)
{
  return loc.count == 1 || loc.size >= f->stride;
}

/* Is a value of TYPE in LOC that is smaller than its word at the word's lowest address,
   whatever the byte order?  */
FFI_INLINE bool
is_aggregate (struct ffi_loc loc, const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX
         || (type->type == FFI_TYPE_VECTOR && loc.kind == LOC_STACK);
}

/* memcpy; most values have the size of a word.  */
FFI_INLINE void
copy (char *to, const char *from, size_t size)
{
  if (likely (size == WORD))
    memcpy (to, from, WORD);
  else if (size == 4)
    memcpy (to, from, 4);
  else if (size == 8)
    memcpy (to, from, 8);
  else if (size == 16)
    memcpy (to, from, 16);
  else
    memcpy (to, from, size);
}

/* --- Calls ------------------------------------------------------------------ */

/* Store VALUE of TYPE, which need not be aligned, in whole words.  Integers are widened
   to one, as compilers do.  */
FFI_INLINE void
store_words (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
             const char *value)
{
  char *to = word_of (f, loc);
#define WIDEN(ctype)                                                                     \
  {                                                                                      \
    ctype v;                                                                             \
    memcpy (&v, value, sizeof v);                                                        \
    *(unsigned long *) to = v;                                                           \
    break;                                                                               \
  }
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
    case FFI_TYPE_FLOAT:
      WIDEN (uint32_t)
    case FFI_TYPE_POINTER:
      WIDEN (unsigned long)
    default:
      if (LOW_PART (WORD, 1) != 0 && type->size < WORD && !is_aggregate (loc, type))
        to += LOW_PART (WORD, type->size);
      copy (to, value, type->size);
    }
#undef WIDEN
}

/* Store VALUE of TYPE in FPRs.  */
FFI_INLINE void
store_fprs (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
            const char *value)
{
  char *fpr = fpr_of (f, loc);
  size_t size = type->size;

  if (is_adjacent (f, loc))
    {
      size_t carried = (size_t) loc.count * loc.size;
      copy (fpr + FPR_PART (loc.size), value, size < carried ? size : carried);
      return;
    }
  for (; size > loc.size; size -= loc.size)
    {
      copy (fpr + FPR_PART (loc.size), value, loc.size);
      fpr += f->stride;
      value += loc.size;
    }
  copy (fpr + FPR_PART (loc.size), value, size);
}

/* A copy of VALUE, of TYPE, below *TOP, which is a multiple of 16 and becomes its
   address.  */
FFI_INLINE char *
copy_below (char **top, const ffi_type *type, const char *value)
{
  size_t align = type->alignment > 16 ? type->alignment : 16;

  *top -= type->size;
  *top -= (uintptr_t) *top & (align - 1);
  return memcpy (*top, value, type->size);
}

/* Store VALUE of TYPE in LOC, what is passed by address below *TOP.  */
FFI_INLINE void
store (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type, void *value,
       char **top)
{
  switch (loc.kind)
    {
    case LOC_GPR:
    case LOC_STACK:
      if (unlikely (loc.by_address))
        *(void **) word_of (f, loc)
            = PORT_COPIES ? copy_below (top, type, value) : (char *) value;
      else if (PORT_PADS && unlikely (loc.padded))
        memcpy (word_of (f, loc), value, WORD * loc.count);
      else
        store_words (f, loc, type, value);
      break;
    case LOC_FPR:
      store_fprs (f, loc, type, value);
      break;
#if PORT_MIXES
    case LOC_GPR_FPR:
      copy (word_of (f, loc), value, loc.second);
      copy (fpr_of (f, loc), (char *) value + loc.second, type->size - loc.second);
      break;
    case LOC_FPR_GPR:
      copy (fpr_of (f, loc), value, loc.second);
      copy (word_of (f, loc), (char *) value + loc.second, type->size - loc.second);
      break;
#endif
    default:
      break;
    }
}

/* Store the arguments of CALL in F, those passed by address below TOP.  VARIANT is a
   constant, so that the loop knows its convention.  */
FFI_INLINE void
marshal (const struct ffi_call *call, const struct ffi_frame *f, char *top,
         unsigned variant)
{
  ffi_type **types = call->cif->arg_types, **end = types + call->cif->nargs;
  void **avalue = call->avalue;
  struct ffi_assign a;

  ffi_port_start (&a, call->cif);
  const unsigned sret = a.sret;
  if (sret == SRET_FIRST)
    *(void **) word_of (f, ffi_port_sret (&a)) = call->rvalue;
  for (; types != end; types++, avalue++)
    store (f, ffi_port_next (&a, *types, variant), *types, *avalue, &top);
  if (sret == SRET_LAST)
    *(void **) word_of (f, ffi_port_sret (&a)) = call->rvalue;
}

void
ffi_marshal (const struct ffi_call *call, char *regs, char *stack)
{
  const struct ffi_frame f = ffi_port_call_frame (call, regs, stack);
  char *top = stack + call->bytes;

  if (PORT_VARIANTS > 1 && ffi_port_variant (call->cif) != 0)
    marshal (call, &f, top, 1);
  else
    marshal (call, &f, top, 0);
}

/* The caller's room for the result is too small for whole registers, or absent.  */
static __attribute__ ((noinline)) void
call_with_buffer (struct ffi_call *call)
{
  _Alignas(PORT_RESULT_ALIGN) char few[128]; /* or whole registers */
  const ffi_type *type = call->cif->rtype;
  const size_t size = type->size;
  void *rvalue = call->rvalue;
  char *buffer = few;

  if ((call->flags & RET_MASK) == RET_MEMORY
      && (size > sizeof few || type->alignment > PORT_RESULT_ALIGN))
    buffer = FFI_ROOM_FOR (type);
  call->rvalue = buffer;
  ffi_port_invoke (call);
  if (rvalue != NULL)
    memcpy (rvalue, buffer, size);
}

FFI_INLINE void
call_chain (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *chain)
{
  struct ffi_call call
      = { cif->flags, fn, chain, rvalue, ffi_port_stack_bytes (cif), cif, avalue };

  if (unlikely (rvalue == NULL || (cif->flags & FLAG_PARTIAL)))
    call_with_buffer (&call);
  else
    ffi_port_invoke (&call);
}

void
ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue)
{
  call_chain (cif, fn, rvalue, avalue, NULL);
}

void
ffi_call_go (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *closure)
{
  call_chain (cif, fn, rvalue, avalue, closure);
}

/* --- Closures --------------------------------------------------------------- */

/* Put the members of a value of TYPE in LOC next to each other, where the first is.  */
FFI_INLINE char *
join_fprs (const struct ffi_frame *f, struct ffi_loc loc)
{
  char *fpr = fpr_of (f, loc);

  if (is_adjacent (f, loc))
    return fpr + FPR_PART (loc.size);
  /* Two of them fit into the stride.  */
  for (unsigned i = FPR_PART (loc.size) == 0; i < loc.count; i++)
    copy (fpr + i * loc.size, fpr + i * f->stride + FPR_PART (loc.size), loc.size);
  return fpr;
}

/* Room for a value whose registers are not next to each other, or that has more bytes
   than they.  */
struct joined
{
  _Alignas(16) char bytes[16];
};

FFI_INLINE char *
join (struct joined *room, const char *first, const char *second, unsigned size)
{
  memcpy (room->bytes, first, 8);
  memcpy (room->bytes + size, second, 8);
  return room->bytes;
}

/* Does a value of TYPE perhaps want more alignment than a word has?  */
FFI_INLINE bool
may_be_misaligned (const ffi_type *type)
{
  const size_t scalar = _Alignof(struct {
    long double a;
    long long b;
  });

  return type->alignment > WORD || (scalar > WORD && type->size > WORD);
}

/* Where a value of TYPE is that was passed in LOC; *JOINED is room for it, if needed.
   Bits of its address that its alignment does not allow are added to *WRONG.  */
FFI_INLINE char *
value_in (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
          struct joined **joined, uintptr_t *wrong)
{
  char *value;

  switch (loc.kind)
    {
    case LOC_FPR:
      value = join_fprs (f, loc);
      break;
#if PORT_MIXES
    case LOC_GPR_FPR:
      value = join ((*joined)++, word_of (f, loc), fpr_of (f, loc), loc.second);
      break;
    case LOC_FPR_GPR:
      value = join ((*joined)++, fpr_of (f, loc), word_of (f, loc), loc.second);
      break;
#endif
    default:
      value = word_of (f, loc);
      if (unlikely (loc.by_address))
        {
          value = *(char **) value;
          *wrong |= (uintptr_t) value & (type->alignment - 1u);
          return value;
        }
      if (LOW_PART (WORD, 1) != 0 && type->size < WORD && !is_aggregate (loc, type))
        value += LOW_PART (WORD, type->size);
    }
  if (PORT_PADS && unlikely (loc.padded))
    value = join ((*joined)++, value, value, 8);
  if (may_be_misaligned (type))
    *wrong |= (uintptr_t) value & (ffi_alignment_of (type) - 1);
  return value;
}

/* Point ARGS at the arguments of CIF in F; *MISALIGNED is set if one wants more alignment
   than it has there.  Returns where the result belongs: RESULT, or where the caller said,
   which is then stored at RESULT.  */
FFI_INLINE void *
collect_by (const ffi_cif *cif, const struct ffi_frame *f, void **args, void *result,
            struct joined *joined, bool *misaligned, unsigned variant)
{
  const bool in_memory = (cif->flags & RET_MASK) == RET_MEMORY;
  ffi_type **types = cif->arg_types, **end = types + cif->nargs;
  uintptr_t wrong = 0;
  struct ffi_assign a;

  ffi_port_start (&a, cif);
  const unsigned sret = a.sret;
  if (sret == SRET_FIRST)
    *(void **) result = *(void **) word_of (f, ffi_port_sret (&a));
  for (; types != end; types++)
    *args++ = value_in (f, ffi_port_next (&a, *types, variant), *types, &joined, &wrong);
  if (sret == SRET_LAST)
    *(void **) result = *(void **) word_of (f, ffi_port_sret (&a));
  *misaligned = wrong != 0;
  return in_memory ? *(void **) result : result;
}

/* The same for the variant of CIF.  */
FFI_INLINE void *
collect (const ffi_cif *cif, const struct ffi_frame *f, void **args, void *result,
         struct joined *joined, bool *misaligned)
{
  if (PORT_VARIANTS > 1 && ffi_port_variant (cif) != 0)
    return collect_by (cif, f, args, result, joined, misaligned, 1);
  return collect_by (cif, f, args, result, joined, misaligned, 0);
}

/* Collect the arguments of a closure call and call its handler.  The entry code calls it
   with the registers that it saved, the stack arguments and room for the result; where
   that belongs, in there, if an own register said it.  Returns how the entry goes on.  */
PORT_INNER ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs,
                              char *stack, void *result);

PORT_INNER
ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs,
                   char *stack, void *result)
{
  const struct ffi_frame f = ffi_port_entry_frame (cif, regs, stack);
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  struct joined joined[PORT_JOINED];
  bool misaligned;
  void *memory = collect (cif, &f, args, result, joined, &misaligned);

  if (unlikely (misaligned))
    for (unsigned i = 0; i < cif->nargs; i++)
      {
        const ffi_type *type = cif->arg_types[i];
        if (((uintptr_t) args[i] & (ffi_alignment_of (type) - 1)) != 0)
          args[i] = FFI_ALIGNED_COPY (type, args[i]);
      }
  /* Before the handler, which may free the closure and with it the cif.  */
  const ffi_leave leave = ffi_port_leave (cif);
  fun (cif, memory, args, user_data);
  return leave;
}

#if FFI_NATIVE_RAW_API
typedef void (*ffi_raw_handler) (ffi_cif *, void *, ffi_raw *, void *);

/* The same for a raw closure.  */
PORT_INNER ffi_raw_inner (ffi_cif *cif, ffi_raw_handler fun, void *user_data, char *regs,
                          char *stack, void *result);

PORT_INNER
ffi_raw_inner (ffi_cif *cif, ffi_raw_handler fun, void *user_data, char *regs,
               char *stack, void *result)
{
  const struct ffi_frame f = ffi_port_entry_frame (cif, regs, stack);
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  struct joined joined[PORT_JOINED];
  bool misaligned;
  void *memory = collect (cif, &f, args, result, joined, &misaligned);
  size_t size = ffi_raw_block_size (cif, ffi_raw_words);
  ffi_raw few_words[FFI_FEW_ARGS];
  ffi_raw *raw = FFI_ON_STACK (few_words, size);

  ffi_raw_pack (cif, args, raw, size, ffi_raw_words);
  const ffi_leave leave = ffi_port_leave (cif);
  fun (cif, memory, raw, user_data);
  return leave;
}
#endif
