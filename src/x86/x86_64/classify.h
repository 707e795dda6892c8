/* SPDX-License-Identifier: MIT */
/* Where the conventions of x86-64 put values: what port.h asks of a port.  For those who
   walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "bounds.h"
#include "closure_map.h"
#include "flags.h"
#include "loc.h"
#include "scalar.h"
#include <limits.h>

/* How values travel by the psABI, as LOC_CLASS.  */
#define IN_GPR LOC_CLASS (LOC_GPR, 1, 8)
#define IN_GPR_GPR LOC_CLASS (LOC_GPR, 2, 8)
#define IN_SSE LOC_CLASS (LOC_FPR, 1, 8)
#define IN_SSE_SSE LOC_CLASS (LOC_FPR, 2, 8)
#define IN_GPR_SSE LOC_CLASS (LOC_GPR_FPR, 1, 8)
#define IN_SSE_GPR LOC_CLASS (LOC_FPR_GPR, 1, 8)
#define IN_VECTOR(bytes) LOC_CLASS (LOC_FPR, 1, bytes)
#define IN_MEMORY LOC_CLASS (LOC_STACK, 0, 0)

/* That of a value of TYPE, which has been checked.  */
unsigned ffi_classify (const ffi_type *type);

/* That of the struct TYPE, of 1 to 16 bytes, which has not been checked, if it is as
   simple as most are; or LOC_NONE.  */
unsigned ffi_classify_small (const ffi_type *type);

/* The variants: the psABI, and the Microsoft convention, where ngrn counts words.  */
enum
{
  UNIX64,
  WIN64
};

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  return cif->abi != FFI_UNIX64 ? WIN64 : UNIX64;
}

FFI_INLINE void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  unsigned flags = cif->flags;

  if (variant == WIN64)
    flags &= ~FLAG_NAMED;
  *a = (struct ffi_assign){
    .align = 16,
    .named = flags & FLAG_NAMED ? (flags & ~FLAG_NAMED) >> FLAG_NAMED_SHIFT : UINT_MAX,
    .sret = (flags & RET_MASK) == RET_MEMORY ? SRET_FIRST : SRET_NONE
  };
}

FFI_INLINE struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->ngrn++, .count = 1 };
}

/* Win64: every argument takes one word, its value or the address of a copy.  The first
   four are in registers, and have room on the stack: integer registers are stored there
   and loaded from there.  */
FFI_INLINE struct ffi_loc
ffi_next_win64 (struct ffi_assign *a, const ffi_type *type)
{
  const size_t direct = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8;
  unsigned word = a->ngrn;

  if (type->type == FFI_TYPE_VOID) /* of any size */
    return (struct ffi_loc){ .kind = LOC_NONE };
  if (type->size > 8 || !(direct >> type->size & 1))
    {
      a->ngrn = word + 1;
      a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
      return (
          struct ffi_loc){ .kind = LOC_STACK, .offset = 8 * word, .by_address = true };
    }
  a->ngrn = word + 1;
  if (word < WIN_GPRS && ffi_is_floating (type))
    return (struct ffi_loc){ .kind = LOC_FPR, .fpr = word, .count = 1, .size = 8 };
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = 8 * word };
}

/* The psABI: the next argument, of TYPE, is on the stack.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, const ffi_type *type)
{
  size_t align = ffi_alignment_of (type);

  if (align < 8)
    align = 8;
  if (align > a->align)
    a->align = align;
  size_t offset = FFI_ALIGN_UP (a->nsaa, align);
  a->nsaa = offset + FFI_ALIGN_UP (type->size, (size_t) 8);
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = offset };
}

/* The psABI: TYPE travels like CLASS; NAMED: the function's declaration has it.  */
FFI_INLINE struct ffi_loc
ffi_next_unix64 (struct ffi_assign *a, const ffi_type *type, unsigned class, bool named)
{
  struct ffi_loc loc = ffi_loc_of (class);

  loc.gpr = a->ngrn;
  loc.fpr = a->nsrn;
  loc.second = 8;
  switch (loc.kind)
    {
    case LOC_NONE:
      return loc;
    case LOC_GPR:
      loc.padded = type->size > 8u * loc.count;
      if (a->ngrn + loc.count > GPRS)
        break;
      a->ngrn += loc.count;
      return loc;
    case LOC_FPR:
      loc.padded = type->size > (size_t) loc.size * loc.count;
      if (a->nsrn + loc.count > SSES || (!named && loc.size > 16))
        break;
      a->nsrn += loc.count;
      return loc;
    case LOC_GPR_FPR:
    case LOC_FPR_GPR:
      loc.last = type->size - 8;
      if (a->ngrn == GPRS || a->nsrn == SSES)
        break;
      a->ngrn++;
      a->nsrn++;
      return loc;
    }
  return ffi_next_stack (a, type);
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  if (variant == WIN64)
    return ffi_next_win64 (a, type);
  bool named = a->named != 0;

  a->named -= named;
  if (likely (ffi_is_word (type)) && likely (a->ngrn < GPRS))
    return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->ngrn++, .count = 1 };
  return ffi_next_unix64 (a, type,
                          ffi_is_word (type)       ? IN_MEMORY
                          : ffi_is_floating (type) ? IN_SSE
                                                   : ffi_classify (type),
                          named);
}

