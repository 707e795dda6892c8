/* SPDX-License-Identifier: MIT */
/* What the size and alignment mean of a struct that has them before it is prepared.

   - The size decides: so many bytes are read and written, in as many registers or words
     as they fill.  Elements decide only which registers.
   - Elements lie as C lays them out.  If one wants more alignment than the struct has,
     and with no more than the struct's they fill its size, it is packed: they lie so.
   - What lies beyond the size is not passed.  Bit-fields are described like that, one
     element for each of them; and by ctypes unions, one for each member.  Such an element
     has no class on x86-64; on the Arms it has a say in whether a struct is homogeneous.
   - A single element that wants less alignment than the struct has is the largest member
     of a union, as libffi's manual describes one: another member has the alignment.  A
     struct of one member with an attribute `aligned' looks the same, and is taken for a
     union.  An empty struct as its second element tells them apart.
   - Bytes behind the last element are padding if they are fewer than the alignment.
     Otherwise more like the last element follow, as when an array is described by one
     of its elements.  */

#ifndef FFI_PRESET_H
#define FFI_PRESET_H

#include "ffi_common.h"

enum
{
  FFI_NOT_PACKED = 1 << 16 /* more than any alignment */
};

/* Whether the struct TYPE is the manual's union.  */
static inline bool
ffi_is_union (const ffi_type *type)
{
  ffi_type **e = type->elements;

  return e[0] != NULL && e[1] == NULL && e[0]->alignment < type->alignment;
}

/* Where an element of type E lies that follows AT bytes of a struct whose packing is
   PACKING.  */
static inline size_t
ffi_element_offset (size_t at, const ffi_type *e, size_t packing)
{
  return FFI_ALIGN_UP (at, e->alignment < packing ? (size_t) e->alignment : packing);
}

/* Where the elements of TYPE end with PACKING; SIZE_MAX if that is beyond its size.  */
static inline size_t
ffi_elements_end (const ffi_type *type, size_t packing)
{
  size_t at = 0;

  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      at = ffi_element_offset (at, *e, packing);
      if (at > type->size || (*e)->size > type->size - at)
        return SIZE_MAX;
      at += (*e)->size;
    }
  return at;
}

/* Whether the elements of TYPE, which end at END, fill it but for padding.  */
static inline bool
ffi_is_filled (const ffi_type *type, size_t end)
{
  return end <= type->size && type->size - end < type->alignment;
}

/* How far elements of the struct TYPE, which is laid out, are aligned at most.  */
static inline size_t
ffi_packing (const ffi_type *type)
{
  if (!ffi_is_filled (type, ffi_elements_end (type, FFI_NOT_PACKED))
      && ffi_is_filled (type, ffi_elements_end (type, type->alignment)))
    return type->alignment;
  return FFI_NOT_PACKED;
}

#endif
