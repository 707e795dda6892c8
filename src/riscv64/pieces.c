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

/* Where in a struct of TYPE, whose first byte is at START, a look goes on.  */
struct place
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
  struct place outer[DEEPEST], *last = outer;
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
              *last++ = (struct place){ next, in, start };
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

/* Whether a struct of TYPE, which has elements, is larger than what is flattened, as far
   as its first elements tell.  */
static inline bool
is_plainly_large (const ffi_type *type)
{
  ffi_type **e = type->elements;

  for (unsigned i = 0; i <= LEAVES; i++)
    {
      if (e[i] == NULL)
        return false;
      if (e[i]->type == FFI_TYPE_POINTER || e[i]->type == FFI_TYPE_LONGDOUBLE)
        return true;
      if (e[i]->type == FFI_TYPE_STRUCT || e[i]->type > FFI_TYPE_LAST)
        return false;
    }
  return true;
}

/* Add to *COUNT what the struct TYPE, which has not been checked, consists of, until that
   is more than is flattened.  False if it is not told by *LOOKS at elements.  */
static bool
count_leaves (const ffi_type *type, unsigned *count, unsigned *looks)
{
  if (type->elements == NULL)
    return false;
  for (ffi_type **e = type->elements; *e != NULL && *count <= LEAVES; e++)
    if ((*looks)-- == 0 || ffi_as_layout (*e) != NULL)
      return false;
    else if ((*e)->type != FFI_TYPE_STRUCT)
      *count += (*e)->type == FFI_TYPE_COMPLEX ? 2 : 1;
    else if (!count_leaves (*e, count, looks))
      return false;
  return true;
}

/* A struct over 16 bytes is in registers only if it is flattened, then with padding.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  unsigned count = 0, looks = 2 * LEAVES + 4;

  if (type->size <= STRUCT_WORDS || type->size > FFI_MAX_CLASSIFIED)
    return type->size <= STRUCT_WORDS;
  if (type->elements != NULL && is_plainly_large (type))
    return false;
  return !count_leaves (type, &count, &looks) || count <= LEAVES;
}

unsigned
ffi_struct_pieces (const ffi_type *type)
{
  if (type->elements == NULL || !ffi_valid_alignment (type->alignment))
    return PIECES_UNTOLD;
  if (type->size - 1 < STRUCT_WORDS)
    return look_into (type);
  return type->size <= FFI_MAX_ARG_SIZE && !ffi_port_looks_into (type) ? PIECES_ADDRESS
                                                                       : PIECES_UNTOLD;
}
