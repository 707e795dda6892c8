/* SPDX-License-Identifier: MIT */
/* A struct of two floating members, between which their alignment leaves room, reaches
   the handler whole, and the call, wherever its members travel.  */

#include "ffitest.h"

struct aligned_16
{
  double a;
} __attribute__ ((aligned (16)));

struct aligned_32
{
  float a;
} __attribute__ ((aligned (32)));

struct far_16
{
  struct aligned_16 a, b;
};

struct far_32
{
  struct aligned_32 a, b;
};

#define TEST(name, scalar, inner, first, second)                                         \
  static void handle_##name (ffi_cif *cif, void *result, void **args, void *data)        \
  {                                                                                      \
    const struct name *s = args[1];                                                      \
    (void) cif, (void) data, (void) result;                                              \
    CHECK_INT (*(int *) args[0], 1);                                                     \
    CHECK_DOUBLE (s->a.a, first);                                                        \
    CHECK_DOUBLE (s->b.a, second);                                                       \
    CHECK_DOUBLE (*(double *) args[2], 2);                                               \
    handled++;                                                                           \
  }                                                                                      \
                                                                                         \
  static void callee_##name (int i, struct name s, double d)                             \
  {                                                                                      \
    void *args[] = { &i, &s, &d };                                                       \
    handle_##name (NULL, NULL, args, NULL);                                              \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ffi_type *nothing[] = { NULL }, empty = { 0, 0, FFI_TYPE_STRUCT, nothing };          \
    ffi_type *member[] = { &scalar, &empty, NULL };                                      \
    ffi_type one                                                                         \
        = { sizeof (struct inner), _Alignof(struct inner), FFI_TYPE_STRUCT, member };    \
    STRUCT_TYPE (type, &one, &one);                                                      \
    ffi_type *types[] = { &ffi_type_sint, &type, &ffi_type_double };                     \
    struct name s = { { first }, { second } };                                           \
    int i = 1;                                                                           \
    double d = 2;                                                                        \
    void *values[] = { &i, &s, &d }, *code;                                              \
    ffi_cif cif;                                                                         \
    PREP_CIF (&cif, 3, &ffi_type_void, types);                                           \
    CHECK_UINT (type.size, sizeof (struct name));                                        \
    ffi_call (&cif, FFI_FN (callee_##name), NULL, values);                               \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, NULL, &code);              \
    CODE_AS (void (*) (int, struct name, double), code) (i, s, d);                       \
    CHECK_INT (handled, 2);                                                              \
    handled = 0;                                                                         \
    ffi_closure_free (closure);                                                          \
  }

static int handled;

TEST (far_16, ffi_type_double, aligned_16, 3.5, -4.25)
TEST (far_32, ffi_type_float, aligned_32, 5.5f, -6.25f)

int
main (void)
{
  test_far_16 ();
  test_far_32 ();
  return ffitest_done ();
}
