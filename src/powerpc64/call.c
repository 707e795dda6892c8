/* SPDX-License-Identifier: MIT */
/* Calls by the ELFv2 ABI: preparing a signature.  */

#include "classify.h"
#include "port.h"
#include "prep_scalars.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  const unsigned both = FFI_LINUX_LONG_DOUBLE_128 | FFI_LINUX_LONG_DOUBLE_IEEE128;

  return (unsigned) abi >= FFI_LINUX && (unsigned) abi < FFI_LAST_ABI
         && (abi & both) != FFI_LINUX_LONG_DOUBLE_IEEE128;
}

/* The code of a complex number with parts of TYPE, which are integers.  */
static unsigned
pair_code (const ffi_type *type)
{
  unsigned code = scalar_class (type);

  return code == RET_I64 ? RET_GPR_GPR : RET_PAIR_U8 + code - RET_U8;
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type, ffi_abi abi)
{
  if (scalar_class (type) != 0)
    return scalar_result (type);
  struct ffi_loc loc = ffi_loc_of (ffi_classify (type, abi));
  if (loc.kind == LOC_NONE)
    return RET_VOID;
  if (loc.kind == LOC_FPR)
    return (loc.size == 4   ? RET_FLOAT
            : loc.size == 8 ? RET_DOUBLE
                            : RET_VECTOR)
           + loc.count - 1;
  if (type->type == FFI_TYPE_COMPLEX)
    return pair_code (type->elements[0]);
  if (loc.by_address || type->size > 16)
    return RET_MEMORY | FLAG_SRET;
  return (type->size > 8 ? RET_GPR_GPR : RET_I64)
         | (type->size % 8 != 0 ? FLAG_PARTIAL : 0);
}

/* The flags of an argument in LOC; A knows where its place ends.  */
static unsigned
argument_flags (const struct ffi_assign *a, struct ffi_loc loc)
{
  const bool in_words
      = loc.kind != LOC_FPR && (loc.kind != LOC_OTHER || (loc.second & OTHER_WORDS));
  unsigned flags = in_words && a->nsaa > WORD * GPRS ? FLAG_STACK : 0;

  if ((loc.kind == LOC_FPR || loc.kind == LOC_OTHER) && loc.count != 0)
    flags |= loc.size == VR_SIZE ? FLAG_VRS : FLAG_FPRS;
  return flags;
}

/* The class by which the assembly loads an argument of TYPE in FPRs.  */
static unsigned
fast_floating_class (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.count == 1)
    return loc.size == 4 ? CLASS_F32 : loc.size == 8 ? CLASS_F64 : 0;
  if (loc.count != 2 || loc.size > 8)
    return 0;
  if (loc.size == 8)
    return CLASS_F64_F64;
  return type->type == FFI_TYPE_COMPLEX ? CLASS_C32 : CLASS_F32_F32;
}

/* The class of an argument of TYPE in integer registers.  */
static unsigned
fast_words_class (const ffi_type *type)
{
  unsigned class = scalar_class (type);

  if (class != 0 && class <= CLASS_I64)
    return class;
  if (ffi_alignment_of (type) > 8)
    return 0;
  switch (type->size)
    {
    case 1:
      return CLASS_U8;
    case 2:
      return CLASS_U16;
    case 4:
      return CLASS_U32;
    case 8:
      return CLASS_I64;
    case 16:
      return CLASS_GPR_GPR;
    default:
      return 0;
    }
}

/* Either, or 0 if the assembly has none for it.  */
static unsigned
fast_class (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.kind == LOC_FPR || (loc.kind == LOC_OTHER && (loc.second & OTHER_WORDS) == 0))
    return fast_floating_class (type, loc);
  return loc.kind == LOC_GPR && !loc.by_address ? fast_words_class (type) : 0;
}

/* The common case: scalars, checked or not, a register for each.  CODE is the result's.
   False if it is another.  */
static inline bool
prep_scalars (ffi_cif *cif, unsigned code)
{
  if ((code & (FLAG_PARTIAL | FLAG_SRET)) != 0
      || !ffi_prep_scalars (cif, code | FLAG_TYPES))
    return false;
  cif->nfixedargs = cif->nargs;
  return true;
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  int code = ffi_scalar_result (cif->rtype);

  if (nfixed == FFI_NOT_VARIADIC && ffi_port_has_abi (cif->abi) && code >= 0
      && prep_scalars (cif, code))
    return FFI_OK;
  return ffi_prep_checked (cif, nfixed);
}

