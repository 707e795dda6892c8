/* SPDX-License-Identifier: MIT */
/* Where the Procedure Call Standard for the Arm Architecture puts values: what port.h
   asks of a port.  For those who walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "flags.h"
#include "layout.h"
#include "loc.h"
#include "scalar.h"

/* The LOC_CLASS of a value of TYPE, which has been checked and is not empty, as long as
   there are VFP registers for it.  */
unsigned ffi_vfp_class (const ffi_type *type);

/* How many single VFP registers each member of a value of CLASS takes, 1 or 2, or 0.  */
FFI_INLINE unsigned
ffi_singles_of (unsigned class)
{
  struct ffi_loc loc = ffi_loc_of (class);

  return loc.kind == LOC_FPR ? loc.size / 4 : 0;
}

/* That of the struct TYPE, for assembly.  */
unsigned ffi_vfp_singles (const ffi_type *type);

/* Whether compilers disagree on where a value of TYPE is that in VFP registers has
   members of SIZE bytes: it is homogeneous, of _Float16.  */
FFI_INLINE bool
ffi_is_disputed (const ffi_type *type, unsigned size)
{
  return unlikely (size == 2) && !ffi_is_float16 (type);
}

/* That of any value; VFP: by that variant.  It does not count words, of which there may
   be many.  */
FFI_INLINE unsigned
ffi_classify (const ffi_type *type, bool vfp)
{
  if (likely (ffi_is_integer (type)))
    return LOC_GPR;
  if (vfp && likely (ffi_is_floating (type)))
    return LOC_CLASS (LOC_FPR, 1, type->size);
  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return LOC_NONE;
  return vfp ? ffi_vfp_class (type) : LOC_GPR;
}

/* The multiple of words at which a value of TYPE starts that wants more than one.  */
unsigned ffi_words_alignment (const ffi_type *type);

/* That of TYPE, checked or not, if it is a struct or complex number and a glance tells
   all that the convention wants to know: LOC_NONE if not.  Then a value of it starts at a
   multiple of as many words as TYPE is aligned to, at most two.  */
unsigned ffi_plain_class (const ffi_type *type);

/* Have the cif tell that a struct's members take SINGLES single VFP registers each, 0 if
   it is not homogeneous.  */
FFI_INLINE void
ffi_tell (struct ffi_assign *a, unsigned singles)
{
  if (a->found_bits + 2 > KNOWN_BITS)
    return;
  a->found |= (singles != 0 ? 1 | (singles - 1) << 1 : 0) << a->found_bits;
  a->found_bits += singles != 0 ? 2 : 1;
}

/* That of a struct of TYPE, of at most STRUCT_CLASSIFIED bytes, by the VFP variant.  The
   walk takes it from what the cif tells, which is a 0 for one that is not homogeneous, or
   a 1 and whether its members have 8 bytes, for one struct after the other, and a 1
   behind the last.  When that is used up, or CIF is being prepared, only a look at its
   members tells.  */
FFI_INLINE unsigned
ffi_struct_class (struct ffi_assign *a, const ffi_type *type)
{
  unsigned known = a->known, singles;

  if (likely (known > 1))
    {
      singles = known & 1 ? 1 + (known >> 1 & 1) : 0;
      a->known = known >> (singles != 0 ? 2 : 1);
      return singles != 0 ? LOC_CLASS (LOC_FPR, type->size / 4 / singles, 4 * singles)
                          : (unsigned) LOC_GPR;
    }
  const unsigned class = ffi_vfp_class (type);
  ffi_tell (a, ffi_singles_of (class));
  return class;
}

/* What CIF tells of structs.  */
FFI_INLINE unsigned
ffi_known (const ffi_cif *cif)
{
  return cif->vfp_reg_free | (unsigned) cif->vfp_nargs << 16;
}

/* The walk's state says whether it goes by the VFP variant; nsrn has a bit for each
   single VFP register that is free.  */
FFI_INLINE void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){ .nsrn = (1u << VFPS) - 1,
                            .state = cif->flags & FLAG_VFP,
                            .known = cif->flags & FLAG_TYPES ? ffi_known (cif) : 0,
                            .sret = (cif->flags & RET_MASK) == RET_MEMORY ? SRET_FIRST
                                                                          : SRET_NONE };
}

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  (void) cif;
  return 0;
}

