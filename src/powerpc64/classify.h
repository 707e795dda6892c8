/* SPDX-License-Identifier: MIT */
/* Where the ELFv2 ABI of 64-bit PowerPC puts values: what port.h asks of a port.  For
   those who walk over arguments.

   Every argument has its place in the parameter save area: doublewords, of which the
   first eight are in r3 to r10 and the others in memory.  What FPRs or vector registers
   carry has one, too, without using it.  struct ffi_assign counts its bytes in nsaa, FPRs
   in nsrn, vector registers in ngrn, and has the ABI in state.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "flags.h"
#include "loc.h"
#include "scalar.h"
#include <string.h>

/* The LOC_CLASS of a value of TYPE, which has been checked, as long as there are
   registers for it: LOC_NONE; LOC_GPR; LOC_FPR, where a size of 16 stands for vector
   registers; or by address.  */
unsigned ffi_classify (const ffi_type *type, ffi_abi abi);

/* Whether TYPE is a struct in doublewords: too large to be homogeneous, or beginning with
   an integer.  */
FFI_INLINE bool
ffi_is_plain_struct (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT
         && (type->size > FFI_MAX_CLASSIFIED
             || (type->elements[0] != NULL && ffi_is_word (type->elements[0])));
}

/* The LOC_CLASS of a value of TYPE, without a call for most types.  */
FFI_INLINE unsigned
ffi_class_of (const ffi_type *type, unsigned abi)
{
  if (ffi_is_floating (type)
      || (type->type == FFI_TYPE_LONGDOUBLE && (abi & FFI_LINUX_LONG_DOUBLE_128) == 0))
    return LOC_CLASS (LOC_FPR, 1, type->size < 8 ? 4 : 8);
  if (ffi_is_plain_struct (type))
    return LOC_CLASS (LOC_GPR, 0, 0);
  if (type->type == FFI_TYPE_COMPLEX && ffi_is_floating (type->elements[0]))
    return LOC_CLASS (LOC_FPR, 2, type->size / 2);
  return ffi_classify (type, abi);
}

/* Flags of LOC_OTHER, in `second'.  */
enum
{
  OTHER_WORDS = 1,   /* the value is in the parameter save area, too, at `offset' */
  OTHER_UNNAMED = 2, /* and need not be in registers */
  OTHER_SPREAD = 4,  /* two parts of a complex number, in doublewords of their own */
  OTHER_SHORT = 8    /* half of the type's bytes: its long double is a double */
};

static inline void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){ .named = cif->nfixedargs,
                            .state = cif->abi,
                            .sret = (cif->flags & RET_MASK) == RET_MEMORY ? SRET_FIRST
                                                                          : SRET_NONE };
  if (a->sret != SRET_NONE)
    a->nsaa = WORD;
}

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  (void) cif;
  return 0;
}

static inline struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  (void) a;
  return (struct ffi_loc){ .kind = LOC_GPR, .count = 1 };
}

/* LOC becomes COUNT doublewords, the next ones.  */
FFI_INLINE struct ffi_loc
ffi_next_words (struct ffi_assign *a, struct ffi_loc loc, size_t count)
{
  loc.offset = a->nsaa;
  a->nsaa += WORD * count;
  if (loc.kind == LOC_OTHER)
    return loc;
  loc.kind = loc.offset < WORD * GPRS ? LOC_GPR : LOC_STACK;
  loc.gpr = loc.offset / WORD;
  loc.count = count <= UINT8_MAX ? count : UINT8_MAX;
  return loc;
}

/* Whether TYPE is, or has parts of, a long double that is a double with ABI, although its
   size says otherwise.  */
static inline bool
ffi_is_short (const ffi_type *type, unsigned abi)
{
  if (likely ((abi & FFI_LINUX_LONG_DOUBLE_128) != 0))
    return false;
  if (type->type == FFI_TYPE_COMPLEX)
    type = type->elements[0];
  return type->type == FFI_TYPE_LONGDOUBLE && type->size == 16;
}

/* The next FPRs or vector registers, for a value of COUNT members of SIZE bytes.  Those
   that it gets are in LOC.  */
