/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Structs whose preset size and alignment have nothing to do with their elements are
   carried by every kind of call to every kind of closure, and back, and no byte outside
   of them is touched: each value lies at the end of accessible memory.  What the elements
   cover arrives.  An argument says how many types are tried, another gives the seed.  */

#include "ffitest.h"
#include "guarded.h"
#include <float.h>
#include <stdbool.h>

enum
{
  LARGEST = 256,
  ELEMENTS = 6,
  PARTS = 3, /* structs in structs */
  ARGUMENTS = 12
};

static uint64_t state;

static unsigned
below (unsigned n)
{
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned) (state >> 33) % n;
}

static ffi_type *const scalars[] = {
  &ffi_type_uint8,         &ffi_type_sint8,          &ffi_type_uint16,
  &ffi_type_sint16,        &ffi_type_uint32,         &ffi_type_sint32,
  &ffi_type_uint64,        &ffi_type_sint64,         &ffi_type_pointer,
  &ffi_type_float,         &ffi_type_float,          &ffi_type_float,
  &ffi_type_double,        &ffi_type_double,         &ffi_type_longdouble,
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  &ffi_type_complex_float, &ffi_type_complex_double,
#endif
#ifdef FFI_TARGET_HAS_INT128
  &ffi_type_sint128,
#endif
};

/* --- A type, and which of its bytes are to arrive ---------------------------- */

static struct
{
  ffi_type type;
  ffi_type *elements[ELEMENTS + 1];
} parts[PARTS];

static unsigned char value[LARGEST]; /* fit for all that it is made of */
static unsigned char covered[LARGEST];

static void
make_part (unsigned which)
{
  static const unsigned short alignments[] = { 1, 2, 4, 8, 8, 16, 16, 32, 64 };
  ffi_type *type = &parts[which].type;
  unsigned n = below (12) == 0 ? 0 : 1 + below (below (2) ? 2 : ELEMENTS);

  for (unsigned i = 0; i < n; i++)
    parts[which].elements[i] = which + 1 < PARTS && below (6) == 0
                                   ? &parts[which + 1].type
                                   : scalars[below (ARRAY_SIZE (scalars))];
  parts[which].elements[n] = NULL;
  *type = (ffi_type){ 0, 0, FFI_TYPE_STRUCT, parts[which].elements };
  if (which != 0 && below (3) == 0)
    return; /* laid out by the library */
  type->size = below (8) == 0 ? 1 + below (LARGEST) : 1 + below (below (2) ? 16 : 40);
  type->alignment = alignments[below (ARRAY_SIZE (alignments))];
  /* Most descriptions of real types are nearer to the truth.  */
  if (below (3) == 0)
    type->size = (type->size + type->alignment - 1) & -(size_t) type->alignment;
}

static size_t
align_up (size_t n, size_t alignment)
{
  return (n + alignment - 1) & -alignment;
}

static size_t
end_of (const ffi_type *type, size_t most)
{
  size_t at = 0;

  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      at = align_up (at, (*e)->alignment < most ? (*e)->alignment : most);
      at += (*e)->size;
    }
  return at;
}

/* Whether nothing but padding follows END.  */
static bool
is_filled (const ffi_type *type, size_t end)
{
  return end <= type->size && type->size - end < type->alignment;
}

/* Mark SIZE bytes at AT, of which LIMIT exist, and let them be those at FIT, if any.  */
static void
mark (size_t at, size_t size, size_t limit, const void *fit)
{
  if (at >= limit || size > limit - at)
    return;
  memset (covered + at, 1, size);
  if (fit != NULL)
    memcpy (value + at, fit, size);
}

static void
cover_scalar (const ffi_type *type, size_t at, size_t limit)
{
  double d = (double) below (1000) - 500;
  float f = (float) d;
  long double ld = d;

  if (type->type == FFI_TYPE_FLOAT)
    mark (at, sizeof f, limit, &f);
  else if (type->type == FFI_TYPE_DOUBLE)
    mark (at, sizeof d, limit, &d);
  else if (type->type == FFI_TYPE_LONGDOUBLE)
    /* The rest of an x87 long double is padding.  */
    mark (at, LDBL_MANT_DIG == 64 ? 10 : sizeof ld, limit, &ld);
  else
    mark (at, type->size, limit, NULL);
}

