/* SPDX-License-Identifier: MIT */
/* The values that ffi_ptrarray_to_raw packs may lie at any address.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *types[]
      = { &ffi_type_uint8,  &ffi_type_sint8, &ffi_type_uint16, &ffi_type_sint16,
          &ffi_type_uint32, &ffi_type_sint,  &ffi_type_uint64, &ffi_type_double };
  unsigned char memory[ARRAY_SIZE (types)][32];
  void *values[ARRAY_SIZE (types)], *back[ARRAY_SIZE (types)];
  ffi_raw raw[2 * ARRAY_SIZE (types)];
  ffi_cif cif;
  PREP_CIF (&cif, ARRAY_SIZE (types), &ffi_type_void, types);
  CHECK (ffi_raw_size (&cif) <= sizeof raw);
  for (size_t offset = 0; offset < 16; offset++)
    {
      for (size_t i = 0; i < ARRAY_SIZE (types); i++)
        {
          values[i] = memory[i] + offset;
          for (size_t k = 0; k < types[i]->size; k++)
            memory[i][offset + k] = (unsigned char) (0x91 + 16 * i + k);
        }
      memset (raw, 0x5a, sizeof raw);
      ffi_ptrarray_to_raw (&cif, values, raw);
      CHECK_UINT (raw[0].uint, 0x91);
      CHECK_INT (raw[1].sint, (signed char) 0xa1);
      ffi_raw_to_ptrarray (&cif, raw, back);
      for (size_t i = 0; i < ARRAY_SIZE (types); i++)
        CHECK_MEM (back[i], values[i], types[i]->size);
    }
  return ffitest_done ();
}
