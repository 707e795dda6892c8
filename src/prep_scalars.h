/* SPDX-License-Identifier: MIT */
/* Preparing signatures of a few scalars, for call.c of a port whose cifs have FLAG_FAST
   with the arguments' classes in cif->bytes, and FLAG_WORDS with their number.  */

#ifndef FFI_PREP_SCALARS_H
#define FFI_PREP_SCALARS_H

#include "scalar_class.h"

/* In cif->bytes, a class that all arguments have.  */
#define ALL_OF_CLASS(class) (0x11111111u * (class))

/* Flags of CIF if FLAG_FAST is true, and its arguments are WORDS only or may be others.
 */
FFI_INLINE unsigned
ffi_fast_flags (const ffi_cif *cif, bool words)
{
  return FLAG_FAST | (words ? FLAG_WORDS | cif->nargs << FLAG_COUNT_SHIFT : 0);
}

/* Prepare CIF, whose result has CODE, if its arguments are no more scalars than there are
   registers of either kind, checked or not.  False, with nothing changed, if it has
   others; then *FOUND has the classes of those before the first other one, the first in
   the lowest four bits, or 0.  */
FFI_INLINE bool
ffi_prep_first_scalars (ffi_cif *cif, unsigned code, unsigned *found)
{
  const unsigned nargs = cif->nargs;
  const struct scalar_form *forms = scalar_forms;
  unsigned classes = 0;

  FFI_ONCE (forms);
  *found = 0;
  if (nargs > FAST_ARGS)
    return false;
  for (unsigned i = 0; i < nargs; i++)
    {
      const struct scalar_form *form = scalar_form (cif->arg_types[i], forms);
      if (form == NULL)
        {
          *found = classes;
          return false;
        }
      classes |= (unsigned) form->class << 4 * i;
    }
  const unsigned words = ALL_OF_CLASS ((uint64_t) CLASS_I64) & ((1ull << 4 * nargs) - 1);
  cif->bytes = classes;
  cif->flags = code | (classes & ALL_OF_CLASS (FLOATING) ? FLAG_FPRS : 0)
               | ffi_fast_flags (cif, classes == words);
  return true;
}

FFI_INLINE bool
ffi_prep_scalars (ffi_cif *cif, unsigned code)
{
  unsigned found;

  return ffi_prep_first_scalars (cif, code, &found);
}

#endif
