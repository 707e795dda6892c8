/* SPDX-License-Identifier: MIT */
/* The part of types.c that knows ffi_types.h: layouts from the input, a model of what the
   library says of them, and their values.  */

#ifndef FUZZ_LAYOUTS_H
#define FUZZ_LAYOUTS_H

static struct
{
  ffi_layout layouts[NODES];
  ffi_member members[NODES][LIST];
} layouts;

/* The layout of TYPE, or null.  */
static const ffi_layout *
layout_of (const ffi_type *type)
{
  const ffi_type *first = type->elements != NULL ? type->elements[0] : NULL;

  if (type->type != FFI_TYPE_STRUCT || first == NULL || first->type < FFI_TYPE_LAYOUT
      || first->type > FFI_TYPE_FLOAT128)
    return NULL;
  return (const ffi_layout *) first;
}

static bool
is_number (const ffi_layout *layout)
{
  return layout->type.type >= FFI_TYPE_FLOAT16;
}

/* Whether TYPE is a _Float16 that the port passes.  */
static FFITEST_UNUSED bool
is_half (const ffi_type *type)
{
  return HALF != 0 && layout_of (type) != NULL
         && layout_of (type)->type.type == FFI_TYPE_FLOAT16
         && layout_of (type)->count == 0 && type->elements[1] == NULL && type->size == 2
         && type->alignment == 2;
}

/* Whether the port may refuse a struct for the TYPE of a member: Arm's FFI_VFP those of a
   few _Float16.  */
static bool
is_refused_inside (const ffi_type *type)
{
#ifdef __ARM_PCS_VFP
  return is_half (type);
#else
  (void) type;
  return false;
#endif
}

/* --- From the input --------------------------------------------------------- */

/* A member behind END bytes of a struct or union, most often where C would put it.  */
static ffi_member
take_member (struct input *input, bool in_union, size_t end)
{
  unsigned how = take (input), where = take (input);
  ffi_type *type = take_type (input);
  struct layout part = { BAD, 0, 0 };
  ffi_member m = { type, in_union ? 0 : end, 1, FFI_MEMBER_ONE };

  if (type != NULL)
    part = model_type (type);
  if (!in_union && part.verdict != BAD && part.verdict != UNKNOWN)
    m.offset = align_up (end, part.alignment);
  if (how % 8 == 7)
    m = (ffi_member){ type, 8 * m.offset, take (input) % 72, FFI_MEMBER_BITS };
  else if (how % 8 > 3)
    m = (ffi_member){ type, m.offset, take (input) % 8, FFI_MEMBER_ARRAY };
  if (where >= 240)
    m.offset = where == 255 ? SIZE_MAX - take (input) : take16 (input);
  else if (where >= 200)
    m.offset += where % 8;
  if (how > 250)
    {
      m.kind = (ffi_member_kind) (how % 5);
      m.count = take16 (input) * 0x10001u;
    }
  return m;
}

/* Make NODE, the graph's newest, an aggregate with a layout.  */
static void
take_layout (struct input *input, ffi_type *node)
{
  static const unsigned short codes[]
      = { FFI_TYPE_LAYOUT, FFI_TYPE_UNION,  FFI_TYPE_LAYOUT,  FFI_TYPE_UNION,
          FFI_TYPE_LAYOUT, FFI_TYPE_LAYOUT, FFI_TYPE_FLOAT16, FFI_TYPE_FLOAT128 };
  ffi_layout *layout = &layouts.layouts[graph.count];
  ffi_member *members = layouts.members[graph.count];
  unsigned how = take (input), n = take (input);
  size_t end = 0;

  layout->type = (ffi_type){ 0, 1, codes[how % ARRAY_SIZE (codes)], NULL };
  node->type = FFI_TYPE_STRUCT;
  graph.lists[graph.count][0] = &layout->type;
  graph.lists[graph.count][1] = how >= 248 ? &layout->type : NULL;
  node->elements = graph.lists[graph.count];
  if (is_number (layout))
    node->size = node->alignment = layout->type.type == FFI_TYPE_FLOAT16 ? 2 : 16;
  if (how / 8 % 4 == 3)
    {
      node->size = take_size (input);
      node->alignment = take_alignment (input);
    }
  layout->members = n != 255 ? members : NULL;
  layout->count = is_number (layout) && n < 240 ? 0 : n % (LIST + 1);
  if (n == 254)
    layout->count = SIZE_MAX - take (input);
  for (unsigned i = 0; i < layout->count && i < LIST; i++)
    {
      members[i] = take_member (input, layout->type.type == FFI_TYPE_UNION, end);
      if (members[i].type == NULL)
        continue;
      struct layout part = model_type (members[i].type);
      if (members[i].kind == FFI_MEMBER_BITS)
        end = members[i].offset / 8 + 1;
      else if (part.verdict != BAD && part.verdict != UNKNOWN)
        end = members[i].offset + members[i].count * part.size;
    }
}

/* --- What ffi_types.h says of it -------------------------------------------- */