/* Mark what of a struct of TYPE at AT is to arrive; it ends at LIMIT at the latest.  */
static void
cover (const ffi_type *type, size_t at, size_t limit)
{
  const size_t natural = 1 << 16, alignment = type->alignment;
  size_t most = natural, offset = 0, end = 0;

  if (type->type == FFI_TYPE_COMPLEX)
    {
      cover_scalar (type->elements[0], at, limit);
      cover_scalar (type->elements[0], at + type->elements[0]->size, limit);
    }
  else if (type->type != FFI_TYPE_STRUCT)
    cover_scalar (type, at, limit);
  if (type->type != FFI_TYPE_STRUCT || at >= limit)
    return;
  if (type->size < limit - at)
    limit = at + type->size;
  if (!is_filled (type, end_of (type, natural))
      && is_filled (type, end_of (type, alignment)))
    most = alignment;
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      offset = align_up (offset, (*e)->alignment < most ? (*e)->alignment : most);
      if (at + offset < limit)
        end = offset + (*e)->size;
      cover (*e, at + offset, limit);
      offset += (*e)->size;
    }
  /* Behind part of an x87 long double, up to the next eightbyte, nothing comes back.  */
  offset = align_up (at + end, 8);
  if (end < type->size && !is_filled (type, end) && offset < limit)
    mark (offset, limit - offset, limit, NULL);
}

static ffi_type *
make_type (void)
{
  for (unsigned i = PARTS; i-- != 0;)
    make_part (i);
  ffi_type *type = &parts[0].type;
  for (unsigned i = 0; i < LARGEST; i++)
    value[i] = (unsigned char) below (256);
  if (ffi_get_struct_offsets (FFI_DEFAULT_ABI, type, NULL) != FFI_OK)
    return NULL;
  memset (covered, 0, sizeof covered);
  cover (type, 0, type->size);
  return type;
}

/* --- Through calls and closures ---------------------------------------------- */

static struct
{
  const ffi_type *type;
  const char *how;
  unsigned number, calls;
} trip;

static void
check_value (const unsigned char *got, const char *what)
{
  for (size_t i = 0; i < trip.type->size; i++)
    CHECK_MSG (!covered[i] || got[i] == value[i],
               "type %u, size %zu, alignment %u, %s: %s: byte %zu: expected %#x, got %#x",
               trip.number, trip.type->size, trip.type->alignment, trip.how, what, i,
               value[i], got[i]);
}

static long a_long = -1234567;
static double a_double = 2.5;
static float a_float = 1.25;
static signed char a_char = -3;
static const struct
{
  ffi_type *type;
  void *value;
} others[] = { { &ffi_type_slong, &a_long },
               { &ffi_type_double, &a_double },
               { &ffi_type_float, &a_float },
               { &ffi_type_sint8, &a_char } };

static bool
passed_by_address (FFITEST_UNUSED ffi_abi abi)
{
#ifdef __i386__
  return abi == FFI_PASCAL || abi == FFI_REGISTER;
#else
  return false;
#endif
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  trip.calls++;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type == trip.type)
        {
          check_value (args[i], "argument");
          /* It is the handler's, unless Borland's conventions passed its address.  */
          if (!passed_by_address (cif->abi))
            memset (args[i], 0x66, type->size);
        }
      for (size_t k = 0; k < ARRAY_SIZE (others); k++)
        if (type == others[k].type)
          CHECK_MSG (memcmp (args[i], others[k].value, type->size) == 0,
                     "type %u: argument %u, beside it, is another", trip.number, i);
    }
  memcpy (result, value, trip.type->size);
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *args[ARGUMENTS];

  ffi_raw_to_ptrarray (cif, raw, args);
  handle (cif, result, args, data);
}

#if !FFI_NATIVE_RAW_API
static void
handle_java (ffi_cif *cif, void *result, ffi_java_raw *raw, void *data)
{
  void *args[ARGUMENTS];

  ffi_java_raw_to_ptrarray (cif, raw, args);
  handle (cif, result, args, data);
}
#endif

/* Where values end.  */
static char *ends[ARGUMENTS], *result_end, *raw_end;

enum
{
  RAW_LARGEST = 4000
};

