/* SPDX-License-Identifier: MIT */
/* Where the conventions of x86-64 put values: what port.h asks of a port.  For those who
   walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "internal.h"
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
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif)
{
  unsigned flags = cif->flags;

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

/* Is a value of TYPE in one integer register, and it is plain why?  */
FFI_INLINE bool
ffi_is_word (const ffi_type *type)
{
  return (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64)
         || type->type == FFI_TYPE_POINTER || type->type == FFI_TYPE_INT;
}

FFI_INLINE bool
ffi_is_floating (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

/* Win64: every argument takes one word, its value or the address of a copy.  The first
   four are in registers, and have room on the stack: integer registers are stored there
   and loaded from there.  */
FFI_INLINE struct ffi_loc
ffi_next_win64 (struct ffi_assign *a, const ffi_type *type)
{
  const size_t direct = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8;

  if (type->type == FFI_TYPE_VOID)
    return (struct ffi_loc){ .kind = LOC_NONE };
  unsigned word = a->ngrn++;
  if (word < WIN_GPRS && ffi_is_floating (type))
    return (struct ffi_loc){ .kind = LOC_FPR, .fpr = word, .count = 1, .size = 8 };
  if (type->size <= 8 && (direct >> type->size & 1))
    return (struct ffi_loc){ .kind = LOC_STACK, .offset = 8 * word };
  a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = 8 * word, .by_address = true };
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
  struct ffi_loc loc = ffi_loc_of (ffi_is_word (type)       ? IN_MEMORY
                                   : ffi_is_floating (type) ? IN_SSE
                                                            : ffi_classify (type));

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
      if (a->ngrn == GPRS || a->nsrn == SSES)
        break;
      a->ngrn++;
      a->nsrn++;
      return loc;
    }
  size_t align = ffi_alignment_of (type);
  if (align < 8)
    align = 8;
  if (align > a->align)
    a->align = align;
  size_t offset = FFI_ALIGN_UP (a->nsaa, align);
  a->nsaa = offset + FFI_ALIGN_UP (type->size, (size_t) 8);
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = offset };
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 2
#define PORT_COPIES 1
#define PORT_PADS 1
#define PORT_JOINED (GPRS + SSES)
#define PORT_MIXES 1
#define PORT_RESULT_ALIGN 64
#define PORT_INNER unsigned
#define FPR_PART(bytes) 0

/* By the Microsoft convention the integer registers are where they have room on the
   stack.  A call loads them and the FPRs from there.  */
FFI_INLINE struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack)
{
  if (unlikely (cif->abi != FFI_UNIX64))
    return (struct ffi_frame){ stack, regs, stack, 8 };
  return (struct ffi_frame){ regs, regs + GPR_BYTES, stack,
                             cif->flags & FLAG_WIDE_MASK ? WIDE_STRIDE : NARROW_STRIDE };
}

FFI_INLINE struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack)
{
  return ffi_port_entry_frame (call->cif, call->cif->abi != FFI_UNIX64 ? stack : regs,
                               stack);
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? FAST_STACK : cif->bytes;
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
