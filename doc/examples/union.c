/* SPDX-License-Identifier: MIT */
/* A union, an array by its count, and bit-fields.  */
#include <ffi_types.h>
#include <stddef.h>
#include <stdio.h>

union number
{
  int integer;
  float parts[2];
};
struct reading
{
  unsigned sensor : 10;
  unsigned valid : 1;
  union number value;
};

static const ffi_member number_members[] = {
  FFI_MEMBER (&ffi_type_sint, 0),
  FFI_ARRAY (&ffi_type_float, 0, 2),
};
static ffi_aggregate number = FFI_UNION_OF (number, union number, number_members);

static const ffi_member reading_members[] = {
  FFI_BITS (&ffi_type_uint, 0, 10),
  FFI_BITS (&ffi_type_uint, 10, 1),
  FFI_MEMBER (&number.type, offsetof (struct reading, value)),
};
static ffi_aggregate reading = FFI_STRUCT_OF (reading, struct reading, reading_members);

static float
sum (struct reading r)
{
  return r.valid ? (float) r.sensor + r.value.parts[0] + r.value.parts[1] : 0;
}

int
main (void)
{
  ffi_type *types[] = { &reading.type };
  struct reading r = { .sensor = 100, .valid = 1, .value = { .parts = { 0.5f, 2 } } };
  void *values[] = { &r };
  float result;
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_float, types) != FFI_OK)
    return 1;
  ffi_call (&cif, FFI_FN (sum), &result, values);
  printf ("%g\n", result);
  return 0;
}
