/* SPDX-License-Identifier: MIT */
/* Where the RISC-V psABI, with LP64D, puts values: what port.h asks of a port.  For those
   who walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "closure_map.h"
#include "flags.h"
#include "loc.h"
#include "scalar.h"
#include <string.h>

/* The location of a named value of TYPE, no word, float or double, which has been
   checked, as long as there are registers for it; in integer registers unless NAMED.  */
struct ffi_loc ffi_classify (const ffi_type *type, bool named);

/* PIECES_ ... of TYPE, which is no scalar that one register holds.  PIECES_UNTOLD: it is
   not known to be a type, unless it is CHECKED.  And the locations of pieces, as far as
   ffi_classify says it.  */
unsigned ffi_pieces (const ffi_type *type, bool checked);
extern const struct ffi_loc ffi_pieces_locs[PIECES_OTHER]
    __attribute__ ((visibility ("hidden")));

/* Whether what is known of structs tells of TYPE.  */
FFI_INLINE bool
ffi_has_pieces (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT && type->size - 1 < STRUCT_WORDS;
}

/* The pieces of the next such struct; PIECES_OTHER if they are not known.  */
FFI_INLINE unsigned
ffi_next_pieces (struct ffi_assign *a)
{
  const unsigned known = a->known;

  if (unlikely (known <= 1))
    return PIECES_OTHER;
  a->known = known >> (known & 1 ? 5 : 1);
  return known & 1 ? known >> 1 & 15 : PIECES_WORDS;
}

static inline void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){
    .named = cif->riscv_nfixedargs,
    .known = cif->riscv_unused,
    .sret = (cif->flags & RET_MASK) == RET_MEMORY ? SRET_FIRST : SRET_NONE,
  };
}

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  (void) cif;
  return 0;
}

/* The first word is always a0.  */
static inline struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->ngrn++, .count = 1 };
}

/* COUNT words, which start at a multiple of ALIGN words on the stack: integer registers,
   and behind the last the stack.  */
FFI_INLINE struct ffi_loc
ffi_next_words (struct ffi_assign *a, struct ffi_loc loc, size_t align)
{
  loc.kind = LOC_GPR;
  loc.gpr = a->ngrn;
  if (likely (a->ngrn + loc.count <= GPRS))
    {
      a->ngrn += loc.count;
      return loc;
    }
  if (a->ngrn < GPRS)
    {
      a->nsaa = 8 * (a->ngrn + loc.count - GPRS);
      a->ngrn = GPRS;
      return loc;
    }
  loc.kind = LOC_STACK;
  loc.offset = FFI_ALIGN_UP (a->nsaa, 8 * align);
  a->nsaa = loc.offset + 8 * loc.count;
  return loc;
}

/* Of how many registers of each sort LOC, in registers, consists.  */
FFI_INLINE unsigned
ffi_loc_fprs (struct ffi_loc loc)
{
  return loc.kind == LOC_GPR                              ? 0
         : loc.kind == LOC_FPR || loc.kind == LOC_FPR_FPR ? loc.count
                                                          : 1;
}

FFI_INLINE unsigned
ffi_loc_gprs (struct ffi_loc loc)
{
  return loc.kind == LOC_GPR                                  ? loc.count
         : loc.kind == LOC_FPR_GPR || loc.kind == LOC_GPR_FPR ? 1
                                                              : 0;
}

/* What ffi_classify says of the next argument, of TYPE.  */
FFI_INLINE struct ffi_loc
ffi_classify_next (struct ffi_assign *a, const ffi_type *type, bool named)
{
  if (likely (ffi_has_pieces (type)))
    {
      const unsigned pieces = ffi_next_pieces (a);
      if (pieces == PIECES_WORDS || !named)
        return (struct ffi_loc){ .kind = LOC_GPR, .count = (type->size + 7) / 8 };
      if (likely (pieces != PIECES_OTHER))
        return ffi_pieces_locs[pieces];
    }
  return ffi_classify (type, named);
}

/* A value of TYPE that is no word.  */
static inline struct ffi_loc
ffi_next_other (struct ffi_assign *a, const ffi_type *type, bool named)
{
  struct ffi_loc loc = ffi_classify_next (a, type, named);

  if (loc.kind == LOC_NONE)
    return loc;
  if (loc.kind != LOC_GPR)
    {
      unsigned fprs = ffi_loc_fprs (loc), gprs = ffi_loc_gprs (loc);
      if (a->nsrn + fprs <= FPRS && a->ngrn + gprs <= GPRS)
        {
          loc.fpr = a->nsrn;
          loc.gpr = a->ngrn;
          /* An alignment of more than 8 does not keep members from FPRs.  A second piece
             behind the first word is put there with the padding before it.  */
          loc.padded = gprs == 0 && type->size > 8 * fprs && loc.second <= 8;
          a->nsrn += fprs;
          a->ngrn += gprs;
          return loc;
        }
      loc = ffi_classify (type, false);
    }
  if (loc.by_address)
    a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
  size_t align = !loc.by_address && ffi_alignment_of (type) >= 16 ? 2 : 1;
  if (align == 2 && !named)
    a->ngrn = FFI_ALIGN_UP (a->ngrn, 2);
  return ffi_next_words (a, loc, align);
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  const struct ffi_loc word = { .kind = LOC_GPR, .count = 1 };
  bool named = a->named != 0;

  (void) variant;
  a->named -= named;
  if (likely (ffi_is_word (type)))
    return ffi_next_words (a, word, 1);
  if (!ffi_is_floating (type))
    return ffi_next_other (a, type, named);
  if (!named || a->nsrn == FPRS)
    return ffi_next_words (a, word, 1);
  return (struct ffi_loc){
    .kind = LOC_FPR, .fpr = a->nsrn++, .count = 1, .size = type->size
  };
}

