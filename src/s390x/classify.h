/* SPDX-License-Identifier: MIT */
/* Where the s390x ELF ABI puts values: what port.h asks of a port.  For those who walk
   over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "flags.h"
#include "loc.h"
#include "scalar.h"

/* The LOC_CLASS of a value of TYPE, which has been checked, as long as there are
   registers for it.  A vector register is two FPRs, and nothing else is.  */
unsigned ffi_classify (const ffi_type *type);

/* The LOC_CLASS of a value of TYPE, without a call for most types.  */
FFI_INLINE unsigned
ffi_class_of (const ffi_type *type)
{
  if (type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE)
    return LOC_CLASS (LOC_FPR, 1, type->size);
  if (!VECTOR_ABI && type->size > 8 && type->type != FFI_TYPE_VOID)
    return LOC_BY_ADDRESS;
  return ffi_classify (type);
}

/* The walk's state is the next vector register.  */
static inline void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  (void) variant;
  *a = (struct ffi_assign){ .named = cif->flags & FLAG_VARIADIC
                                         ? cif->flags >> FLAG_NAMED_SHIFT
                                         : FFI_NOT_VARIADIC,
                            .sret = (cif->flags & RET_MASK) == RET_MEMORY ? SRET_FIRST
                                                                          : SRET_NONE };
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
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->ngrn++, .count = 1 };
}

/* BYTES on the stack.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, struct ffi_loc loc, size_t bytes)
{
  loc.kind = LOC_STACK;
  loc.offset = a->nsaa;
  a->nsaa += FFI_ALIGN_UP (bytes, (size_t) 8);
  return loc;
}

/* LOC, a word, in an integer register, if one is free.  */
FFI_INLINE struct ffi_loc
ffi_next_gpr (struct ffi_assign *a, struct ffi_loc loc)
{
  if (likely (a->ngrn < GPRS))
    {
      loc.gpr = a->ngrn++;
      return loc;
    }
  return ffi_next_stack (a, loc, 8);
}

/* LOC in an FPR.  On the stack a float is at the end of its word, like an integer.  */
FFI_INLINE struct ffi_loc
ffi_next_fpr (struct ffi_assign *a, struct ffi_loc loc)
{
  if (likely (a->nsrn < FPRS))
    {
      loc.fpr = a->nsrn++;
      return loc;
    }
  loc.size = 0;
  return ffi_next_stack (a, loc, 8);
}

/* LOC in a vector register, of a value of BYTES that is NAMED.  */
FFI_INLINE struct ffi_loc
ffi_next_vector (struct ffi_assign *a, struct ffi_loc loc, size_t bytes, bool named)
{
  if (named && a->state < VRS)
    {
      loc.fpr = FPRS + 2 * a->state++;
      return loc;
    }
  return ffi_next_stack (a, loc, bytes);
}

FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  (void) variant;
  bool named = a->named != 0;

  a->named -= named;
  if (likely (ffi_is_word (type)))
    return ffi_next_gpr (a, (struct ffi_loc){ .kind = LOC_GPR, .count = 1 });
  struct ffi_loc loc = ffi_loc_of (ffi_class_of (type));
  switch (loc.kind)
    {
    case LOC_GPR:
      if (loc.by_address)
        a->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
      return ffi_next_gpr (a, loc);
    case LOC_FPR:
      if (VECTOR_ABI && loc.count == 2)
        return ffi_next_vector (a, loc, type->size, named);
      return ffi_next_fpr (a, loc);
    default:
      return loc;
    }
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 1
#define PORT_COPIES 1
#define PORT_PADS 0
#define PORT_JOINED 1
#define PORT_MIXES 0
#define PORT_OTHERS 0
#define PORT_RESULT_ALIGN 8
#define FPR_PART(bytes) 0
#define PORT_LEFT(loc, type) ((loc).size != 0) /* a vector on the stack */

static inline struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  (void) call, (void) variant;
  return (struct ffi_frame){ regs + FPRS_BYTES, regs, stack, 8 };
}

/* Integer registers are saved in the caller's frame.  */
static inline struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ stack - SAVE_AREA + SAVED_GPR (2), regs, stack, 8 };
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? FAST_STACK : cif->bytes;
}

#include "one_invoke.h"

#endif
