/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { options -Wno-psabi } */
/* A handler may use vectors of 32 and 64 bytes, and write such a result, with
   instructions that need them aligned.  */

#include "ffitest.h"

typedef float v8 __attribute__ ((vector_size (32)));
typedef float v16 __attribute__ ((vector_size (64)));

static void *argument, *result;
static int first;

static void
handle (ffi_cif *cif, void *room, void **args, void *data)
{
  (void) data;
  argument = args[1];
  result = room;
  first = (int) ((float *) args[1])[0];
  memcpy (room, args[1], cif->rtype->size);
}

/* Call from stacks that are differently aligned.  */
#define CALLER(type, isa)                                                                \
  static __attribute__ ((noinline, target (isa))) float call_##type (                    \
      void *code, const float *from, int depth)                                          \
  {                                                                                      \
    volatile char room[48];                                                              \
    type value;                                                                          \
    room[depth] = 0;                                                                     \
    if (depth > 0)                                                                       \
      return call_##type (code, from, depth - 1) + room[depth];                          \
    memcpy (&value, from, sizeof value);                                                 \
    value = CODE_AS (type (*) (int, type), code) (1, value);                             \
    return value[7];                                                                     \
  }
CALLER (v8, "avx")
CALLER (v16, "avx512f")

static void
check (ffi_type *type, float (*call) (void *, const float *, int))
{
  float from[16] = { 5, 6, 7, 8, 9, 10, 11, 12 };
  ffi_type *types[] = { &ffi_type_sint, type };
  ffi_cif cif;
  void *code;

  PREP_CIF (&cif, 2, type, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  for (int depth = 0; depth < 8; depth++)
    {
      first = 0;
      CHECK_DOUBLE (call (code, from, depth), 12);
      CHECK_INT (first, 5);
      CHECK_UINT ((uintptr_t) argument % type->size, 0);
      CHECK_UINT ((uintptr_t) result % type->size, 0);
    }
  ffi_closure_free (closure);
}

int
main (void)
{
  ffi_type *elements[] = { &ffi_type_float, NULL };
  ffi_type type8 = { 32, 32, FFI_TYPE_VECTOR, elements };
  ffi_type type16 = { 64, 64, FFI_TYPE_VECTOR, elements };

  if (!__builtin_cpu_supports ("avx"))
    UNSUPPORTED ("the processor has no AVX");
  check (&type8, call_v8);
  if (__builtin_cpu_supports ("avx512f"))
    check (&type16, call_v16);
  return ffitest_done ();
}
