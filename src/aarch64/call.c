/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for AArch64: preparing a
   signature.  */

#include "classify.h"
#include "plain.h"
#include "port.h"
#include "prep_scalars.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi == FFI_SYSV || abi == FFI_WIN64;
}

enum
{
  BY_TYPES = LOW_PART (8, 4) == 0 ? FLAG_TYPES : 0
};

/* The RET code, perhaps with FLAG_PARTIAL, of a result of SIZE bytes that has MEMBERS and
   is no scalar with a code of its own.  */
static inline unsigned
value_code (size_t size, unsigned members)
{
  if (members != MEMBERS_NONE)
    return (members == MEMBERS_4   ? RET_FLOAT
            : members == MEMBERS_8 ? RET_DOUBLE
                                   : RET_QUAD)
           + (size >> (members + 1)) - 1;
  if (size > WORD_MAX)
    return RET_MEMORY;
  return (size <= 8 ? RET_I64 : RET_GPR_GPR) | (size % 8 != 0 ? FLAG_PARTIAL : 0);
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type)
{
  if (scalar_class (type) != 0)
    return scalar_result (type);
  struct ffi_assign a = { 0 };
  struct ffi_loc loc = ffi_port_next (&a, type, 0);
  switch (loc.kind)
    {
    case LOC_GPR:
      if (loc.by_address)
        return RET_MEMORY;
      return (loc.count == 1 ? RET_I64 : RET_GPR_GPR)
             | (type->size < 8 * loc.count ? FLAG_PARTIAL : 0);
    case LOC_FPR:
      return (loc.size == 4   ? RET_FLOAT
              : loc.size == 8 ? RET_DOUBLE
              : loc.size == 2 ? RET_FLOAT16
                              : RET_QUAD)
             + loc.count - 1;
    default:
      return RET_VOID;
    }
}

/* The class by which the assembly loads an argument of TYPE in LOC, or 0 if it has none.
 */
static unsigned
fast_class (const ffi_type *type, struct ffi_loc loc)
{
  unsigned class = scalar_class (type);

  if (class != 0 && (loc.kind == LOC_FPR || class <= CLASS_I64))
    return class;
  if (loc.kind == LOC_GPR && !loc.by_address && ffi_alignment_of (type) <= 8
      && type->size % 8 == 0)
    return loc.count == 1 ? CLASS_I64 : CLASS_GPR_GPR;
  if (loc.kind == LOC_FPR && loc.count == 1)
    return loc.size == 4 ? CLASS_F32 : loc.size == 8 ? CLASS_F64 : 0;
  if (loc.kind == LOC_FPR && loc.count == 2 && loc.size == 8)
    return CLASS_F64_F64;
  return 0;
}

/* Whether ffi_invoke_types and ffi_collect_types know how an argument of TYPE is passed
   in LOC.  */
static bool
is_by_type (const ffi_type *type, struct ffi_loc loc)
{
  if (likely (ffi_is_word (type)))
    return true;
  if (type->size == 0 || type->type == FFI_TYPE_VOID || type->type > FFI_TYPE_COMPLEX
      || (type->type == FFI_TYPE_COMPLEX && type->elements[0]->type > FFI_TYPE_POINTER))
    return false;
  if (type->type == FFI_TYPE_LONGDOUBLE)
    return type->alignment % 16 == 0;
  return type->type != FFI_TYPE_STRUCT || type->alignment < 16
         || (type->alignment == 16 && (loc.kind == LOC_FPR || loc.by_address));
}

/* The common case: scalars, checked or not, a register for each.  CODE is the result's.
   False if it is another.  */
static inline bool
prep_scalars (ffi_cif *cif, unsigned code)
{
  return (code & FLAG_PARTIAL) == 0 && ffi_prep_scalars (cif, code | BY_TYPES);
}

/* The RET code of CIF's result if prep_scalars should try CIF before it is checked;
   otherwise -1.  */
static inline int
tried_code (const ffi_cif *cif)
{
  return cif->abi == FFI_DEFAULT_ABI ? ffi_scalar_result (cif->rtype) : -1;
}

/* --- Signatures that are checked as they are classified --------------------- */

/* What is known of the arguments so far.  */
struct prep
{
  uint64_t taken; /* in fields, by other than scalars, see below */
  size_t copies;
  unsigned others;            /* than scalars */
  unsigned floats;            /* scalars in FPRs */
  unsigned classes;           /* of the last 8 arguments, the last in the highest bits */
  unsigned found, found_bits; /* see ffi_struct_members */
  bool slow;                  /* not every argument that needs no copy has a class */
  bool wide;                  /* a struct in FPRs is aligned unlike its members */
};

/* The fields count integer registers, FPRs, and those of the latter of 16 bytes, as if
   there were so many.  */
