/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for the Arm Architecture: preparing a
   signature.  */

#include "classify.h"
#include "port.h"
#include <sys/auxv.h>

bool
ffi_port_has_abi (ffi_abi abi)
{
  const unsigned long hwcap_vfp = 1 << 6;

  return abi == FFI_SYSV
         || (abi == FFI_VFP
             && (FFI_DEFAULT_ABI == FFI_VFP || (getauxval (AT_HWCAP) & hwcap_vfp) != 0));
}

/* The classes of scalars.  */
static const unsigned char scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS_WORD,       [FFI_TYPE_UINT8] = CLASS_U8,
  [FFI_TYPE_SINT8] = CLASS_S8,       [FFI_TYPE_UINT16] = CLASS_U16,
  [FFI_TYPE_SINT16] = CLASS_S16,     [FFI_TYPE_UINT32] = CLASS_WORD,
  [FFI_TYPE_SINT32] = CLASS_WORD,    [FFI_TYPE_POINTER] = CLASS_WORD,
  [FFI_TYPE_FLOAT] = CLASS_WORD,     [FFI_TYPE_DOUBLE] = CLASS_2_WORDS,
  [FFI_TYPE_UINT64] = CLASS_2_WORDS, [FFI_TYPE_SINT64] = CLASS_2_WORDS,
};

/* They have the same codes as results.  */
_Static_assert(CLASS_U8 == RET_U8 && CLASS_S8 == RET_S8 && CLASS_U16 == RET_U16
                   && CLASS_S16 == RET_S16 && CLASS_WORD == RET_I32
                   && CLASS_2_WORDS == RET_I64,
               "classes of integers");

static bool
is_floating (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type, bool vfp)
{
  unsigned class = scalar_class[type->type];

  if (class != 0)
    return !vfp || !is_floating (type) ? class
           : class == CLASS_WORD       ? RET_FLOAT
                                       : RET_DOUBLE;
  struct ffi_loc loc = ffi_loc_of (ffi_classify (type, vfp));
  size_t words = (type->size + 3) / 4;
  switch (loc.kind)
    {
    case LOC_GPR:
      if (words == 1)
        return RET_I32 | (type->size < 4 ? FLAG_PARTIAL : 0);
      return type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX ? RET_MEMORY
                                                                             : RET_I64;
    case LOC_FPR:
      if (loc.size < 4)
        return RET_FLOAT16;
      return (loc.size == 4 ? RET_FLOAT : RET_DOUBLE) + loc.count - 1;
    default:
      return RET_VOID;
    }
}

/* The class by which the assembly loads an argument of TYPE, or 0 if it has none.  */
static unsigned
fast_class (const ffi_type *type)
{
  if (type->size < 4 && scalar_class[type->type] != 0)
    return scalar_class[type->type];
  if (type->alignment < 4 || type->type == FFI_TYPE_VOID)
    return 0;
  return type->size == 4    ? CLASS_WORD
         : type->size == 8  ? CLASS_2_WORDS
         : type->size == 16 ? CLASS_4_WORDS
                            : 0;
}

/* The word of the frame that LOC starts with: the VFP registers come first.  */
static size_t
frame_word (struct ffi_loc loc)
{
  return loc.kind == LOC_FPR     ? loc.fpr
         : loc.kind == LOC_STACK ? VFPS + GPRS + loc.offset / 4
                                 : VFPS + (size_t) loc.gpr;
}

/* Note in CIF that argument I is of TYPE and, in words of the frame, at AT.  Returns
   the flags that still hold.  */
static unsigned
note_argument (ffi_cif *cif, unsigned i, const ffi_type *type, size_t at)
{
  unsigned class = cif->nargs <= FAST_ARGS ? fast_class (type) : 0;
  size_t align = ffi_alignment_of (type);

  if (at > 255)
    return 0;
  cif->vfp_args[i] = at;
  cif->vfp_used |= class << 4 * (i % FAST_ARGS);
  return (class != 0 ? FLAG_FAST : 0)
         | ((4 * at & (align - 1)) == 0 && align <= 8 ? FLAG_MAPPED : 0);
}

/* Whether ffi_invoke_types and ffi_collect_types know how an argument of TYPE is passed
   in LOC.  */
static bool
is_by_type (const ffi_type *type, struct ffi_loc loc)
{
  if (type->size == 0 || type->type == FFI_TYPE_VOID || type->type > FFI_TYPE_COMPLEX
      || loc.size == 2)
    return false;
  if (type->type == FFI_TYPE_COMPLEX)
    return type->elements[0]->type <= FFI_TYPE_POINTER;
  if (type->type != FFI_TYPE_STRUCT)
    return type->size < 4 || type->alignment % 4 == 0; /* where its value is */
  return type->alignment < 8
         || (type->alignment == 8
             && (loc.kind == LOC_FPR ? loc.size == 8 : ffi_words_alignment (type) == 2));
}

