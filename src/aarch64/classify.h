/* SPDX-License-Identifier: MIT */
/* Where the Procedure Call Standard for AArch64 puts values: what port.h asks of a port.
   For those who walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "closure_map.h"
#include "flags.h"
#include "loc.h"
#include "scalar.h"

/* The LOC_CLASS of a value of TYPE, which has been checked, as long as there are
   registers for it.  */
unsigned ffi_classify (const ffi_type *type);

/* The multiple of words at which a value of TYPE starts that wants more than one.  */
unsigned ffi_words_alignment (const ffi_type *type);

enum
{
  WORD_MAX = 16 /* larger values travel by reference */
};

/* That of integers and structs of them, of SIZE bytes.  */
FFI_INLINE unsigned
ffi_words_class (size_t size)
{
  return size > WORD_MAX ? LOC_BY_ADDRESS : LOC_CLASS (LOC_GPR, (size + 7) / 8, 0);
}

/* Whether TYPE is a struct of at most SIZE bytes that begins with an integer: it is not
   homogeneous.  */
FFI_INLINE bool
ffi_begins_with_word (const ffi_type *type, size_t size)
{
  return type->type == FFI_TYPE_STRUCT && type->size <= size && type->elements[0] != NULL
         && ffi_is_word (type->elements[0]);
}

/* The LOC_CLASS of a value of TYPE, without a call for most types.  */
FFI_INLINE unsigned
ffi_class_of (const ffi_type *type)
{
  if (ffi_is_floating (type) || type->type == FFI_TYPE_LONGDOUBLE)
    return LOC_CLASS (LOC_FPR, 1, type->size);
  if (type->type == FFI_TYPE_COMPLEX)
    {
      const ffi_type *part = type->elements[0];
      return ffi_is_floating (part) || part->type == FFI_TYPE_LONGDOUBLE
                 ? LOC_CLASS (LOC_FPR, 2, part->size)
                 : ffi_words_class (type->size);
    }
  if (type->type == FFI_TYPE_STRUCT && type->size > FFI_MAX_CLASSIFIED)
    return LOC_BY_ADDRESS;
  if (ffi_begins_with_word (type, FFI_MAX_CLASSIFIED))
    return ffi_words_class (type->size);
  return ffi_classify (type);
}

static inline void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){ .state = cif->flags & FLAG_NO_FPRS };
}

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  (void) cif;
  return 0;
}

/* SRET is in x8.  */
static inline struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  (void) a;
  return (struct ffi_loc){ .kind = LOC_NONE };
}

/* COUNT words on the stack that start at a multiple of ALIGN words.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, struct ffi_loc loc, size_t align)
{
  loc.kind = LOC_STACK;
  loc.offset = FFI_ALIGN_UP (a->nsaa, 8 * align);
  a->nsaa = loc.offset + 8 * loc.count;
  return loc;
}

/* LOC, whose count is set, in integer registers, if that many are free.  */
FFI_INLINE struct ffi_loc
ffi_next_gprs (struct ffi_assign *a, struct ffi_loc loc, unsigned align)
{
  unsigned gpr = FFI_ALIGN_UP (a->ngrn, align);

  loc.gpr = gpr;
  if (gpr + loc.count <= GPRS)
    {
      a->ngrn = gpr + loc.count;
      return loc;
    }
  if (unlikely (a->state != 0) && gpr < GPRS)
    {
      a->nsaa = 8 * (gpr + loc.count - GPRS);
      a->ngrn = GPRS;
      return loc;
    }
  a->ngrn = GPRS;
  return ffi_next_stack (a, loc, align);
}

