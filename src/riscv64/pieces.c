/* SPDX-License-Identifier: MIT */
/* As what values are passed that no register holds as a whole: found by one look at a
   type that has not been checked, if it is a common one, which that checks.  */

#include "classify.h"
#include "layout.h"
#include "preset.h"

const struct ffi_loc ffi_pieces_locs[PIECES_OTHER] = {
#define ONE(kind_, size_)                                                                \
  {                                                                                      \
    .kind = kind_, .count = 1, .size = size_                                             \
  }
#define ALIKE(size_)                                                                     \
  {                                                                                      \
    .kind = LOC_FPR, .count = 2, .size = size_                                           \
  }
#define TWO(kind_, size_, second_, last_)                                                \
  {                                                                                      \
    .kind = kind_, .count = 2, .size = size_, .second = second_, .last = last_           \
  }
  [PIECES_F] = ONE (LOC_FPR, 4),
  [PIECES_D] = ONE (LOC_FPR, 8),
  [PIECES_F_F] = ALIKE (4),
  [PIECES_F_D] = TWO (LOC_FPR_FPR, 4, 8, 8),
  [PIECES_D_F] = TWO (LOC_FPR_FPR, 8, 8, 4),
  [PIECES_D_D] = ALIKE (8),
  [PIECES_F_W] = TWO (LOC_FPR_GPR, 4, 4, 4),
  [PIECES_F_L] = TWO (LOC_FPR_GPR, 4, 8, 8),
  [PIECES_D_L] = TWO (LOC_FPR_GPR, 8, 8, 8),
  [PIECES_W_F] = TWO (LOC_GPR_FPR, 8, 4, 4),
  [PIECES_L_F] = TWO (LOC_GPR_FPR, 8, 8, 4),
  [PIECES_L_D] = TWO (LOC_GPR_FPR, 8, 8, 8),
#undef ONE
#undef ALIKE
#undef TWO
};

enum
{
  LEAVES = 2 /* of a struct that is flattened */
};

/* What a leaf is, in the two highest bits of a byte, above a bit that each has.  */
enum
{
  LEAF = 0x20,
  LEAF_OTHER = LEAF, /* a struct with one is not flattened */
  LEAF_INTEGER = LEAF | 1 << 6,
  LEAF_FLOAT = LEAF | 2 << 6,
  LEAF_DOUBLE = LEAF | 3 << 6,
  LEAF_KIND = 0xe0,
  LEAF_SIZE = 31,
  LEAF_AT = 31
};

/* By type code, a scalar's leaf and its size, which is its alignment as well.  */
static const unsigned char scalar_leaves[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = LEAF_INTEGER | 4,    [FFI_TYPE_FLOAT] = LEAF_FLOAT | 4,
  [FFI_TYPE_DOUBLE] = LEAF_DOUBLE | 8,  [FFI_TYPE_LONGDOUBLE] = LEAF_OTHER | 16,
  [FFI_TYPE_UINT8] = LEAF_INTEGER | 1,  [FFI_TYPE_SINT8] = LEAF_INTEGER | 1,
  [FFI_TYPE_UINT16] = LEAF_INTEGER | 2, [FFI_TYPE_SINT16] = LEAF_INTEGER | 2,
  [FFI_TYPE_UINT32] = LEAF_INTEGER | 4, [FFI_TYPE_SINT32] = LEAF_INTEGER | 4,
  [FFI_TYPE_UINT64] = LEAF_INTEGER | 8, [FFI_TYPE_SINT64] = LEAF_INTEGER | 8,
  [FFI_TYPE_POINTER] = LEAF_OTHER | 8,  [FFI_TYPE_UINT128] = LEAF_OTHER | 16,
  [FFI_TYPE_SINT128] = LEAF_OTHER | 16,
};

/* By the kinds of two leaves, and whether the second is at 8; otherwise it is at 4.  */
static const unsigned char pieces_of_two[32] = {
#define TWO(first, second, far) [(first) << 3 | (second) << 1 | (far)]
  TWO (1, 2, 0) = PIECES_W_F, TWO (1, 2, 1) = PIECES_L_F,   TWO (1, 3, 1) = PIECES_L_D,
  TWO (2, 1, 0) = PIECES_F_W, TWO (2, 1, 1) = PIECES_F_L,   TWO (2, 2, 0) = PIECES_F_F,
  TWO (2, 3, 1) = PIECES_F_D, TWO (2, 2, 1) = PIECES_OTHER, TWO (3, 1, 1) = PIECES_D_L,
  TWO (3, 2, 1) = PIECES_D_F, TWO (3, 3, 1) = PIECES_D_D,
#undef TWO
};