FFI_INLINE void
ffi_next_fprs (struct ffi_assign *a, struct ffi_loc *loc, unsigned count, unsigned size)
{
  unsigned *used = size == VR_SIZE ? &a->ngrn : &a->nsrn;
  unsigned left = (size == VR_SIZE ? VRS : FPRS) - *used;

  loc->size = size;
  loc->fpr = size == VR_SIZE ? FIRST_VR + 2 * *used : *used;
  loc->count = count < left ? count : left;
  *used += loc->count;
}

/* Whether the location of a value of TYPE and CLASS starts at an even doubleword.  */
static inline bool
ffi_is_even (const ffi_type *type, struct ffi_loc class, unsigned abi)
{
  if (type->type == FFI_TYPE_STRUCT && (abi & FFI_LINUX_STRUCT_ALIGN) == 0)
    return false;
  if (class.kind == LOC_FPR)
    return class.size == VR_SIZE;
  return type->alignment >= 16 && !class.by_address
         && (type->type == FFI_TYPE_VECTOR || type->type == FFI_TYPE_STRUCT);
}

/* Any value but an integer of a doubleword; NAMED: a named argument.  */
FFI_INLINE struct ffi_loc
ffi_next_value (struct ffi_assign *a, const ffi_type *type, bool named)
{
  const struct ffi_loc class = ffi_loc_of (ffi_class_of (type, a->state));
  struct ffi_loc loc = { .kind = LOC_OTHER, .by_address = class.by_address };
  const bool is_short = ffi_is_short (type, a->state);
  const bool spread = type->type == FFI_TYPE_COMPLEX;
  size_t bytes = class.by_address ? WORD : is_short ? type->size / 2 : type->size;

  if (class.kind == LOC_NONE)
    return class;
  if (class.by_address)
    a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
  if (spread)
    bytes = 2 * FFI_ALIGN_UP (bytes / 2, WORD);
  if (ffi_is_even (type, class, a->state))
    a->nsaa = FFI_ALIGN_UP (a->nsaa, (size_t) 16);
  loc.second = (spread ? OTHER_SPREAD : 0) | (is_short ? OTHER_SHORT : 0);
  if (class.kind == LOC_FPR && (named || class.size != VR_SIZE))
    ffi_next_fprs (a, &loc, class.count, class.size);
  if (!named)
    loc.second |= OTHER_WORDS | OTHER_UNNAMED;
  else if (loc.count < class.count || class.kind == LOC_GPR)
    loc.second |= OTHER_WORDS;
  /* The simple cases are marshal.c's.  */
  if ((loc.second & OTHER_WORDS) == 0 && loc.size != 4)
    {
      loc.kind = LOC_FPR;
      a->nsaa += FFI_ALIGN_UP (bytes, WORD);
      return loc;
    }
  if (loc.count == 0 && (loc.second & (OTHER_SPREAD | OTHER_SHORT)) == 0)
    loc.kind = LOC_GPR;
  return ffi_next_words (a, loc, (bytes + WORD - 1) / WORD);
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  (void) variant;
  const bool named = a->named != 0;

  a->named -= named;
  if (likely (ffi_is_word (type)))
    return ffi_next_words (a, (struct ffi_loc){ .kind = LOC_GPR }, 1);
  return ffi_next_value (a, type, named);
}

/* An FPR has a float in the format of double; these two convert it, bit by bit as the
   processor does, without making a signalling NaN a quiet one.  */
FFI_INLINE void
float_to_fpr (char *fpr, const char *value)
{
  float f;

  memcpy (&f, value, sizeof f);
  __asm__("stfd%U0%X0 %1,%0" : "=m"(*(double *) fpr) : "d"(f));
}

FFI_INLINE void
float_from_fpr (char *value, const char *fpr)
{
  double d;

  memcpy (&d, fpr, sizeof d);
  __asm__("stfs%U0%X0 %1,%0" : "=m"(*(float *) value) : "d"(d));
}

/* Those two for a float that ffi_port_next_words has found a place for, in an FPR or in
   the parameter save area.  */
