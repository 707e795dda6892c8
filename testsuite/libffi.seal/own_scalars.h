/* SPDX-License-Identifier: MIT */
/* Sealed closures of every kind of signature whose types, down to the scalars, are
   objects of the program's that can be written.  They are called by a cif of the same
   description whose types nobody writes to.  */

#ifndef OWN_SCALARS_H
#define OWN_SCALARS_H

#include <ffi_tramp.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* The scalars, by their place in `library'.  */
enum
{
  INT = 5,
  DOUBLE = 9,
  SHAPES = 6,
  MANY = 14, /* arguments, of which some are on the stack */
  SPACE = 64 /* bytes for a value */
};

static ffi_type *const library[] = {
  &ffi_type_uint8,   &ffi_type_sint8,   &ffi_type_uint16,  &ffi_type_sint16,
  &ffi_type_uint32,  &ffi_type_sint32,  &ffi_type_uint64,  &ffi_type_sint64,
  &ffi_type_float,   &ffi_type_double,  &ffi_type_pointer, &ffi_type_longdouble,
#ifdef FFI_TARGET_HAS_INT128
  &ffi_type_uint128, &ffi_type_sint128,
#endif
};

/* The types of one signature.  */
struct description
{
  ffi_type scalars[ARRAY_SIZE (library)];
  ffi_type outer, inner, *outer_elements[4], *inner_elements[3];
  ffi_type *types[MANY];
  ffi_cif cif;
};

/* Which way a closure gets its arguments.  */
enum way
{
  POINTERS,
  RAW,
  JAVA_RAW,
  WAYS
};

static const char *const way_names[] = { "pointers", "raw", "Java raw" };

struct subject
{
  unsigned scalar, shape;
  enum way way;
  struct description *written; /* what the closure is made from */
  struct description *clean;   /* what the test calls with */
  void *closure, *code;
};

/* The value of SCALAR that argument NUMBER has, at TO; all its bytes are set.  */
static void
fill_scalar (unsigned scalar, unsigned number, void *to)
{
  double value = 1.5 + number;
  memset (to, (int) (0x31 + number), library[scalar]->size);
  if (library[scalar] == &ffi_type_float)
    *(float *) to = (float) value;
  else if (library[scalar] == &ffi_type_double)
    *(double *) to = value;
  else if (library[scalar] == &ffi_type_longdouble)
    {
      memset (to, 0, sizeof (long double));
      *(long double *) to = (long double) value;
    }
}

/* How many bytes of SCALAR have a meaning.  */
static size_t
significant (unsigned scalar)
{
#if defined __i386__ || defined __x86_64__
  if (library[scalar] == &ffi_type_longdouble)
    return 10;
#endif
  return library[scalar]->size;
}

/* Set up D with the signature of SHAPE about SCALAR.

   0  one argument, and the result
   1  many arguments of several types, on the stack as well
   2  a struct of two, twice
   3  a struct within a struct
   4  a struct that is aligned to 16, on the stack of i386 a misaligned one
   5  a scalar that is aligned to 8, behind a word  */
static void
describe (struct description *d, unsigned scalar, unsigned shape)
{
  ffi_type *it = &d->scalars[scalar], *i = &d->scalars[INT], *f = &d->scalars[DOUBLE];
  ffi_type *result = it;
  unsigned n = 1;
  memset (d, 0, sizeof *d);
  for (unsigned k = 0; k < ARRAY_SIZE (library); k++)
    d->scalars[k] = *library[k];
  d->outer.type = d->inner.type = FFI_TYPE_STRUCT;
  d->outer.elements = d->outer_elements;
  d->inner.elements = d->inner_elements;
  d->types[0] = it;
  switch (shape)
    {
    case 1:
      for (n = 0; n < MANY; n++)
        d->types[n] = n % 3 == 0 ? i : n % 3 == 1 ? it : f;
      break;
    case 2:
      d->outer_elements[0] = it;
      d->outer_elements[1] = i;
      d->types[0] = d->types[1] = result = &d->outer;
      n = 2;
      break;
    case 3:
      d->inner_elements[0] = it;
      d->outer_elements[0] = &d->inner;
      d->outer_elements[1] = f;
      d->types[0] = result = &d->outer;
      break;
    case 4:
      d->outer_elements[0] = it;
      d->outer_elements[1] = f;
      CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &d->outer, NULL), FFI_OK);
      d->outer.alignment = 16;
      d->outer.size = (d->outer.size + 15) & ~(size_t) 15;
      d->types[0] = i;
      d->types[1] = &d->outer;
      n = 2;
      break;
    case 5:
      if (it->alignment < 8)
        it->alignment = 8;
      d->types[0] = i;
      d->types[1] = it;
      n = 2;
      break;
    }
  PREP_CIF (&d->cif, n, result, d->types);
}

/* The fields of argument NUMBER of S: the scalar and offset of each.  Returns how many.
   The result has those of the first argument.  */
static unsigned
fields_of (const struct subject *s, unsigned number, unsigned *scalars, size_t *offsets)
{
  const ffi_type *type = s->clean->types[number];
  unsigned n = 0;
  if (type->type != FFI_TYPE_STRUCT)
    {
      scalars[0] = (unsigned) (type - s->clean->scalars);
      offsets[0] = 0;
      return 1;
    }
  size_t at = 0;
  for (; type->elements[n] != NULL; n++)
    {
      const ffi_type *element = type->elements[n];
      at = (at + element->alignment - 1) & -(size_t) element->alignment;
      offsets[n] = at;
      at += element->size;
      if (element->type == FFI_TYPE_STRUCT)
        element = element->elements[0];
      scalars[n] = (unsigned) (element - s->clean->scalars);
    }
  return n;
}

