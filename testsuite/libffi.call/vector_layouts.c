/* SPDX-License-Identifier: MIT */
/* The size of a vector whose lanes are listed is the next power of two, as clang lays out
   ext_vector_type; it is aligned to that, on AArch64 to 16 at most.  Vectors of one lane
   of less than 8 bytes or of more than 64 bytes in all are refused, as are sizes that are
   no power of two.  */

#include "ffitest.h"

#ifdef FFI_TARGET_HAS_VECTOR_TYPE
#ifdef __aarch64__
#define MAX_ALIGNMENT 16
#else
#define MAX_ALIGNMENT 64
#endif

static void
check_lanes (ffi_type *lane, size_t n)
{
  ffi_type *elements[65] = { NULL };
  ffi_type vector = { 0, 0, FFI_TYPE_VECTOR, elements };
  STRUCT_TYPE (around, &ffi_type_sint8, &vector);
  size_t size = 1, offsets[2];
  ffi_cif cif;

  for (size_t i = 0; i < n; i++)
    elements[i] = lane;
  while (size < n * lane->size)
    size *= 2;
  size_t alignment = size < MAX_ALIGNMENT ? size : MAX_ALIGNMENT;
  ffi_status expected = size <= 64 && (size >= 8 || n >= 2) ? FFI_OK : FFI_BAD_TYPEDEF;
  ffi_status status = ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &vector, NULL);
  CHECK_MSG (status == expected, "%zu lanes of %zu bytes: expected %d, got %d", n,
             lane->size, expected, status);
  if (status != FFI_OK)
    return;
  CHECK_UINT (vector.size, size);
  CHECK_UINT (vector.alignment, alignment);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &around, offsets), FFI_OK);
  CHECK_UINT (offsets[1], alignment);
  CHECK_UINT (around.size, alignment + (size > alignment ? size : alignment));
}

/* A size of the caller's is believed, but not any.  */
static void
check_size (ffi_type *lane, size_t size)
{
  ffi_type *elements[] = { lane, lane, lane, NULL };
  ffi_type vector = { size, 16, FFI_TYPE_VECTOR, elements };
  int good
      = size == 2 || size == 4 || size == 8 || size == 16 || size == 32 || size == 64;
  ffi_cif cif;

  if (size < 8 && size < 2 * lane->size)
    good = 0;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &vector, NULL),
             good ? FFI_OK : FFI_BAD_TYPEDEF);
  CHECK_UINT (vector.size, size);
}
#endif

int
main (void)
{
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  ffi_type *lanes[] = { &ffi_type_sint8, &ffi_type_uint16, &ffi_type_sint32,
                        &ffi_type_float, &ffi_type_sint64, &ffi_type_double };

  for (size_t i = 0; i < ARRAY_SIZE (lanes); i++)
    {
      for (size_t n = 1; n <= 64; n++)
        check_lanes (lanes[i], n);
      for (size_t size = 1; size <= 130; size++)
        check_size (lanes[i], size);
    }
#else
  UNSUPPORTED ("no vectors are passed here");
#endif
  return ffitest_done ();
}