#define PORT_FLOATS 1
FFI_INLINE bool
ffi_is_in_fprs (const struct ffi_frame *f, const char *words)
{
  return (size_t) (words - f->fpr) < FPRS_BYTES;
}

FFI_INLINE void
ffi_port_store_float (const struct ffi_frame *f, char *to, const char *value)
{
  uint32_t v;

  memcpy (&v, value, sizeof v);
  if (likely (ffi_is_in_fprs (f, to)))
    float_to_fpr (to, value);
  else
    *(unsigned long *) to = v;
}

FFI_INLINE void
ffi_port_load_float (const struct ffi_frame *f, char *words)
{
  if (likely (ffi_is_in_fprs (f, words)))
    float_from_fpr (words, words);
}

/* Where in F the next argument is, a named one of COUNT doubles aligned to ALIGN bytes:
   in FPRs or, if none is left, doublewords.  Null if it is in both, or not so aligned. */
FFI_INLINE char *
ffi_next_doubles (struct ffi_assign *a, const struct ffi_frame *f, unsigned count,
                  unsigned align)
{
  const bool in_fprs = a->nsrn < FPRS;
  char *at = in_fprs ? f->fpr + f->stride * a->nsrn : f->stack + a->nsaa;

  if (a->named == 0 || (in_fprs && a->nsrn + count > FPRS)
      || ((uintptr_t) at & (align - 1)) != 0)
    return NULL;
  a->named--;
  a->nsrn += in_fprs ? count : 0;
  a->nsaa += (size_t) count * WORD;
  return at;
}

/* Whether TYPE, of 16 bytes, is a long double of IBM's format.  */
FFI_INLINE bool
ffi_is_ibm (const ffi_type *type, unsigned abi)
{
  const unsigned both = FFI_LINUX_LONG_DOUBLE_128 | FFI_LINUX_LONG_DOUBLE_IEEE128;

  return type->type == FFI_TYPE_LONGDOUBLE && type->size == 16
         && (abi & both) == FFI_LINUX_LONG_DOUBLE_128;
}

/* Where the next argument, of TYPE, is in F, if it is a scalar, a complex double or a
   plain struct; otherwise null, and nothing is assigned.  Unnamed floating-point
   arguments are in two places.  */
#define PORT_NEXT_WORDS 1
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  const bool floating = ffi_is_floating (type);
  size_t at = a->nsaa, size = WORD;

  (void) variant;
  if (floating && a->named == 0)
    return NULL;
  if (!floating && !ffi_is_word (type))
    {
      if (ffi_is_ibm (type, a->state))
        return ffi_next_doubles (a, f, 2, 16);
      if (type->type == FFI_TYPE_COMPLEX && type->elements[0]->type == FFI_TYPE_DOUBLE)
        return ffi_next_doubles (a, f, 2, 8);
      if (!ffi_is_plain_struct (type) || type->alignment > 8)
        return NULL;
      size = FFI_ALIGN_UP (type->size, (size_t) WORD);
    }
  a->named -= a->named != 0;
  a->nsaa = at + size;
  if (floating && a->nsrn < FPRS)
    return f->fpr + f->stride * a->nsrn++;
  return f->stack + at;
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 1
#define PORT_COPIES 1
#define PORT_PADS 0
#define PORT_JOINED 1
#define PORT_MIXES 0
#define PORT_OTHERS 1
#define PORT_RESULT_ALIGN 16
#define FPR_PART(bytes) 0

/* Values in LOC_OTHER: store VALUE; find one.  */
void ffi_port_store (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
                     const char *value) __attribute__ ((visibility ("hidden")));
char *ffi_port_value (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type)
    __attribute__ ((visibility ("hidden")));

static inline struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  (void) call, (void) variant;
  return (struct ffi_frame){ stack, regs, stack, FPR_SIZE };
}

/* STACK is where the entry has saved r3 to r10, which memory arguments follow.  */
static inline struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ stack, regs, stack, FPR_SIZE };
}

/* The parameter save area, and copies.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? WORD * GPRS : cif->bytes;
}

#include "one_invoke.h"

#endif
