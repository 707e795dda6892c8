/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* By the Microsoft x64 convention a value of another size than 1, 2, 4 or 8 bytes
   travels as the address of an aligned copy, which belongs to the callee: complex
   numbers, 128-bit integers and vectors, called and calling back.  */

#include "win64.h"
#include "ffitest.h"
#include <complex.h>

typedef int v2i __attribute__ ((vector_size (8)));
typedef float v4f __attribute__ ((vector_size (16)));

#define VECTOR_TYPE(name, ctype, lane)                                                   \
  static ffi_type *name##_lanes[] = { &lane, NULL };                                     \
  static ffi_type name                                                                   \
      = { sizeof (ctype), sizeof (ctype), FFI_TYPE_VECTOR, name##_lanes };

VECTOR_TYPE (type_v4f, v4f, ffi_type_float)

/* clang passes a vector of 8 bytes by address, unlike GCC and Microsoft's __m64.  */
#ifdef __clang__
#define SMALL_VECTOR(W)
#else
#define SMALL_VECTOR(W) W (v2, v2i, type_v2i, ((v2i){ 1, -2 }), ((v2i){ -3, 4 }))
VECTOR_TYPE (type_v2i, v2i, ffi_type_sint32)
#endif

/* W (name, C type, ffi_type, two values)  */
#define VALUES(W)                                                                        \
  W (cf, _Complex float, ffi_type_complex_float, 1.5f + 2.5f * I, -3.5f * I)             \
  W (cd, _Complex double, ffi_type_complex_double, 1.25 + 2.75 * I, -3.5 * I)            \
  W (cl, _Complex long double, ffi_type_complex_longdouble, 1.1L + 2.2L * I, -3.3L * I)  \
  W (i128, __int128, ffi_type_sint128, ((__int128) 7 << 64) + 8, ~(__int128) 0x12345)    \
  SMALL_VECTOR (W)                                                                       \
  W (v4, v4f, type_v4f, ((v4f){ 1, 2, 3, 4 }), ((v4f){ -1, -2, -3, -4 }))

/* The bytes of a value that are not padding.  */
static size_t
significant (const ffi_type *type)
{
  return type == &ffi_type_complex_longdouble ? 10 : type->size;
}

#define DEFINE(name, ctype, type, value1, value2)                                        \
  /* The callee spoils what it was given; the caller's values must not change.  */       \
  static FFITEST_CONVENTION ctype fn_##name (int a, ctype x, double b, ctype y, ctype z) \
  {                                                                                      \
    ctype result = z;                                                                    \
    CHECK_INT (a, -7);                                                                   \
    CHECK_DOUBLE (b, 0.5);                                                               \
    CHECK_MEM (&x, &y, significant (&type));                                             \
    memset (&x, 0x11, sizeof x);                                                         \
    memset (&y, 0x22, sizeof y);                                                         \
    memset (&z, 0x33, sizeof z);                                                         \
    __asm__ volatile("" : : "r"(&x), "r"(&y), "r"(&z) : "memory");                       \
    return result;                                                                       \
  }                                                                                      \
                                                                                         \
  static void handle_##name (ffi_cif *cif, void *result, void **args, void *data)        \
  {                                                                                      \
    (void) cif;                                                                          \
    (void) data;                                                                         \
    for (int i = 1; i < 5; i += i == 1 ? 2 : 1)                                          \
      CHECK_INT ((uintptr_t) args[i] % type.alignment, 0);                               \
    ctype r = fn_##name (*(int *) args[0], *(ctype *) args[1], *(double *) args[2],      \
                         *(ctype *) args[3], *(ctype *) args[4]);                        \
    memcpy (result, &r, sizeof r);                                                       \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ctype value = value1, last = value2, x = value, y = value, z = last;                 \
    int a = -7;                                                                          \
    double b = 0.5;                                                                      \
    ffi_type *types[] = { &ffi_type_sint, &type, &ffi_type_double, &type, &type };       \
    void *avalue[] = { &a, &x, &b, &y, &z };                                             \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
    struct                                                                               \
    {                                                                                    \
      ctype value;                                                                       \
      unsigned char guard[16];                                                           \
    } result;                                                                            \
    PREP_CIF (&cif, 5, &type, types);                                                    \
    memset (&result, 0x77, sizeof result);                                               \
    ffi_call (&cif, FFI_FN (fn_##name), &result, avalue);                                \
    CHECK_MEM (&result.value, &last, significant (&type));                               \
    CHECK_FILL (result.guard, 0x77, sizeof result.guard);                                \
    CHECK_MEM (&x, &value, significant (&type));                                         \
    CHECK_MEM (&y, &value, significant (&type));                                         \
    CHECK_MEM (&z, &last, significant (&type));                                          \
                                                                                         \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, NULL, &code);              \
    result.value = CODE_AS (__typeof__ (&fn_##name), code) (a, x, b, y, z);              \
    CHECK_MEM (&result.value, &last, significant (&type));                               \
    ffi_closure_free (closure);                                                          \
  }

VALUES (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  VALUES (RUN)
  return ffitest_done ();
}
