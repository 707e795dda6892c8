/* SPDX-License-Identifier: MIT */
/* Random signatures in every convention, each described in two ways that must make no
   difference: with void arguments strewn in, or by types of the test's own.  */

#ifndef DESCRIBED_H
#define DESCRIBED_H

#include "ffitest.h"

enum
{
  DESCRIBED_ARGS = 24,    /* without void */
  DESCRIBED_MOST = 64,    /* with them */
  DESCRIBED_VALUE = 64,   /* bytes of the largest value */
  DESCRIBED_ROUNDS = 150, /* signatures per convention */
};

/* Set by the test: whether void arguments are strewn in; and, unless null, what describes
   TYPE instead.  */
static int described_with_voids FFITEST_UNUSED;
static ffi_type *(*described_otherwise) (ffi_type *type) FFITEST_UNUSED;

/* One signature.  PLAIN is the one of basic types, WITH the other; the values of its void
   arguments are null.  */
static struct
{
  ffi_type *plain_types[DESCRIBED_ARGS], *with_types[DESCRIBED_MOST], *result;
  ffi_type *with_result;
  unsigned nplain, nwith;
  void *plain_values[DESCRIBED_ARGS], *with_values[DESCRIBED_MOST];
  _Alignas(16) char values[DESCRIBED_ARGS][DESCRIBED_VALUE];
  _Alignas(16) char value[DESCRIBED_VALUE]; /* of the result */
  ffi_cif plain, with;
} described;

static unsigned described_state = 1;

static unsigned
described_below (unsigned n)
{
  described_state = described_state * 1664525 + 1013904223;
  return (described_state >> 8) % n;
}

/* Voids of the caller's own need only have a size.  */
static ffi_type *
described_void (void)
{
  static ffi_type own[] = { { 1, 1, FFI_TYPE_VOID, NULL },
                            { 4, 4, FFI_TYPE_VOID, NULL },
                            { 8, 0, FFI_TYPE_VOID, NULL },
                            { 1, 3, FFI_TYPE_VOID, NULL },
                            { (size_t) 1 << 30, 64, FFI_TYPE_VOID, NULL } };
  unsigned which = described_below (2 * ARRAY_SIZE (own));

  return which < ARRAY_SIZE (own) ? &own[which] : &ffi_type_void;
}

static ffi_type *
described_any (void)
{
  static ffi_type *pair_elements[] = { &ffi_type_sint, &ffi_type_float, NULL };
  static ffi_type *three_elements[]
      = { &ffi_type_pointer, &ffi_type_double, &ffi_type_sint16, NULL };
  static ffi_type *small_elements[] = { &ffi_type_sint8, NULL };
  static ffi_type pair = { 0, 0, FFI_TYPE_STRUCT, pair_elements };
  static ffi_type three = { 0, 0, FFI_TYPE_STRUCT, three_elements };
  static ffi_type small = { 0, 0, FFI_TYPE_STRUCT, small_elements };
  ffi_type *kinds[] = { &ffi_type_sint8,
                        &ffi_type_uint16,
                        &ffi_type_sint32,
                        &ffi_type_sint32,
                        &ffi_type_pointer,
                        &ffi_type_uint64,
                        &ffi_type_float,
                        &ffi_type_double,
                        &ffi_type_longdouble,
                        &pair,
                        &three,
                        &small,
#ifdef FFI_TARGET_HAS_INT128
                        &ffi_type_uint128
#endif
  };

  return kinds[described_below (ARRAY_SIZE (kinds))];
}

/* Fill in a value of TYPE: 0 where there is padding.  */
static void
described_value (const ffi_type *type, char *to)
{
  memset (to, 0, DESCRIBED_VALUE);
  if (type->type == FFI_TYPE_STRUCT)
    {
      size_t at = 0;
      for (ffi_type **e = type->elements; *e != NULL; e++)
        {
          at = (at + (*e)->alignment - 1) & -(size_t) (*e)->alignment;
          char part[DESCRIBED_VALUE];
          described_value (*e, part);
          memcpy (to + at, part, (*e)->size);
          at += (*e)->size;
        }
    }
  else if (type->type == FFI_TYPE_FLOAT)
    *(float *) to = described_below (1000) / 8.0f;
  else if (type->type == FFI_TYPE_DOUBLE)
    *(double *) to = described_below (1000) / 8.0;
  else if (type->type == FFI_TYPE_LONGDOUBLE)
    *(long double *) to = described_below (1000) / 8.0L;
  else
    for (size_t i = 0; i < type->size; i++)
      to[i] = described_below (256);
}

