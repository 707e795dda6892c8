/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for AArch64: preparing a
   signature.  */

#include "classify.h"
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

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  int code = tried_code (cif);

  if (code >= 0 && ffi_prep_scalars (cif, code | BY_TYPES))
    return FFI_OK;
  return ffi_prep_checked (cif, nfixed);
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
