/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for the Arm Architecture: preparing a
   signature.  */

#include "classify.h"
#include "port.h"
#include "scalar_form.h"
#include <sys/auxv.h>

bool
ffi_port_has_abi (ffi_abi abi)
{
  const unsigned long hwcap_vfp = 1 << 6;

  return abi == FFI_SYSV
         || (abi == FFI_VFP
             && (FFI_DEFAULT_ABI == FFI_VFP || (getauxval (AT_HWCAP) & hwcap_vfp) != 0));
}

/* The classes of scalars, and their RET codes by the VFP variant.  By the base variant
   these are the classes.  */
static const struct scalar_form scalar_forms[FFI_TYPE_LAST + 1] = {
#define FORM SCALAR_FORM
  [FFI_TYPE_VOID] = NO_SCALAR_FORM,
  FORM (FFI_TYPE_INT, int, CLASS_WORD, RET_I32),
  FORM (FFI_TYPE_UINT8, uint8_t, CLASS_U8, RET_U8),
  FORM (FFI_TYPE_SINT8, int8_t, CLASS_S8, RET_S8),
  FORM (FFI_TYPE_UINT16, uint16_t, CLASS_U16, RET_U16),
  FORM (FFI_TYPE_SINT16, int16_t, CLASS_S16, RET_S16),
  FORM (FFI_TYPE_UINT32, uint32_t, CLASS_WORD, RET_I32),
  FORM (FFI_TYPE_SINT32, int32_t, CLASS_WORD, RET_I32),
  FORM (FFI_TYPE_UINT64, uint64_t, CLASS_2_WORDS, RET_I64),
  FORM (FFI_TYPE_SINT64, int64_t, CLASS_2_WORDS, RET_I64),
  FORM (FFI_TYPE_POINTER, void *, CLASS_WORD, RET_I32),
  FORM (FFI_TYPE_FLOAT, float, CLASS_WORD, RET_FLOAT),
  FORM (FFI_TYPE_DOUBLE, double, CLASS_2_WORDS, RET_DOUBLE),
#undef FORM
};
_Static_assert(CLASS_U8 == RET_U8 && CLASS_S8 == RET_S8 && CLASS_U16 == RET_U16
                   && CLASS_S16 == RET_S16 && CLASS_WORD == RET_I32
                   && CLASS_2_WORDS == RET_I64,
               "classes of integers");

FFI_INLINE bool
is_floating (const struct scalar_form *form)
{
  return form->result != form->class;
}

/* How many words a scalar of FORM fills, 1 or 2.  */
FFI_INLINE unsigned
words_of (const struct scalar_form *form)
{
  return form->class == CLASS_2_WORDS ? 2 : 1;
}

enum
{
  ALL_FREE = (1 << VFPS) - 1, /* VFP registers */
  ALL_WORDS = VFPS + GPRS     /* registers of a frame */
};

/* The walk over the arguments of a signature that is prepared.  */
struct prep
{
  struct ffi_assign a;
  unsigned structs; /* see ffi_check_argument */
  unsigned classes; /* of cif->vfp_used */
  unsigned fast;    /* FLAG_FAST and FLAG_MAPPED, as far as they hold */
  unsigned types;   /* FLAG_TYPES, likewise */
};

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, which has been checked.
 */