/* The bytes of a value of TYPE that have a meaning.  */
static size_t
described_size (const ffi_type *type)
{
  if (type->type == FFI_TYPE_LONGDOUBLE && type->size > 8 && sizeof (long double) != 8
      && __LDBL_MANT_DIG__ == 64)
    return 10;
  return type->type == FFI_TYPE_VOID ? 0 : type->size;
}

static int
described_equal (const ffi_type *type, const void *a, const void *b)
{
  if (type->type != FFI_TYPE_STRUCT)
    return memcmp (a, b, described_size (type)) == 0;
  size_t at = 0;
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      at = (at + (*e)->alignment - 1) & -(size_t) (*e)->alignment;
      if (!described_equal (*e, (const char *) a + at, (const char *) b + at))
        return 0;
      at += (*e)->size;
    }
  return 1;
}

static void
described_strew (void)
{
  unsigned n = described.nwith;

  if (!described_with_voids)
    return;
  while (described_below (3) == 0 && described.nwith < n + 3
         && described.nwith < DESCRIBED_MOST - 1)
    {
      described.with_values[described.nwith] = NULL;
      described.with_types[described.nwith++] = described_void ();
    }
}

static ffi_type *
described_other (ffi_type *type)
{
  return described_otherwise != NULL ? described_otherwise (type) : type;
}

/* Fill in DESCRIBED for ABI.  */
static void
described_draw (ffi_abi abi)
{
  do
    {
      described.nplain = described_below (described_below (4) == 0 ? DESCRIBED_ARGS : 6);
      described.nwith = 0;
      for (unsigned i = 0; i < described.nplain; i++)
        {
          described_strew ();
          described.plain_types[i] = described_any ();
          described.with_types[described.nwith]
              = described_other (described.plain_types[i]);
          described.plain_values[i] = described.with_values[described.nwith++]
              = described.values[i];
        }
      described_strew ();
    }
  while (described_with_voids && described.nwith == described.nplain);
  described.result = described_below (6) == 0 ? &ffi_type_void : described_any ();
  described.with_result = described_other (described.result);
  CHECK_INT (ffi_prep_cif (&described.plain, abi, described.nplain, described.result,
                           described.plain_types),
             FFI_OK);
  CHECK_INT (ffi_prep_cif (&described.with, abi, described.nwith, described.with_result,
                           described.with_types),
             FFI_OK);
  for (unsigned i = 0; i < described.nplain; i++)
    described_value (described.plain_types[i], described.values[i]);
  if (described.result->type != FFI_TYPE_VOID)
    described_value (described.result, described.value);
}

/* ARGS of CIF, one of the two, are the values.  */
static void
described_check_arguments (const ffi_cif *cif, void **args)
{
  for (unsigned i = 0, n = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type->type == FFI_TYPE_VOID)
        continue;
      CHECK_MSG (described_equal (type, args[i], described.values[n]),
                 "abi %d, %u arguments, %u of them void: number %u (type %u) is wrong",
                 cif->abi, cif->nargs, described.nwith - described.nplain, i, type->type);
      n++;
    }
}

/* Integers that are narrower than a register are widened in RESULT.  */
static void
described_store (void *result)
{
  const ffi_type *type = described.result;

  if (type->type == FFI_TYPE_SINT8)
    *(ffi_sarg *) result = *(int8_t *) described.value;
  else if (type->type == FFI_TYPE_UINT16)
    *(ffi_arg *) result = *(uint16_t *) described.value;
  else if (type->type == FFI_TYPE_SINT32)
    *(ffi_sarg *) result = *(int32_t *) described.value;
  else if (type->type != FFI_TYPE_VOID)
    memcpy (result, described.value, type->size);
}

static unsigned described_handled;