/* Whether an argument of TYPE, a struct, long double or complex number, is in memory for
   a plain reason: then a struct is aligned to a word, and the others to 16 bytes.  */
FFI_INLINE bool
ffi_is_plainly_in_memory (const ffi_type *type)
{
  if (type->type == FFI_TYPE_STRUCT)
    return type->size > 16 && type->alignment <= 8 && !ffi_port_looks_into (type);
  return type->type == FFI_TYPE_LONGDOUBLE
         || (type->size == 2 * sizeof (long double) && type->alignment == 16);
}

/* Where the next argument, of TYPE, is in a frame of the psABI, if it is a scalar or
   plainly in memory; otherwise null, and nothing is assigned.  */
#define PORT_NEXT_WORDS 1
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  static const unsigned char sorts[FFI_TYPE_LAST + 1] = {
    [FFI_TYPE_INT] = LOC_GPR,       [FFI_TYPE_FLOAT] = LOC_FPR,
    [FFI_TYPE_DOUBLE] = LOC_FPR,    [FFI_TYPE_UINT8] = LOC_GPR,
    [FFI_TYPE_SINT8] = LOC_GPR,     [FFI_TYPE_UINT16] = LOC_GPR,
    [FFI_TYPE_SINT16] = LOC_GPR,    [FFI_TYPE_UINT32] = LOC_GPR,
    [FFI_TYPE_SINT32] = LOC_GPR,    [FFI_TYPE_UINT64] = LOC_GPR,
    [FFI_TYPE_SINT64] = LOC_GPR,    [FFI_TYPE_POINTER] = LOC_GPR,
    [FFI_TYPE_STRUCT] = LOC_STACK,  [FFI_TYPE_LONGDOUBLE] = LOC_STACK,
    [FFI_TYPE_COMPLEX] = LOC_STACK,
  };
  unsigned sort = variant == UNIX64 ? sorts[type->type] : LOC_NONE;

  if (sort == LOC_NONE || (sort == LOC_STACK && !ffi_is_plainly_in_memory (type)))
    return NULL;
  a->named -= a->named != 0;
  if (sort == LOC_GPR && likely (a->ngrn < GPRS))
    return f->gpr + 8 * a->ngrn++;
  if (sort == LOC_FPR && likely (a->nsrn < SSES))
    return f->fpr + f->stride * a->nsrn++;
  size_t at = a->nsaa, size = 8;
  if (sort == LOC_STACK)
    {
      size = FFI_ALIGN_UP (type->size, (size_t) 8);
      if (type->type != FFI_TYPE_STRUCT)
        at = FFI_ALIGN_UP (at, (size_t) 16);
    }
  a->nsaa = at + size;
  return f->stack + at;
}

/* Families of entries are for signatures whose arguments are where they are saved; or in
   a register of each sort, for which there are numbers behind those of the stack, by
   both registers and, in the lowest bit, whether the vector register is first.  */
#define PORT_MAP_VARIANT UNIX64
#define MAPPED_JOIN (MAPPED_STACK + MAPPED_WORDS)
FFI_INLINE size_t
ffi_port_map (const ffi_type *type, struct ffi_loc loc)
{
  (void) type;
  if (loc.kind == LOC_GPR_FPR || loc.kind == LOC_FPR_GPR)
    return MAPPED_JOIN + (loc.gpr * SSES + loc.fpr) * 2u + (loc.kind == LOC_FPR_GPR);
  return ffi_map_number (loc);
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 2
#define PORT_COPIES 1
#define PORT_PADS 1
#define PORT_JOINED (GPRS + SSES)
#define PORT_MIXES 1
#define PORT_OTHERS 0
#define PORT_RESULT_ALIGN 64
#define PORT_INNER unsigned
#define FPR_PART(bytes) 0

/* By the Microsoft convention the integer registers are where they have room on the
   stack.  A call loads them and the FPRs from there.  */
FFI_INLINE struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  if (variant == WIN64)
    return (struct ffi_frame){ stack, regs, stack, 8 };
  return (struct ffi_frame){ regs, regs + GPR_BYTES, stack,
                             cif->flags & FLAG_WIDE_MASK ? WIDE_STRIDE : NARROW_STRIDE };
}

FFI_INLINE struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  return ffi_port_entry_frame (call->cif, variant == WIN64 ? stack : regs, stack,
                               variant);
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  if (likely (cif->flags & FLAG_FAST))
    return FAST_STACK;
  return cif->flags & FLAG_WIN_CLASSES ? 8 * WIN_FEW : cif->bytes;
}

static inline void
ffi_port_invoke (const struct ffi_call *call)
{
  if (unlikely (call->cif->abi != FFI_UNIX64))
    ffi_invoke_win64 (call);
  else if (unlikely (call->flags & FLAG_WIDE_MASK))
    ffi_invoke_wide (call);
  else
    ffi_invoke_narrow (call);
}

/* The RET code: how to load the result.  */
typedef unsigned ffi_leave;

static inline ffi_leave
ffi_port_leave (const ffi_cif *cif)
{
  return cif->flags & RET_MASK;
}

#endif
