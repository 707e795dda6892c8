/* SPDX-License-Identifier: MIT */
/* Where the Procedure Call Standard for AArch64 puts values: what port.h asks of a port.
   For those who walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "closure_map.h"
#include "flags.h"
#include "layout.h"
#include "loc.h"
#include "scalar.h"

/* The MEMBERS of a value of TYPE, which has been checked.  */
unsigned ffi_members (const ffi_type *type);

/* The multiple of words at which a value of TYPE starts that wants more than one.  */
unsigned ffi_words_alignment (const ffi_type *type);

enum
{
  WORD_MAX = 16,            /* larger values travel by reference */
  OBVIOUS_DEPTH = 4,        /* structs in structs */
  NOT_TOLD = KNOWN_BITS + 1 /* bits found: one has MEMBERS_2 */
};

/* The first scalar of the struct TYPE, checked or not, with elements; null if it is not
   found at a glance.  */
FFI_INLINE const ffi_type *
ffi_obvious_scalar (const ffi_type *type)
{
  const ffi_type *first = type->elements[0];

  for (unsigned i = 0; i < OBVIOUS_DEPTH && first != NULL; i++)
    {
      if (likely (first->type != FFI_TYPE_STRUCT && first->type != FFI_TYPE_COMPLEX))
        return first;
      if (first->elements == NULL)
        break;
      first = first->elements[0];
    }
  return NULL;
}

/* Whether TYPE is a scalar of another kind than the scalar FIRST.  */
FFI_INLINE bool
ffi_is_other_kind (const ffi_type *type, const ffi_type *first)
{
  return type->type != first->type && type->type <= FFI_TYPE_POINTER
         && type->type != FFI_TYPE_STRUCT;
}

/* Whether the members of the struct TYPE may decide at which multiple of words it starts.
 */
FFI_INLINE bool
ffi_is_aligned (const ffi_type *type)
{
  return unlikely (type->alignment >= 16) && type->size <= WORD_MAX;
}

/* Whether the struct TYPE, of at most FFI_MAX_CLASSIFIED bytes, checked or not, is seen
   not to be homogeneous: its first scalar is an integer or too small for it, or another
   is of another kind.  A checked struct without elements is a sealed closure's, see
   type_copy.c.  */
FFI_INLINE bool
ffi_is_other (const ffi_type *type)
{
  if (unlikely (type->elements == NULL))
    return true;
  const ffi_type *first = ffi_obvious_scalar (type);
  if (first == NULL || ffi_is_aligned (type))
    return false;
  if (ffi_is_word (first))
    return true;
  if (first->type < FFI_TYPE_FLOAT || first->type > FFI_TYPE_LONGDOUBLE)
    return false;
  if (type->size > 4 * ffi_scalars[first->type].size)
    return true;
  ffi_type **e = type->elements;
  while (*++e != NULL && (*e)->type == first->type)
    ;
  return *e != NULL && ffi_is_other_kind (*e, first);
}

/* The MEMBERS of a scalar of TYPE.  */
FFI_INLINE unsigned
ffi_scalar_members (const ffi_type *type)
{
  const unsigned all = MEMBERS_4 << 2 * FFI_TYPE_FLOAT | MEMBERS_8 << 2 * FFI_TYPE_DOUBLE
                       | MEMBERS_16 << 2 * FFI_TYPE_LONGDOUBLE;

  return all >> 2 * type->type & 3;
}

/* That of a struct of TYPE, of at most FFI_MAX_CLASSIFIED bytes.  The walk takes it from
   what cif->flags tell, which is a 0 for MEMBERS_NONE, or a 1 and two bits, for one
   struct after the other, and a 1 behind the last.  When that is used up, or CIF is being
   prepared, only a look at its members tells.  */
FFI_INLINE unsigned
ffi_struct_members (struct ffi_assign *a, const ffi_type *type)
{
  unsigned known = a->known;

  if (likely (known > 1))
    {
      const bool homogeneous = known & 1;
      a->known = known >> (homogeneous ? 3 : 1);
      return homogeneous ? known >> 1 & 3 : MEMBERS_NONE;
    }
  unsigned members = ffi_is_other (type) ? MEMBERS_NONE : ffi_members (type);
  if (unlikely (members == MEMBERS_2))
    a->found_bits = NOT_TOLD;
  if (a->found_bits + 3 <= KNOWN_BITS)
    {
      a->found |= (members << 1 | (members != MEMBERS_NONE)) << a->found_bits;
      a->found_bits += members != MEMBERS_NONE ? 3 : 1;
    }
  return members;
}