static void
described_handle (ffi_cif *cif, void *result, void **args, FFITEST_UNUSED void *data)
{
  described_handled++;
  described_check_arguments (cif, args);
  for (unsigned i = 0, n = 0; i < cif->nargs; i++)
    if (cif->arg_types[i]->type != FFI_TYPE_VOID)
      CHECK_UINT ((uintptr_t) args[i] & (described.plain_types[n++]->alignment - 1u), 0);
  described_store (result);
}

static void
described_handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, FFITEST_UNUSED void *data)
{
  void *args[DESCRIBED_MOST];

  described_handled++;
  ffi_raw_to_ptrarray (cif, raw, args);
  described_check_arguments (cif, args);
  described_store (result);
}

/* Let CHECK_ROUND check signatures of every convention.  */
static void
described_in_every_abi (void (*check_round) (void))
{
  ffi_cif none;

  for (int abi = FFI_FIRST_ABI; abi < FFI_LAST_ABI; abi++)
    if (ffi_prep_cif (&none, (ffi_abi) abi, 0, &ffi_type_void, NULL) == FFI_OK)
      for (unsigned round = 0; round < DESCRIBED_ROUNDS; round++)
        {
          described_draw ((ffi_abi) abi);
          check_round ();
        }
}

/* What a call left in RESULT is the value.  */
static void
described_check_result (const void *result)
{
  _Alignas(16) char expected[DESCRIBED_VALUE];

  described_store (expected);
  CHECK_MSG (described_equal (described.result, result, expected),
             "abi %d, %u arguments, %u of them void: the result (type %u) is wrong",
             described.with.abi, described.nwith, described.nwith - described.nplain,
             described.result->type);
}

/* A closure of PLAIN is called by WITH in every way.  */
static FFITEST_UNUSED void
described_check_calls (void)
{
  _Alignas(16) char result[DESCRIBED_VALUE];
  ffi_cif *cif = &described.with;
  ffi_raw raw[512];
  void *code;
  ffi_closure *closure = MAKE_CLOSURE (&described.plain, described_handle, NULL, &code);

  described_handled = 0;
  ffi_call (cif, FFI_FN (code), result, described.with_values);
  described_check_result (result);
  ffi_call (cif, FFI_FN (code), NULL, described.with_values);

  ffi_call_plan *plan = ffi_call_plan_alloc (cif);
  CHECK (plan != NULL);
  ffi_call_plan_invoke (plan, FFI_FN (code), result, described.with_values);
  described_check_result (result);
  ffi_call_plan_free (plan);

  CHECK (ffi_raw_size (cif) <= sizeof raw);
  ffi_ptrarray_to_raw (cif, described.with_values, raw);
  ffi_raw_call (cif, FFI_FN (code), result, raw);
  described_check_result (result);
  CHECK_INT (described_handled, 4);
  ffi_closure_free (closure);
}

static void
described_call_plain (void *code)
{
  _Alignas(16) char result[DESCRIBED_VALUE];

  described_handled = 0;
  ffi_call (&described.plain, FFI_FN (code), result, described.plain_values);
  CHECK_INT (described_handled, 1);
  described_check_result (result);
}

/* Closures of WITH, of every kind, are called by PLAIN.  */
static FFITEST_UNUSED void
described_check_closures (void)
{
  _Alignas(16) char result[DESCRIBED_VALUE];
  ffi_cif *cif = &described.with;
  ffi_go_closure go;
  void *code;
  ffi_closure *closure = MAKE_CLOSURE (cif, described_handle, NULL, &code);
  described_call_plain (code);
  ffi_closure_free (closure);

  ffi_raw_closure *raw = ffi_closure_alloc (sizeof *raw, &code);
  CHECK (raw != NULL);
  CHECK_INT (ffi_prep_raw_closure_loc (raw, cif, described_handle_raw, NULL, code),
             FFI_OK);
  described_call_plain (code);
  ffi_closure_free (raw);

  if (ffi_prep_go_closure (&go, cif, described_handle) != FFI_OK)
    return;
  described_handled = 0;
  ffi_call_go (&described.plain, FFI_FN (go.tramp), result, described.plain_values, &go);
  CHECK_INT (described_handled, 1);
  described_check_result (result);
}

#endif
