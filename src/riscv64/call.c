/* SPDX-License-Identifier: MIT */
/* Calls by LP64D: preparing a signature.  */

#include "classify.h"
#include "port.h"
#include "prep_scalars.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi > FFI_FIRST_ABI && abi < FFI_LAST_ABI;
}

_Static_assert(RET_D_F == RET_F_F + FIRST_DOUBLE && RET_F_D == RET_F_F + SECOND_DOUBLE
                   && RET_D_W == RET_F_W + FIRST_DOUBLE
                   && RET_F_L == RET_F_W + SECOND_LONG,
               "codes of two pieces");

/* How an aggregate of SIZE bytes in LOC travels, which consists of two pieces.  */
static unsigned
pieces_code (struct ffi_loc loc, size_t size)
{
  unsigned code, stored = 8; /* bytes at the place of the second piece */

  switch (loc.kind)
    {
    case LOC_FPR_FPR:
      code = RET_F_F + (loc.size == 8 ? FIRST_DOUBLE : 0)
             + (loc.last == 8 ? SECOND_DOUBLE : 0);
      stored = loc.last;
      break;
    case LOC_FPR_GPR:
      stored = loc.last > 4 ? 8 : 4;
      code = RET_F_W + (loc.size == 8 ? FIRST_DOUBLE : 0)
             + (stored == 8 ? SECOND_LONG : 0);
      break;
    default:
      code = loc.last == 8 ? RET_L_D : RET_L_F;
      stored = loc.last;
    }
  return code | loc.second << SECOND_SHIFT
         | (size < loc.second + stored || size < 8 ? FLAG_PARTIAL : 0);
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type)
{
  if (scalar_class (type) != 0)
    return scalar_result (type);
  struct ffi_loc loc = ffi_classify (type, true);
  switch (loc.kind)
    {
    case LOC_NONE:
      return RET_VOID;
    case LOC_GPR:
      if (loc.by_address)
        return RET_MEMORY;
      return (loc.count == 1 ? RET_I64 : RET_GPR_GPR)
             | (type->size < 8 * loc.count ? FLAG_PARTIAL : 0);
    case LOC_FPR:
      if (loc.count == 1)
        return loc.size == 4 ? RET_FLOAT : RET_DOUBLE;
      return loc.size == 4 ? RET_FLOAT_FLOAT : RET_DOUBLE_DOUBLE;
    default:
      return pieces_code (loc, type->size);
    }
}

/* By PIECES_ ..., the RET code of a result, and the class by which ffi_call loads an
   argument, or 0 if it has none.  */
