/* SPDX-License-Identifier: MIT */
/* Classification of values by the System V psABI for AMD64, section 3.2.3.  */

#include "classify.h"
#include "bounds.h"
#include "layout.h"
#include "preset.h"
#include <cpuid.h>
#include <stdatomic.h>

/* Classes of an eightbyte; small, as there is an array of them.  */
enum __attribute__ ((packed)) eightbyte
{
  NO_CLASS,
  INTEGER,
  SSE,
  SSEUP,
  X87,
  X87UP,
  MEMORY
};

enum
{
  EIGHTBYTES = FFI_MAX_CLASSIFIED / 8
};

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

/* The eightbytes of an aggregate, LIMIT bytes of them; what lies behind does not count.
 */
struct eightbytes
{
  enum eightbyte classes[EIGHTBYTES];
  size_t limit;
};

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

/* Vectors of less than an eightbyte travel like integers, unless their lanes are
   _Float16.  */
static inline enum eightbyte
vector_eightbyte (const ffi_type *type)
{
  return type->size < 8 && !ffi_is_float16 (type->elements[0]) ? INTEGER : SSE;
}

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

/* Bytes of the widest vector register that the processor has and the system
   saves.  */
static unsigned
detect_vectors (void)
{
  unsigned a, b, c, d, saved, high;

  if (!__get_cpuid (1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0)
    return 16;
  __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  if ((saved & 0xe6) == 0xe6 && __get_cpuid_count (7, 0, &a, &b, &c, &d)
      && (b & bit_AVX512F) != 0)
    return 64;
  return (saved & 0x6) == 0x6 ? 32 : 16;
}

/* Asked once, and only for such types: cpuid is slow in virtual machines.  */
static bool
has_vectors (unsigned bytes)
{
  static atomic_uint widest;
  unsigned w = atomic_load_explicit (&widest, memory_order_relaxed);

  if (w == 0)
    {
      w = detect_vectors ();
      atomic_store_explicit (&widest, w, memory_order_relaxed);
    }
  return bytes <= w;
}

/* Without a register that is wide enough the compilers pass a vector in memory.  */
static unsigned
vector_class (size_t size)
{
  switch (size)
    {
    case 16:
      return IN_VECTOR (16);
    case 32:
      return has_vectors (32) ? IN_VECTOR (32) : IN_MEMORY;
    case 64:
      return has_vectors (64) ? IN_VECTOR (64) : IN_MEMORY;
    default:
      return IN_MEMORY;
    }
}

/* What ordinary scalars of one eightbyte look like, and their class.  No type code has
   the others' size, or that is beyond 16 bytes.  */
static const struct ordinary
{
  uint32_t size;
  uint16_t alignment;
  enum eightbyte class;
} ordinary[FFI_TYPE_LAST + 1] = {
#define NONE(code) [code] = { UINT32_MAX, 1, NO_CLASS }
#define S(code, ctype, class) [code] = { FFI_SCALAR (ctype), class }
  NONE (FFI_TYPE_VOID),
  S (FFI_TYPE_INT, int, INTEGER),
  S (FFI_TYPE_FLOAT, float, SSE),
  S (FFI_TYPE_DOUBLE, double, SSE),
  NONE (FFI_TYPE_LONGDOUBLE),
  S (FFI_TYPE_UINT8, uint8_t, INTEGER),
  S (FFI_TYPE_SINT8, int8_t, INTEGER),
  S (FFI_TYPE_UINT16, uint16_t, INTEGER),
  S (FFI_TYPE_SINT16, int16_t, INTEGER),
  S (FFI_TYPE_UINT32, uint32_t, INTEGER),
  S (FFI_TYPE_SINT32, int32_t, INTEGER),
  S (FFI_TYPE_UINT64, uint64_t, INTEGER),
  S (FFI_TYPE_SINT64, int64_t, INTEGER),
  NONE (FFI_TYPE_STRUCT),
  S (FFI_TYPE_POINTER, void *, INTEGER),
  NONE (FFI_TYPE_COMPLEX),
  NONE (FFI_TYPE_VECTOR),
  NONE (FFI_TYPE_UINT128),
  NONE (FFI_TYPE_SINT128),
#undef S
#undef NONE
};

/* What TYPE looks like, if it is such a scalar; or null.  */
static inline const struct ordinary *
ordinary_of (const ffi_type *type)
{
  if (unlikely (type->type > FFI_TYPE_LAST))
    return NULL;
  const struct ordinary *o = &ordinary[type->type];
  return type->size == o->size && type->alignment == o->alignment ? o : NULL;
}

/* For small structs, two bits of *HAS for each eightbyte: it has an integer, it has a
   float or double.  Add those of TYPE, a struct of at most 16 bytes that starts at
   OFFSET; it has not been checked.  False if it has other members than ordinary scalars
   of one eightbyte, complex numbers of such, and structs of these, DEPTH in each other,
   each aligned, and the size that they say.  */
static bool
add_small (const ffi_type *type, size_t offset, unsigned *has, unsigned depth)
{
  const size_t end = offset + type->size;

  if (type->elements == NULL || !ffi_valid_alignment (type->alignment))
    return false;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      const ffi_type *e = *element;
      const struct ordinary *o = ordinary_of (e);
      if (o == NULL && (e->size - 1 >= 16 || !ffi_valid_alignment (e->alignment)))
        return false;
      offset = FFI_ALIGN_UP (offset, (size_t) e->alignment);
      if (offset >= 16)
        return false;
      if (o != NULL)
        *has |= (unsigned) o->class << offset / 8 * 2;
      else if (e->type == FFI_TYPE_COMPLEX)
        {
          const ffi_type *part = e->elements != NULL ? e->elements[0] : NULL;
          o = part != NULL ? ordinary_of (part) : NULL;
          if (o == NULL || part->type == FFI_TYPE_POINTER || e->size != 2 * part->size
              || (offset & (part->size - 1)) != 0)
            return false;
          *has |= (unsigned) o->class << offset / 8 * 2;
          if (offset + part->size < 16)
            *has |= (unsigned) o->class << (offset + part->size) / 8 * 2;
        }
      else if (e->type != FFI_TYPE_STRUCT || depth == 0
               || !add_small (e, offset, has, depth - 1))
        return false;
      offset += e->size;
    }
  return end - offset < type->alignment;
}