FFI_INLINE struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->ngrn++, .count = 1 };
}

/* COUNT words on the stack that start at a multiple of ALIGN words.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, size_t count, size_t align)
{
  size_t at = FFI_ALIGN_UP (a->nsaa, 4 * align);

  a->nsaa = at + 4 * count;
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = at };
}

/* COUNT words in integer registers, as long as there are some, from a multiple of ALIGN
   on; a value may continue on the stack if it is the first one there.  */
FFI_INLINE struct ffi_loc
ffi_next_gprs (struct ffi_assign *a, size_t count, unsigned align)
{
  unsigned gpr = FFI_ALIGN_UP (a->ngrn, align);

  if (gpr + count <= GPRS)
    a->ngrn = gpr + count;
  else if (gpr < GPRS && a->nsaa == 0)
    {
      a->ngrn = GPRS;
      a->nsaa = 4 * (gpr + count - GPRS);
    }
  else
    {
      a->ngrn = GPRS;
      return ffi_next_stack (a, count, align);
    }
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = gpr };
}

/* Take COUNT adjacent free registers of SIZE bytes, the lowest there are, also between
   those that are taken.  The first, in single registers, or -1.  */
FFI_INLINE int
ffi_take_vfp (struct ffi_assign *a, unsigned count, unsigned size)
{
  unsigned step = (size + 3) / 4, run = count * step;
  unsigned mask = (1u << run) - 1;

  for (unsigned at = 0; at + run <= VFPS; at += step)
    if ((a->nsrn >> at & mask) == mask)
      {
        a->nsrn &= ~(mask << at);
        return at;
      }
  return -1;
}

FFI_INLINE unsigned
ffi_alignment_in_words (const ffi_type *type)
{
  return likely (ffi_alignment_of (type) < 8) ? 1
         : type->type != FFI_TYPE_STRUCT      ? 2
                                              : ffi_words_alignment (type);
}

/* A value of TYPE and CLASS that starts at a multiple of ALIGN words.  */
FFI_INLINE struct ffi_loc
ffi_next_of_class (struct ffi_assign *a, const ffi_type *type, unsigned class,
                   unsigned align)
{
  struct ffi_loc loc = ffi_loc_of (class);
  const size_t count = (type->size + 3) / 4;

  if (loc.kind == LOC_GPR)
    return ffi_next_gprs (a, count, align);
  const int first = ffi_take_vfp (a, loc.count, loc.size);
  if (first >= 0)
    {
      loc.fpr = first;
      return loc;
    }
  a->nsrn = 0;
  const unsigned size = loc.size;
  loc = ffi_next_stack (a, count, align);
  loc.size = size;
  return loc;
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  (void) variant;
  if (likely (ffi_is_word (type)))
    return ffi_next_gprs (a, 1, 1);
  const unsigned class = type->type == FFI_TYPE_STRUCT && a->state != 0 && type->size != 0
                                 && type->size <= STRUCT_CLASSIFIED
                             ? ffi_struct_class (a, type)
                             : ffi_classify (type, a->state != 0);
  if (class == LOC_NONE)
    return ffi_loc_of (class);
  return ffi_next_of_class (a, type, class, ffi_alignment_in_words (type));
}

/* Scalars of a word or less, where the word is.  */
#define PORT_NEXT_WORDS 1
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  (void) variant;
  if (!ffi_is_word (type))
    return NULL;
  if (likely (a->ngrn < GPRS))
    return f->gpr + 4 * a->ngrn++;
  a->nsaa += 4;
  return f->stack + a->nsaa - 4;
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 1
#define PORT_COPIES 0
#define PORT_PADS 0
#define PORT_JOINED 1
#define PORT_MIXES 0
#define PORT_OTHERS 0
#define PORT_RESULT_ALIGN 8
#define FPR_PART(bytes) 0

FFI_INLINE struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  (void) call, (void) variant;
  return (struct ffi_frame){ stack - 4 * GPRS, regs, stack, 4 };
}

FFI_INLINE struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ stack - 4 * GPRS, regs, stack, 4 };
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->bytes;
}

#include "one_invoke.h"

#endif