/* That of any value.  */
FFI_INLINE unsigned
ffi_next_members (struct ffi_assign *a, const ffi_type *type)
{
  if (likely (type->type == FFI_TYPE_STRUCT))
    return type->size > FFI_MAX_CLASSIFIED ? MEMBERS_NONE : ffi_struct_members (a, type);
  if (likely (type->type < FFI_TYPE_COMPLEX))
    return ffi_scalar_members (type);
  if (likely (type->type == FFI_TYPE_COMPLEX))
    return ffi_scalar_members (type->elements[0]);
  return ffi_members (type);
}

static inline void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){ .state = cif->flags & FLAG_NO_FPRS,
                            .known = cif->flags & FLAG_WORDS
                                         ? 0
                                         : cif->flags >> FLAG_KNOWN_SHIFT };
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

/* LOC, whose count is set, on the stack, from a multiple of ALIGN words on.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, struct ffi_loc loc, size_t align)
{
  loc.kind = LOC_STACK;
  loc.offset = FFI_ALIGN_UP (a->nsaa, 8 * align);
  a->nsaa = loc.offset + 8 * loc.count;
  return loc;
}

/* LOC, whose count is set, in integer registers, if that many are free, or on the stack,
   where it starts at a multiple of ALIGN words.  */
FFI_INLINE struct ffi_loc
ffi_next_gprs (struct ffi_assign *a, struct ffi_loc loc, unsigned align)
{
  unsigned gpr = FFI_ALIGN_UP (a->ngrn, align);

  loc.kind = LOC_GPR;
  loc.gpr = gpr;
  if (likely (gpr + loc.count <= GPRS))
    {
      a->ngrn = gpr + loc.count;
      return loc;
    }
  a->ngrn = GPRS;
  if (unlikely (a->state != 0) && gpr < GPRS)
    {
      a->nsaa = 8 * (gpr + loc.count - GPRS);
      return loc;
    }
  return ffi_next_stack (a, loc, align);
}

FFI_INLINE unsigned
ffi_alignment_in_words (const ffi_type *type)
{
  if (likely (ffi_alignment_of (type) < 16))
    return 1;
  return type->type == FFI_TYPE_STRUCT ? ffi_words_alignment (type) : 2;
}

/* A value of TYPE of which the address is passed.  */
FFI_INLINE struct ffi_loc
ffi_next_address (struct ffi_assign *a, const ffi_type *type)
{
  a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
  return ffi_next_gprs (a, (struct ffi_loc){ .count = 1, .by_address = 1 }, 1);
}

/* A value of TYPE that consists of MEMBERS, for FPRs.  */
FFI_INLINE struct ffi_loc
ffi_next_fprs (struct ffi_assign *a, const ffi_type *type, unsigned members)
{
  unsigned shift = members != MEMBERS_2 ? members + 1 : 1;
  unsigned count = type->size >> shift, fpr = a->nsrn;
  struct ffi_loc words = { .count = (type->size + 7) / 8 };

  if (unlikely (a->state != 0))
    return type->size > WORD_MAX
               ? ffi_next_address (a, type)
               : ffi_next_gprs (a, words, ffi_alignment_in_words (type));
  if (likely (fpr + count <= FPRS))
    {
      a->nsrn = fpr + count;
      return (struct ffi_loc){
        .kind = LOC_FPR, .fpr = fpr, .count = count, .size = 1u << shift
      };
    }
  a->nsrn = FPRS;
  return ffi_next_stack (a, words, ffi_alignment_in_words (type));
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  (void) variant;
  if (likely (ffi_is_word (type)))
    return ffi_next_gprs (a, (struct ffi_loc){ .count = 1 }, 1);
  unsigned members = ffi_next_members (a, type);
  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct ffi_loc){ .kind = LOC_NONE };
  if (members != MEMBERS_NONE)
    return ffi_next_fprs (a, type, members);
  if (type->size > WORD_MAX)
    return ffi_next_address (a, type);
  return ffi_next_gprs (a, (struct ffi_loc){ .count = (type->size + 7) / 8 },
                        ffi_alignment_in_words (type));
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

/* Where the next argument, of TYPE, is in F, if it is a scalar; otherwise null, and
   nothing is assigned.  */
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
  (((type)->type == FFI_TYPE_STRUCT                                                      \
    && ((type)->size != 2 || (type)->elements == NULL || !ffi_is_float16 (type)))        \
   || (type)->type == FFI_TYPE_COMPLEX                                                   \
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
