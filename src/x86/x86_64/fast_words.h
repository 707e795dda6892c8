/* SPDX-License-Identifier: MIT */
/* The classes of arguments that ffi_call's own code passes, see FLAG_FAST: for those who
   prepare signatures.  */

#ifndef FFI_FAST_WORDS_H
#define FFI_FAST_WORDS_H

#include "flags.h"
#include "scalar.h"

/* The class of each ordinary scalar.  */
extern const unsigned char ffi_scalar_class[FFI_TYPE_LAST + 1]
    __attribute__ ((visibility ("hidden")));

/* The lowest bit of each of N classes, the first in the highest bits.  */
#define EACH_CLASS(n) ((unsigned) (0x1111111100000000u >> 4 * (n)))

/* The lowest bit of each vector's class among the CLASSES of N arguments, the first in
   the highest bits; see VECTOR_CLASSES.  */
static inline unsigned
find_vectors (unsigned classes, unsigned n)
{
  return ~(classes ^ classes >> 1) & ~(classes >> 2) & EACH_CLASS (n);
}

/* The classes of the arguments of CIF, at most FAST_WORDS, the first in the highest bits,
 *to CLASSES.  False if one is no ordinary scalar; none has been checked.  */
FFI_INLINE bool
find_scalar_classes (const ffi_cif *cif, unsigned *classes)
{
  const unsigned nargs = cif->nargs;
  uint64_t all = 0;

  for (unsigned i = 0; i < nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (unlikely (type == NULL || !ffi_is_scalar_value (type)))
        return false;
      unsigned class = ffi_scalar_class[type->type];
      if (unlikely (class == 0 || type->alignment > 8))
        return false;
      all = all << 4 | class;
    }
  *classes = all << 4 * (FAST_WORDS - nargs);
  return true;
}

/* separate_vectors where some are vectors and some are not.  */
unsigned ffi_separate_vectors (unsigned classes, unsigned found, unsigned *vectors);

/* The CLASSES of N arguments with those of vectors, FOUND by find_vectors, before the
   others; *VECTORS gets a bit for each of them, by argument.  */
static inline unsigned
separate_vectors (unsigned classes, unsigned found, unsigned n, unsigned *vectors)
{
  *vectors = found != 0 ? (1u << n) - 1 : 0;
  if (found == 0 || found == EACH_CLASS (n))
    return classes;
  return ffi_separate_vectors (classes, found, vectors);
}

/* The family of specialised entries for closures whose arguments are up to FAST_WORDS
   ordinary scalars, SSES of them float or double; counted from 1.  */
static inline unsigned
scalar_family (unsigned nargs, unsigned sses)
{
  static const unsigned char of_gprs[FAST_WORDS + 1] = { 0, 1, 2, 3, 3, 4, 4, 5, 5 };
  static const unsigned char of_sses[FAST_WORDS + 1] = { 0, 0, 1, 2, 2, 3, 3, 3, 3 };

  if (sses == 0)
    return 1 + FAMILY_GPRS + of_gprs[nargs];
  if (sses == nargs)
    return 1 + FAMILY_SSES + of_sses[sses];
  return 1 + FAMILY_MAPPED + (nargs <= 4 ? 0 : nargs - sses <= 4 && sses <= 4 ? 1 : 2);
}

/* Check and prepare any CIF of the psABI's convention.  */
ffi_status ffi_prep_unix64 (ffi_cif *cif, unsigned nfixed);

/* Check and prepare any CIF of Microsoft's convention, or of none.  */
ffi_status ffi_prep_win64 (ffi_cif *cif, unsigned nfixed);

#endif