static const struct
{
  unsigned result;
  unsigned char class;
} pieces_forms[PIECES_OTHER] = {
#define FORM(name, result, second, class)                                                \
  [PIECES_##name] = { (result) | (second) << SECOND_SHIFT, class }
  FORM (F, RET_FLOAT, 0, CLASS_F32),
  FORM (D, RET_DOUBLE, 0, CLASS_F64),
  FORM (F_F, RET_FLOAT_FLOAT, 0, CLASS_F32_F32),
  FORM (F_D, RET_F_D, 8, 0),
  FORM (D_F, RET_D_F, 8, 0),
  FORM (D_D, RET_DOUBLE_DOUBLE, 0, CLASS_F64_F64),
  FORM (F_W, RET_F_W, 4, 0),
  FORM (F_L, RET_F_L, 8, 0),
  FORM (D_L, RET_D_L, 8, 0),
  FORM (W_F, RET_L_F, 4, 0),
  FORM (L_F, RET_L_F, 8, 0),
  FORM (L_D, RET_L_D, 8, 0),
#undef FORM
};

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, which has been looked at
   and consists of PIECES.  */
FFI_INLINE unsigned
result_of_pieces (const ffi_type *type, unsigned pieces)
{
  switch (pieces)
    {
    case PIECES_NONE:
      return RET_VOID;
    case PIECES_ADDRESS:
      return RET_MEMORY;
    case PIECES_WORDS:
      return (type->size <= 8 ? RET_I64 : RET_GPR_GPR)
             | (type->size % 8 != 0 ? FLAG_PARTIAL : 0);
    case PIECES_OTHER:
      return result_code (type);
    default:
      return pieces_forms[pieces].result;
    }
}

/* How the arguments of a signature have been assigned so far.  */
struct prep
{
  size_t words;  /* integer registers, and words of the stack */
  size_t copies; /* bytes of what is passed by address */
  unsigned fprs;
  unsigned named;             /* arguments */
  unsigned known, known_bits; /* as in riscv_unused */
  unsigned classes;
  bool fast, types; /* FLAG_FAST and FLAG_TYPES may be set */
};

FFI_INLINE void
note_class (struct prep *p, unsigned arg, unsigned class)
{
  p->classes |= class << (4 * arg & 31);
}

_Static_assert(CLASS_F32 - CLASS_S32 == CLASS_F64 - CLASS_I64, "classes of words");

FFI_INLINE void
prep_scalar (struct prep *p, unsigned arg, unsigned class)
{
  if ((class & FLOATING) == 0)
    p->words++;
  else if (p->fprs < FPRS && arg < p->named)
    p->fprs++;
  else
    {
      p->words++;
      class -= CLASS_F64 - CLASS_I64;
    }
  note_class (p, arg, class);
}

/* How a value of TYPE travels that is in integer registers or on the stack: argument
   number ARG.  */
FFI_INLINE void
prep_words (struct prep *p, unsigned arg, const ffi_type *type)
{
  const size_t size = type->size;
  unsigned class = size == 4 ? CLASS_S32 : size == 8 ? CLASS_I64 : CLASS_GPR_GPR;

  if (ffi_alignment_of (type) >= 16 && p->words % 2 != 0
      && (arg >= p->named || p->words >= GPRS))
    {
      p->words++;
      p->fast = false; /* the assembly skips no registers */
    }
  p->words += (size + 7) / 8;
  p->types = p->types && type->alignment <= 16;
  p->fast = p->fast && (size == 4 || size % 8 == 0);
  note_class (p, arg, class);
}

FFI_INLINE void
prep_address (struct prep *p, const ffi_type *type)
{
  p->words++;
  p->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
  p->fast = false;
  p->types = p->types && type->alignment <= 16;
}

/* Argument number ARG, of TYPE, which consists of PIECES.  */
FFI_INLINE void
prep_pieces (struct prep *p, unsigned arg, const ffi_type *type, unsigned pieces)
{
  const unsigned two
      = 1 << PIECES_F_F | 1 << PIECES_F_D | 1 << PIECES_D_F | 1 << PIECES_D_D,
      mixed = 1 << PIECES_F_W | 1 << PIECES_F_L | 1 << PIECES_D_L | 1 << PIECES_W_F
              | 1 << PIECES_L_F | 1 << PIECES_L_D;
  unsigned fprs = two >> pieces & 1 ? 2 : 1, gprs = mixed >> pieces & 1, class;

  if (ffi_has_pieces (type) && p->known_bits + 5 <= KNOWN_BITS)
    {
      p->known |= (pieces == PIECES_WORDS ? 0 : 1 | pieces << 1) << p->known_bits;
      p->known_bits += pieces == PIECES_WORDS ? 1 : 5;
    }
  if (pieces == PIECES_WORDS)
    {
      prep_words (p, arg, type);
      return;
    }
  if (pieces == PIECES_ADDRESS)
    {
      prep_address (p, type);
      return;
    }
  if (pieces == PIECES_OTHER)
    {
      const struct ffi_loc loc = ffi_classify (type, true);
      fprs = ffi_loc_fprs (loc);
      gprs = ffi_loc_gprs (loc);
      p->types = p->fast = false;
    }
  if (arg >= p->named || p->fprs + fprs > FPRS || (gprs != 0 && p->words >= GPRS))
    {
      if (type->size <= STRUCT_WORDS)
        prep_words (p, arg, type);
      else
        prep_address (p, type);
      return;
    }
  p->fprs += fprs;
  p->words += gprs;
  if (pieces != PIECES_OTHER)
    {
      class = pieces_forms[pieces].class;
      p->fast = p->fast && class != 0;
      note_class (p, arg, class);
    }
}

/* Whether CLASSES are those of NARGS words.  */
FFI_INLINE bool
is_words (size_t classes, size_t nargs)
{
  return classes == (ALL_OF_CLASS ((size_t) CLASS_I64) & (((size_t) 1 << 4 * nargs) - 1));
}

/* Store what P says of the arguments of CIF, whose result has CODE.  */
FFI_INLINE ffi_status
prep_end (ffi_cif *cif, unsigned code, const struct prep *p)
{
  const size_t stack = p->words > GPRS ? 8 * (p->words - GPRS) : 0;
  const size_t bytes = FFI_ALIGN_UP (stack, (size_t) 16) + p->copies;
  unsigned flags = code | (p->fprs != 0 ? FLAG_FPRS : 0);

  if (bytes > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  cif->bytes = bytes;
  if (p->fast && bytes == 0)
    {
      cif->bytes = p->classes;
      flags |= ffi_fast_flags (cif, is_words (p->classes, cif->nargs));
    }
  if (p->types && bytes <= FFI_UNPROBED && ffi_is_partly_stored (code))
    flags |= FLAG_TYPES;
  cif->flags = flags;
  cif->riscv_unused = p->known | 1u << p->known_bits;
  return FFI_OK;
}

enum
{
  NOT_TOLD = -1
};

/* Prepare CIF, whose result has CODE and of whose arguments the first FROM are named
   scalars with CLASSES.  NOT_TOLD if a type must be checked; they are if CHECKED is true.
 */
FFI_INLINE int
prep_arguments (ffi_cif *cif, unsigned code, bool checked, unsigned from,
                unsigned classes)
{
  const struct scalar_form *forms = scalar_forms;
  const unsigned nargs = cif->nargs, floats = classes >> 3 & ALL_OF_CLASS (1);
  struct prep p = { .fprs = floats * ALL_OF_CLASS (1) >> 28,
                    .named = cif->riscv_nfixedargs,
                    .classes = classes,
                    .types = true };

  FFI_ONCE (forms);
  p.words = ((code & RET_MASK) == RET_MEMORY) + from - p.fprs;
  p.fast = nargs <= FAST_ARGS && (code & FLAG_PARTIAL) == 0
           && (code & RET_MASK) != RET_MEMORY;
  for (unsigned i = from; i < nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      const struct scalar_form *form = scalar_form (type, forms);
      if (likely (form != NULL))
        {
          prep_scalar (&p, i, form->class);
          continue;
        }
      if (unlikely (type == NULL))
        return NOT_TOLD;
      if (checked && scalar_class (type) != 0)
        {
          prep_scalar (&p, i, scalar_class (type));
          continue;
        }
      const unsigned pieces = ffi_pieces (type, checked);
      if (pieces == PIECES_UNTOLD)
        return NOT_TOLD;
      if (pieces == PIECES_NONE)
        p.types = p.fast = false;
      else
        prep_pieces (&p, i, type, pieces);
    }
  return prep_end (cif, code, &p);
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, or NOT_TOLD.  */
FFI_INLINE int
unchecked_result (const ffi_type *type)
{
  const int code = ffi_scalar_result (type);

  if (code != NOT_TOLD)
    return code;
  const unsigned pieces = ffi_pieces (type, false);
  return pieces == PIECES_UNTOLD ? NOT_TOLD : (int) result_of_pieces (type, pieces);
}

/* Prepare CIF, of which ffi_port_prep_cif has come to argument FROM, behind named scalars
   with CLASSES; the result has CODE, if that is not negative.  */
static __attribute__ ((noinline)) ffi_status
prep_others (ffi_cif *cif, unsigned nfixed, int code, unsigned from, unsigned classes)
{
  if (unlikely (cif->abi != FFI_DEFAULT_ABI))
    return ffi_prep_checked (cif, nfixed);
  if (code < 0)
    code = unchecked_result (cif->rtype);
  if (unlikely (code < 0))
    return ffi_prep_checked (cif, nfixed);
  int status = prep_arguments (cif, code, false, from, classes);
  if (likely (status != NOT_TOLD))
    return status;
  return ffi_prep_checked (cif, nfixed);
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const struct scalar_form *forms = scalar_forms;
  const ffi_type *rtype = cif->rtype;
  const size_t nargs = cif->nargs;
  size_t classes = 0, shift = 0, code = RET_VOID;

  if (unlikely (nfixed != FFI_NOT_VARIADIC))
    {
      cif->riscv_nfixedargs = nfixed;
      return prep_others (cif, nfixed, -1, 0, 0);
    }
  cif->riscv_nfixedargs = nargs;
  if (unlikely (rtype == NULL || nargs > FAST_ARGS || cif->abi != FFI_DEFAULT_ABI))
    return prep_others (cif, nfixed, -1, 0, 0);
  FFI_ONCE (forms);
  if (rtype->type != FFI_TYPE_VOID || rtype->size == 0)
    {
      const struct scalar_form *result = scalar_form (rtype, forms);
      if (result == NULL)
        return prep_others (cif, nfixed, -1, 0, 0);
      code = result->result;
    }
  ffi_type **types = cif->arg_types, **end = types + nargs;
  for (; types != end; types++, shift += 4)
    {
      const struct scalar_form *form = scalar_form (*types, forms);
      if (unlikely (form == NULL))
        return prep_others (cif, nfixed, code, shift / 4, classes);
      classes |= (size_t) form->class << shift;
    }
  size_t words = ALL_OF_CLASS ((size_t) CLASS_I64);
  FFI_ONCE (words);
  _Static_assert(CLASS_I64 == FLOATING - 1,
                 "what words lack is the bit of floating ones");
  code |= FLAG_TYPES | FLAG_FAST | (size_t) ((classes & ~words) != 0) << FLAG_FPRS_BIT;
  if (classes == words >> (32 - shift))
    code |= FLAG_WORDS | nargs << FLAG_COUNT_SHIFT;
  cif->bytes = classes;
  cif->flags = code;
  cif->riscv_unused = 1;
  return FFI_OK;
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  (void) nfixed;
  return prep_arguments (cif, result_code (cif->rtype), true, 0, 0);
}
