/* SPDX-License-Identifier: MIT */
/* Preparing signatures of a few scalars, for call.c of a port whose cifs have FLAG_FAST
   with the arguments' classes in cif->bytes, and FLAG_WORDS with their number.  */

#ifndef FFI_PREP_SCALARS_H
#define FFI_PREP_SCALARS_H

#include "scalar_class.h"

/* What is known of arguments that are scalars: their classes, four bits each, the first
   in the lowest; and, not 0 if so, that one is floating, or other than CLASS_I64.  */
struct scalar_classes
{
  unsigned classes, floating, other;
};

/* Fill in SCALARS for the arguments of CIF, at most FAST_ARGS, checked or not.  False if
   one has no class, or an alignment of more than MOST.  */
FFI_INLINE bool
ffi_scalar_classes (const ffi_cif *cif, unsigned most, struct scalar_classes *scalars)
{
  unsigned classes = 0, floating = 0, other = 0;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type == NULL || !ffi_is_scalar_value (type))
        return false;
      unsigned class = scalar_class[type->type];
      if (class == 0 || type->alignment > most)
        return false;
      floating |= class > CLASS_I64;
      other |= class ^ CLASS_I64;
      classes |= class << 4 * i;
    }
  *scalars = (struct scalar_classes){ classes, floating, other };
  return true;
}

/* Flags of CIF if FLAG_FAST is true, and its arguments are WORDS only or may be others.
 */
FFI_INLINE unsigned
ffi_fast_flags (const ffi_cif *cif, bool words)
{
  return FLAG_FAST | (words ? FLAG_WORDS | cif->nargs << FLAG_COUNT_SHIFT : 0);
}

/* Prepare CIF, whose result has CODE, if its arguments are no more scalars than there are
   registers of either kind, aligned to at most MOST, checked or not.  False, with nothing
   changed, if it has others.  */
FFI_INLINE bool
ffi_prep_scalars (ffi_cif *cif, unsigned code, unsigned most)
{
  struct scalar_classes scalars;

  if (cif->nargs > FAST_ARGS || !ffi_scalar_classes (cif, most, &scalars))
    return false;
  cif->bytes = scalars.classes;
  cif->flags = code | (scalars.floating ? FLAG_FPRS : 0)
               | ffi_fast_flags (cif, scalars.other == 0);
  return true;
}

#endif
