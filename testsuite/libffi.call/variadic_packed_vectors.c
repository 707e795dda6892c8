/* SPDX-License-Identifier: MIT */
/* { needs powerpc64 } */
/* A packed struct of one vector that has no name in the prototype lies at an even
   doubleword of the parameter save area, whatever its alignment is.  */

#include "ffitest.h"

typedef int v4 __attribute__ ((vector_size (16)));

struct packed_vector
{
  v4 v;
} __attribute__ ((packed, aligned (2)));

static int
callee (int a, ...)
{
  va_list list;

  va_start (list, a);
  struct packed_vector s = va_arg (list, struct packed_vector);
  int b = va_arg (list, int);
  va_end (list);
  return a + 10 * s.v[0] + 100 * s.v[3] + 1000 * b;
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  struct packed_vector s;

  (void) cif, (void) data;
  memcpy (&s, args[1], sizeof s);
  *(ffi_sarg *) result
      = *(int *) args[0] + 10 * s.v[0] + 100 * s.v[3] + 1000 * *(int *) args[2];
}

int
main (void)
{
  ffi_type *lanes[] = { &ffi_type_sint, NULL };
  ffi_type vector = { 16, 16, FFI_TYPE_VECTOR, lanes };
  ffi_type *elements[] = { &vector, NULL };
  ffi_type packed = { sizeof (struct packed_vector), _Alignof(struct packed_vector),
                      FFI_TYPE_STRUCT, elements };
  ffi_type *types[] = { &ffi_type_sint, &packed, &ffi_type_sint };
  int a = 1, b = 4;
  struct packed_vector s = { { 2, 8, 9, 3 } };
  void *values[] = { &a, &s, &b }, *code;
  ffi_arg result = 0;
  ffi_cif cif;

  PREP_CIF_VAR (&cif, 1, 3, &ffi_type_sint, types);
  ffi_call (&cif, FFI_FN (callee), &result, values);
  CHECK_INT (result, 4321);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  CHECK_INT (CODE_AS (int (*) (int, ...), code) (a, s, b), 4321);
  result = 0;
  ffi_call (&cif, CODE_AS (void (*) (void), code), &result, values);
  CHECK_INT (result, 4321);
  ffi_closure_free (closure);
  return ffitest_done ();
}
