/* SPDX-License-Identifier: MIT */
/* { options -Wno-psabi } */
/* Vectors of three lanes, which clang calls ext_vector_type and GCC has with a fourth,
   through a call and a closure, with more of them than there are registers.  */

#include "ffitest.h"

#ifdef FFI_TARGET_HAS_VECTOR_TYPE
#ifdef __clang__
#define VECTOR(lane, size) __attribute__ ((ext_vector_type (3)))
#else
#define VECTOR(lane, size) __attribute__ ((vector_size (size)))
#endif

#define CHECK_FOR(lane, part, bytes)                                                     \
  typedef lane v_##part VECTOR (lane, bytes);                                            \
                                                                                         \
  static v_##part last_##part (int a, v_##part b, double c, v_##part d, v_##part e,      \
                               v_##part f, v_##part g, v_##part h, v_##part i,           \
                               v_##part j, v_##part k)                                   \
  {                                                                                      \
    return b + d + e + f + g + h + i + j * (lane) (a + c) - k;                           \
  }                                                                                      \
                                                                                         \
  static void handle_##part (FFITEST_UNUSED ffi_cif *cif, void *result, void **args,     \
                             FFITEST_UNUSED void *data)                                  \
  {                                                                                      \
    v_##part **v = (v_##part **) args;                                                   \
    for (unsigned i = 0; i < cif->nargs; i++)                                            \
      CHECK_UINT ((uintptr_t) args[i] % cif->arg_types[i]->alignment, 0);                \
    v_##part r = last_##part (*(int *) args[0], *v[1], *(double *) args[2], *v[3],       \
                              *v[4], *v[5], *v[6], *v[7], *v[8], *v[9], *v[10]);         \
    memcpy (result, &r, sizeof r);                                                       \
  }                                                                                      \
                                                                                         \
  static void check_##part (void)                                                        \
  {                                                                                      \
    v_##part v[9], result, expected;                                                     \
    ffi_type *elements[]                                                                 \
        = { &ffi_type_##part, &ffi_type_##part, &ffi_type_##part, NULL };                \
    ffi_type type = { 0, 0, FFI_TYPE_VECTOR, elements };                                 \
    ffi_type *types[] = { &ffi_type_sint, &type, &ffi_type_double,                       \
                          &type,          &type, &type,                                  \
                          &type,          &type, &type,                                  \
                          &type,          &type };                                       \
    int a = 2;                                                                           \
    double c = 3;                                                                        \
    void *code, *values[] = { &a,    &v[0], &c,    &v[1], &v[2], &v[3],                  \
                              &v[4], &v[5], &v[6], &v[7], &v[8] };                       \
    ffi_cif cif;                                                                         \
                                                                                         \
    memset (v, 0, sizeof v);                                                             \
    for (int i = 0; i < 9; i++)                                                          \
      for (int n = 0; n < 3; n++)                                                        \
        v[i][n] = (lane) (i + 2 * n);                                                    \
    expected = last_##part (a, v[0], c, v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]); \
    PREP_CIF (&cif, 11, &type, types);                                                   \
    CHECK_UINT (type.size, sizeof (v_##part));                                           \
    ffi_call (&cif, FFI_FN (last_##part), &result, values);                              \
    CHECK_MEM (&result, &expected, 3 * sizeof (lane));                                   \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##part, NULL, &code);              \
    result = CODE_AS (__typeof__ (&last_##part), code) (a, v[0], c, v[1], v[2], v[3],    \
                                                        v[4], v[5], v[6], v[7], v[8]);   \
    CHECK_MEM (&result, &expected, 3 * sizeof (lane));                                   \
    ffi_closure_free (closure);                                                          \
  }

#if !(defined __clang__ && defined __aarch64__)
/* Clang returns one of these as three words.  */
CHECK_FOR (signed char, sint8, 4)
#endif
CHECK_FOR (short, sint16, 8)
CHECK_FOR (int, sint32, 16)
CHECK_FOR (float, float, 16)
/* Where the processor has wide registers, only code for these passes them there.  */
#if defined __x86_64__ && !defined __clang__
#pragma GCC push_options
#pragma GCC target("avx")
#endif
#if !(defined __clang__ && defined __x86_64__)
#define WIDE 1
CHECK_FOR (int64_t, sint64, 32)
CHECK_FOR (double, double, 32)
#endif
#if defined __x86_64__ && !defined __clang__
#pragma GCC pop_options
#endif
#endif

int
main (void)
{
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
#if !(defined __clang__ && defined __aarch64__)
  check_sint8 ();
#endif
  check_sint16 ();
  check_sint32 ();
  check_float ();
#ifdef WIDE
#ifdef __x86_64__
  if (!__builtin_cpu_supports ("avx"))
    return ffitest_done ();
#endif
  check_sint64 ();
  check_double ();
#endif
#else
  UNSUPPORTED ("no vectors are passed here");
#endif
  return ffitest_done ();
}