/* The pieces of a struct of TYPE that consists of LEAVES, each a byte with kind and
   offset, the last one lowest.  */
static inline unsigned
pieces_of_leaves (const ffi_type *type, uint64_t leaves)
{
  unsigned pieces, size;

  if (leaves >> 16 != 0)
    return PIECES_WORDS;
  if (leaves >> 8 == 0)
    {
      if (leaves < LEAF_FLOAT)
        return PIECES_WORDS;
      pieces = leaves < LEAF_DOUBLE ? PIECES_F : PIECES_D;
      size = leaves < LEAF_DOUBLE ? 4 : 8;
    }
  else
    {
      unsigned at = leaves & LEAF_AT;
      pieces
          = pieces_of_two[(leaves >> 14 & 3) << 3 | (leaves >> 6 & 3) << 1 | (at == 8)];
      if (pieces == PIECES_WORDS)
        return PIECES_WORDS;
      size = at == 4 || at == 8 ? 2 * at : 0;
    }
  return type->size == size && type->alignment <= 8 ? pieces : PIECES_OTHER;
}

/* Where in an outer struct of TYPE, whose first byte is at START, a look goes on.  */
struct outer
{
  ffi_type **next;
  const ffi_type *type;
  size_t start;
};

enum
{
  DEEPEST = 4
};

/* The pieces of a struct of TYPE, of up to STRUCT_WORDS bytes, which has elements.  */
FFI_INLINE unsigned
look_into (const ffi_type *type)
{
  const unsigned char *table = scalar_leaves;
  struct outer outer[DEEPEST], *last = outer;
  ffi_type **next = type->elements;
  const ffi_type *in = type, *e;
  size_t at = 0, start = 0;
  uint64_t leaves = 0;

  FFI_ONCE (table);
  for (;;)
    {
      while ((e = *next++) != NULL)
        {
          const size_t code = e->type;
          if (code > FFI_TYPE_LAST)
            return PIECES_UNTOLD;
          const size_t leaf = table[code], size = leaf & LEAF_SIZE;
          if (leaf != 0)
            {
              if (e->size != size || e->alignment != size)
                return PIECES_UNTOLD;
              at = FFI_ALIGN_UP (at, size);
              leaves = leaves << 8 | (leaf & LEAF_KIND) | (start + at);
              at += size;
            }
          else
            {
              if (code != FFI_TYPE_STRUCT || last == outer + DEEPEST
                  || e->size - 1 >= STRUCT_WORDS || e->elements == NULL
                  || !ffi_valid_alignment (e->alignment))
                return PIECES_UNTOLD;
              at = FFI_ALIGN_UP (at, (size_t) e->alignment);
              *last++ = (struct outer){ next, in, start };
              start += at;
              at = 0;
              in = e;
              next = e->elements;
            }
          if (start + at > STRUCT_WORDS)
            return PIECES_UNTOLD;
        }
      if (!ffi_is_filled (in, at) || ffi_is_union (in))
        return PIECES_UNTOLD;
      if (likely (last == outer))
        return pieces_of_leaves (type, leaves);
      at = start + in->size;
      last--;
      next = last->next;
      in = last->type;
      start = last->start;
      at -= start;
    }
}

/* Whether a struct of TYPE consists of more than is flattened, as far as a look at some
   elements tells, which have not been checked.  */
static bool
is_plainly_large (const ffi_type *type)
{
  ffi_type **outer[DEEPEST], ***last = outer, **next = type->elements;
  unsigned count = 0;

  for (unsigned looks = 2 * LEAVES + 4; looks != 0; looks--)
    {
      const ffi_type *e = *next++;
      while (e == NULL)
        {
          if (last == outer)
            return false;
          next = *--last;
          e = *next++;
        }
      const unsigned code = e->type;
      if (code == FFI_TYPE_STRUCT)
        {
          if (last == outer + DEEPEST || e->elements == NULL)
            return false;
          *last++ = next;
          next = e->elements;
          continue;
        }
      if (code > FFI_TYPE_LAST)
        return false;
      count += code == FFI_TYPE_COMPLEX ? 2 : 1;
      if (count > LEAVES || code == FFI_TYPE_POINTER || code == FFI_TYPE_LONGDOUBLE)
        return true;
    }
  return false;
}

