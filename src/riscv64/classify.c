/* SPDX-License-Identifier: MIT */
/* Classification of values by the RISC-V psABI, "Hardware Floating-point Calling
   Convention", for LP64D: a struct of one or two members, of which at least one is
   floating, is passed as these would be.  */

#include "classify.h"
#include "layout.h"
#include "preset.h"

enum
{
  WORD_MAX = 16, /* larger values travel by address */
  LEAVES = 2
};

/* What a type consists of when structs are flattened.  */
struct leaves
{
  unsigned count;
  struct
  {
    size_t offset, size;
    bool floating;
  } leaf[LEAVES];
};

/* Add the scalar TYPE at OFFSET to L.  False if no register holds it, or if it is one too
   many.  Pointers are no integers here: compilers pass { void *, double } in integer
   registers.  */
static bool
add_leaf (struct leaves *l, const ffi_type *type, size_t offset)
{
  if (l->count == LEAVES || type->size > 8 || type->type == FFI_TYPE_POINTER)
    return false;
  l->leaf[l->count].offset = offset;
  l->leaf[l->count].size = type->size;
  l->leaf[l->count].floating = ffi_is_floating (type);
  l->count++;
  return true;
}

static bool flatten (struct leaves *l, const ffi_type *type, size_t offset);

/* Add the members of LAYOUT, whose struct lies at OFFSET.  A bit-field is an integer of
   the bytes that it touches.  False for a union.  */
static bool
flatten_layout (struct leaves *l, const ffi_layout *layout, size_t offset)
{
  if (layout->type.type == FFI_TYPE_UNION)
    return false;
  for (FFI_EACH_MEMBER (m, layout))
    if (m->kind == FFI_MEMBER_BITS)
      {
        size_t start = ffi_member_start (m);
        const ffi_type bits = { ffi_member_end (m) - start, 1, FFI_TYPE_UINT8, NULL };
        if (m->count != 0 && !add_leaf (l, &bits, offset + start))
          return false;
      }
    else
      for (unsigned i = 0; i < m->count; i++)
        if (!flatten (l, m->type, offset + m->offset + i * m->type->size))
          return false;
  return true;
}

/* Whether the first elements of the struct TYPE tell that it is not flattened: three
   scalars, or one that no register holds.  */
static bool
is_plainly_unflattened (const ffi_type *type)
{
  ffi_type **e = type->elements;

  if (e[0] != NULL
      && (e[0]->type == FFI_TYPE_POINTER || e[0]->type == FFI_TYPE_LONGDOUBLE))
    return true;
  for (unsigned i = 0; i <= LEAVES; i++)
    if (e[i] == NULL || e[i]->type == FFI_TYPE_STRUCT)
      return false;
  return true;
}

/* Add the elements of the struct TYPE at OFFSET.  False, too, if they do not fill it, or
   if one lies beyond its size: there are members that share their place.  */
static bool
flatten_struct (struct leaves *l, const ffi_type *type, size_t offset)
{
  size_t at = 0;
  const ffi_type *last = NULL;
  const ffi_layout *layout = ffi_layout_of (type);

  if (layout != NULL)
    return flatten_layout (l, layout, offset);
  if (ffi_is_union (type) || is_plainly_unflattened (type))
    return false;
  size_t packing = ffi_packing (type);
  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      last = *element;
      at = ffi_element_offset (at, last, packing);
      if (at > type->size || last->size > type->size - at
          || !flatten (l, last, offset + at))
        return false;
      at += last->size;
    }
  if (ffi_is_filled (type, at))
    return true;
  /* An array, described by one of its elements, of which each has leaves.  */
  while (last != NULL && last->size != 0 && last->size <= type->size - at)
    {
      unsigned before = l->count;
      if (!flatten (l, last, offset + at) || l->count == before)
        return false;
      at += last->size;
    }
  return at == type->size;
}

/* Add what TYPE at OFFSET consists of to L.  False if that is not flattened.  */
static bool
flatten (struct leaves *l, const ffi_type *type, size_t offset)
{
  if (type->size > FFI_MAX_CLASSIFIED)
    return false;
  if (type->type == FFI_TYPE_STRUCT)
    return type->size == 0 || flatten_struct (l, type, offset);
  if (type->type == FFI_TYPE_COMPLEX)
    return add_leaf (l, type->elements[0], offset)
           && add_leaf (l, type->elements[0], offset + type->elements[0]->size);
  return add_leaf (l, type, offset);
}

/* The location of two leaves, of which at least one is floating.  */
static struct ffi_loc
two_pieces (const struct leaves *l)
{
  struct ffi_loc loc = {
    .kind = !l->leaf[0].floating   ? LOC_GPR_FPR
            : !l->leaf[1].floating ? LOC_FPR_GPR
                                   : LOC_FPR_FPR,
    .count = 2,
    .size = l->leaf[0].size,
    .second = l->leaf[1].offset,
    .last = l->leaf[1].size,
  };

  if (loc.kind == LOC_FPR_FPR && loc.second == loc.size && loc.last == loc.size)
    loc.kind = LOC_FPR;
  return loc;
}

struct ffi_loc
ffi_classify (const ffi_type *type, bool named)
{
  struct leaves l = { 0 };

  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct ffi_loc){ .kind = LOC_NONE };
  if (type->type == FFI_TYPE_STRUCT && !ffi_port_looks_into (type))
    return ffi_loc_of (LOC_BY_ADDRESS);
  /* A leaf behind a struct that is empty but for its size has no location of its own.  */
  if (named && flatten (&l, type, 0) && l.leaf[0].offset == 0)
    {
      if (l.count == 1 && l.leaf[0].floating)
        return (struct ffi_loc){ .kind = LOC_FPR, .count = 1, .size = l.leaf[0].size };
      if (l.count == 2 && (l.leaf[0].floating || l.leaf[1].floating))
        return two_pieces (&l);
    }
  if (type->size > WORD_MAX)
    return ffi_loc_of (LOC_BY_ADDRESS);
  return (struct ffi_loc){ .kind = LOC_GPR, .count = (type->size + 7) / 8 };
}
