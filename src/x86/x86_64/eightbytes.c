/* SPDX-License-Identifier: MIT */
/* Any aggregate's eightbytes: its members, wherever they are, merged one after the
   other.  */

#include "eightbytes.h"
#include "preset.h"

static inline enum eightbyte
merge (enum eightbyte a, enum eightbyte b)
{
  if (a == b || b == NO_CLASS)
    return a;
  if (a == NO_CLASS)
    return b;
  if (a == MEMORY || b == MEMORY)
    return MEMORY;
  if (a == INTEGER || b == INTEGER)
    return INTEGER;
  if (a == X87 || a == X87UP || b == X87 || b == X87UP)
    return MEMORY;
  return SSE;
}

/* Merge a scalar of SIZE bytes, a power of two, at OFFSET: FIRST in its first
   eightbyte, REST in the others.  False if the whole must go to memory.  */
static FFI_COLD inline bool
put (struct eightbytes *c, size_t offset, size_t size, enum eightbyte first,
     enum eightbyte rest)
{
  size_t end = offset + size < c->limit ? offset + size : c->limit;

  if ((offset & (size - 1)) != 0)
    return false;
  for (size_t at = offset; at < end; at += 8)
    c->classes[at / 8] = merge (c->classes[at / 8], at == offset ? first : rest);
  return true;
}

/* The class of scalars of one eightbyte.  */
static const enum eightbyte scalar_eightbyte[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = INTEGER,    [FFI_TYPE_FLOAT] = SSE,      [FFI_TYPE_DOUBLE] = SSE,
  [FFI_TYPE_UINT8] = INTEGER,  [FFI_TYPE_SINT8] = INTEGER,  [FFI_TYPE_UINT16] = INTEGER,
  [FFI_TYPE_SINT16] = INTEGER, [FFI_TYPE_UINT32] = INTEGER, [FFI_TYPE_SINT32] = INTEGER,
  [FFI_TYPE_UINT64] = INTEGER, [FFI_TYPE_SINT64] = INTEGER, [FFI_TYPE_POINTER] = INTEGER,
};

static bool classify_struct (struct eightbytes *c, const ffi_type *type, size_t offset);

/* Classify the eightbytes of a value of TYPE that starts at OFFSET.  */
static FFI_COLD bool
classify (struct eightbytes *c, const ffi_type *type, size_t offset)
{
  switch (type->type)
    {
    case FFI_TYPE_LONGDOUBLE:
      return put (c, offset, type->size, X87, X87UP);
    case FFI_TYPE_VECTOR:
      return put (c, offset, type->size, vector_eightbyte (type), SSEUP);
    case FFI_TYPE_COMPLEX:
      type = type->elements[0];
      return classify (c, type, offset) && classify (c, type, offset + type->size);
    case FFI_TYPE_STRUCT:
      return classify_struct (c, type, offset);
    case FFI_TYPE_UINT128:
    case FFI_TYPE_SINT128:
      return put (c, offset, type->size, INTEGER, INTEGER);
    default:
      return put (c, offset, type->size, scalar_eightbyte[type->type], NO_CLASS);
    }
}

/* A bit-field is an integer in each eightbyte that has some of it.  */
static FFI_COLD void
put_bits (struct eightbytes *c, const ffi_member *m, size_t offset)
{
  size_t end = offset + ffi_member_end (m), start = offset + ffi_member_start (m);

  for (size_t at = start & ~(size_t) 7; m->count != 0 && at < end && at < c->limit;
       at += 8)
    c->classes[at / 8] = merge (c->classes[at / 8], INTEGER);
}

static FFI_COLD bool
classify_layout (struct eightbytes *c, const ffi_layout *layout, size_t offset)
{
  if (ffi_is_number (layout))
    return put (c, offset, ffi_number_size (layout->type.type), SSE, SSEUP);
  for (FFI_EACH_MEMBER (m, layout))
    {
      size_t at = offset + m->offset;
      if (m->kind == FFI_MEMBER_BITS)
        put_bits (c, m, offset);
      else
        for (unsigned i = 0; i < m->count && at < c->limit; i++, at += m->type->size)
          if (!classify (c, m->type, at))
            return false;
    }
  return true;
}

/* Have the eightbytes from START to the limit that have no class go on like the one
   before.  */
static FFI_COLD void
continue_classes (struct eightbytes *c, size_t start)
{
  for (size_t i = start < 8 ? 1 : start / 8; i < c->limit / 8; i++)
    if (c->classes[i] == NO_CLASS)
      c->classes[i] = c->classes[i - 1] == SSEUP ? SSE : c->classes[i - 1];
}

static FFI_COLD bool
classify_struct (struct eightbytes *c, const ffi_type *type, size_t offset)
{
  const size_t outer = c->limit, end = FFI_ALIGN_UP (offset + type->size, (size_t) 8);
  size_t packing, at = 0;

  if (!ffi_port_looks_into (type))
    return false;
  const ffi_layout *layout = ffi_layout_of (type);
  if (layout != NULL)
    return classify_layout (c, layout, offset);
  if (end < outer)
    c->limit = end;
  packing = ffi_packing (type);
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      size_t start = ffi_element_offset (at, *e, packing);
      if (offset + start >= c->limit)
        break;
      if (!classify (c, *e, offset + start))
        return false;
      at = (*e)->size < c->limit ? start + (*e)->size : c->limit;
    }
  if (!ffi_is_filled (type, at))
    continue_classes (c, offset + at);
  c->limit = outer;
  return true;
}

bool
ffi_classify_eightbytes (struct eightbytes *all, const ffi_type *type)
{
  return classify_struct (all, type, 0);
}