/* By two bits for each eightbyte.  */
static const uint32_t small_classes[16] = {
  [1] = IN_GPR,          [2] = IN_SSE,          [3] = IN_GPR,
  [4 + 1] = IN_GPR_GPR,  [4 + 2] = IN_SSE_GPR,  [4 + 3] = IN_GPR_GPR,
  [8 + 1] = IN_GPR_SSE,  [8 + 2] = IN_SSE_SSE,  [8 + 3] = IN_GPR_SSE,
  [12 + 1] = IN_GPR_GPR, [12 + 2] = IN_SSE_GPR, [12 + 3] = IN_GPR_GPR,
};

/* ffi_classify_small for a struct that has other members than scalars.  */
static __attribute__ ((noinline)) unsigned
classify_nested (const ffi_type *type)
{
  enum
  {
    DEPTH = 3
  };
  unsigned has = 0;

  return add_small (type, 0, &has, DEPTH) ? small_classes[has] : LOC_NONE;
}

unsigned
ffi_classify_small (const ffi_type *type)
{
  _Static_assert(INTEGER == 1 && SSE == 2, "bits");
  unsigned has = 0;
  size_t offset = 0;
  ffi_type **element = type->elements;

  if (unlikely (element == NULL || !ffi_valid_alignment (type->alignment)))
    return LOC_NONE;
  for (; *element != NULL; element++)
    {
      const struct ordinary *o = ordinary_of (*element);
      if (unlikely (o == NULL))
        return classify_nested (type);
      offset = FFI_ALIGN_UP (offset, (size_t) o->alignment);
      if (offset >= 16)
        return LOC_NONE;
      has |= (unsigned) o->class << offset / 8 * 2;
      offset += o->size;
    }
  return type->size - offset < type->alignment ? small_classes[has] : LOC_NONE;
}

