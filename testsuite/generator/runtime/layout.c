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
  if (type->kind == GEN_STRUCT || type->kind == GEN_UNION || type->kind == GEN_PRESET)
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

static void
check_offsets (const struct gen_type *type)
{
  static size_t offsets[MAX_ELEMENTS];
  unsigned n = 0;

  set_sizes (type, gen_now.prefilled);
  if (type->kind != GEN_STRUCT && type->kind != GEN_PACKED)
    return;
  int status = ffi_get_struct_offsets (gen_now.signature->abi, type->ffi, offsets);
  if (status != FFI_OK)
    {
      gen_fail ("ffi_get_struct_offsets: expected FFI_OK, got %d", status);
      return;
    }
  check_size (type);
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
