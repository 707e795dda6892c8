/* SPDX-License-Identifier: MIT */
/* Where the conventions of i386 put values: what port.h asks of a port.  For those who
   walk over arguments.  */

#ifndef FFI_CLASSIFY_H
#define FFI_CLASSIFY_H

#include "bounds.h"
#include "closure_map.h"
#include "flags.h"
#include "loc.h"
#include "scalar.h"

/* The variants: conventions that have all arguments on the stack, the first at the lowest
   address; and any.  */
enum
{
  ONLY_STACK,
  ANY_CONVENTION
};

FFI_INLINE unsigned
ffi_port_variant (const ffi_cif *cif)
{
  return cif->flags & FLAG_ONLY_STACK ? ONLY_STACK : ANY_CONVENTION;
}

FFI_INLINE void
ffi_port_start (struct ffi_assign *a, const ffi_cif *cif, unsigned variant)
{
  const struct convention *convention = ffi_convention (cif);

  if (variant == ANY_CONVENTION)
    FFI_ONCE (convention);
  *a = (struct ffi_assign){ .convention = convention,
                            .align = 16,
                            .bytes = ffi_stack_bytes (cif),
                            .sret
                            = (cif->flags & RET_MASK) != RET_MEMORY ? SRET_NONE
                              : variant == ANY_CONVENTION && convention->left_to_right
                                  ? SRET_LAST
                                  : SRET_FIRST };
}

/* SIZE bytes, whole words, on the stack.  */
FFI_INLINE struct ffi_loc
ffi_next_stack (struct ffi_assign *a, size_t size, size_t align)
{
  size_t at = FFI_ALIGN_UP (a->nsaa, align);

  a->nsaa = at + size;
  if (a->convention->left_to_right)
    at = a->bytes - a->nsaa;
  return (struct ffi_loc){ .kind = LOC_STACK, .offset = at };
}

FFI_INLINE struct ffi_loc
ffi_next_register (struct ffi_assign *a)
{
  return (struct ffi_loc){ .kind = LOC_GPR, .gpr = a->convention->regs[a->ngrn++] };
}

/* One word: in a register, if there is one.  */
FFI_INLINE struct ffi_loc
ffi_next_word (struct ffi_assign *a)
{
  return a->ngrn < a->convention->count ? ffi_next_register (a)
                                        : ffi_next_stack (a, 4, 4);
}

/* The hidden pointer to the result travels like any other, when it is its turn.  */
FFI_INLINE struct ffi_loc
ffi_port_sret (struct ffi_assign *a)
{
  return ffi_next_word (a);
}

/* ffi_port_looks_into, see bounds.h.  Aligned structs of any size may contain what is
   aligned; others may consist of one floating-point or complex number, or begin with a
   double, of which one or two are pushed by classes of their own.  */
FFI_INLINE bool
ffi_looks_into (const ffi_type *type)
{
  if (unlikely (type->alignment >= 16))
    return true;
  return type->size <= 2 * sizeof (long double) && type->elements != NULL;
}

static inline bool
ffi_is_struct (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT;
}

/* Whether an argument of TYPE is passed by address.  */
static inline bool
ffi_is_by_address (const struct convention *convention, const ffi_type *type)
{
  return convention->by_address && ffi_is_struct (type) && type->size > 4;
}

/* Whether a value of TYPE is a floating-point or complex number for GCC, even if wrapped
   in structs that are no larger than that.  */
bool ffi_is_floating_for_gcc (const ffi_type *type);

/* The alignment of arguments of TYPE on the stack.  */
size_t ffi_stack_alignment (const ffi_type *type);

/* The location of the next argument, of SIZE bytes, which is an aggregate or void.  Under
   GCC's conventions aggregates use up registers as well, although they travel on the
   stack.  */
