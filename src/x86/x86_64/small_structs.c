/* SPDX-License-Identifier: MIT */
/* Structs of up to two eightbytes whose members are ordinary scalars, or consist of them:
   classified at a glance, and checked meanwhile.  */

#include "bounds.h"
#include "classify.h"
#include "eightbytes.h"
#include "scalar.h"

/* What ordinary scalars of one eightbyte look like, and their class.  No type code has
   the others' size, or that is beyond 16 bytes.  */
static const struct ordinary
{
  uint32_t size;
  uint16_t alignment;
  enum eightbyte class; /* INTEGER or SSE: a bit of each */
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