/* Whether ffi_invoke_types can load an argument of TYPE in LOC, which is no scalar of a
   word.  It tells floats from doubles by the alignment.  */
static bool
is_loaded_by_type (const ffi_type *type, struct ffi_loc loc, ffi_abi abi)
{
  if (loc.by_address || loc.size == VR_SIZE || ffi_is_short (type, abi))
    return false;
  if (loc.size == 0)
    return type->type == FFI_TYPE_STRUCT
           && (type->alignment < 16 || (abi & FFI_LINUX_STRUCT_ALIGN) != 0);
  return (type->alignment == 4) == (loc.size == 4);
}

/* Whether TYPE is a struct of vectors whose alignment does not tell that it starts at an
   even doubleword.  */
static bool
is_packed_vector (const ffi_type *type, ffi_abi abi)
{
  return type->type == FFI_TYPE_STRUCT && type->alignment < 16
         && ffi_loc_of (ffi_class_of (type, abi)).size == VR_SIZE;
}

/* What cif->flags have of an argument of TYPE in LOC for ffi_invoke_types; 0 if that
   cannot load it.  What FPRs carry, as long as there are any, has the size of a member in
   LOC. *BIT is that of the next struct, or 0.  */
static unsigned
flags_of_type (const ffi_type *type, struct ffi_loc loc, ffi_abi abi, unsigned *bit)
{
  unsigned own = 0;

  if (loc.kind == LOC_OTHER && (loc.second & OTHER_UNNAMED) != 0)
    return 0;
  if (type->type == FFI_TYPE_STRUCT)
    {
      own = *bit;
      *bit <<= 1;
    }
  if (scalar_class (type) != 0 || loc.kind == LOC_NONE)
    return FLAG_TYPES;
  if (!is_loaded_by_type (type, loc, abi))
    return 0;
  if (type->type != FFI_TYPE_STRUCT || loc.size == 0)
    return FLAG_TYPES;
  return own != 0 ? FLAG_TYPES | own : 0;
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  unsigned classes = 0, by_types = FLAG_TYPES, bit = 1u << FLAG_HOMOGENEOUS_SHIFT;
  struct ffi_assign a;

  cif->nfixedargs = nfixed < cif->nargs ? nfixed : cif->nargs;
  cif->flags = result_code (cif->rtype, cif->abi);
  bool fast = cif->nargs <= FAST_ARGS && (cif->flags & FLAG_PARTIAL) == 0;
  bool words = (cif->flags & FLAG_SRET) == 0;

  ffi_port_start (&a, cif, 0);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      if (a.nsaa + a.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
      if (loc.kind != LOC_NONE)
        cif->flags |= argument_flags (&a, loc);
      if (i >= cif->nfixedargs && is_packed_vector (cif->arg_types[i], cif->abi))
        {
          fast = false;
          by_types = 0;
        }
      if (by_types != 0
          && (loc.kind == LOC_OTHER || scalar_class (cif->arg_types[i]) == 0))
        {
          unsigned types = flags_of_type (cif->arg_types[i], loc, cif->abi, &bit);
          by_types = types != 0 ? by_types | types : 0;
        }
      if (fast)
        {
          unsigned class = fast_class (cif->arg_types[i], loc);
          fast = class != 0 && a.nsaa <= WORD * GPRS && a.nsrn <= FAST_FPRS;
          words = words && class == CLASS_I64;
          classes |= class << 4 * i;
        }
    }
  size_t area = a.nsaa > WORD * GPRS ? a.nsaa : WORD * GPRS;
  cif->bytes = fast ? classes : FFI_ALIGN_UP (area, (size_t) 16) + a.copies;
  if (fast)
    cif->flags
        |= ffi_fast_flags (cif, words) | (words ? by_types & FLAG_TYPES : by_types);
  else if (cif->bytes <= FFI_UNPROBED && cif->nargs <= FFI_UNPROBED / WORD)
    cif->flags |= by_types;
  return FFI_OK;
}