static void *
fresh_result (void)
{
  return memset (result_end - trip.type->size, 0x5a, trip.type->size);
}

static ffi_raw *
raw_block (size_t size)
{
  CHECK (size <= RAW_LARGEST);
  return (ffi_raw *) (void *) (raw_end - size);
}

/* Call CODE in all ways there are.  */
static void
calls (ffi_cif *cif, void *code, void **values)
{
  void (*fn) (void) = CODE_AS (void (*) (void), code);
  unsigned before = trip.calls, expected = 4;
  void *result = fresh_result ();

  ffi_call (cif, fn, result, values);
  check_value (result, "result");
  ffi_call (cif, fn, NULL, values);

  ffi_call_plan *plan = ffi_call_plan_alloc (cif);
  CHECK (plan != NULL);
  ffi_call_plan_invoke (plan, fn, fresh_result (), values);
  check_value (result, "result of a plan");
  ffi_call_plan_free (plan);

  ffi_raw *raw = raw_block (ffi_raw_size (cif));
  ffi_ptrarray_to_raw (cif, values, raw);
  ffi_raw_call (cif, fn, fresh_result (), raw);
  check_value (result, "result of a raw call");
#if !FFI_NATIVE_RAW_API
  raw = raw_block (ffi_java_raw_size (cif));
  ffi_java_ptrarray_to_raw (cif, values, raw);
  ffi_java_raw_call (cif, fn, fresh_result (), raw);
  check_value (result, "result of a Java raw call");
  expected++;
#endif
  CHECK_INT (trip.calls - before, expected);
}

static void
closures (ffi_cif *cif, void **values)
{
  static ffi_raw_closure *closure;
  static void *code;

  if (closure == NULL)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  trip.how = "closure";
  CHECK_INT (ffi_prep_closure_loc ((ffi_closure *) closure, cif, handle, NULL, code),
             FFI_OK);
  calls (cif, code, values);
  trip.how = "raw closure";
  if (ffi_prep_raw_closure_loc (closure, cif, handle_raw, NULL, code) == FFI_OK)
    calls (cif, code, values);
#if !FFI_NATIVE_RAW_API
  trip.how = "Java raw closure";
  if (ffi_prep_java_raw_closure_loc (closure, cif, handle_java, NULL, code) == FFI_OK)
    calls (cif, code, values);
#endif
}

/* A random signature with TYPE in it.  */
static void
try_type (ffi_abi abi, ffi_type *type)
{
  ffi_type *types[ARGUMENTS];
  void *values[ARGUMENTS];
  unsigned n = 1 + below (below (2) ? 3 : ARGUMENTS), always = below (n);
  ffi_cif cif;

  trip.type = type;
  for (unsigned i = 0; i < n; i++)
    {
      unsigned other = below (ARRAY_SIZE (others));
      bool this = i == always || below (4) == 0;
      types[i] = this ? type : others[other].type;
      values[i] = this ? ends[i] - type->size : others[other].value;
      if (this)
        memcpy (values[i], value, type->size);
    }
  ffi_status status = ffi_prep_cif (&cif, abi, n, type, types);
  if (status == FFI_BAD_ABI)
    return;
  CHECK_INT (status, FFI_OK);
  closures (&cif, values);
}

int
main (int argc, char **argv)
{
  unsigned count = argc > 1 ? (unsigned) strtoul (argv[1], NULL, 0) : 3000, used = 0;

  state = argc > 2 ? strtoul (argv[2], NULL, 0) : 1;
  for (unsigned i = 0; i < ARGUMENTS; i++)
    ends[i] = (char *) guarded_alloc (LARGEST) + LARGEST;
  result_end = (char *) guarded_alloc (LARGEST) + LARGEST;
  raw_end = (char *) guarded_alloc (RAW_LARGEST) + RAW_LARGEST;
  for (trip.number = 0; trip.number < count; trip.number++)
    {
      ffi_type *type = make_type ();
      if (type == NULL || type->size > LARGEST)
        continue;
      used++;
      for (int abi = FFI_FIRST_ABI; abi < FFI_LAST_ABI; abi++)
        try_type ((ffi_abi) abi, type);
    }
  printf ("%u types, %u calls\n", used, trip.calls);
  CHECK (used > count / 2);
  return ffitest_done ();
}
