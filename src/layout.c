/* SPDX-License-Identifier: MIT */
/* Check types, and lay out the aggregates among them that have no size yet.  */

#include "layout.h"
#include "port.h"
#include "preset.h"
#include "scalar.h"

/* How far a walk over one type may still go.  Element lists come from the
   caller: they may contain themselves, or share children so that the number
   of paths is exponential.  */
struct walk
{
  unsigned depth;
  unsigned structs;
  bool whole; /* also into what no convention looks into, up to FFI_MAX_CLASSIFIED */
};

static ffi_status check (ffi_type *type, struct walk *walk);

#if FFI_TYPE_LONGDOUBLE == FFI_TYPE_DOUBLE
#define LONGDOUBLE_IS_DOUBLE
#endif

const struct ffi_scalar ffi_scalars[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_VOID] = { 0, 1 },
  [FFI_TYPE_INT] = { FFI_SCALAR (int) },
  [FFI_TYPE_FLOAT] = { FFI_SCALAR (float) },
  [FFI_TYPE_DOUBLE] = { FFI_SCALAR (double) },
  [FFI_TYPE_UINT8] = { FFI_SCALAR (uint8_t) },
  [FFI_TYPE_SINT8] = { FFI_SCALAR (int8_t) },
  [FFI_TYPE_UINT16] = { FFI_SCALAR (uint16_t) },
  [FFI_TYPE_SINT16] = { FFI_SCALAR (int16_t) },
  [FFI_TYPE_UINT32] = { FFI_SCALAR (uint32_t) },
  [FFI_TYPE_SINT32] = { FFI_SCALAR (int32_t) },
  [FFI_TYPE_UINT64] = { FFI_SCALAR (uint64_t) },
  [FFI_TYPE_SINT64] = { FFI_SCALAR (int64_t) },
  [FFI_TYPE_POINTER] = { FFI_SCALAR (void *) },
#ifdef FFI_TARGET_HAS_INT128
  [FFI_TYPE_UINT128] = { FFI_SCALAR (unsigned __int128) },
  [FFI_TYPE_SINT128] = { FFI_SCALAR (__int128) },
#endif
#ifndef LONGDOUBLE_IS_DOUBLE
  [FFI_TYPE_LONGDOUBLE] = { FFI_SCALAR (long double) },
#endif
};

/* Check the elements of a struct of TYPE.  */
static ffi_status
check_elements (const ffi_type *type, struct walk *walk)
{
  const struct ffi_scalar *table = ffi_scalars;

  FFI_ONCE (table);
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if (!ffi_is_scalar_of (*element, table))
      {
        ffi_status status = check (*element, walk);
        if (status != FFI_OK)
          return status;
      }
  return FFI_OK;
}

/* Check member M of an aggregate of SIZE bytes, or of a size to be computed if that is 0.
 */
static FFI_COLD ffi_status
check_member (const ffi_member *m, size_t size, struct walk *walk)
{
  ffi_status status = check (m->type, walk);
  size_t bytes;

  if (status != FFI_OK)
    return status;
  switch (m->kind)
    {
    case FFI_MEMBER_BITS:
      if (!ffi_is_integer (m->type) || m->count > 8 * m->type->size
          || m->offset > SIZE_MAX / 2)
        return FFI_BAD_TYPEDEF;
      if (m->count == 0 && !PORT_ZERO_WIDTH)
        return FFI_BAD_ARGTYPE;
      break;
    case FFI_MEMBER_ARRAY:
      if (m->count == 0 || m->type->size == 0)
        return FFI_BAD_TYPEDEF;
      break;
    case FFI_MEMBER_ONE:
      if (m->count == 1)
        break;
      /* fallthrough */
    default:
      return FFI_BAD_TYPEDEF;
    }
  if (m->kind != FFI_MEMBER_BITS
      && (m->offset > FFI_MAX_ARG_SIZE
          || __builtin_mul_overflow (m->count, m->type->size, &bytes)
          || bytes > FFI_MAX_ARG_SIZE))
    return FFI_BAD_TYPEDEF;
  return size != 0 && ffi_member_end (m) > size ? FFI_BAD_TYPEDEF : FFI_OK;
}

/* Check TYPE, a floating-point number of CODE.  */
static FFI_COLD ffi_status
check_number (const ffi_type *type, unsigned code)
{
  const size_t size = ffi_number_size (code);

  if (type->size != size || type->alignment != size)
    return FFI_BAD_TYPEDEF;
  if (code == FFI_TYPE_FLOAT16)
    return PORT_FLOAT16 != 0 ? FFI_OK : FFI_BAD_ARGTYPE;
  return PORT_FLOAT128 != 0 ? FFI_OK : FFI_BAD_ARGTYPE;
}

