/* SPDX-License-Identifier: MIT */
/* An integer result narrower than ffi_arg is extended to all of it, whatever the
   callee left in the rest of the register.  */

#include "ffitest.h"

static unsigned long
dirty (unsigned long x)
{
  return x;
}

static ffi_arg
call_as (ffi_type *rtype, unsigned long value)
{
  ffi_type *types[] = { &ffi_type_ulong };
  void *avalue[] = { &value };
  ffi_arg result = 0x5a5a5a5a;
  ffi_cif cif;
  PREP_CIF (&cif, 1, rtype, types);
  ffi_call (&cif, FFI_FN (dirty), &result, avalue);
  return result;
}

int
main (void)
{
  const unsigned long noise = ~0ul / 255 * 0xa5;
  const unsigned long noise8 = noise << 8, noise16 = noise << 16;

  for (unsigned v = 0; v < 256; v++)
    {
      CHECK_UINT (call_as (&ffi_type_uint8, noise8 | v), v);
      CHECK_UINT (call_as (&ffi_type_sint8, noise8 | v), (ffi_arg) (ffi_sarg) (int8_t) v);
    }
  for (unsigned v = 0; v < 65536; v += 255)
    {
      CHECK_UINT (call_as (&ffi_type_uint16, noise16 | v), v);
      CHECK_UINT (call_as (&ffi_type_sint16, noise16 | v),
                  (ffi_arg) (ffi_sarg) (int16_t) v);
    }
  const uint32_t values[] = { 0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x12345678 };
  for (size_t i = 0; i < ARRAY_SIZE (values); i++)
    {
      unsigned long v = values[i];
      if (sizeof (ffi_arg) == 8)
        v |= noise << 16 << 16;
      CHECK_UINT (call_as (&ffi_type_uint32, v), values[i]);
      CHECK_UINT (call_as (&ffi_type_sint32, v),
                  (ffi_arg) (ffi_sarg) (int32_t) values[i]);
    }
  return ffitest_done ();
}