/* A struct over 16 bytes is in registers only if it is flattened, then with padding.  The
   copies that sealed closures have of others are without elements.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  if (type->size <= STRUCT_WORDS || type->size > FFI_MAX_CLASSIFIED)
    return type->size <= STRUCT_WORDS;
  return type->elements != NULL && !is_plainly_large (type);
}

/* The pieces of the complex TYPE, which has been checked.  */
static unsigned
complex_pieces (const ffi_type *type)
{
  const unsigned part = type->elements[0]->type;

  return part == FFI_TYPE_FLOAT       ? PIECES_F_F
         : part == FFI_TYPE_DOUBLE    ? PIECES_D_D
         : type->size <= STRUCT_WORDS ? PIECES_WORDS
                                      : PIECES_ADDRESS;
}

/* The pieces of TYPE, which is in registers as LOC says, at least one of them an FPR.  */
static unsigned
pieces_of_loc (const ffi_type *type, struct ffi_loc loc)
{
  const bool near = loc.second == 4, one = loc.count == 1;
  const size_t size = loc.kind != LOC_FPR ? loc.second : one ? loc.size / 2 : loc.size;

  if (type->alignment > 8 || type->size != 2 * size || (size != 4 && size != 8 && !one))
    return PIECES_OTHER;
  switch (loc.kind)
    {
    case LOC_FPR:
      return loc.size == 4 ? (one ? PIECES_F : PIECES_F_F)
                           : (one ? PIECES_D : PIECES_D_D);
    case LOC_FPR_FPR:
      return near || loc.size == loc.last ? PIECES_OTHER
             : loc.size == 4              ? PIECES_F_D
                                          : PIECES_D_F;
    case LOC_FPR_GPR:
      return near ? PIECES_F_W : loc.size == 4 ? PIECES_F_L : PIECES_D_L;
    default:
      return near ? PIECES_W_F : loc.last == 4 ? PIECES_L_F : PIECES_L_D;
    }
}

/* The pieces of TYPE, which has been checked.  */
static unsigned
checked_pieces (const ffi_type *type)
{
  const struct ffi_loc loc = ffi_classify (type, true);

  return loc.kind == LOC_NONE  ? PIECES_NONE
         : loc.kind != LOC_GPR ? pieces_of_loc (type, loc)
         : loc.by_address      ? PIECES_ADDRESS
                               : PIECES_WORDS;
}

/* The pieces of TYPE, which is no scalar of a word and no common struct; PIECES_UNTOLD if
   only a check can tell them and it is not CHECKED.  Not inlined: a look at a common
   struct calls nothing.  */
static __attribute__ ((noinline)) unsigned
other_pieces (const ffi_type *type, bool checked)
{
  if (type == NULL)
    return PIECES_UNTOLD;
  if (type->type == FFI_TYPE_STRUCT && type->elements != NULL
      && ffi_valid_alignment (type->alignment) && type->size <= FFI_MAX_ARG_SIZE
      && !ffi_port_looks_into (type))
    return PIECES_ADDRESS;
  if (type->type == FFI_TYPE_COMPLEX
      && (checked
          || (type->elements != NULL && type->elements[0] != NULL
              && ffi_is_scalar (type->elements[0])
              && type->elements[0]->type != FFI_TYPE_POINTER
              && type->size == 2 * type->elements[0]->size
              && ffi_valid_alignment (type->alignment))))
    return complex_pieces (type);
  if (type->size == 16 && ffi_is_scalar_value (type))
    return PIECES_WORDS;
  return checked ? checked_pieces (type) : PIECES_UNTOLD;
}

unsigned
ffi_pieces (const ffi_type *type, bool checked)
{
  if (likely (type != NULL && ffi_has_pieces (type)) && type->elements != NULL
      && ffi_valid_alignment (type->alignment))
    {
      const unsigned pieces = look_into (type);
      if (likely (pieces != PIECES_UNTOLD))
        return pieces;
    }
  return other_pieces (type, checked);
}
