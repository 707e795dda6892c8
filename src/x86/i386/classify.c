/* SPDX-License-Identifier: MIT */
/* The calling conventions of i386, and where they put arguments.

   cdecl, stdcall, thiscall and fastcall are as GCC has them on Linux: psABI for
   i386, and for registers GCC's attributes.  pascal and register are Borland's, as
   in Delphi: aggregates larger than a word are passed by address, those of 1, 2 and
   4 bytes are returned in eax, and for others the result's address is passed after
   the declared arguments.  */

#include "classify.h"
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

/* Is a value of TYPE a floating-point or complex number for GCC, even if wrapped in
   structs that are no larger than that?  */
static bool
is_floating (const ffi_type *type)
{
  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
    case FFI_TYPE_LONGDOUBLE:
    case FFI_TYPE_COMPLEX:
      return true;
    case FFI_TYPE_STRUCT:
      if (type->size > FFI_MAX_CLASSIFIED || ffi_is_union (type))
        return false;
      for (ffi_type **element = type->elements; *element != NULL; element++)
        if ((*element)->size != 0)
          return (*element)->size == type->size && is_floating (*element);
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
  if (type->type != FFI_TYPE_STRUCT || ffi_is_union (type))
    return true;
  if (type->size <= FFI_MAX_CLASSIFIED)
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

/* Under GCC's conventions aggregates use up registers as well, although they travel on
   the stack.  */
struct ffi_loc
ffi_next_aggregate (struct ffi_assign *a, const ffi_type *type)
{
  const struct convention *convention = a->convention;
  const bool by_address = ffi_is_by_address (convention, type);
  size_t size = by_address ? 4 : FFI_ALIGN_UP (type->size, (size_t) 4), align = 4;

  if (type->type == FFI_TYPE_VOID)
    return (struct ffi_loc){ .kind = LOC_NONE };
  if (a->ngrn < convention->count)
    {
      if (by_address)
        {
          struct ffi_loc loc = ffi_next_register (a);
          loc.by_address = true;
          return loc;
        }
      if (!convention->left_to_right && !is_floating (type))
        a->ngrn += size / 4;
    }
  if (!convention->left_to_right)
    align = ffi_stack_alignment (type);
  if (align > a->align)
    a->align = align;
  struct ffi_loc loc = ffi_next_stack (a, size, align);
  loc.by_address = by_address;
  return loc;
}
