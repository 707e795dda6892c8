/* SPDX-License-Identifier: MIT */
/* A binding that knows the fields of a struct or union, but has no compiler.  */
#include <ffi_types.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct field
{
  ffi_type *type;
  size_t offset;
  unsigned count;               /* of an array, or 0 */
  unsigned bit_shift, bit_size; /* of a bit-field; otherwise 0 */
};

static ffi_type *
describe (bool is_union, size_t size, size_t alignment, size_t n, const struct field *f)
{
  ffi_aggregate *made = malloc (sizeof *made + n * sizeof (ffi_member));
  ffi_member *members = (ffi_member *) (made + 1);

  if (made == NULL)
    abort ();
  for (size_t i = 0; i < n; i++)
    if (f[i].bit_size != 0)
      members[i] = (ffi_member) FFI_BITS (f[i].type, 8 * f[i].offset + f[i].bit_shift,
                                          f[i].bit_size);
    else if (f[i].count != 0)
      members[i] = (ffi_member) FFI_ARRAY (f[i].type, f[i].offset, f[i].count);
    else
      members[i] = (ffi_member) FFI_MEMBER (f[i].type, f[i].offset);
  *made = (ffi_aggregate) FFI_AGGREGATE (
      *made, is_union ? FFI_TYPE_UNION : FFI_TYPE_LAYOUT, size, alignment, n, members);
  return &made->type;
}

/* What is described below, and a function of a library that takes it.  */
struct event
{
  uint8_t kind : 3;
  uint8_t level : 5;
  union
  {
    double number;
    char name[8];
  } data;
};

static double
weigh (struct event e)
{
  return e.kind == 1 ? e.level * e.data.number : 0;
}

int
main (void)
{
  const struct field data_fields[] = {
    { &ffi_type_double, 0, 0, 0, 0 },
    { &ffi_type_schar, 0, 8, 0, 0 },
  };
  ffi_type *data = describe (true, 8, ffi_type_double.alignment, 2, data_fields);
  const struct field event_fields[] = {
    { &ffi_type_uint8, 0, 0, 0, 3 },
    { &ffi_type_uint8, 0, 0, 3, 5 },
    { data, offsetof (struct event, data), 0, 0, 0 },
  };
  ffi_type *event
      = describe (false, sizeof (struct event), data->alignment, 3, event_fields);
  struct event e = { .kind = 1, .level = 20, .data = { .number = 2.5 } };
  void *values[] = { &e };
  double result;
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_double, &event) != FFI_OK)
    return 1;
  ffi_call (&cif, FFI_FN (weigh), &result, values);
  printf ("%g\n", result);
  free (event);
  free (data);
  return 0;
}
