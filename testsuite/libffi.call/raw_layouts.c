/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Where each type lies in a block of raw words, plain and java: how many words it takes,
   how narrow integers are widened, and what is passed by address.  */

#include "ffitest.h"

#define WORD sizeof (ffi_raw)
#define WORDS(size) (((size) + WORD - 1) / WORD)

#if !FFI_NATIVE_RAW_API
static unsigned char value[64];

/* Where an integer of TYPE is that fills the word at RAW.  */
static void *
narrow_in (ffi_raw *raw, const ffi_type *type)
{
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? raw->data + WORD - type->size
                                                : raw->data;
}

/* Check a block of a value of TYPE, then a marker.  WIDENED is the first word if the
   value is an integer narrower than that.  */
static void
check (const char *name, ffi_type *type, int java, size_t words, const ffi_arg *widened)
{
  enum
  {
    ROOM = 12
  };
  ffi_type *types[] = { type, &ffi_type_uint16 };
  uint16_t marker = 0xbeef;
  void *args[] = { value, &marker }, *pointers[2];
  int by_address = type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX;
  ffi_raw raw[ROOM];
  ffi_cif cif;

  memset (raw, 0x55, sizeof raw);
  PREP_CIF (&cif, 2, &ffi_type_void, types);
  size_t size = java ? ffi_java_raw_size (&cif) : ffi_raw_size (&cif);
  CHECK_MSG (size == (words + 1) * WORD, "%s%s: expected %zu words, got %zu bytes",
             java ? "java " : "", name, words + 1, size);
  if (java)
    ffi_java_ptrarray_to_raw (&cif, args, raw);
  else
    ffi_ptrarray_to_raw (&cif, args, raw);
  if (by_address)
    CHECK_PTR (raw[0].ptr, value);
  else if (widened != NULL)
    CHECK_UINT (raw[0].uint, *widened);
  else
    CHECK_MEM (raw, value, type->size);
  CHECK_UINT (raw[words].uint, marker);
  CHECK_FILL (&raw[words + 1], 0x55, sizeof raw - (words + 1) * WORD);

  if (java)
    ffi_java_raw_to_ptrarray (&cif, raw, pointers);
  else
    ffi_raw_to_ptrarray (&cif, raw, pointers);
  CHECK_PTR (pointers[0], by_address        ? value
                          : widened != NULL ? narrow_in (&raw[0], type)
                                            : (void *) &raw[0]);
  CHECK_PTR (pointers[1], narrow_in (&raw[words], types[1]));
}
#endif

int
main (void)
{
#if FFI_NATIVE_RAW_API
  UNSUPPORTED ("raw blocks are stack images here");
#else
  STRUCT_TYPE (three, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong);
  const ffi_arg u8 = 0x91, u16 = 0x9191, u32 = 0x91919191;
  const ffi_arg s8 = (ffi_arg) (int8_t) 0x91, s16 = (ffi_arg) (int16_t) 0x9191,
                s32 = (ffi_arg) (ffi_sarg) (int32_t) 0x91919191;

  memset (value, 0x91, sizeof value);
  for (int java = 0; java <= 1; java++)
    {
      size_t two = java ? 2 : WORDS (8);
      check ("uint8", &ffi_type_uint8, java, 1, &u8);
      check ("sint8", &ffi_type_sint8, java, 1, &s8);
      check ("uint16", &ffi_type_uint16, java, 1, &u16);
      check ("sint16", &ffi_type_sint16, java, 1, &s16);
      check ("uint32", &ffi_type_uint32, java, 1, &u32);
      check ("sint32", &ffi_type_sint32, java, 1, &s32);
      check ("uint64", &ffi_type_uint64, java, two, NULL);
      check ("sint64", &ffi_type_sint64, java, two, NULL);
      check ("float", &ffi_type_float, java, 1, NULL);
      check ("double", &ffi_type_double, java, two, NULL);
      check ("pointer", &ffi_type_pointer, java, 1, NULL);
    }
  check ("long double", &ffi_type_longdouble, 0, WORDS (sizeof (long double)), NULL);
  check ("struct", &three, 0, 1, NULL);
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  check ("complex float", &ffi_type_complex_float, 0, 1, NULL);
#endif
#endif
  return ffitest_done ();
}
