/* SPDX-License-Identifier: MIT */
/* { sources support/seal_all.c } */
/* Sealed closures get structs that are too large for registers, of members with each
   alignment, between more arguments than specialised entries take.  */

#include "ffitest.h"

enum
{
  MEMBERS = 20
};

/* A struct of members of TYPE, its libffi type, and a handler that adds up its members
   and all other arguments.  */
#define LARGE(name, ctype)                                                               \
  struct name                                                                            \
  {                                                                                      \
    ctype m[MEMBERS];                                                                    \
  };                                                                                     \
                                                                                         \
  static void handle_##name (ffi_cif *cif, void *result, void **args, void *data)        \
  {                                                                                      \
    const struct name *s = args[1];                                                      \
    double sum = 0;                                                                      \
                                                                                         \
    (void) data;                                                                         \
    for (unsigned i = 0; i < MEMBERS; i++)                                               \
      sum += (i + 1) * (double) s->m[i];                                                 \
    for (unsigned i = 0; i < cif->nargs; i++)                                            \
      if (i != 1)                                                                        \
        sum += 1000. * *(int *) args[i];                                                 \
    *(double *) result = sum;                                                            \
  }                                                                                      \
                                                                                         \
  static void check_##name (ffi_type *member)                                            \
  {                                                                                      \
    typedef double function (int, struct name, int, int, int, int, int, int, int, int,   \
                             int, int, int);                                             \
    ffi_type *elements[MEMBERS + 1] = { NULL }, *types[13];                              \
    ffi_type type = { .type = FFI_TYPE_STRUCT, .elements = elements };                   \
    struct name value;                                                                   \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
                                                                                         \
    for (unsigned i = 0; i < MEMBERS; i++)                                               \
      {                                                                                  \
        elements[i] = member;                                                            \
        value.m[i] = i;                                                                  \
      }                                                                                  \
    for (unsigned i = 0; i < ARRAY_SIZE (types); i++)                                    \
      types[i] = i == 1 ? &type : &ffi_type_sint;                                        \
    PREP_CIF (&cif, ARRAY_SIZE (types), &ffi_type_double, types);                        \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, NULL, &code);              \
    CHECK_DOUBLE (                                                                       \
        CODE_AS (function *, code) (1, value, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),       \
        78000 + 2660);                                                                   \
    ffi_closure_free (closure);                                                          \
  }

LARGE (bytes, signed char)
LARGE (ints, int)
LARGE (words, long long)
LARGE (doubles, double)
LARGE (long_doubles, long double)

int
main (void)
{
  check_bytes (&ffi_type_schar);
  check_ints (&ffi_type_sint);
  check_words (&ffi_type_sint64);
  check_doubles (&ffi_type_double);
  check_long_doubles (&ffi_type_longdouble);
  return ffitest_done ();
}
