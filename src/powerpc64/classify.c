/* SPDX-License-Identifier: MIT */
/* Classification of values by the ELFv2 ABI, and what marshal.c leaves to the port:
   values in registers and in memory, and those that change their form in an FPR.  */

#include "classify.h"

enum
{
  HOMOGENEOUS_MAX = 8,
  IBM_MAX = 4,   /* long doubles that are two doubles */
  WORDS_MAX = 16 /* more bytes of a result are in memory */
};

#include "homogeneous.h"

static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE
         || type->type == FFI_TYPE_LONGDOUBLE
         || (type->type == FFI_TYPE_VECTOR && type->size == VR_SIZE);
}

/* COUNT long doubles of SIZE bytes; LOC_NONE if they are not in FPRs.  */
static unsigned
classify_long_doubles (unsigned count, unsigned size, ffi_abi abi)
{
  if (size == 8)
    return LOC_CLASS (LOC_FPR, count, 8);
  if ((abi & FFI_LINUX_LONG_DOUBLE_128) == 0)
    return LOC_NONE;
  if (abi & FFI_LINUX_LONG_DOUBLE_IEEE128)
    return LOC_CLASS (LOC_FPR, count, VR_SIZE);
  return count <= IBM_MAX ? LOC_CLASS (LOC_FPR, 2 * count, 8) : LOC_NONE;
}

/* One or two long doubles.  */
static unsigned
classify_long_double (const ffi_type *type, unsigned count, ffi_abi abi)
{
  if ((abi & FFI_LINUX_LONG_DOUBLE_128) == 0)
    return LOC_CLASS (LOC_FPR, count, 8);
  return classify_long_doubles (count, type->size, abi);
}

static unsigned
classify_complex (const ffi_type *part, ffi_abi abi)
{
  if (part->type == FFI_TYPE_LONGDOUBLE)
    return classify_long_double (part, 2, abi);
  return LOC_CLASS (is_member (part) ? LOC_FPR : LOC_GPR, 2, part->size);
}

static unsigned
classify_struct (const ffi_type *type, ffi_abi abi)
{
  const unsigned words = LOC_CLASS (LOC_GPR, 0, 0);
  struct members m;

  if (!is_homogeneous (type, &m))
    return words;
  if (m.type != FFI_TYPE_LONGDOUBLE)
    return LOC_CLASS (LOC_FPR, m.count, m.size);
  unsigned class = classify_long_doubles (m.count, m.size, abi);
  return class != LOC_NONE ? class : words;
}

unsigned
ffi_classify (const ffi_type *type, ffi_abi abi)
{
  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return LOC_NONE;
  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
      return LOC_CLASS (LOC_FPR, 1, type->size);
    case FFI_TYPE_LONGDOUBLE:
      return classify_long_double (type, 1, abi);
    case FFI_TYPE_COMPLEX:
      return classify_complex (type->elements[0], abi);
    case FFI_TYPE_VECTOR:
      if (type->size > VR_SIZE)
        return LOC_BY_ADDRESS;
      return type->size == VR_SIZE ? LOC_CLASS (LOC_FPR, 1, VR_SIZE)
                                   : LOC_CLASS (LOC_GPR, 1, 0);
    case FFI_TYPE_STRUCT:
      return classify_struct (type, abi);
    default:
      return LOC_CLASS (LOC_GPR, 1, 0);
    }
}

/* --- LOC_OTHER ---------------------------------------------------------------- */

/* Where register I of LOC is.  */
static char *
member (const struct ffi_frame *f, struct ffi_loc loc, unsigned i)
{
  return f->fpr + loc.fpr * FPR_SIZE + i * (loc.size == VR_SIZE ? VR_SIZE : FPR_SIZE);
}

/* A member of SIZE bytes, 8 or VR_SIZE.  */
static void
copy_member (char *to, const char *from, unsigned size)
{
  if (size == VR_SIZE)
    memcpy (to, from, VR_SIZE);
  else
    memcpy (to, from, 8);
}

/* One part of a complex number, an integer of TYPE, in a doubleword.  */
static void
store_integer (char *to, const ffi_type *type, const char *value)
{
  const bool is_signed = type->type == FFI_TYPE_SINT8 || type->type == FFI_TYPE_SINT16
                         || type->type == FFI_TYPE_SINT32 || type->type == FFI_TYPE_INT;
  unsigned long v = 0;

  memcpy (&v, value, type->size);
  if (is_signed)
    {
      unsigned shift = 64 - 8 * type->size;
      v = (long) (v << shift) >> shift;
    }
  memcpy (to, &v, sizeof v);
}

/* Both parts of a complex number, whose part has SIZE bytes.  */
static void
store_parts (char *to, const ffi_type *part, const char *value, size_t size)
{
  if (size >= WORD)
    memcpy (to, value, 2 * size);
  else
    for (unsigned i = 0; i < 2; i++)
      store_integer (to + i * WORD, part, value + i * size);
}

/* What was passed in FPRs and vector registers, PITCH bytes apart at TO.  */
static void
load_members (const struct ffi_frame *f, struct ffi_loc loc, char *to, size_t pitch)
{
  for (unsigned i = 0; i < loc.count; i++)
    {
      if (loc.size == 4)
        float_from_fpr (to + pitch * i, member (f, loc, i));
      else
        copy_member (to + pitch * i, member (f, loc, i), loc.size);
    }
}

static void
store_members (const struct ffi_frame *f, struct ffi_loc loc, const char *value)
{
  for (unsigned i = 0; i < loc.count; i++)
    {
      if (loc.size == 4)
        float_to_fpr (member (f, loc, i), value + 4 * i);
      else
        copy_member (member (f, loc, i), value + loc.size * i, loc.size);
    }
}

/* The bytes of a value of TYPE in LOC.  */
static size_t
value_size (struct ffi_loc loc, const ffi_type *type)
{
  return loc.second & OTHER_SHORT ? type->size / 2 : type->size;
}

void
ffi_port_store (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
                const char *value)
{
  const size_t size = value_size (loc, type);

  store_members (f, loc, value);
  if ((loc.second & OTHER_WORDS) == 0)
    return;
  if (loc.second & OTHER_SPREAD)
    store_parts (f->stack + loc.offset, type->elements[0], value, size / 2);
  else
    memcpy (f->stack + loc.offset, value, size);
}

char *
ffi_port_value (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type)
{
  const size_t part = value_size (loc, type) / 2;
  const bool spread = (loc.second & OTHER_SPREAD) && part < WORD;

  if ((loc.second & OTHER_WORDS) == 0)
    {
      char *fpr = member (f, loc, 0);
      if (loc.size == 4)
        load_members (f, loc, fpr, 4);
      return fpr;
    }
  char *value = f->stack + loc.offset;
  if ((loc.second & OTHER_UNNAMED) == 0)
    load_members (f, loc, value, spread ? WORD : loc.size);
  if (spread)
    memcpy (value + part, value + WORD, part);
  return value;
}
