/* SPDX-License-Identifier: MIT */
#include "type_copy.h"
#include "bounds.h"
#include "layout.h"
#include <link.h>
#include <string.h>
#include <sys/auxv.h>

/* --- Constants ---------------------------------------------------------------- */

/* Whether TYPE is in a part of the executable that is read-only once the program runs.
   Linkers put there the copies of ffi_type_... whose addresses programs compare.  */
static FFI_COLD bool
is_constant_of_executable (const ffi_type *type)
{
  const ElfW (Phdr) *segments = (const ElfW (Phdr) *) getauxval (AT_PHDR);
  size_t count = getauxval (AT_PHNUM);
  uintptr_t page = getauxval (AT_PAGESZ), bias = 0;
  uintptr_t start = (uintptr_t) type, end = start + sizeof *type;

  for (size_t i = 0; i < count; i++)
    if (segments[i].p_type == PT_PHDR)
      bias = (uintptr_t) segments - segments[i].p_vaddr;
  for (size_t i = 0; i < count; i++)
    {
      uintptr_t from = bias + segments[i].p_vaddr, to = from + segments[i].p_memsz;
      bool constant = segments[i].p_type == PT_LOAD && !(segments[i].p_flags & PF_W);
      if (segments[i].p_type == PT_GNU_RELRO)
        {
          /* The loader protects whole pages.  */
          to &= -page;
          constant = true;
        }
      if (constant && start >= from && end <= to)
        return true;
    }
  return false;
}

static FFI_COLD bool
is_constant (const ffi_type *type)
{
  return ffi_type_is_own (type) || is_constant_of_executable (type);
}

/* --- Copies ------------------------------------------------------------------- */

static FFI_COLD void *
take_space (struct ffi_type_buffer *buffer, size_t size)
{
  char *start = buffer->start + buffer->used;

  buffer->used += size;
  return buffer->used <= buffer->size ? start : NULL;
}

static ffi_type *copy_type (struct ffi_type_buffer *buffer, ffi_type *type);

/* Copy a list of N types, and a null pointer behind it.  One that comes again and again,
   as in an array, is copied once.  */
static FFI_COLD ffi_type **
copy_list (struct ffi_type_buffer *buffer, ffi_type **types, size_t n)
{
  ffi_type **copy = take_space (buffer, (n + 1) * sizeof *copy), *last = NULL;

  for (size_t i = 0; i < n; i++)
    {
      if (i == 0 || types[i] != types[i - 1])
        last = copy_type (buffer, types[i]);
      if (copy != NULL)
        copy[i] = last;
    }
  if (copy != NULL)
    copy[n] = NULL;
  return copy;
}

/* Copy the scalar TYPE, in which VALUE was.  */
static FFI_COLD ffi_type *
copy_scalar (struct ffi_type_buffer *buffer, ffi_type *type, ffi_type value)
{
  if (is_constant (type))
    return type;
  value.elements = NULL;
  if (value.type > FFI_TYPE_LAST)
    value.type = FFI_TYPE_VOID; /* None that was prepared.  */
  ffi_type *known = &buffer->scalars[value.type], **copy = &buffer->copies[value.type];
  if (known->size != value.size || known->alignment != value.alignment
      || known->type != value.type)
    {
      *known = value;
      *copy = take_space (buffer, sizeof value);
      if (*copy != NULL)
        **copy = value;
    }
  return *copy;
}

/* Copy LAYOUT, and the types of its members.  */
static FFI_COLD ffi_type *
copy_layout (struct ffi_type_buffer *buffer, const ffi_layout *layout)
{
  ffi_layout *copy = take_space (buffer, sizeof *copy);
  ffi_member *to = take_space (buffer, layout->count * sizeof *to);

  if (copy != NULL)
    *copy = (ffi_layout){ layout->type, layout->count, to };
  for (size_t i = 0; i < layout->count; i++)
    {
      ffi_member member = layout->members[i];
      member.type = copy_type (buffer, member.type);
      if (to != NULL)
        to[i] = member;
    }
  return copy != NULL ? &copy->type : NULL;
}

/* Copy TYPE.  What is in a struct that no calling convention looks into is for handlers,
   and only if it can be walked through: ffi_prep_cif has not checked it.  */
static FFI_COLD ffi_type *
copy_type (struct ffi_type_buffer *buffer, ffi_type *type)
{
  ffi_type value = *type;
  size_t n = 1;

  if (ffi_as_layout (type) != NULL)
    return copy_layout (buffer, ffi_as_layout (type));
  if (value.type != FFI_TYPE_STRUCT && value.type != FFI_TYPE_COMPLEX
      && value.type != FFI_TYPE_VECTOR)
    return copy_scalar (buffer, type, value);
  ffi_type *copy = take_space (buffer, sizeof *copy);
  if (value.type == FFI_TYPE_STRUCT && !ffi_port_looks_into (type)
      && !ffi_struct_is_sound (type))
    value.elements = NULL;
  else
    {
      if (value.type == FFI_TYPE_STRUCT)
        for (n = 0; value.elements[n] != NULL;)
          n++;
      value.elements = copy_list (buffer, value.elements, n);
    }
  if (copy != NULL)
    *copy = value;
  return copy;
}

FFI_COLD void
ffi_copy_types (struct ffi_type_buffer *buffer, ffi_cif *cif)
{
  /* With no type code: none is known.  */
  memset (buffer->scalars, 0xff, sizeof buffer->scalars);
  cif->arg_types = copy_list (buffer, cif->arg_types, cif->nargs);
  cif->rtype = copy_type (buffer, cif->rtype);
}