/* Where in F the next argument is: COUNT words, aligned to as many on the stack; or null,
   if it is less aligned in F.  */
FFI_INLINE char *
ffi_next_run (struct ffi_assign *a, const struct ffi_frame *f, unsigned count)
{
  char *words = a->ngrn < GPRS ? f->gpr + 8 * a->ngrn
                               : f->stack + FFI_ALIGN_UP (a->nsaa, 8 * (size_t) count);

  if (((uintptr_t) words & (8 * count - 1)) != 0)
    return NULL;
  a->named -= a->named != 0;
  ffi_next_words (a, (struct ffi_loc){ .count = count }, count);
  return words;
}

/* In an FPR of a call's frame a float has ones above it; see ffi_port_call_frame.  */
#define PORT_FLOATS 1
FFI_INLINE void
ffi_port_store_float (const struct ffi_frame *f, char *to, const char *value)
{
  uint32_t v;

  memcpy (&v, value, sizeof v);
  if (likely ((size_t) (to - f->fpr) < FPRS_BYTES))
    memcpy (to, &v, sizeof v);
  else
    *(unsigned long *) to = v;
}

FFI_INLINE void
ffi_port_load_float (const struct ffi_frame *f, char *words)
{
  (void) f, (void) words;
}

/* Where the next argument, of TYPE, is in F, if it is a scalar; otherwise null, and
   nothing is assigned.  A long double may be in a7 and on the stack, where F has them
   side by side, unlike a closure's map.  */
#define PORT_NEXT_WORDS 1
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  (void) variant;
  if (ffi_is_word (type))
    return ffi_next_run (a, f, 1);
  if (ffi_is_floating (type))
    {
      if (a->named == 0 || a->nsrn == FPRS)
        return ffi_next_run (a, f, 1);
      a->named--;
      return f->fpr + f->stride * a->nsrn++;
    }
  if (type->type == FFI_TYPE_LONGDOUBLE && a->named != 0
      && f->gpr + GPRS_BYTES == f->stack)
    return ffi_next_run (a, f, 2);
  return NULL;
}

/* The handler can have most arguments where they were saved, registers being next to each
   other there.  */
#define PORT_MAP_VARIANT 0
FFI_INLINE size_t
ffi_port_map (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.by_address || loc.padded || ffi_alignment_of (type) > 8
      || (loc.kind == LOC_GPR && loc.gpr + loc.count > GPRS)
      || (loc.kind == LOC_FPR && loc.count != 1 && loc.size != 8)
      || (loc.kind == LOC_FPR_FPR && loc.second != 8)
      || (loc.kind != LOC_GPR && loc.kind != LOC_FPR && loc.kind != LOC_FPR_FPR
          && loc.kind != LOC_STACK))
    return NOT_MAPPED;
  return ffi_map_number (loc);
}

/* Whether a result that FLAGS tell of, if it is smaller than its registers, lies in
   memory as they would.  */
FFI_INLINE bool
ffi_is_partly_stored (unsigned flags)
{
  return (flags & FLAG_PARTIAL) == 0 || (flags & RET_MASK) == RET_I64
         || (flags & RET_MASK) == RET_GPR_GPR;
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 1
#define PORT_COPIES 1
#define PORT_PADS 1
#define PORT_JOINED FPRS
#define PORT_JOINED_SIZE (FFI_MAX_CLASSIFIED + 16)
#define PORT_MIXES 2
#define PORT_OTHERS 0
#define PORT_WIDENED_UINT32 int32_t
#define PORT_RESULT_ALIGN 16
#define PORT_INNER unsigned
#define FPR_PART(bytes) 0

/* Integer registers lie beside the stack arguments.  In a register of 64 bits a float has
   ones above it, or instructions take it for a NaN.  */
static inline struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  (void) call, (void) variant;
  memset (regs, 0xff, FPRS_BYTES);
  return (struct ffi_frame){ stack - GPRS_BYTES, regs, stack, 8 };
}

static inline struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ stack - GPRS_BYTES, regs, stack, 8 };
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? 0 : cif->bytes;
}

static inline void
ffi_port_invoke (const struct ffi_call *call)
{
  ffi_invoke (call);
}

/* The cif's flags, of which the RET code and where its second piece is say how to load
   the result.  */
typedef unsigned ffi_leave;

static inline ffi_leave
ffi_port_leave (const ffi_cif *cif)
{
  return cif->flags;
}

#endif
