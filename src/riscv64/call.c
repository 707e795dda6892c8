/* SPDX-License-Identifier: MIT */
/* Calls by LP64D: preparing a signature.  */

#include "classify.h"
#include "port.h"
#include "prep_scalars.h"
#include "stack_bound.h"

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

/* The class by which the assembly loads an argument of TYPE in LOC, or 0 if it has none.
   What integer registers carry of a value that ends within a word is not loaded in whole
   words.  */
static unsigned
fast_class (const ffi_type *type, struct ffi_loc loc)
{
  unsigned class = scalar_class (type);

  if (class != 0 && (loc.kind == LOC_FPR || class <= CLASS_I64))
    return class;
  switch (loc.kind)
    {
    case LOC_FPR:
      if (loc.count == 1)
        return loc.size == 4 ? CLASS_F32 : CLASS_F64;
      return loc.size == 4 ? CLASS_F32_F32 : CLASS_F64_F64;
    case LOC_GPR:
      if (loc.by_address)
        return 0;
      if (type->size == 4)
        return CLASS_S32;
      if (type->size % 8 != 0)
        return 0;
      return loc.count == 1 ? CLASS_I64 : CLASS_GPR_GPR;
    default:
      return 0;
    }
}

/* The common case: named scalars, checked or not, a register for each.  CODE is the
   result's.  False if it is another.  */
static inline bool
prep_scalars (ffi_cif *cif, unsigned code)
{
  return (code & FLAG_PARTIAL) == 0 && (code & RET_MASK) != RET_MEMORY
         && ffi_prep_scalars (cif, code);
}

/* The RET code of CIF's result if prep_scalars should try CIF before it is checked;
   otherwise -1.  */
static inline int
tried_code (const ffi_cif *cif, unsigned nfixed)
{
  return nfixed == FFI_NOT_VARIADIC && cif->abi == FFI_DEFAULT_ABI
             ? ffi_scalar_result (cif->rtype)
             : -1;
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  int code = tried_code (cif, nfixed);

  cif->riscv_nfixedargs = nfixed == FFI_NOT_VARIADIC ? cif->nargs : nfixed;
  cif->riscv_unused = 0;
  if (code >= 0 && ffi_prep_scalars (cif, code))
    return FFI_OK;
  return ffi_prep_checked (cif, nfixed);
}

/* Find the classes by which ffi_call loads the arguments of CIF, whose result has CODE.
   False if it cannot load them all.  */
static bool
prep_fast (ffi_cif *cif, unsigned code)
{
  unsigned classes = 0;
  bool words = true;
  struct ffi_assign a;

  if (cif->nargs > FAST_ARGS || (code & FLAG_PARTIAL) != 0
      || (code & RET_MASK) == RET_MEMORY)
    return false;
  ffi_port_start (&a, cif, 0);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      unsigned before = a.ngrn;
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      /* The assembly skips no registers.  */
      if (a.nsaa + a.copies != 0 || (loc.kind == LOC_GPR && loc.gpr != before))
        return false;
      unsigned class = fast_class (cif->arg_types[i], loc);
      if (class == 0)
        return false;
      words = words && class == CLASS_I64;
      classes |= class << 4 * i;
    }
  cif->bytes = classes;
  cif->flags = code | (a.nsrn != 0 ? FLAG_FPRS : 0) | ffi_fast_flags (cif, words);
  return true;
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  const unsigned code = result_code (cif->rtype);
  const bool named = nfixed == FFI_NOT_VARIADIC;

  if (named && tried_code (cif, nfixed) < 0 && prep_scalars (cif, code))
    return FFI_OK;
  cif->flags = code;
  if (prep_fast (cif, code))
    return FFI_OK;
  size_t bytes = ffi_stack_bound (cif, (code & RET_MASK) == RET_MEMORY, !named);
  cif->bytes = bytes;
  return bytes <= FFI_MAX_ARG_SIZE ? FFI_OK : FFI_BAD_TYPEDEF;
}