FFI_INLINE struct ffi_loc
ffi_next_aggregate (struct ffi_assign *a, const ffi_type *type, size_t size)
{
  const struct convention *convention = a->convention;
  size_t align = 4;

  if (type->type == FFI_TYPE_VOID)
    return (struct ffi_loc){ .kind = LOC_NONE };
  if (ffi_is_by_address (convention, type))
    {
      struct ffi_loc loc = ffi_next_word (a);
      loc.by_address = true;
      return loc;
    }
  if (!convention->left_to_right)
    {
      if (a->ngrn < convention->count && !ffi_is_floating_for_gcc (type))
        a->ngrn += size / 4;
      if (unlikely (type->alignment >= 16))
        align = ffi_stack_alignment (type);
      if (align > a->align)
        a->align = align;
    }
  return ffi_next_stack (a, size, align);
}

/* Under GCC's conventions 64-bit integers use up registers as well, although they travel
   on the stack.  */
FFI_INLINE struct ffi_loc
ffi_port_next (struct ffi_assign *a, const ffi_type *type, unsigned variant)
{
  if (variant == ONLY_STACK)
    {
      size_t at = a->nsaa;
      if (unlikely (type->type == FFI_TYPE_VOID))
        return (struct ffi_loc){ .kind = LOC_NONE };
      if (unlikely (type->alignment > 4))
        at = FFI_ALIGN_UP (at, ffi_stack_alignment (type));
      a->nsaa = at + FFI_ALIGN_UP (type->size, (size_t) 4);
      return (struct ffi_loc){ .kind = LOC_STACK, .offset = at };
    }
  size_t size = FFI_ALIGN_UP (type->size, (size_t) 4);
  if (unlikely (type->type - 1u >= FFI_TYPE_STRUCT - 1 && type->type != FFI_TYPE_POINTER))
    return ffi_next_aggregate (a, type, size);
  if (a->ngrn < a->convention->count
      && !(type->type >= FFI_TYPE_FLOAT && type->type <= FFI_TYPE_LONGDOUBLE))
    {
      if (size == 4)
        return ffi_next_register (a);
      if (!a->convention->left_to_right)
        a->ngrn += size / 4;
    }
  return ffi_next_stack (a, size, 4);
}

/* Where the map says that an argument of TYPE in LOC is, if entry code leaves it there
   and it wants no more than a word's alignment.  */
#define PORT_MAP_VARIANT ANY_CONVENTION
FFI_INLINE size_t
ffi_port_map (const ffi_type *type, struct ffi_loc loc)
{
  return loc.by_address || type->alignment > 4 ? NOT_MAPPED : ffi_map_number (loc);
}

/* --- Frames ----------------------------------------------------------------- */

#define PORT_VARIANTS 2
#define PORT_COPIES 0 /* Borland's callees get the address of the caller's object */
#define PORT_PADS 0
#define PORT_JOINED 1
#define PORT_MIXES 0
#define PORT_OTHERS 0
#define PORT_RESULT_ALIGN 16
#define PORT_INNER uint64_t __attribute__ ((regparm (3)))
#define FPR_PART(bytes) 0

FFI_INLINE struct ffi_frame
ffi_port_entry_frame (const ffi_cif *cif, char *regs, char *stack, unsigned variant)
{
  (void) cif, (void) variant;
  return (struct ffi_frame){ regs, NULL, stack, 1 };
}

/* The static chain is in one of the registers for arguments.  */
FFI_INLINE struct ffi_frame
ffi_port_call_frame (const struct ffi_call *call, char *regs, char *stack,
                     unsigned variant)
{
  int chain = ffi_convention (call->cif)->chain;

  if (chain >= 0)
    ((void **) regs)[chain] = call->chain;
  return ffi_port_entry_frame (call->cif, regs, stack, variant);
}

/* What arguments need beyond registers.  */
static inline size_t
ffi_port_stack_bytes (const ffi_cif *cif)
{
  return ffi_stack_bytes (cif);
}

static inline void
ffi_port_invoke (const struct ffi_call *call)
{
  ffi_invoke (call);
}

/* The RET code: how to load the result, of which the address is returned if it is in
   memory; and in the upper half how many bytes of arguments to remove.  */
typedef uint64_t ffi_leave;

static inline ffi_leave
ffi_port_leave (const ffi_cif *cif)
{
  unsigned code = cif->flags & RET_MASK;

  return (uint64_t) ffi_popped (cif) << 32 | (code == RET_MEMORY ? RET_I32 : code);
}

#endif
