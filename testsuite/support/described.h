/* SPDX-License-Identifier: MIT */
/* Random signatures in every convention, each described in two ways that must make no
   difference: with void arguments strewn in, or by types of the test's own.  */

#ifndef DESCRIBED_H
#define DESCRIBED_H

#include "ffitest.h"
#include "signatures.h"

enum
{
  DESCRIBED_MOST = 64,    /* arguments, with void ones */
  DESCRIBED_ROUNDS = 150, /* signatures per convention */
};

/* What they consist of: nothing that a convention refuses.  */
#ifdef FFI_TARGET_HAS_INT128
#define DESCRIBED_LETTERS "AbuiipUlfdekXgKTHo2q"
#else
#define DESCRIBED_LETTERS "AbuiipUlfdekXgKTHo2"
#endif

/* Set by the test: whether void arguments are strewn in; and, unless null, what describes
   TYPE instead.  */
static int described_with_voids FFITEST_UNUSED;
static ffi_type *(*described_otherwise) (ffi_type *type) FFITEST_UNUSED;

/* One signature.  PLAIN is the one of basic types, WITH the other; the values of its void
   arguments are null.  */
static struct
{
  struct signature plain;
  ffi_type *types[DESCRIBED_MOST], *result;
  void *values[DESCRIBED_MOST];
  unsigned nargs;
  ffi_cif with;
} described;

static uint32_t described_seed = 1;

static unsigned
described_below (unsigned n)
{
  described_seed = described_seed * 1664525u + 1013904223u;
  return (described_seed >> 8) % n;
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

/* Whether ABI passes long double as double, whatever its type says.  */
static int
described_short_long_double (ffi_abi abi)
{
#ifdef __powerpc64__
  return (abi & FFI_LINUX_LONG_DOUBLE_128) == 0;
#else
  (void) abi;
  return 0;
#endif
}

/* Whether two values of TYPE are equal but for padding.  */
static int
described_equal (const ffi_type *type, const void *a, const void *b)
{
  const unsigned char *x = a, *y = b;
  unsigned char mask[MAX_VALUE] = { 0 };
  size_t size = type->size;

  if (type->type == FFI_TYPE_LONGDOUBLE
      && described_short_long_double (described.plain.abi))
    size = 8;
  mark_value (type, mask);
  for (size_t i = 0; i < size; i++)
    if (((x[i] ^ y[i]) & mask[i]) != 0)
      return 0;
  return 1;
}

static void
described_strew (void)
{
  unsigned n = described.nargs;

  if (!described_with_voids)
    return;
  while (described_below (3) == 0 && described.nargs < n + 3
         && described.nargs < DESCRIBED_MOST - 1)
    {
      described.values[described.nargs] = NULL;
      described.types[described.nargs++] = described_void ();
    }
}

static ffi_type *
described_other (ffi_type *type)
{
  return described_otherwise != NULL ? described_otherwise (type) : type;
}

/* Describe the plain signature otherwise.  */
static void
described_describe (void)
{
  described.nargs = 0;
  for (unsigned i = 0; i < described.plain.nargs; i++)
    {
      described_strew ();
      described.types[described.nargs] = described_other (described.plain.types[i]);
      described.values[described.nargs++] = described.plain.values[i];
    }
  described_strew ();
}

/* Fill in DESCRIBED for ABI.  */
static void
described_draw (ffi_abi abi)
{
  char text[MAX_TEXT];

  signature_random (text, described_below (4) == 0 ? MAX_ARGUMENTS - 1 : 5,
                    DESCRIBED_LETTERS, &described_seed);
  if (described_below (6) == 0)
    text[0] = 'v';
  signature_prepare (&described.plain, text, abi);
  do
    described_describe ();
  while (described_with_voids && described.nargs == described.plain.nargs);
  described.result = described_other (described.plain.result->type);
  CHECK_INT (ffi_prep_cif (&described.with, abi, described.nargs, described.result,
                           described.types),
             FFI_OK);
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
      CHECK_MSG (described_equal (type, args[i], described.plain.values[n]),
                 "abi %d, %s, %u arguments void: number %u is wrong", cif->abi,
                 described.plain.text, cif->nargs - described.plain.nargs, i);
      n++;
    }
}

/* Integers that are narrower than a register are widened in RESULT.  */
static void
described_store (void *result)
{
  const struct kind *kind = described.plain.result;

  if (kind_is_integer (kind))
    kind_widen (kind, described.plain.returned, result);
  else if (kind->letter != 'v')
    memcpy (result, described.plain.returned, kind->type->size);
}

static unsigned described_handled;

static void
described_handle (ffi_cif *cif, void *result, void **args, FFITEST_UNUSED void *data)
{
  described_handled++;
  described_check_arguments (cif, args);
  for (unsigned i = 0, n = 0; i < cif->nargs; i++)
    if (cif->arg_types[i]->type != FFI_TYPE_VOID)
      CHECK_UINT ((uintptr_t) args[i] & (described.plain.types[n++]->alignment - 1u), 0);
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
  _Alignas(16) char expected[MAX_VALUE];

  if (described.plain.result->letter == 'v')
    return;
  described_store (expected);
  CHECK_MSG (kind_is_integer (described.plain.result)
                 ? memcmp (result, expected, sizeof (ffi_arg)) == 0
                 : described_equal (described.plain.result->type, result, expected),
             "abi %d, %s, %u arguments void: the result is wrong", described.with.abi,
             described.plain.text, described.nargs - described.plain.nargs);
}

/* A closure of PLAIN is called by WITH in every way.  */
static FFITEST_UNUSED void
described_check_calls (void)
{
  _Alignas(16) char result[MAX_VALUE];
  ffi_cif *cif = &described.with;
  ffi_raw raw[512];
  void *code;
  ffi_closure *closure
      = MAKE_CLOSURE (&described.plain.cif, described_handle, NULL, &code);

  described_handled = 0;
  ffi_call (cif, FFI_FN (code), result, described.values);
  described_check_result (result);
  ffi_call (cif, FFI_FN (code), NULL, described.values);

  ffi_call_plan *plan = ffi_call_plan_alloc (cif);
  CHECK (plan != NULL);
  ffi_call_plan_invoke (plan, FFI_FN (code), result, described.values);
  described_check_result (result);
  ffi_call_plan_free (plan);

  CHECK (ffi_raw_size (cif) <= sizeof raw);
  ffi_ptrarray_to_raw (cif, described.values, raw);
  ffi_raw_call (cif, FFI_FN (code), result, raw);
  described_check_result (result);
  CHECK_INT (described_handled, 4);
  ffi_closure_free (closure);
}

static void
described_call_plain (void *code)
{
  _Alignas(16) char result[MAX_VALUE];

  described_handled = 0;
  ffi_call (&described.plain.cif, FFI_FN (code), result, described.plain.avalue);
  CHECK_INT (described_handled, 1);
  described_check_result (result);
}

/* Closures of WITH, of every kind, are called by PLAIN.  */
static FFITEST_UNUSED void
described_check_closures (void)
{
  _Alignas(16) char result[MAX_VALUE];
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
  ffi_call_go (&described.plain.cif, FFI_FN (go.tramp), result, described.plain.avalue,
               &go);
  CHECK_INT (described_handled, 1);
  described_check_result (result);
}

#endif
