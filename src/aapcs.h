/* SPDX-License-Identifier: MIT */
/* What the procedure call standards of the two Arm architectures have in common.  For
   the one file of each that classifies, after its classify.h.  */

#ifndef FFI_AAPCS_H
#define FFI_AAPCS_H

enum
{
  HOMOGENEOUS_MAX = 4
};

#include "homogeneous.h"

/* The multiple of words at which a value of TYPE starts.  What counts is how far the
   members of a struct are aligned, not the struct itself.  */
static unsigned
alignment_in_words (const ffi_type *type)
{
  const size_t two = 2 * sizeof (void *);

  if (ffi_alignment_of (type) < two)
    return 1;
  if (type->type != FFI_TYPE_STRUCT)
    return 2;
  const ffi_layout *layout = ffi_layout_of (type);
  if (layout != NULL)
    {
      for (FFI_EACH_MEMBER (m, layout))
        if (m->type->alignment >= two)
          return 2;
      return 1;
    }
  if (ffi_is_union (type))
    return 2;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if ((*element)->alignment >= two)
      return 2;
  return 1;
}

#endif
