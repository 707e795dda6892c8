/* SPDX-License-Identifier: MIT */
/* { needs aarch64 } */
/* By Windows' convention a variadic function finds its arguments, named ones too, in
   words: the first eight in x0 to x7, the others on the stack.  So it looks to a
   function of integers, and such a caller to a closure.  */

#include "ffitest.h"

enum
{
  ARGUMENTS = 8,
  WORDS = 14
};

typedef uint64_t word;
typedef void words_fn (word, word, word, word, word, word, word, word, word, word, word,
                       word, word, word);

static word seen[WORDS];

static void
take (word a, word b, word c, word d, word e, word f, word g, word h, word i, word j,
      word k, word l, word m, word n)
{
  word all[WORDS] = { a, b, c, d, e, f, g, h, i, j, k, l, m, n };
  memcpy (seen, all, sizeof seen);
}

static double
negate (double x)
{
  return -x;
}

struct values
{
  int fixed;
  double d;
  float homogeneous[2];
  double pair[2];
  long three[3];
  int small[3];
  long double quad;
  long last;
};

static const struct values values
    = { -7,          2.5,          { 1.5f, -1.5f }, { 3.25, 4.25 },
        { 5, 6, 7 }, { 8, 9, 10 }, 0x1.23p-77L,     -11 };

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  struct values *got = data;
  (void) cif, (void) result;
  got->fixed = *(int *) args[0];
  got->d = *(double *) args[1];
  memcpy (got->homogeneous, args[2], sizeof got->homogeneous);
  memcpy (got->pair, args[3], sizeof got->pair);
  memcpy (got->three, args[4], sizeof got->three);
  memcpy (got->small, args[5], sizeof got->small);
  got->quad = *(long double *) args[6];
  got->last = *(long *) args[7];
}

int
main (void)
{
  STRUCT_TYPE (homogeneous, &ffi_type_float, &ffi_type_float);
  STRUCT_TYPE (pair, &ffi_type_double, &ffi_type_double);
  STRUCT_TYPE (three, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong);
  STRUCT_TYPE (small, &ffi_type_sint, &ffi_type_sint, &ffi_type_sint);
  ffi_type *types[ARGUMENTS]
      = { &ffi_type_sint, &ffi_type_double, &homogeneous,         &pair,
          &three,         &small,           &ffi_type_longdouble, &ffi_type_slong };
  struct values v = values, got;
  void *avalue[ARGUMENTS]
      = { &v.fixed, &v.d, &v.homogeneous, &v.pair, &v.three, &v.small, &v.quad, &v.last };
  word expected[WORDS] = { 0 };
  ffi_cif cif;
  void *code;

  /* Word 5 is the address of a copy of THREE, word 6 the first of SMALL; QUAD starts
     at an even one.  */
  expected[0] = (word) (int64_t) v.fixed;
  memcpy (&expected[1], &v.d, 8);
  memcpy (&expected[2], &v.homogeneous, 8);
  memcpy (&expected[3], &v.pair, 16);
  memcpy (&expected[6], &v.small, 12);
  memcpy (&expected[8], &v.quad, 16);
  expected[10] = (word) v.last;

  CHECK_INT (ffi_prep_cif_var (&cif, FFI_WIN64, 1, 8, &ffi_type_void, types), FFI_OK);
  ffi_call (&cif, FFI_FN (take), NULL, avalue);
  CHECK_MEM (seen, expected, 5 * 8);
  CHECK_MEM ((void *) seen[5], v.three, sizeof v.three);
  CHECK ((void *) seen[5] != v.three);
  CHECK_MEM (&seen[6], &expected[6], 12);
  CHECK_MEM (&seen[8], &expected[8], 3 * 8);

  memset (&got, 0, sizeof got);
  expected[5] = (uintptr_t) v.three;
  MAKE_CLOSURE (&cif, handle, &got, &code);
  CODE_AS (words_fn *, code)
  (expected[0], expected[1], expected[2], expected[3], expected[4], expected[5],
   expected[6], expected[7], expected[8], expected[9], expected[10], 0, 0, 0);
  CHECK_INT (got.fixed, v.fixed);
  CHECK_DOUBLE (got.d, v.d);
  CHECK_MEM (got.homogeneous, v.homogeneous, sizeof v.homogeneous);
  CHECK_MEM (got.pair, v.pair, sizeof v.pair);
  CHECK_MEM (got.three, v.three, sizeof v.three);
  CHECK_MEM (got.small, v.small, sizeof v.small);
  CHECK_LDOUBLE (got.quad, v.quad);
  CHECK_INT (got.last, v.last);

  /* Values in both kinds of place: x7 and the stack.  */
  ffi_type *split[]
      = { &ffi_type_sint,  &ffi_type_slong, &ffi_type_slong, &pair,
          &ffi_type_slong, &ffi_type_slong, &pair,           &ffi_type_sint };
  long n[] = { 1, 2, 3, 4 };
  int end = 5;
  void *split_values[] = { &v.fixed, &n[0], &n[1], &v.pair, &n[2], &n[3], &v.pair, &end };
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_WIN64, 2, 8, &ffi_type_void, split), FFI_OK);
  ffi_call (&cif, FFI_FN (take), NULL, split_values);
  CHECK_MEM (&seen[7], &v.pair, 16);
  CHECK_INT (seen[9], 5);

  /* Not variadic: as everywhere.  */
  double pi = 3.14;
  ffi_type *one[] = { &ffi_type_double };
  void *pi_value[] = { &pi };
  double result = 0;
  CHECK_INT (ffi_prep_cif (&cif, FFI_WIN64, 1, &ffi_type_double, one), FFI_OK);
  ffi_call (&cif, FFI_FN (negate), &result, pi_value);
  CHECK_DOUBLE (result, -3.14);
  return ffitest_done ();
}
