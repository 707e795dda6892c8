/* SPDX-License-Identifier: MIT */
/* { sources support/seal_all.c } */
/* Sealed closures get structs whose elements are nonsense behind what ffi_prep_cif looked
   at: a size that the program has set is believed.  Their copies have no elements.  */

#include "ffitest.h"

#define MOST 160

static unsigned char seen[MOST];

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  memcpy (seen, args[1], cif->arg_types[1]->size);
  *(ffi_arg *) result = (ffi_arg) * (int *) args[0] + (ffi_arg) * (int *) args[2];
}

/* A struct of SIZE bytes with ALIGNMENT that begins with FIRST and ends with nonsense,
   between an int and others, OTHER of which take it from entries of common ones.  Returns
   whether it was accepted.  */
static int
check (size_t size, unsigned short alignment, ffi_type *first, ffi_type *other)
{
  ffi_type nonsense = { 4, 4, 77, NULL };
  ffi_type *elements[] = { first, first, first, first, &nonsense, NULL };
  ffi_type type = { size, alignment, FFI_TYPE_STRUCT, elements };
  ffi_type *types[] = { &ffi_type_sint, &type, &ffi_type_sint, other };
  _Alignas(16) static unsigned char value[MOST], rest[MOST];
  int a = 5, b = 7;
  void *avalue[] = { &a, value, &b, rest };
  ffi_arg result = 0;
  ffi_cif cif;
  void *code;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, other != NULL ? 4 : 3, &ffi_type_sint, types)
      != FFI_OK)
    return 0;
  for (size_t i = 0; i < MOST; i++)
    value[i] = (unsigned char) (3 * i + 1);
  memset (seen, 0, sizeof seen);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  ffi_call (&cif, CODE_AS (void (*) (void), code), &result, avalue);
  CHECK_INT ((int) result, 12);
  CHECK (memcmp (seen, value, size) == 0);
  ffi_closure_free (closure);
  return 1;
}

int
main (void)
{
  static ffi_type *const firsts[] = { &ffi_type_sint, &ffi_type_pointer, &ffi_type_float,
                                      &ffi_type_double, &ffi_type_uint8 };
  ffi_type *aligned_elements[] = { &ffi_type_sint, NULL };
  ffi_type aligned = { 16, 16, FFI_TYPE_STRUCT, aligned_elements };
  ffi_type *const others[] = { NULL, &aligned, &ffi_type_longdouble, &ffi_type_void };
  unsigned accepted = 0;

  for (size_t size = 20; size <= MOST; size += 4)
    for (unsigned f = 0; f < ARRAY_SIZE (firsts); f++)
      for (unsigned o = 0; o < ARRAY_SIZE (others); o++)
        for (unsigned short alignment = 1; alignment <= 16; alignment *= 2)
          accepted += (unsigned) check (size, alignment, firsts[f], others[o]);
  printf ("%u were accepted\n", accepted);
  CHECK (accepted != 0);
  return ffitest_done ();
}