#define TAKEN_BITS 21
#define TAKE_GPRS(n) ((uint64_t) (n))
#define TAKE_FPRS(n) ((uint64_t) (n) << TAKEN_BITS)
#define TAKE_QUADS(n) ((uint64_t) (n) << 2 * TAKEN_BITS | TAKE_FPRS (n))
_Static_assert(4 * FFI_MAX_ARGS < 1 << TAKEN_BITS, "fields");

FFI_INLINE void
add_class (struct prep *p, unsigned class)
{
  p->classes = p->classes >> 4 | class << 28;
}

/* Note of which MEMBERS the struct consists that is the next argument.  */
FFI_INLINE void
add_found (struct prep *p, unsigned members)
{
  if (p->found_bits + 3 > KNOWN_BITS)
    return;
  p->found |= (members << 1 | (members != MEMBERS_NONE)) << p->found_bits;
  p->found_bits += members != MEMBERS_NONE ? 3 : 1;
}

/* Add an argument in COUNT FPRs, each of which has one of MEMBERS.  */
FFI_INLINE void
add_members (struct prep *p, unsigned members, unsigned count)
{
  unsigned class = 0;

  p->taken += members == MEMBERS_16 ? TAKE_QUADS (count) : TAKE_FPRS (count);
  if (members == MEMBERS_8 && count <= 2)
    class = count == 1 ? CLASS_F64 : CLASS_F64_F64;
  else if (members == MEMBERS_4 && count == 1)
    class = CLASS_F32;
  else
    p->slow = true;
  add_class (p, class);
}

/* Add a struct in integer registers, or by address, of TYPE.  */
FFI_INLINE void
add_words (struct prep *p, const ffi_type *type)
{
  const size_t size = type->size;

  if (size > WORD_MAX)
    {
      p->taken += TAKE_GPRS (1);
      p->copies += FFI_ALIGN_UP (size + type->alignment, (size_t) 16);
      return;
    }
  p->taken += TAKE_GPRS (1 + (size > 8));
  p->slow |= size % 8 != 0;
  add_class (p, size > 8 ? CLASS_GPR_GPR : CLASS_I64);
}

/* Add an argument of TYPE, which has not been checked and is no scalar with a form. False
   if it has to be, or what goes by types does not know it.  */
FFI_INLINE bool
add_plain (struct prep *p, const ffi_type *type, const struct scalar_form *forms)
{
  unsigned members;

  p->others++;
  if (likely (type->type == FFI_TYPE_STRUCT))
    {
      members = plain_members (type, PLAIN_DEPTH);
      if (members == UNSURE)
        return false;
      if (type->size <= FFI_MAX_CLASSIFIED)
        add_found (p, members);
      if (members == MEMBERS_NONE)
        {
          add_words (p, type);
          return type->size > WORD_MAX || type->alignment < 16;
        }
      p->wide |= type->alignment == 16
                 && (members != MEMBERS_16 || type->elements[0]->alignment != 16);
      add_members (p, members, type->size >> (members + 1));
      return true;
    }
  if (type->type == FFI_TYPE_COMPLEX)
    {
      members = plain_complex (type, forms);
      add_members (p, members, 2);
      return members != UNSURE;
    }
  if (type->type != FFI_TYPE_LONGDOUBLE)
    return false;
  add_members (p, MEMBERS_16, 1);
  return plain_quad (type) != UNSURE;
}

/* How much stack arguments need at most that would fill GPRS integer registers, FPRS
   vector registers, and QUADS of the latter.  Of each sort, registers for one value but
   one may be left free, and a float takes a word of the stack.  */
FFI_INLINE size_t
needed_stack (unsigned gprs, unsigned fprs, unsigned quads)
{
  size_t words = 0;

  if (gprs > GPRS)
    words += gprs + 1 - GPRS;
  if (fprs > FPRS)
    words += fprs + 2 * quads + 3 - FPRS;
  return FFI_ALIGN_UP (8 * words, (size_t) 16);
}

/* Prepare CIF, whose result has CODE and whose arguments P tells of.  False if it has to
   be checked.  */
FFI_INLINE bool
finish (ffi_cif *cif, unsigned code, const struct prep *p)
{
  const unsigned nargs = cif->nargs, mask = (1 << TAKEN_BITS) - 1;
  const unsigned fprs = p->floats + (p->taken >> TAKEN_BITS & mask);
  const unsigned gprs = nargs - p->others - p->floats + (p->taken & mask);
  size_t bytes = p->copies;

  if (gprs > GPRS || fprs > FPRS)
    {
      bytes += needed_stack (gprs, fprs, p->taken >> 2 * TAKEN_BITS);
      if (p->wide && fprs > FPRS)
        return false;
    }
  if (bytes > FFI_MAX_ARG_SIZE)
    return false;
  code |= fprs != 0 ? FLAG_FPRS : 0;
  cif->bytes = bytes;
  if (bytes == 0 && nargs <= FAST_ARGS && !p->slow && (code & FLAG_PARTIAL) == 0)
    {
      const unsigned unused = 32 - 4 * nargs;
      const uint64_t all = p->classes, words = ALL_OF_CLASS ((uint64_t) CLASS_I64);
      cif->bytes = all >> unused;
      code |= ffi_fast_flags (cif, all >> unused == words >> unused);
    }
  if ((code & FLAG_WORDS) == 0)
    code |= (bytes <= FFI_UNPROBED ? BY_TYPES : 0)
            | (p->found | 1u << p->found_bits) << FLAG_KNOWN_SHIFT;
  cif->flags = code;
  return true;
}