/* Check the LAYOUT of TYPE; lay TYPE out if its size is 0.  The first byte must be that
   of a member: no location has a register's first bytes unused.  */
static FFI_COLD ffi_status
check_layout (ffi_type *type, const ffi_layout *layout, struct walk *walk)
{
  size_t size = 0, alignment = 1;
  bool starts = false;

  if (type->elements[1] != NULL || layout->count > walk->structs
      || (layout->count != 0 && layout->members == NULL))
    return FFI_BAD_TYPEDEF;
  if (ffi_is_number (layout))
    return layout->count != 0 ? FFI_BAD_TYPEDEF : check_number (type, layout->type.type);
  if (layout->count == 0)
    return type->size != 1                      ? FFI_BAD_TYPEDEF
           : walk->depth != FFI_MAX_NESTING - 1 ? FFI_BAD_ARGTYPE
                                                : FFI_OK;
  walk->structs -= layout->count;
  for (FFI_EACH_MEMBER (m, layout))
    {
      ffi_status status = check_member (m, type->size, walk);
      if (status != FFI_OK)
        return status;
      if (layout->type.type == FFI_TYPE_UNION && m->offset != 0)
        return FFI_BAD_TYPEDEF;
      starts |= ffi_member_start (m) == 0 && ffi_member_end (m) != 0;
      if (ffi_member_end (m) > size)
        size = ffi_member_end (m);
      if (m->type->alignment > alignment)
        alignment = m->type->alignment;
    }
  if (!starts)
    return FFI_BAD_ARGTYPE;
  if (type->size == 0)
    {
      type->alignment = alignment;
      type->size = FFI_ALIGN_UP (size, alignment);
    }
  return FFI_OK;
}

/* Lay out a struct whose elements are.  */
static FFI_COLD ffi_status
lay_out (ffi_type *type)
{
  size_t size = 0, alignment = 1;

  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      size_t a = (*element)->alignment;
      size_t start = FFI_ALIGN_UP (size, a);
      if (start < size || __builtin_add_overflow (start, (*element)->size, &size))
        return FFI_BAD_TYPEDEF;
      if (a > alignment)
        alignment = a;
    }
  size_t padded = FFI_ALIGN_UP (size, alignment);
  if (padded < size)
    return FFI_BAD_TYPEDEF;
  type->alignment = alignment;
  type->size = padded;
  return FFI_OK;
}

/* Lay out a struct whose size is still 0.  One that has a size is believed, see preset.h;
   its elements are looked at only where a calling convention would.  */
static ffi_status
check_struct (ffi_type *type, struct walk *walk)
{
  if (type->elements == NULL)
    return FFI_BAD_TYPEDEF;
  if (type->size != 0 && !ffi_port_looks_into (type)
      && (!walk->whole || type->size > FFI_MAX_CLASSIFIED))
    return FFI_OK;
  if (walk->structs-- == 0 || walk->depth-- == 0)
    return FFI_BAD_TYPEDEF;
  const ffi_layout *layout = ffi_layout_of (type);
  ffi_status status = unlikely (layout != NULL) ? check_layout (type, layout, walk)
                                                : check_elements (type, walk);
  walk->depth++;
  return status == FFI_OK && type->size == 0 ? lay_out (type) : status;
}

static ffi_status
check_complex (ffi_type *type)
{
  const ffi_type *part = type->elements != NULL ? type->elements[0] : NULL;

  if (part == NULL || part->type == FFI_TYPE_POINTER || !ffi_is_scalar (part))
    return FFI_BAD_TYPEDEF;
  if (type->size == 0)
    {
      type->alignment = part->alignment;
      type->size = 2 * part->size;
    }
  return type->size == 2 * part->size && ffi_valid_alignment (type->alignment)
             ? FFI_OK
             : FFI_BAD_TYPEDEF;
}

#ifdef FFI_TARGET_HAS_VECTOR_TYPE
#define HAS_VECTORS 1
#else
#define HAS_VECTORS 0
#endif

/* Compilers align vectors to their size, but no further than they align this one.  GCC's
   _Alignof would look at its flags as well.  */
typedef char widest_vector __attribute__ ((vector_size (64)));
#define MAX_ALIGNMENT __alignof__(widest_vector)

/* The size of a vector of N lanes of SIZE bytes: a power of two.  */
static FFI_COLD size_t
vector_size (size_t n, size_t size)
{
  size_t rounded = 1;

  while (rounded < n * size)
    rounded *= 2;
  return rounded;
}

static FFI_COLD bool
is_lane (const ffi_type *type)
{
  return ffi_is_scalar (type)
         || (type->elements != NULL && ffi_is_float16 (type)
             && check_number (type, FFI_TYPE_FLOAT16) == FFI_OK);
}