/* The common case: scalars, at most MOST, checked or not, for which registers of VFP are
   enough if they are to have such.  CIF->flags are those of the result.  False if it is
   another.  */
FFI_INLINE bool
prep_at_most (ffi_cif *cif, bool vfp, unsigned most)
{
  unsigned word = VFPS + ((cif->flags & RET_MASK) == RET_MEMORY);
  unsigned all = (1u << VFPS) - 1, free = all, classes = 0;

  if (cif->nargs > most || (cif->flags & FLAG_PARTIAL) != 0)
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type == NULL || !ffi_is_scalar_value (type))
        return false;
      unsigned class = scalar_class[type->type], two = class == CLASS_2_WORDS, at;
      if (class == 0 || (two ? type->alignment != 8 : type->alignment > 4))
        return false;
      if (vfp && is_floating (type))
        {
          unsigned fit = two ? free & free >> 1 & 0x5555 : free;
          if (fit == 0)
            return false;
          at = __builtin_ctz (fit);
          free &= ~((1 + 2 * two) << at);
        }
      else
        {
          at = (word + two) & -(1 + two);
          word = at + 1 + two;
        }
      cif->vfp_args[i] = at;
      if (most <= FAST_ARGS)
        classes |= class << 4 * i;
    }
  cif->vfp_used = classes;
  cif->flags |= (most <= FAST_ARGS ? FLAG_FAST : FLAG_TYPES) | FLAG_MAPPED
                | (free != all ? FLAG_VFP_ARGUMENTS : 0);
  cif->bytes = word <= VFPS + GPRS ? 0 : FFI_ALIGN_UP (4 * (word - VFPS - GPRS), 8);
  return true;
}

static __attribute__ ((noinline)) bool
prep_many_scalars (ffi_cif *cif, bool vfp)
{
  return prep_at_most (cif, vfp, MAPPED_ARGS);
}

static inline bool
prep_scalars (ffi_cif *cif, bool vfp)
{
  return likely (cif->nargs <= FAST_ARGS) ? prep_at_most (cif, vfp, FAST_ARGS)
                                          : prep_many_scalars (cif, vfp);
}

/* A variadic function gets all its arguments, and returns, by the base variant.  */
static bool
by_vfp (const ffi_cif *cif, unsigned nfixed)
{
  return cif->abi == FFI_VFP && nfixed == FFI_NOT_VARIADIC;
}

/* Set CIF->flags to those of the result.  */
static void
set_result (ffi_cif *cif, bool vfp)
{
  cif->flags = result_code (cif->rtype, vfp) | (vfp ? FLAG_VFP : 0);
}

/* Whether prep_scalars should try CIF before it is checked.  */
static inline bool
is_tried (const ffi_cif *cif)
{
  return cif->abi == FFI_DEFAULT_ABI && cif->rtype != NULL
         && ffi_is_scalar_or_void (cif->rtype);
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  bool vfp = by_vfp (cif, nfixed);

  if (is_tried (cif))
    {
      set_result (cif, vfp);
      if (prep_scalars (cif, vfp))
        return FFI_OK;
    }
  return ffi_prep_checked (cif, nfixed);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  bool vfp = by_vfp (cif, nfixed);
  unsigned fast = (cif->nargs <= FAST_ARGS ? FLAG_FAST : 0)
                  | (cif->nargs <= MAPPED_ARGS ? FLAG_MAPPED : 0);
  bool types = true;
  struct ffi_assign a;

  set_result (cif, vfp);
  if ((cif->flags & (RET_MASK | FLAG_PARTIAL)) == RET_FLOAT16
      && ffi_is_disputed (cif->rtype, 2))
    return FFI_BAD_ARGTYPE;
  if (!is_tried (cif) && prep_scalars (cif, vfp))
    return FFI_OK;
  cif->vfp_used = 0;
  ffi_port_start (&a, cif, 0);
  if (a.sret == SRET_FIRST)
    ffi_port_sret (&a);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      if (a.nsaa > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
      if (ffi_is_disputed (cif->arg_types[i], loc.size))
        return FFI_BAD_ARGTYPE;
      if (loc.kind == LOC_FPR)
        cif->flags |= FLAG_VFP_ARGUMENTS;
      if (fast != 0)
        fast &= note_argument (cif, i, cif->arg_types[i], frame_word (loc));
      types = types && is_by_type (cif->arg_types[i], loc);
    }
  if (cif->flags & FLAG_PARTIAL)
    fast &= ~FLAG_FAST;
  cif->flags |= fast;
  cif->bytes = FFI_ALIGN_UP (a.nsaa, (size_t) 8);
  if (types && cif->bytes <= FFI_UNPROBED)
    cif->flags |= FLAG_TYPES;
  const unsigned known = a.found | 1u << a.found_bits;
  cif->vfp_reg_free = known;
  cif->vfp_nargs = known >> 16;
  return FFI_OK;
}
