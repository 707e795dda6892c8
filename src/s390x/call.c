/* SPDX-License-Identifier: MIT */
/* Calls by the s390x ELF ABI: preparing a signature.  */

#include "classify.h"
#include "port.h"
#include "scalar_class.h"
#include "stack_bound.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi == FFI_SYSV;
}

_Static_assert(CLASS_F32 == RET_FLOAT && CLASS_F64 == RET_DOUBLE
                   && CLASS_SRET == RET_MEMORY,
               "classes are the codes of results");

#define FIRST_STRUCT (1u << FLAG_STRUCTS_SHIFT)

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type)
{
  if (type->type == FFI_TYPE_VOID)
    return RET_VOID;
  unsigned class = scalar_class (type);
  if (class != 0)
    return class;
  if (VECTOR_ABI && type->type == FFI_TYPE_VECTOR && type->size <= 16)
    return RET_VECTOR | (type->size < 16 ? FLAG_PARTIAL : 0);
  return RET_MEMORY;
}

/* The common case: a few scalars, checked or not.  CODE is the result's, which is none in
   memory.  False, with nothing changed, if it is another.  */
static inline bool
prep_scalars (ffi_cif *cif, unsigned code)
{
  const struct scalar_form *forms = scalar_forms;
  unsigned classes = 0, fprs = 0;

  FFI_ONCE (forms);
  if (cif->nargs > FAST_ARGS)
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const struct scalar_form *form = scalar_form (cif->arg_types[i], forms);
      if (form == NULL)
        return false;
      classes = classes << 4 | form->class;
      fprs += form->class >= CLASS_F32;
    }
  if (fprs > FPRS)
    return false;
  cif->bytes = (uint64_t) classes << (32 - 4 * cif->nargs);
  cif->flags = code | FLAG_FAST | FLAG_TYPES | (fprs != 0 ? FLAG_FPRS : 0);
  return true;
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  int code = ffi_scalar_result (cif->rtype);

  if (cif->abi == FFI_DEFAULT_ABI && code >= 0 && prep_scalars (cif, code))
    return FFI_OK;
  return ffi_prep_checked (cif, nfixed);
}

/* Whether ffi_invoke_types can load an argument of TYPE in LOC.  */
static bool
is_loaded_by_type (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.by_address)
    return type->alignment <= 8;
  return loc.kind == LOC_NONE || loc.count == 1;
}

/* What cif->flags have of an argument of TYPE that has KIND as long as there are
   registers.  *BIT is that of the next struct of 4 or 8 bytes, or 0.  */
static unsigned
struct_flag (const ffi_type *type, enum ffi_loc_kind kind, unsigned *bit)
{
  const unsigned own = *bit;

  if (type->type != FFI_TYPE_STRUCT || (type->size != 4 && type->size != 8))
    return 0;
  *bit = own << 1;
  return kind == LOC_FPR ? own : 0;
}

/* The class of an argument of TYPE in LOC; a struct in a register is loaded as what has
   its size.  */
static unsigned
class_of (const ffi_type *type, struct ffi_loc loc)
{
  unsigned class = scalar_class (type);

  if (class != 0 || loc.by_address)
    return class;
  if (loc.kind == LOC_FPR)
    return loc.count != 1 ? 0 : loc.size == 4 ? CLASS_F32 : CLASS_F64;
  switch (loc.kind == LOC_GPR ? type->size : 0)
    {
    case 1:
      return CLASS_U8;
    case 2:
      return CLASS_U16;
    case 4:
      return CLASS_U32;
    case 8:
      return CLASS_I64;
    default:
      return 0;
    }
}

/* Find the classes by which ffi_call loads the arguments of CIF, whose result has CODE,
   and whose flags are those of the result.  False if it cannot load them all.  */
static bool
prep_fast (ffi_cif *cif, unsigned code)
{
  const bool sret = code == RET_MEMORY;
  uint64_t classes = sret ? CLASS_SRET : 0;
  unsigned fprs = 0, known = 0, bit = FIRST_STRUCT;
  struct ffi_assign a;

  if (cif->nargs + sret > FAST_ARGS || (code & FLAG_PARTIAL) != 0)
    return false;
  ffi_port_start (&a, cif, 0);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      struct ffi_loc loc = ffi_port_next (&a, type, 0);
      unsigned class = class_of (type, loc);
      fprs += class >= CLASS_F32;
      if (class == 0 || fprs > FPRS)
        return false;
      known |= struct_flag (type, loc.kind, &bit);
      classes = classes << 4 | class;
    }
  cif->bytes = classes << (32 - 4 * (cif->nargs + sret));
  cif->flags = code | FLAG_FAST | FLAG_TYPES | (fprs != 0 ? FLAG_FPRS : 0) | known;
  return true;
}

/* FLAG_TYPES and what goes with it, if all arguments of CIF can be loaded, and found, by
   their types; otherwise 0.  */
static unsigned
flags_of_types (const ffi_cif *cif)
{
  unsigned known = 0, bit = FIRST_STRUCT;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (scalar_class (type) != 0)
        continue;
      struct ffi_loc loc = ffi_loc_of (ffi_class_of (type));
      if (!is_loaded_by_type (type, loc))
        return 0;
      known |= struct_flag (type, loc.kind, &bit);
    }
  return FLAG_TYPES | (cif->flags & FLAG_VARIADIC ? 0 : known);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  const unsigned code = result_code (cif->rtype);

  cif->flags = code;
  if (VECTOR_ABI && nfixed != FFI_NOT_VARIADIC)
    cif->flags |= FLAG_VARIADIC | nfixed << FLAG_NAMED_SHIFT;
  if (prep_fast (cif, code))
    return FFI_OK;
  size_t bytes = ffi_stack_bound (cif, code == RET_MEMORY, false);
  if (bytes > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  cif->bytes = bytes;
  if ((code & FLAG_PARTIAL) == 0 && bytes <= FFI_UNPROBED
      && cif->nargs <= FFI_UNPROBED / WORD)
    cif->flags |= flags_of_types (cif);
  return FFI_OK;
}