/* The end of M, whose type has PART's layout, or SIZE_MAX if it is no good.  */
static size_t
member_end (const ffi_member *m, struct layout part)
{
  const size_t most = 1 << 30;
  size_t bytes;

  switch (m->kind)
    {
    case FFI_MEMBER_BITS:
      if (basic_of (m->type) == NULL || m->type->type == FFI_TYPE_POINTER
          || m->type->size > 8 || m->type->type == FFI_TYPE_FLOAT
          || m->type->type == FFI_TYPE_DOUBLE || m->type->type == FFI_TYPE_LONGDOUBLE
          || m->count > 8 * m->type->size || m->offset > SIZE_MAX / 2
          || (m->count == 0 && !ZERO_WIDTH))
        return SIZE_MAX;
      return (m->offset + m->count + 7) / 8;
    case FFI_MEMBER_ARRAY:
      if (m->count == 0 || part.size == 0)
        return SIZE_MAX;
      break;
    default:
      if (m->kind != FFI_MEMBER_ONE || m->count != 1)
        return SIZE_MAX;
    }
  if (m->offset > most || __builtin_mul_overflow (m->count, part.size, &bytes)
      || bytes > most)
    return SIZE_MAX;
  return m->offset + bytes;
}

static struct layout
model_number (const ffi_type *type, const ffi_layout *layout)
{
  bool half = layout->type.type == FFI_TYPE_FLOAT16;
  size_t size = half ? 2 : 16;
  struct layout number = { BAD, size, size };

  if (layout->count == 0 && type->size == size && type->alignment == size
      && (half ? HALF != 0 : QUAD != 0))
    number.verdict = SOUND;
  return number;
}

/* As model_struct, for one with LAYOUT.  */
static struct layout
model_layout (const ffi_type *type, const ffi_layout *layout, unsigned depth,
              unsigned *budget)
{
  const struct layout bad = { BAD, 0, 0 };
  struct layout all = { SOUND, 0, 1 };
  bool starts = false;

  if (type->elements[1] != NULL || layout->count > 1 << 20
      || (layout->count != 0 && layout->members == NULL))
    return bad;
  if (is_number (layout))
    return model_number (type, layout);
  if (layout->count == 0 && (type->size != 1 || depth != 0))
    return bad;
  for (size_t i = 0; i < layout->count; i++)
    {
      const ffi_member *m = &layout->members[i];
      if (m->type == NULL)
        return bad;
      struct layout part = model (m->type, depth + 1, budget);
      if (part.verdict == BAD || part.verdict == UNKNOWN)
        return part;
      if (part.verdict == OK)
        all.verdict = OK;
      if (is_refused_inside (m->type))
        return (struct layout){ UNKNOWN, 0, 0 };
      size_t end = member_end (m, part);
      if (end == SIZE_MAX || (type->size != 0 && end > type->size)
          || (layout->type.type == FFI_TYPE_UNION && m->offset != 0))
        return bad;
      starts |= end != 0 && (m->kind == FFI_MEMBER_BITS ? m->offset / 8 : m->offset) == 0;
      if (end > all.size)
        all.size = end;
      if (part.alignment > all.alignment)
        all.alignment = part.alignment;
    }
  if (layout->count != 0 && !starts)
    return bad;
  all.size = align_up (all.size, all.alignment);
  if (type->size == 0)
    return all;
  if (!is_power (type->alignment))
    return bad;
  if (type->size != all.size || type->alignment != all.alignment)
    all = (struct layout){ OK, type->size, type->alignment };
  return all;
}

/* --- Values ----------------------------------------------------------------- */

/* Set the bytes of CARRIED that hold a value if a TYPE lies at AT, below ROOM.  */
static void
mark_carried (const ffi_type *type, size_t at, size_t room, bool *carried)
{
  size_t size = type->size, offset = 0;
  const ffi_layout *layout = layout_of (type);

  if (at > room || size > room - at)
    return;
  if (layout != NULL && !is_number (layout))
    for (size_t i = 0; i < layout->count; i++)
      {
        const ffi_member *m = &layout->members[i];
        size_t step = m->type->size;
        if (m->kind == FFI_MEMBER_BITS)
          for (size_t b = (m->offset + 7) / 8; b < (m->offset + m->count) / 8; b++)
            carried[at + b] = true;
        else
          for (size_t n = 0; n < m->count; n++)
            mark_carried (m->type, at + m->offset + n * step, room, carried);
      }
  else if (layout == NULL && type->type == FFI_TYPE_STRUCT)
    {
      /* Where elements of others lie is for walk_struct to say.  */
      if (!is_filled (type, elements_end (type, SIZE_MAX)))
        return;
      for (ffi_type **e = type->elements; *e != NULL; e++)
        {
          offset = align_up (offset, (*e)->alignment);
          mark_carried (*e, at + offset, at + size, carried);
          offset += (*e)->size;
        }
    }
  else if (type->type == FFI_TYPE_COMPLEX || type->type == FFI_TYPE_VECTOR)
    for (; offset < size; offset += type->elements[0]->size)
      mark_carried (type->elements[0], at + offset, at + size, carried);
  else
    {
      /* Behind ten bytes there is padding.  */
      if (type->type == FFI_TYPE_LONGDOUBLE && __LDBL_MANT_DIG__ == 64 && size > 10)
        size = 10;
      memset (carried + at, true, size);
    }
}

/* As walk_value, for structs with a layout: its members may overlap.  The bytes are those
   of floating-point numbers, and none is a NaN.  */
static void
walk_layout (const ffi_type *type, char *to, bool check)
{
  static bool carried[VALUE_MAX];

  memset (carried, false, type->size);
  mark_carried (type, 0, type->size, carried);
  for (size_t i = 0; i < type->size; i++)
    if (carried[i])
      {
        unsigned char byte = next_byte () % 0x70;
        if (check)
          CHECK_UINT ((unsigned char) to[i], byte);
        to[i] = (char) byte;
      }
}

#endif
