/* SPDX-License-Identifier: MIT */
/* Signatures: check the types, then let the architecture classify the arguments.
   Everything that depends only on the signature is done here, once.  */

#include "port.h"
#include "scalar.h"

/* C promotes these when no prototype names the argument; and it has no void there.  */
static bool
is_promoted (const ffi_type *type)
{
  switch (type->type)
    {
    case FFI_TYPE_VOID:
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_UINT8:
    case FFI_TYPE_SINT8:
    case FFI_TYPE_UINT16:
    case FFI_TYPE_SINT16:
      return true;
    default:
      return false;
    }
}

#if !PORT_CHECKS_TYPES
ffi_status
ffi_prep_checked (ffi_cif *cif, unsigned nfixed)
{
  const struct ffi_scalar *table = ffi_scalars;
  unsigned structs = FFI_MAX_STRUCTS;

  FFI_ONCE (table);
  if (!ffi_port_has_abi (cif->abi))
    return FFI_BAD_ABI;
  ffi_status status = ffi_check_result (cif->rtype, &structs);
  for (unsigned i = 0; i < cif->nargs && status == FFI_OK; i++)
    {
      ffi_type *type = cif->arg_types[i];
      if (type == NULL || !ffi_is_scalar_of (type, table))
        status = ffi_check_argument (type, &structs);
    }
  return status == FFI_OK ? ffi_port_prep_general (cif, nfixed) : status;
}
#endif

static inline ffi_status
prep (ffi_cif *cif, ffi_abi abi, unsigned nfixed, unsigned nargs, ffi_type *rtype,
      ffi_type **atypes)
{
  if (unlikely (cif == NULL || nargs > FFI_MAX_ARGS || (nargs != 0 && atypes == NULL)))
    return FFI_BAD_TYPEDEF;
  cif->abi = abi;
  cif->nargs = nargs;
  cif->arg_types = atypes;
  cif->rtype = rtype;
  return ffi_port_prep_cif (cif, nfixed);
}

ffi_status
ffi_prep_cif (ffi_cif *cif, ffi_abi abi, unsigned int nargs, ffi_type *rtype,
              ffi_type **atypes)
{
  return prep (cif, abi, FFI_NOT_VARIADIC, nargs, rtype, atypes);
}

ffi_status
ffi_prep_cif_var (ffi_cif *cif, ffi_abi abi, unsigned int nfixedargs,
                  unsigned int ntotalargs, ffi_type *rtype, ffi_type **atypes)
{
  if (nfixedargs > ntotalargs)
    return FFI_BAD_TYPEDEF;
  ffi_status status = prep (cif, abi, nfixedargs, ntotalargs, rtype, atypes);
  for (unsigned i = nfixedargs; i < ntotalargs && status == FFI_OK; i++)
    if (is_promoted (atypes[i]))
      status = FFI_BAD_ARGTYPE;
  return status;
}
