/* SPDX-License-Identifier: MIT */
/* Classification of values by the System V psABI for AMD64, section 3.2.3.  */

#include "classify.h"
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
      return put (c, offset, type->size, type->size < 8 ? INTEGER : SSE, SSEUP);
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

  if (type->size > FFI_MAX_CLASSIFIED)
    return false;
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

/* Vectors of less than an eightbyte travel like integers.  Without a register that is
   wide enough the compilers pass a vector in memory.  */
static unsigned
vector_class (size_t size)
{
  switch (size)
    {
    case 2:
    case 4:
      return IN_GPR;
    case 8:
      return IN_SSE;
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

/* The class of a struct of at most 16 bytes that has only scalars of one eightbyte, each
   aligned, and the size that they say, as most structs do; or LOC_NONE.  */
static inline unsigned
small_class (const ffi_type *type)
{
  /* By two bits for each eightbyte: it has an integer, it has a float or double.  */
  _Static_assert(INTEGER == 1 && SSE == 2, "bits");
  static const uint32_t place[16] = {
    [1] = IN_GPR,          [2] = IN_SSE,          [3] = IN_GPR,
    [4 + 1] = IN_GPR_GPR,  [4 + 2] = IN_SSE_GPR,  [4 + 3] = IN_GPR_GPR,
    [8 + 1] = IN_GPR_SSE,  [8 + 2] = IN_SSE_SSE,  [8 + 3] = IN_GPR_SSE,
    [12 + 1] = IN_GPR_GPR, [12 + 2] = IN_SSE_GPR, [12 + 3] = IN_GPR_GPR,
  };
  unsigned has = 0;
  size_t offset = 0;

  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      const ffi_type *e = *element;
      enum eightbyte class = scalar_eightbyte[e->type];
      offset = FFI_ALIGN_UP (offset, (size_t) e->alignment);
      if (class == NO_CLASS || (offset & (e->size - 1)) != 0 || offset >= 16)
        return LOC_NONE;
      has |= (unsigned) class << offset / 8 * 2;
      offset += e->size;
    }
  return type->size - offset < type->alignment ? place[has] : LOC_NONE;
}

/* Is the first scalar of a struct of TYPE a vector?  Or is there perhaps none.  */
static bool
begins_with_vector (const ffi_type *type)
{
  while (type->type == FFI_TYPE_STRUCT)
    {
      if (type->size == 0 || type->size > FFI_MAX_CLASSIFIED || type->elements[0] == NULL)
        return true;
      type = type->elements[0];
    }
  return type->type == FFI_TYPE_VECTOR;
}

static unsigned
aggregate_class (const ffi_type *type)
{
  if (type->size <= 16)
    {
      unsigned place = small_class (type);
      if (likely (place != LOC_NONE))
        return place;
    }
  else if (!begins_with_vector (type))
    return IN_MEMORY;
  const size_t n = (type->size + 7) / 8;
  struct eightbytes all = { .limit = 8 * n };
  const enum eightbyte *c = all.classes;

  if (type->size == 0)
    return LOC_NONE;
  if (!classify_struct (&all, type, 0))
    return IN_MEMORY;
  if (n == 1)
    return c[0] == INTEGER ? IN_GPR : c[0] == SSE ? IN_SSE : IN_MEMORY;
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
           : c[1] == NO_CLASS ? IN_GPR
                              : IN_MEMORY;
  if (c[0] == SSE)
    return c[1] == INTEGER    ? IN_SSE_GPR
           : c[1] == SSE      ? IN_SSE_SSE
           : c[1] == NO_CLASS ? IN_SSE
                              : IN_MEMORY;
  return IN_MEMORY;
}

static FFI_COLD __attribute__ ((noinline)) unsigned
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
      return vector_class (type->size);
    case FFI_TYPE_STRUCT:
      return aggregate_class (type);
    default:
      return IN_GPR;
    }
}
