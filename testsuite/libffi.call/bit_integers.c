/* SPDX-License-Identifier: MIT */
/* A _BitInt travels as the manual says to describe it: up to 64 bits as the integer that
   holds it, of which it is the low bits, and on x86-64 above that as an array of words.
 */

#include "ffitest.h"
#include <ffi_types.h>

#if defined __clang__ && (defined __x86_64__ || defined __i386__)                        \
    && (__clang_major__ >= 14)

typedef _BitInt(37) narrow;

static narrow
add (signed char a, narrow b, double c)
{
  return (narrow) (a + b + (long long) c);
}

static void
handle_add (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(int64_t *) result
      = *(signed char *) args[0] + *(narrow *) args[1] + (int64_t) * (double *) args[2];
}

static void
up_to_64 (void)
{
  ffi_type *types[] = { &ffi_type_schar, &ffi_type_sint64, &ffi_type_double };
  signed char a = -3;
  narrow b = -((narrow) 1 << 35);
  double c = 17;
  void *values[] = { &a, &b, &c }, *code;
  narrow expected = b + 14;
  int64_t result = 0;
  ffi_cif cif;

  PREP_CIF (&cif, 3, &ffi_type_sint64, types);
  ffi_call (&cif, FFI_FN (add), &result, values);
  CHECK ((narrow) result == expected);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle_add, NULL, &code);
  CHECK (CODE_AS (narrow (*) (signed char, narrow, double), code) (a, b, c) == expected);
  ffi_closure_free (closure);
}

#ifdef __x86_64__

typedef unsigned _BitInt(100) wide;

static const ffi_member words[] = { FFI_ARRAY (&ffi_type_uint64, 0, (100 + 63) / 64) };
static ffi_aggregate wide_type = FFI_STRUCT_OF (wide_type, wide, words);

/* For the last there is one register, which it does not take; FLAG does.  */
static wide
mix (wide a, long b, long c, long d, wide e, long flag)
{
  return (wide) (a * 3 + (wide) (b + c + d) + e + (wide) flag);
}

static void
handle_mix (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(wide *) result = mix (*(wide *) args[0], *(long *) args[1], *(long *) args[2],
                          *(long *) args[3], *(wide *) args[4], *(long *) args[5]);
}

static void
above_64 (void)
{
  ffi_type *types[] = { &wide_type.type, &ffi_type_slong, &ffi_type_slong,
                        &ffi_type_slong, &wide_type.type, &ffi_type_slong };
  wide a = ((wide) 1 << 99) + 12345, e = (wide) 77 << 80;
  long b = 1, c = 2, d = 3, flag = 500;
  void *values[] = { &a, &b, &c, &d, &e, &flag }, *code;
  wide expected = mix (a, b, c, d, e, flag), result = 0;
  ffi_cif cif;

  PREP_CIF (&cif, 6, &wide_type.type, types);
  ffi_call (&cif, FFI_FN (mix), &result, values);
  CHECK (result == expected);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle_mix, NULL, &code);
  typedef wide function (wide, long, long, long, wide, long);
  CHECK (CODE_AS (function *, code) (a, b, c, d, e, flag) == expected);
  ffi_closure_free (closure);
}

#if __BITINT_MAXWIDTH__ >= 130

typedef unsigned _BitInt(130) wider;

static const ffi_member more_words[]
    = { FFI_ARRAY (&ffi_type_uint64, 0, (130 + 63) / 64) };
static ffi_aggregate wider_type = FFI_STRUCT_OF (wider_type, wider, more_words);

static wider
next (long a, wider b)
{
  return b + (wider) a;
}

static void
above_128 (void)
{
  ffi_type *types[] = { &ffi_type_slong, &wider_type.type };
  long a = 9;
  wider b = ((wider) 1 << 129) + 3, result = 0;
  void *values[] = { &a, &b };
  ffi_cif cif;

  PREP_CIF (&cif, 2, &wider_type.type, types);
  ffi_call (&cif, FFI_FN (next), &result, values);
  CHECK (result == next (a, b));
}
#else
#define above_128() (void) 0
#endif
#else
#define above_64() (void) 0
#define above_128() (void) 0
#endif

int
main (void)
{
  up_to_64 ();
  above_64 ();
  above_128 ();
  return ffitest_done ();
}

#else

int
main (void)
{
  printf ("UNSUPPORTED: the compiler has no _BitInt here\n");
  return 77;
}

#endif
