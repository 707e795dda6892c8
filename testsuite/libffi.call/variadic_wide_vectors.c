/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { options -Wno-psabi } */
/* By the psABI a vector of 32 or 64 bytes that has no name in the prototype travels in
   memory, while named ones and those of 16 bytes travel in registers.  */

#include "ffitest.h"

typedef float v4 __attribute__ ((vector_size (16)));
typedef float v8 __attribute__ ((vector_size (32)));
typedef float v16 __attribute__ ((vector_size (64)));

#define CALLEE(wide, isa)                                                                \
  static __attribute__ ((target (isa))) int sum_##wide (int a, ...)                      \
  {                                                                                      \
    va_list list;                                                                        \
    va_start (list, a);                                                                  \
    v4 b = va_arg (list, v4);                                                            \
    wide c = va_arg (list, wide);                                                        \
    double d = va_arg (list, double);                                                    \
    wide e = va_arg (list, wide);                                                        \
    va_end (list);                                                                       \
    return (int) (a + b[3] + 10 * c[7] + 100 * d + 1000 * e[7]);                         \
  }
CALLEE (v8, "avx")
CALLEE (v16, "avx512f")

static void
check (size_t size, void (*callee) (void))
{
  static const _Alignas(64) float b[4] = { 9, 9, 9, 1 };
  static const _Alignas(64) float c[16] = { 9, 9, 9, 9, 9, 9, 9, 3 };
  static const _Alignas(64) float e[16] = { 9, 9, 9, 9, 9, 9, 9, 7 };
  ffi_type *elements[] = { &ffi_type_float, NULL };
  ffi_type vector = { 16, 16, FFI_TYPE_VECTOR, elements };
  ffi_type wide = { size, (unsigned short) size, FFI_TYPE_VECTOR, elements };
  ffi_type *types[] = { &ffi_type_sint, &vector, &wide, &ffi_type_double, &wide };
  int a = 1;
  double d = 5;
  void *avalue[] = { &a, (void *) b, (void *) c, &d, (void *) e };
  ffi_arg result = 0;
  ffi_cif cif;

  PREP_CIF_VAR (&cif, 1, 5, &ffi_type_sint, types);
  ffi_call (&cif, callee, &result, avalue);
  CHECK_INT (result, 7532);
}

int
main (void)
{
  if (!__builtin_cpu_supports ("avx"))
    UNSUPPORTED ("the processor has no AVX");
  check (32, FFI_FN (sum_v8));
  if (__builtin_cpu_supports ("avx512f"))
    check (64, FFI_FN (sum_v16));
  return ffitest_done ();
}