/* A struct over 16 bytes is in registers only if it begins with a vector that is all that
   it consists of.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  if (type->size <= 16)
    return true;
  if ((type->size - 25) / 8 != 0 && (type->size - 57) / 8 != 0)
    return false;
  for (unsigned depth = 0; depth < FFI_MAX_NESTING && type->elements != NULL; depth++)
    {
      type = type->elements[0];
      if (type == NULL || type->size == 0)
        return true;
      if (type->type != FFI_TYPE_STRUCT)
        return type->type == FFI_TYPE_VECTOR;
      if (type->size <= 16 || type->size > FFI_MAX_CLASSIFIED)
        return false;
    }
  return type->elements != NULL;
}

/* Whether a struct of TYPE, of 16 bytes, consists of one long double.  */
static bool
is_long_double (const ffi_type *type)
{
  while (type->type == FFI_TYPE_STRUCT && type->size == 16 && type->elements[0] != NULL
         && type->elements[1] == NULL)
    type = type->elements[0];
  return type->type == FFI_TYPE_LONGDOUBLE;
}

static bool
is_empty_class (const ffi_type *type)
{
  const ffi_layout *layout = ffi_layout_of (type);

  return layout != NULL && layout->count == 0;
}

static unsigned
aggregate_class (const ffi_type *type)
{
  if (type->size <= 16)
    {
      if (is_long_double (type))
        return LOC_X87;
    }
  else if (!ffi_port_looks_into (type))
    return IN_MEMORY;
  const size_t n = (type->size + 7) / 8;
  struct eightbytes all = { .limit = 8 * n };
  const enum eightbyte *c = all.classes;

  if (type->size == 0)
    return LOC_NONE;
  if (!classify_struct (&all, type, 0))
    return IN_MEMORY;
  if (n == 1)
    return c[0] == INTEGER         ? IN_GPR
           : c[0] == SSE           ? IN_SSE
           : is_empty_class (type) ? LOC_NONE
                                   : IN_MEMORY;
  if (c[0] == SSE && c[1] == SSEUP)
    {
      for (size_t i = 1; i < n; i++)
        if (c[i] != SSEUP)
          return IN_MEMORY;
      return vector_class (n * 8);
    }
  if (n > 2)
    return IN_MEMORY;
  if (c[0] == X87 && c[1] == X87UP)
    return LOC_X87;
  if (c[0] == INTEGER)
    return c[1] == INTEGER    ? IN_GPR_GPR
           : c[1] == SSE      ? IN_GPR_SSE
           : c[1] == SSEUP    ? IN_GPR_SSE /* of a union */
           : c[1] == NO_CLASS ? IN_GPR
                              : IN_MEMORY;
  if (c[0] == SSE)
    return c[1] == INTEGER    ? IN_SSE_GPR
           : c[1] == SSE      ? IN_SSE_SSE
           : c[1] == NO_CLASS ? IN_SSE
                              : IN_MEMORY;
  return IN_MEMORY;
}

static __attribute__ ((noinline)) unsigned
complex_class (const ffi_type *type)
{
  switch (type->elements[0]->type)
    {
    case FFI_TYPE_LONGDOUBLE:
      return LOC_X87_X87;
    case FFI_TYPE_FLOAT:
      return IN_SSE;
    case FFI_TYPE_DOUBLE:
      return IN_SSE_SSE;
    default: /* Of integers.  */
      return type->size <= 8 ? IN_GPR : type->size == 16 ? IN_GPR_GPR : IN_MEMORY;
    }
}

unsigned
ffi_classify (const ffi_type *type)
{
  if (type->type == FFI_TYPE_STRUCT && type->size - 1 < 16)
    {
      unsigned class = ffi_classify_small (type);
      if (likely (class != LOC_NONE))
        return class;
    }
  switch (type->type)
    {
    case FFI_TYPE_VOID:
      return LOC_NONE;
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
      return IN_SSE;
    case FFI_TYPE_LONGDOUBLE:
      return LOC_X87;
    case FFI_TYPE_UINT128:
    case FFI_TYPE_SINT128:
      return IN_GPR_GPR;
    case FFI_TYPE_COMPLEX:
      return complex_class (type);
    case FFI_TYPE_VECTOR:
      if (type->size <= 8)
        return vector_eightbyte (type) == INTEGER ? IN_GPR : IN_SSE;
      return vector_class (type->size);
    case FFI_TYPE_STRUCT:
      return aggregate_class (type);
    default:
      return IN_GPR;
    }
}