static inline unsigned
ffi_alignment_in_words (const ffi_type *type)
{
  if (likely (ffi_alignment_of (type) < 16))
    return 1;
  return type->type == FFI_TYPE_STRUCT ? ffi_words_alignment (type) : 2;
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  (void) variant;
  struct ffi_loc loc;

  if (likely (ffi_is_word (type)))
    return ffi_next_gprs (a, (struct ffi_loc){ .kind = LOC_GPR, .count = 1 }, 1);
  loc = ffi_loc_of (ffi_class_of (type));
  if (loc.kind == LOC_NONE)
    return loc;
  if (loc.kind == LOC_FPR)
    {
      unsigned words = (type->size + 7) / 8;
      loc.fpr = a->nsrn;
      if (likely (a->state == 0) && a->nsrn + loc.count <= FPRS)
        {
          a->nsrn += loc.count;
          return loc;
        }
      loc = (struct ffi_loc){ .kind = LOC_GPR, .count = words };
      if (a->state == 0)
        {
          a->nsrn = FPRS;
          return ffi_next_stack (a, loc, ffi_alignment_in_words (type));
        }
      if (type->size > WORD_MAX)
        loc = ffi_loc_of (LOC_BY_ADDRESS);
    }
  if (loc.by_address)
    {
      a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
      return ffi_next_gprs (a, loc, 1);
    }
  return ffi_next_gprs (a, loc, ffi_alignment_in_words (type));
}

/* Where in F the next argument is: COUNT words in integer registers or on the stack.  */
FFI_INLINE char *
ffi_next_words (struct ffi_assign *a, const struct ffi_frame *f, unsigned count)
{
  size_t at = a->nsaa;

  if (likely (a->ngrn + count <= GPRS))
    {
      char *words = f->gpr + 8 * a->ngrn;
      a->ngrn += count;
      return words;
    }
  a->ngrn = GPRS;
  a->nsaa = at + 8 * count;
  return f->stack + at;
}

/* Likewise, SIZE bytes in an FPR or at a multiple of SIZE on the stack.  */
FFI_INLINE char *
ffi_next_fpr (struct ffi_assign *a, const struct ffi_frame *f, size_t size)
{
  if (likely (a->nsrn < FPRS))
    return f->fpr + f->stride * a->nsrn++;
  size_t at = FFI_ALIGN_UP (a->nsaa, size);
  a->nsaa = at + size;
  return f->stack + at;
}

/* Where the next argument, of TYPE, is in F, if it is a scalar or a struct of words;
   otherwise null, and nothing is assigned.  */
#define PORT_NEXT_WORDS 1
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  (void) variant;
  if (LOW_PART (8, 4) != 0 || unlikely (a->state != 0))
    return NULL;
  if (ffi_is_word (type))
    return ffi_next_words (a, f, 1);
  if (ffi_is_floating (type))
    return ffi_next_fpr (a, f, 8);
  if (type->type == FFI_TYPE_LONGDOUBLE && f->stride >= FPR_SIZE)
    return ffi_next_fpr (a, f, 16);
  if (ffi_begins_with_word (type, WORD_MAX) && type->alignment <= 8)
    return ffi_next_words (a, f, (type->size + 7) / 8);
  return NULL;
}

/* The handler can have most arguments where they were saved, registers being next to each
   other there; not those in registers and on the stack.  */
#define PORT_MAP_VARIANT 0
FFI_INLINE size_t
ffi_port_map (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.by_address || ffi_alignment_of (type) > 8
      || (loc.kind == LOC_GPR && loc.gpr + loc.count > GPRS)
      || (LOW_PART (8, 4) != 0 && type->size < 8)
      || (loc.kind == LOC_FPR && loc.size != 8 && (loc.size != 4 || loc.count != 1)))
    return NOT_MAPPED;
  return ffi_map_number (loc);
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 1
#define PORT_COPIES 1
#define PORT_PADS 0
#define PORT_JOINED 1
#define PORT_MIXES 0
#define PORT_OTHERS 0
#define PORT_RESULT_ALIGN 16
#define FPR_PART(bytes) LOW_PART (FPR_SIZE, bytes)
#define PORT_LEFT(loc, type)                                                             \
  ((type)->type == FFI_TYPE_STRUCT || (type)->type == FFI_TYPE_COMPLEX                   \
   || ((type)->type == FFI_TYPE_VECTOR && (loc).kind == LOC_STACK))

static inline struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  (void) call, (void) variant;
  return (struct ffi_frame){ stack - 8 * GPRS, regs, stack, FPR_SIZE };
}

static inline struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ stack - 8 * GPRS, regs, stack, FPR_SIZE };
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? 0 : cif->bytes;
}

#include "one_invoke.h"

#endif
