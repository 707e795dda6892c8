/* SPDX-License-Identifier: MIT */
/* Sizes, alignments and offsets; and the cif.  */

#include "state.h"

enum
{
  MAX_ELEMENTS = 4096
};

/* Whether its ffi_type is one of the program's, which the library can lay out.  */
static bool
is_own (const struct gen_type *type)
{
  switch (type->kind)
    {
    case GEN_COMPLEX:
      return type->members->type->kind != GEN_FLOATING;
    case GEN_VECTOR:
    case GEN_STRUCT:
    case GEN_UNION:
    case GEN_PACKED:
    case GEN_PRESET:
    case GEN_LAYOUT:
      return true;
    default:
      return false;
    }
}

/* Fill in the sizes of all that is in TYPE, or make them 0.  */
static void
set_sizes (const struct gen_type *type, bool known)
{
  if (!is_own (type))
    return;
  known |= type->kind == GEN_PACKED || type->kind == GEN_PRESET;
  type->ffi->size = known ? type->size : 0;
  type->ffi->alignment = known ? (unsigned short) type->alignment : 0;
  if (type->kind == GEN_STRUCT || type->kind == GEN_UNION || type->kind == GEN_PRESET
      || type->kind == GEN_LAYOUT)
    for (unsigned i = 0; i < type->nmembers; i++)
      set_sizes (type->members[i].type, known);
}

static void
check_size (const struct gen_type *type)
{
  if (type->kind == GEN_VOID)
    return;
  if (type->ffi->size != type->size)
    gen_fail ("size: expected %zu, got %zu", type->size, type->ffi->size);
  if (type->ffi->alignment != type->alignment)
    gen_fail ("alignment: expected %zu, got %u", type->alignment, type->ffi->alignment);
  for (unsigned i = 0; i < type->nmembers; i++)
    check_size (type->members[i].type);
}

/* The layout of TYPE, or null.  */
static const ffi_layout *
layout_of (const struct gen_type *type)
{
  if ((type->kind != GEN_PRESET && type->kind != GEN_LAYOUT)
      || type->ffi->elements[0]->type < FFI_TYPE_LAYOUT)
    return NULL;
  return (const ffi_layout *) type->ffi->elements[0];
}

/* Against the members, of which the compiler said where they are.  */
static void
check_layout_offsets (const ffi_layout *layout, const size_t *offsets)
{
  for (size_t i = 0; i < layout->count; i++)
    {
      const ffi_member *m = &layout->members[i];
      size_t offset = m->kind == FFI_MEMBER_BITS ? m->offset / 8 : m->offset;
      if (offsets[i] != offset)
        gen_fail ("offset of member %zu: expected %zu, got %zu", i, offset, offsets[i]);
    }
}

static void
check_offsets (const struct gen_type *type)
{
  static size_t offsets[MAX_ELEMENTS];
  const ffi_layout *layout = layout_of (type);
  unsigned n = 0;

  set_sizes (type, gen_now.prefilled);
  if (type->kind != GEN_STRUCT && type->kind != GEN_PACKED && layout == NULL)
    return;
  int status = ffi_get_struct_offsets (gen_now.signature->abi, type->ffi, offsets);
  if (status != FFI_OK)
    {
      gen_fail ("ffi_get_struct_offsets: expected FFI_OK, got %d", status);
      return;
    }
  check_size (type);
  if (layout != NULL)
    check_layout_offsets (layout, offsets);
  else
    for (const struct gen_member *m = type->members; m < type->members + type->nmembers;
         m++)
      for (unsigned i = 0; i < m->count; i++, n++)
        if (offsets[n] != m->offset + i * m->type->size)
          gen_fail ("offset of element %u: expected %zu, got %zu", n,
                    m->offset + i * m->type->size, offsets[n]);
  set_sizes (type, gen_now.prefilled);
}

bool
gen_prepare (void)
{
  const struct gen_signature *s = gen_now.signature;
  int status;

  gen_begin ("layout");
  check_offsets (s->result);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      check_offsets (s->args[i]);
      gen_now.types[i] = s->args[i]->ffi;
    }
  if (s->nfixed != 0)
    status = ffi_prep_cif_var (&gen_now.cif, s->abi, s->nfixed, s->nargs, s->result->ffi,
                               gen_now.types);
  else
    status = ffi_prep_cif (&gen_now.cif, s->abi, s->nargs, s->result->ffi, gen_now.types);
  if (status != FFI_OK)
    {
      gen_fail ("ffi_prep_cif: expected FFI_OK, got %d", status);
      return false;
    }
  check_size (s->result);
  for (unsigned i = 0; i < s->nargs; i++)
    check_size (s->args[i]);
  return true;
}