/* Prepare CIF, whose result has CODE and of which nothing is known but CLASSES, as
   ffi_prep_first_scalars finds them.  */
static __attribute__ ((noinline)) ffi_status
prep_plain (ffi_cif *cif, unsigned nfixed, unsigned code, unsigned classes)
{
  ffi_type **types = cif->arg_types, **end = types + cif->nargs;
  const struct scalar_form *forms = scalar_forms;
  struct prep p = { 0 };

  FFI_ONCE (forms);
  if (classes != 0)
    {
      unsigned unused = __builtin_clz (classes) / 4;
      types += 8 - unused;
      p.classes = classes << 4 * unused;
      p.floats = __builtin_popcount (classes & ALL_OF_CLASS (FLOATING));
    }
  for (; types != end; types++)
    {
      const struct scalar_form *form = scalar_form (*types, forms);
      if (form != NULL)
        {
          p.floats += form->class / FLOATING;
          add_class (&p, form->class);
        }
      else if (*types == NULL || !add_plain (&p, *types, forms))
        return ffi_prep_checked (cif, nfixed);
    }
  return finish (cif, code, &p) ? FFI_OK : ffi_prep_checked (cif, nfixed);
}

/* Prepare CIF, whose result has CODE without FLAG_PARTIAL, by the default convention.  */
FFI_INLINE ffi_status
prep_unchecked (ffi_cif *cif, unsigned nfixed, unsigned code)
{
  unsigned classes = 0;

  if (ffi_prep_first_scalars (cif, code | BY_TYPES, &classes))
    return FFI_OK;
  return prep_plain (cif, nfixed, code, classes);
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, which has not been
   checked; or -1 if it has to be.  */
static inline int
plain_result (const ffi_type *type)
{
  const int code = ffi_scalar_result (type);

  if (code >= 0 || type == NULL)
    return code;
  unsigned members = type->type == FFI_TYPE_STRUCT ? plain_members (type, PLAIN_DEPTH)
                     : type->type == FFI_TYPE_LONGDOUBLE ? plain_quad (type)
                     : type->type == FFI_TYPE_COMPLEX ? plain_complex (type, scalar_forms)
                                                      : UNSURE;
  return members != UNSURE ? (int) value_code (type->size, members) : -1;
}

/* Prepare CIF, whose result is no scalar.  */
static __attribute__ ((noinline)) ffi_status
prep_result (ffi_cif *cif, unsigned nfixed)
{
  const int code = cif->abi == FFI_SYSV ? plain_result (cif->rtype) : -1;

  if (code < 0)
    return ffi_prep_checked (cif, nfixed);
  return (code & FLAG_PARTIAL) == 0 ? prep_unchecked (cif, nfixed, code)
                                    : prep_plain (cif, nfixed, code, 0);
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const int code = tried_code (cif);

  return code >= 0 ? prep_unchecked (cif, nfixed, code) : prep_result (cif, nfixed);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  unsigned code = result_code (cif->rtype), classes = 0;
  struct ffi_assign a;

  cif->flags = code;
  if (cif->abi == FFI_WIN64 && nfixed != FFI_NOT_VARIADIC)
    cif->flags |= FLAG_NO_FPRS;
  else if (tried_code (cif) < 0 && prep_scalars (cif, code))
    return FFI_OK;
  bool fast = cif->nargs <= FAST_ARGS && (code & FLAG_PARTIAL) == 0, words = true;
  bool types = (cif->flags & FLAG_NO_FPRS) == 0;

  ffi_port_start (&a, cif, 0);

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      if (a.nsaa + a.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
      if (fast)
        {
          unsigned class = a.nsaa + a.copies == 0 ? fast_class (cif->arg_types[i], loc)
                                                  : 0;
          fast = class != 0;
          words = words && class == CLASS_I64;
          classes |= class << 4 * i;
        }
      types = types && is_by_type (cif->arg_types[i], loc);
    }
  cif->bytes = fast ? classes : FFI_ALIGN_UP (a.nsaa, (size_t) 16) + a.copies;
  cif->flags |= (a.nsrn != 0 ? FLAG_FPRS : 0) | (fast ? ffi_fast_flags (cif, words) : 0);
  if (a.found_bits == NOT_TOLD)
    return FFI_OK;
  if ((cif->flags & FLAG_WORDS) == 0)
    cif->flags |= (types && (fast || cif->bytes <= FFI_UNPROBED) ? BY_TYPES : 0)
                  | (a.found | 1u << a.found_bits) << FLAG_KNOWN_SHIFT;
  return FFI_OK;
}