static unsigned
result_code (const ffi_type *type, bool vfp)
{
  const struct scalar_form *form = &scalar_forms[type->type];

  if (form->class != 0)
    return vfp ? form->result : form->class;
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

/* The class by which the assembly loads SIZE bytes that are aligned to words, or 0.  */
FFI_INLINE unsigned
class_of_words (size_t size)
{
  return size == 4    ? CLASS_WORD
         : size == 8  ? CLASS_2_WORDS
         : size == 16 ? CLASS_4_WORDS
                      : 0;
}

/* That by which it loads an argument of TYPE.  */
static unsigned
fast_class (const ffi_type *type)
{
  if (type->size < 4 && scalar_forms[type->type].class != 0)
    return scalar_forms[type->type].class;
  return type->alignment < 4 || type->type == FFI_TYPE_VOID ? 0
                                                            : class_of_words (type->size);
}

/* The word of the frame that LOC starts with: the VFP registers come first.  */
static size_t
frame_word (struct ffi_loc loc)
{
  return loc.kind == LOC_FPR     ? loc.fpr
         : loc.kind == LOC_STACK ? ALL_WORDS + loc.offset / 4
                                 : VFPS + (size_t) loc.gpr;
}

/* Note that argument I of CIF has CLASS and is at word AT of the frame.  */
FFI_INLINE void
note_word (ffi_cif *cif, struct prep *p, unsigned i, unsigned class, size_t at)
{
  if (p->fast == 0)
    return;
  cif->vfp_args[i] = at;
  if (p->fast & FLAG_FAST)
    p->classes |= class << 4 * i;
  if (at > 255)
    p->fast = 0;
}

/* What follows the classes of CIF's arguments, of which some are in VFP registers if VFP.
 */
FFI_INLINE unsigned
class_end (const ffi_cif *cif, bool vfp)
{
  return cif->nargs < FAST_ARGS
             ? (unsigned) (vfp ? CLASS_END_VFP : CLASS_END) << 4 * cif->nargs
             : 0;
}

/* Likewise one that is aligned to ALIGN bytes.  */
FFI_INLINE void
note_argument (ffi_cif *cif, struct prep *p, unsigned i, unsigned class, size_t align,
               size_t at)
{
  if (class == 0)
    p->fast &= ~FLAG_FAST;
  if (align > 8 || (4 * at & (align - 1)) != 0)
    p->fast &= ~FLAG_MAPPED;
  note_word (cif, p, i, class, at);
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

/* The word of the frame where COUNT words are on the stack, from a multiple of ALIGN on.
 */
FFI_INLINE size_t
next_stack_words (struct ffi_assign *a, size_t count, unsigned align)
{
  const size_t at = (a->nsaa / 4 + align - 1) & -(size_t) align;

  a->nsaa = 4 * (at + count);
  return ALL_WORDS + at;
}

/* Also in integer registers: see ffi_next_gprs.  */
FFI_INLINE size_t
next_words (struct ffi_assign *a, size_t count, unsigned align)
{
  const unsigned gpr = (a->ngrn + align - 1) & -align;

  a->ngrn = gpr + count;
  if (a->ngrn <= GPRS)
    return VFPS + gpr;
  a->ngrn = GPRS;
  if (gpr < GPRS && a->nsaa == 0)
    {
      a->nsaa = 4 * (gpr + count - GPRS);
      return VFPS + gpr;
    }
  return next_stack_words (a, count, align);
}

/* Where COUNT members are that take SINGLES single VFP registers each.  */
FFI_INLINE size_t
next_members (struct ffi_assign *a, unsigned count, unsigned singles, unsigned align)
{
  const int first = ffi_take_vfp (a, count, 4 * singles);

  if (first >= 0)
    return first;
  a->nsrn = 0;
  return next_stack_words (a, count * singles, align);
}

/* Where the next argument is, a scalar of FORM.  */
FFI_INLINE size_t
next_scalar (struct ffi_assign *a, const struct scalar_form *form)
{
  const unsigned words = words_of (form);

  if (a->state == 0 || !is_floating (form))
    return next_words (a, words, words);
  const unsigned fit = words == 2 ? a->nsrn & a->nsrn >> 1 & 0x5555 : a->nsrn;
  if (fit != 0)
    {
      const unsigned at = __builtin_ctz (fit);
      a->nsrn &= ~((2 * words - 1) << at);
      return at;
    }
  a->nsrn = 0;
  return next_stack_words (a, words, words);
}

/* Check and assign argument I of CIF, which needs a closer look.  */
static __attribute__ ((noinline)) ffi_status
next_checked (ffi_cif *cif, struct prep *p, unsigned i)
{
  ffi_type *type = cif->arg_types[i];
  const ffi_status status = ffi_check_argument (type, &p->structs);

  if (status != FFI_OK)
    return status;
  const struct ffi_loc loc = ffi_port_next (&p->a, type, 0);
  if (ffi_is_disputed (type, loc.size))
    return FFI_BAD_ARGTYPE;
  if (p->a.nsaa > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  if (!is_by_type (type, loc))
    p->types = 0;
  if (p->fast != 0)
    note_argument (cif, p, i, fast_class (type), ffi_alignment_of (type),
                   frame_word (loc));
  return FFI_OK;
}

/* Assign argument I of CIF, which is no scalar that has a form.  */
static __attribute__ ((noinline)) ffi_status
next_other (ffi_cif *cif, struct prep *p, unsigned i)
{
  const ffi_type *type = cif->arg_types[i];
  const unsigned class = type != NULL ? ffi_plain_class (type) : LOC_NONE;

  if (class == LOC_NONE)
    return next_checked (cif, p, i);
  const size_t count = (type->size + 3) / 4;
  const unsigned align = type->alignment < 8 ? 1 : 2;
  const unsigned singles = p->a.state != 0 ? ffi_singles_of (class) : 0;
  size_t at;
  if (p->a.state != 0 && type->type == FFI_TYPE_STRUCT && type->size <= STRUCT_CLASSIFIED)
    ffi_tell (&p->a, singles);
  if (singles != 0)
    at = next_members (&p->a, count / singles, singles, align);
  else
    at = next_words (&p->a, count, align);
  if (p->a.nsaa > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  if (type->alignment > 8 || (type->alignment == 8 && singles == 1))
    p->types = 0;
  if (p->fast != 0)
    note_argument (cif, p, i, type->alignment < 4 ? 0 : class_of_words (type->size),
                   type->alignment, at);
  return FFI_OK;
}

/* Prepare CIF, whose first I arguments are scalars.  Of those, FREE and WORD tell which
   VFP registers and words of the frame are left, CLASSES what they are.  */
static __attribute__ ((noinline)) ffi_status
prep_rest (ffi_cif *cif, unsigned i, unsigned free, unsigned word, unsigned classes)
{
  const struct scalar_form *forms = scalar_forms;
  struct prep p;

  FFI_ONCE (forms);
  p.a.state = cif->flags & FLAG_VFP;
  p.a.nsrn = free;
  p.a.ngrn = word < ALL_WORDS ? word - VFPS : GPRS;
  p.a.nsaa = word < ALL_WORDS ? 0 : 4 * (word - ALL_WORDS);
  p.a.known = p.a.found = p.a.found_bits = 0;
  p.structs = FFI_MAX_STRUCTS;
  p.classes = classes;
  p.types = FLAG_TYPES;
  p.fast = (cif->nargs <= FAST_ARGS && (cif->flags & FLAG_PARTIAL) == 0 ? FLAG_FAST : 0)
           | (cif->nargs <= MAPPED_ARGS ? FLAG_MAPPED : 0);
  for (; i < cif->nargs; i++)
    {
      const struct scalar_form *form = scalar_form (cif->arg_types[i], forms);
      if (likely (form != NULL))
        {
          note_word (cif, &p, i, form->class, next_scalar (&p.a, form));
          continue;
        }
      ffi_status status = next_other (cif, &p, i);
      if (status != FFI_OK)
        return status;
    }
  cif->vfp_used = p.classes | class_end (cif, p.a.nsrn != ALL_FREE);
  cif->bytes = FFI_ALIGN_UP (p.a.nsaa, (size_t) 8);
  cif->flags |= p.fast | (p.a.nsrn != ALL_FREE ? FLAG_VFP_ARGUMENTS : 0)
                | (cif->bytes <= FFI_UNPROBED ? p.types : 0);
  const unsigned known = p.a.found | 1u << p.a.found_bits;
  cif->vfp_reg_free = known;
  cif->vfp_nargs = known >> 16;
  return FFI_OK;
}

/* Check the result of CIF, no scalar that has a form, and set cif->flags to those of it.
 */
static __attribute__ ((noinline)) ffi_status
prep_result (ffi_cif *cif)
{
  unsigned structs = FFI_MAX_STRUCTS;
  ffi_type *type = cif->rtype;
  const bool vfp = cif->flags & FLAG_VFP;

  if (type != NULL && type->type == FFI_TYPE_STRUCT && type->size > 4)
    {
      const struct ffi_loc loc = ffi_loc_of (ffi_plain_class (type));
      if (loc.kind != LOC_NONE)
        {
          cif->flags |= loc.kind == LOC_GPR || !vfp
                            ? (unsigned) RET_MEMORY
                            : (loc.size == 4 ? RET_FLOAT : RET_DOUBLE) + loc.count - 1u;
          return FFI_OK;
        }
    }
  const ffi_status status = ffi_check_result (type, &structs);
  if (status != FFI_OK)
    return status;
  const unsigned code = result_code (type, vfp);
  cif->flags |= code;
  return code == RET_FLOAT16 && ffi_is_disputed (type, 2) ? FFI_BAD_ARGTYPE : FFI_OK;
}

/* The common case is that of few scalars, for which registers of VFP are enough if they
   are to have such.  */
ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const struct scalar_form *forms = scalar_forms;
  const unsigned nargs = cif->nargs;
  unsigned free = ALL_FREE, classes = 0, i = 0;

  FFI_ONCE (forms);
  if (unlikely (cif->abi != FFI_DEFAULT_ABI) && !ffi_port_has_abi (cif->abi))
    return FFI_BAD_ABI;
  /* A variadic function gets all its arguments, and returns, by the base variant.  */
  const bool vfp = cif->abi == FFI_VFP && nfixed == FFI_NOT_VARIADIC;
  unsigned flags = vfp ? FLAG_VFP : 0;
  const struct scalar_form *form = scalar_form (cif->rtype, forms);
  if (likely (form != NULL))
    flags |= vfp ? form->result : form->class;
  else if (cif->rtype != NULL && cif->rtype->type == FFI_TYPE_VOID
           && cif->rtype->size != 0)
    flags |= RET_VOID;
  else
    {
      cif->flags = flags;
      const ffi_status status = prep_result (cif);
      if (status != FFI_OK)
        return status;
      flags = cif->flags;
    }
  unsigned word = VFPS + ((flags & RET_MASK) == RET_MEMORY);
  cif->flags = flags;
  if (nargs > FAST_ARGS || (flags & FLAG_PARTIAL) != 0)
    return prep_rest (cif, 0, free, word, 0);
  for (; i < nargs; i++)
    {
      form = scalar_form (cif->arg_types[i], forms);
      if (form == NULL)
        return prep_rest (cif, i, free, word, classes);
      const unsigned words = words_of (form);
      unsigned at;
      if (likely (form->result <= RET_I32))
        at = word++; /* an integer */
      else if (vfp && is_floating (form))
        {
          const unsigned fit = words == 2 ? free & free >> 1 & 0x5555 : free;
          if (fit == 0)
            return prep_rest (cif, i, free, word, classes);
          at = __builtin_ctz (fit);
          free &= ~((2 * words - 1) << at);
        }
      else
        {
          at = (word + words - 1) & -words;
          word = at + words;
        }
      cif->vfp_args[i] = at;
      classes |= (unsigned) form->class << 4 * i;
    }
  const bool in_vfp = free != ALL_FREE;
  cif->vfp_used = classes | class_end (cif, in_vfp);
  cif->flags = flags | FLAG_FAST | FLAG_MAPPED | (in_vfp ? FLAG_VFP_ARGUMENTS : 0);
  cif->bytes = word <= ALL_WORDS ? 0 : FFI_ALIGN_UP (4 * (word - ALL_WORDS), 8);
  return FFI_OK;
}
