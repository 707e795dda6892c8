/* SPDX-License-Identifier: MIT */
/* Classification of values by the System V psABI for AMD64, section 3.2.3.  */

#include "classify.h"
#include "bounds.h"
#include "eightbytes.h"
#include <cpuid.h>
#include <stdatomic.h>

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
  if (!ffi_classify_eightbytes (&all, type))
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