/* A vector's lanes are either counted by its size or listed one by one.  */
static FFI_COLD ffi_status
check_vector (ffi_type *type)
{
  const ffi_type *lane = type->elements != NULL ? type->elements[0] : NULL;

  if (lane == NULL || !is_lane (lane))
    return FFI_BAD_TYPEDEF;
  if (type->size == 0)
    {
      size_t n = 0;
      while (type->elements[n] == lane && n < 64)
        n++;
      type->size = vector_size (n, lane->size);
      type->alignment = type->size < MAX_ALIGNMENT ? type->size : MAX_ALIGNMENT;
    }
  const size_t least = PORT_FLOAT16;
  if (ffi_is_float16 (lane) && type->size < least)
    return FFI_BAD_ARGTYPE;
  /* A single lane of less than 8 bytes is no vector that compilers agree on.  */
  return ffi_valid_alignment (type->size) && type->size <= 64
                 && (type->size >= 8 || type->size >= 2 * lane->size)
                 && ffi_valid_alignment (type->alignment)
             ? FFI_OK
             : FFI_BAD_TYPEDEF;
}

static ffi_status
check (ffi_type *type, struct walk *walk)
{
  ffi_status status;

  if (type == NULL)
    return FFI_BAD_TYPEDEF;
  if (ffi_is_scalar (type))
    return FFI_OK;
  switch (type->type)
    {
    case FFI_TYPE_STRUCT:
      status = check_struct (type, walk);
      break;
    case FFI_TYPE_COMPLEX:
      status = check_complex (type);
      break;
    case FFI_TYPE_VECTOR:
      status = HAS_VECTORS ? check_vector (type) : FFI_BAD_TYPEDEF;
      break;
    default:
      return FFI_BAD_TYPEDEF;
    }
  if (status == FFI_OK && !ffi_valid_alignment (type->alignment))
    status = FFI_BAD_TYPEDEF;
  return status;
}

/* Check TYPE and all that it consists of, and lay it out if it is an aggregate of size
   0.  */
static ffi_status
check_type (ffi_type *type, unsigned *structs)
{
  struct walk walk = { FFI_MAX_NESTING, *structs, false };
  ffi_status status = check (type, &walk);

  *structs = walk.structs;
  return status == FFI_OK && type->size > FFI_MAX_ARG_SIZE ? FFI_BAD_TYPEDEF : status;
}

FFI_COLD bool
ffi_struct_is_sound (ffi_type *type)
{
  struct walk walk = { FFI_MAX_NESTING, FFI_MAX_STRUCTS, true };

  return type->size <= FFI_MAX_CLASSIFIED && check (type, &walk) == FFI_OK;
}

/* A void of size 0 is a mistake.  */
static bool
is_void (const ffi_type *type)
{
  return type->type == FFI_TYPE_VOID && type->size != 0;
}

ffi_status
ffi_check_result (ffi_type *type, unsigned *structs)
{
  if (type == NULL)
    return FFI_BAD_TYPEDEF;
  if (ffi_is_scalar_or_void (type))
    return FFI_OK;
  return check_type (type, structs);
}

ffi_status
ffi_check_argument (ffi_type *type, unsigned *structs)
{
  if (type == NULL)
    return FFI_BAD_TYPEDEF;
  if (ffi_is_scalar_value (type) || is_void (type))
    return FFI_OK;
  return check_type (type, structs);
}

FFI_COLD ffi_status
ffi_get_struct_offsets (ffi_abi abi, ffi_type *struct_type, size_t *offsets)
{
  unsigned structs = FFI_MAX_STRUCTS;

  if (!ffi_port_has_abi (abi))
    return FFI_BAD_ABI;
  if (struct_type == NULL || struct_type->type != FFI_TYPE_STRUCT
      || check_type (struct_type, &structs) != FFI_OK)
    return FFI_BAD_TYPEDEF;
  if (offsets == NULL)
    return FFI_OK;

  const ffi_layout *layout = ffi_layout_of (struct_type);
  if (layout != NULL)
    {
      struct walk walk = { FFI_MAX_NESTING - 1, structs, true };
      if (check_layout (struct_type, layout, &walk) != FFI_OK)
        return FFI_BAD_TYPEDEF;
      for (FFI_EACH_MEMBER (m, layout))
        *offsets++ = ffi_member_start (m);
      return FFI_OK;
    }
  ffi_type **elements = struct_type->elements;
  for (ffi_type **element = elements; *element != NULL; element++)
    if (check_type (*element, &structs) != FFI_OK)
      return FFI_BAD_TYPEDEF;
  size_t offset = 0, packing = ffi_packing (struct_type);
  for (ffi_type **element = elements; *element != NULL; element++)
    {
      offset = ffi_element_offset (offset, *element, packing);
      *offsets++ = offset;
      offset += (*element)->size;
    }
  return FFI_OK;
}