/* Store the value of argument NUMBER of S at TO.  */
static void
fill_argument (const struct subject *s, unsigned number, void *to)
{
  unsigned scalars[4];
  size_t offsets[4];
  unsigned n = fields_of (s, number, scalars, offsets);
  for (unsigned i = 0; i < n; i++)
    fill_scalar (scalars[i], number, (char *) to + offsets[i]);
}

/* Whether the value of argument NUMBER of S is at GOT.  */
static int
equals_argument (const struct subject *s, unsigned number, const void *got)
{
  _Alignas(16) char expected[SPACE] = { 0 };
  unsigned scalars[4];
  size_t offsets[4];
  unsigned n = fields_of (s, number, scalars, offsets);
  fill_argument (s, number, expected);
  for (unsigned i = 0; i < n; i++)
    if (memcmp ((const char *) got + offsets[i], expected + offsets[i],
                significant (scalars[i]))
        != 0)
      return 0;
  return 1;
}

/* Which argument the result equals, unless it is the scalar and none is.  */
static unsigned
like_result (const struct subject *s)
{
  return s->shape == 1 || s->shape == 5 ? 1 : 0;
}

static int
is_narrow (const ffi_type *type)
{
  return type->size < sizeof (ffi_arg) && type->type >= FFI_TYPE_UINT8
         && type->type <= FFI_TYPE_SINT64;
}

static void
fill_result (const struct subject *s, void *result)
{
  if (s->shape == 4)
    fill_scalar (s->scalar, 0, result);
  else
    fill_argument (s, like_result (s), result);
}

/* Where in the ffi_arg that a narrow result is widened to the value of TYPE is.  */
static size_t
narrow_offset (const ffi_type *type)
{
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? sizeof (ffi_arg) - type->size : 0;
}

static const ffi_cif *seen_cif;
static const struct subject *seen_subject;
static unsigned long handled;
static int right;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct subject *s = data;
  _Alignas(16) char value[SPACE] = { 0 };
  const ffi_type *type = s->clean->cif.rtype;
  seen_cif = cif;
  seen_subject = s;
  handled++;
  right = 1;
  for (unsigned i = 0; i < s->clean->cif.nargs; i++)
    right &= equals_argument (s, i, args[i]);
  fill_result (s, value);
  if (is_narrow (type))
    {
      ffi_arg word = 0;
      memcpy ((char *) &word + narrow_offset (type), value, type->size);
      *(ffi_arg *) result = word;
    }
  else
    memcpy (result, value, type->size);
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *args[MANY];
  ffi_raw_to_ptrarray (cif, raw, args);
  handle (cif, result, args, data);
}

#if !FFI_NATIVE_RAW_API
static void
handle_java_raw (ffi_cif *cif, void *result, ffi_java_raw *raw, void *data)
{
  void *args[MANY];
  ffi_java_raw_to_ptrarray (cif, raw, args);
  handle (cif, result, args, data);
}
#endif

/* Call the closure of S; true if handler and caller see what they should.  */
static int
answers (const struct subject *s)
{
  _Alignas(16) char values[MANY][SPACE], result[SPACE] = { 0 }, expected[SPACE] = { 0 };
  const ffi_type *type = s->clean->cif.rtype;
  void *pointers[MANY];
  unsigned long before = handled;
  for (unsigned i = 0; i < s->clean->cif.nargs; i++)
    {
      pointers[i] = values[i];
      memset (values[i], 0, SPACE);
      fill_argument (s, i, values[i]);
    }
  right = 0;
  ffi_call (&s->clean->cif, FFI_FN (s->code), result, pointers);
  if (handled != before + 1 || !right || seen_subject != s)
    return 0;
  fill_result (s, expected);
  if (type->type == FFI_TYPE_STRUCT)
    return equals_argument (s, like_result (s), result);
  size_t offset = is_narrow (type) ? narrow_offset (type) : 0;
  return memcmp (result + offset, expected, significant (s->scalar)) == 0;
}

/* Make the closure of S, sealed; false if this port has none of its kind.  */
static int
make_sealed (struct subject *s, int by_call)
{
  ffi_status status = FFI_BAD_ABI;
#if FFI_NATIVE_RAW_API
  if (s->way == JAVA_RAW)
    return 0;
#endif
  describe (s->written, s->scalar, s->shape);
  describe (s->clean, s->scalar, s->shape);
  s->closure = ffi_closure_alloc (sizeof (ffi_raw_closure), &s->code);
  CHECK (s->closure != NULL);
  if (s->way == POINTERS)
    status = ffi_prep_closure_loc (s->closure, &s->written->cif, handle, s, s->code);
  else if (s->way == RAW)
    status
        = ffi_prep_raw_closure_loc (s->closure, &s->written->cif, handle_raw, s, s->code);
#if !FFI_NATIVE_RAW_API
  else
    status = ffi_prep_java_raw_closure_loc (s->closure, &s->written->cif, handle_java_raw,
                                            s, s->code);
#endif
  CHECK_INT (status, FFI_OK);
  if (by_call)
    {
      s->code = ffi_closure_seal (s->closure);
      CHECK_MSG (s->code != NULL, "ffi_closure_seal: %s", strerror (errno));
    }
  CHECK_MSG (answers (s), "scalar %u, shape %u, %s: wrong before anything was written",
             s->scalar, s->shape, way_names[s->way]);
  return 1;
}

#endif
