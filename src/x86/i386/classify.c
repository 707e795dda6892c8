/* SPDX-License-Identifier: MIT */
/* The calling conventions of i386, and where they put arguments.

   cdecl, stdcall, thiscall and fastcall are as GCC has them on Linux: psABI for
   i386, and for registers GCC's attributes.  pascal and register are Borland's, as
   in Delphi: aggregates larger than a word are passed by address, those of 1, 2 and
   4 bytes are returned in eax, and for others the result's address is passed after
   the declared arguments.  */

#include "classify.h"
#include "layout.h"
#include "port.h"
#include "preset.h"

enum
{
  SMALL_BORLAND = 1 | 2 | 4,
  SMALL_MICROSOFT = 1 | 2 | 4 | 8
};

const struct convention ffi_conventions[FFI_LAST_ABI] = {
  [FFI_SYSV] = { .chain = ECX, .callee_pops_sret = true },
  [VARIADIC_KEEPING] = { .chain = EAX },
  [FFI_THISCALL] = { .count = 1, .regs = { ECX }, .chain = EAX, .callee_pops = true },
  [FFI_FASTCALL]
  = { .count = 2, .regs = { ECX, EDX }, .chain = EAX, .callee_pops = true },
  [FFI_STDCALL] = { .chain = ECX, .callee_pops = true },
  [FFI_PASCAL] = { .chain = ECX,
                   .left_to_right = true,
                   .by_address = true,
                   .callee_pops = true,
                   .small = SMALL_BORLAND },
  [FFI_REGISTER] = { .count = 3,
                     .regs = { EAX, EDX, ECX },
                     .chain = -1,
                     .left_to_right = true,
                     .by_address = true,
                     .callee_pops = true,
                     .small = SMALL_BORLAND },
  [FFI_MS_CDECL] = { .chain = ECX, .small = SMALL_MICROSOFT },
};

bool
ffi_port_looks_into (const ffi_type *type)
{
  return ffi_looks_into (type);
}

/* Whether the struct with LAYOUT, of SIZE bytes, is one floating-point or complex number.
   An array of one is, a union is not.  */
static bool
is_floating_layout (const ffi_layout *layout, size_t size)
{
  if (ffi_is_number (layout))
    return true;
  if (layout->type.type == FFI_TYPE_LAYOUT)
    for (FFI_EACH_MEMBER (m, layout))
      if (m->type->size != 0)
        return m->kind != FFI_MEMBER_BITS && m->type->size == size
               && ffi_is_floating_for_gcc (m->type);
  return false;
}

bool
ffi_is_floating_for_gcc (const ffi_type *type)
{
  const ffi_layout *layout;

  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
    case FFI_TYPE_LONGDOUBLE:
    case FFI_TYPE_COMPLEX:
      return true;
    case FFI_TYPE_STRUCT:
      if (!ffi_looks_into (type))
        return false;
      layout = ffi_layout_of (type);
      if (layout != NULL)
        return is_floating_layout (layout, type->size);
      if (ffi_is_union (type))
        return false;
      for (ffi_type **element = type->elements; *element != NULL; element++)
        if ((*element)->size != 0)
          return (*element)->size == type->size && ffi_is_floating_for_gcc (*element);
      return false;
    default:
      return false;
    }
}

/* An argument's alignment on the stack is that of a word, except for structs and unions
   that contain a scalar which wants at least 16.  The attribute of the struct itself
   or of a member is not enough.  */
static bool
contains_aligned (const ffi_type *type)
{
  if (type->alignment < 16 || type->type == FFI_TYPE_LONGDOUBLE)
    return false;
  if (type->type != FFI_TYPE_STRUCT)
    return true;
  const ffi_layout *layout = ffi_looks_into (type) ? ffi_layout_of (type) : NULL;
  if (layout != NULL)
    {
      if (ffi_is_number (layout))
        return true;
      for (FFI_EACH_MEMBER (m, layout))
        if (contains_aligned (m->type))
          return true;
      return false;
    }
  if (ffi_is_union (type))
    return true;
  if (ffi_looks_into (type))
    for (ffi_type **element = type->elements; *element != NULL; element++)
      if (contains_aligned (*element))
        return true;
  return false;
}

size_t
ffi_stack_alignment (const ffi_type *type)
{
  return ffi_is_struct (type) && contains_aligned (type) ? type->alignment : 4;
}
