/* SPDX-License-Identifier: MIT */
/* Structs aligned to 16, 32 and 64 reach the handler from where the compiler put
   them, at an address with their alignment.  An empty struct as last element keeps
   those of one member from being taken for unions.  */

#include "ffitest.h"

#define DEFINE(name, count, align)                                                       \
  struct name                                                                            \
  {                                                                                      \
    long a[count];                                                                       \
  } __attribute__ ((aligned (align)));                                                   \
                                                                                         \
  static void handle_##name (ffi_cif *cif, void *result, void **args, void *data)        \
  {                                                                                      \
    (void) cif, (void) data;                                                             \
    for (int i = 1; i < 10; i += 4)                                                      \
      {                                                                                  \
        const struct name *s = args[i];                                                  \
        CHECK_MSG ((uintptr_t) s % align == 0, #name ": argument %d is at %p", i,        \
                   args[i]);                                                             \
        for (int k = 0; k < count; k++)                                                  \
          CHECK_INT (s->a[k], i * 100 + k);                                              \
      }                                                                                  \
    CHECK_INT (*(int *) args[0], 1);                                                     \
    CHECK_INT (*(long *) args[2], 2);                                                    \
    CHECK_DOUBLE (*(double *) args[6], 3);                                               \
    CHECK_INT (*(long *) args[8], 4);                                                    \
    CHECK_INT (*(int *) args[10], 5);                                                    \
    memcpy (result, args[5], sizeof (long) * count);                                     \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ffi_type *nothing[] = { NULL }, empty = { 0, 0, FFI_TYPE_STRUCT, nothing };          \
    ffi_type *elements[count + 2];                                                       \
    ffi_type type = { sizeof (struct name), align, FFI_TYPE_STRUCT, elements };          \
    ffi_type *l = &ffi_type_slong, *in = &ffi_type_sint, *d = &ffi_type_double;          \
    ffi_type *types[] = { in, &type, l, l, l, &type, d, l, l, &type, in };               \
    struct name s[3], result;                                                            \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
    for (int k = 0; k < count; k++)                                                      \
      {                                                                                  \
        elements[k] = l;                                                                 \
        for (int m = 0; m < 3; m++)                                                      \
          s[m].a[k] = (4 * m + 1) * 100 + k;                                             \
      }                                                                                  \
    elements[count] = &empty;                                                            \
    elements[count + 1] = NULL;                                                          \
    PREP_CIF (&cif, 11, &type, types);                                                   \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, NULL, &code);              \
    result = CODE_AS (struct name (*) (int, struct name, long, long, long, struct name,  \
                                       double, long, long, struct name, int),            \
                      code) (1, s[0], 2, 0, 0, s[1], 3, 0, 4, s[2], 5);                  \
    CHECK_MEM (result.a, s[1].a, sizeof s[1].a);                                         \
    ffi_closure_free (closure);                                                          \
  }

DEFINE (one_16, 1, 16)
DEFINE (two_16, 2, 16)
DEFINE (five_16, 5, 16)
DEFINE (one_32, 1, 32)
DEFINE (five_32, 5, 32)
DEFINE (one_64, 1, 64)
DEFINE (nine_64, 9, 64)

int
main (void)
{
  test_one_16 ();
  test_two_16 ();
  test_five_16 ();
  test_one_32 ();
  test_five_32 ();
  test_one_64 ();
  test_nine_64 ();
  return ffitest_done ();
}
