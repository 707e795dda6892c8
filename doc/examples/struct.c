/* SPDX-License-Identifier: MIT */
/* A struct with a struct and an array in it, by value and as a result.  */
#include <ffi.h>
#include <stdio.h>

struct point
{
  double x, y;
};
struct triangle
{
  struct point corner[3];
  int colour;
};

static struct triangle
moved (struct triangle t, struct point by)
{
  for (int i = 0; i < 3; i++)
    {
      t.corner[i].x += by.x;
      t.corner[i].y += by.y;
    }
  return t;
}

int
main (void)
{
  ffi_type *point_elements[] = { &ffi_type_double, &ffi_type_double, NULL };
  ffi_type point = { 0, 0, FFI_TYPE_STRUCT, point_elements };
  /* An array is its element repeated.  */
  ffi_type *triangle_elements[] = { &point, &point, &point, &ffi_type_sint, NULL };
  ffi_type triangle = { 0, 0, FFI_TYPE_STRUCT, triangle_elements };

  ffi_type *types[] = { &triangle, &point };
  struct triangle t = { { { 0, 0 }, { 1, 0 }, { 0, 1 } }, 7 }, result;
  struct point by = { 10, 20 };
  void *values[] = { &t, &by };
  size_t offsets[4];
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &triangle, types) != FFI_OK
      || ffi_get_struct_offsets (FFI_DEFAULT_ABI, &triangle, offsets) != FFI_OK)
    return 1;
  if (triangle.size != sizeof t || offsets[3] != offsetof (struct triangle, colour))
    return 1;
  ffi_call (&cif, FFI_FN (moved), &result, values);
  printf ("(%g, %g) (%g, %g) (%g, %g) %d\n", result.corner[0].x, result.corner[0].y,
          result.corner[1].x, result.corner[1].y, result.corner[2].x, result.corner[2].y,
          result.colour);
  return 0;
}
