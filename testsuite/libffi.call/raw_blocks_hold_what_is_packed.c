/* SPDX-License-Identifier: MIT */
/* What is stored in a block of raw arguments lies within the size that ffi_raw_size or
   ffi_java_raw_size says, also where a type has another size than its code means.  */

#include "ffitest.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

enum
{
  ARGUMENTS = 3,
  SPACE = 16384,
  LARGEST = 1024 /* size of a type */
};

static const unsigned short codes[] = {
  FFI_TYPE_UINT8,  FFI_TYPE_SINT8,   FFI_TYPE_UINT16, FFI_TYPE_SINT16,
  FFI_TYPE_UINT32, FFI_TYPE_INT,     FFI_TYPE_SINT32, FFI_TYPE_UINT64,
  FFI_TYPE_SINT64, FFI_TYPE_FLOAT,   FFI_TYPE_DOUBLE, FFI_TYPE_LONGDOUBLE,
  FFI_TYPE_STRUCT, FFI_TYPE_POINTER,
};
static const size_t sizes[] = { 0, 1, 2, 4, 7, 8, 12, 16, 24, 100, LARGEST };

static _Alignas(16) unsigned char block[SPACE];

/* Everything behind the SIZE bytes at BLOCK is as it was.  */
static void
check_behind (size_t size, const ffi_type *type, const char *flavour)
{
  for (size_t i = size; i < SPACE; i++)
    CHECK_MSG (block[i] == 0xa5,
               "%s, type %d of size %zu: byte %zu behind %zu was written", flavour,
               type->type, type->size, i - size, size);
}

static void
check_type (ffi_type *type)
{
  static unsigned char value[LARGEST];
  ffi_type *types[ARGUMENTS] = { type, type, type };
  void *values[ARGUMENTS] = { value, value, value };
  ffi_cif cif = { .nargs = ARGUMENTS, .arg_types = types };
  size_t size = ffi_raw_size (&cif);
  CHECK (size <= SPACE);
  memset (block, 0xa5, sizeof block);
  ffi_ptrarray_to_raw (&cif, values, (ffi_raw *) block);
  check_behind (size, type, "raw");
  size = ffi_java_raw_size (&cif);
  CHECK (size <= SPACE);
  memset (block, 0xa5, sizeof block);
  ffi_java_ptrarray_to_raw (&cif, values, (ffi_java_raw *) block);
  check_behind (size, type, "Java raw");
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (codes); i++)
    for (size_t j = 0; j < ARRAY_SIZE (sizes); j++)
      {
        ffi_type type = { sizes[j], 8, codes[i], NULL };
        check_type (&type);
      }
  return ffitest_done ();
}
