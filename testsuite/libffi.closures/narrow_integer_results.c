/* SPDX-License-Identifier: MIT */
/* A narrow integer result may be written as a whole ffi_arg or as its own type;
   the caller gets it extended to int, as compilers leave it.  */

#include "ffitest.h"

static ffi_arg wide_value;

static void
write_wide (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  *(ffi_arg *) result = wide_value;
}

static void
write_narrow (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) args, (void) data;
  memcpy (result, &wide_value, cif->rtype->size);
}

static void
check (ffi_type *type, ffi_arg value, int expected)
{
  ffitest_handler handlers[] = { write_wide, write_narrow };
  ffi_cif cif;
  PREP_CIF (&cif, 0, type, NULL);
  for (int i = 0; i < 2; i++)
    {
      void *code;
      ffi_closure *closure = MAKE_CLOSURE (&cif, handlers[i], NULL, &code);
      wide_value = value;
      int got = CODE_AS (int (*) (void), code) ();
      CHECK_MSG (got == expected, "type %d, %s: expected %d, got %d", type->type,
                 i == 0 ? "written as ffi_arg" : "written as the type", expected, got);
      ffi_closure_free (closure);
    }
}

int
main (void)
{
  const uint16_t one = 1;
  if (*(const unsigned char *) &one != 1)
    UNSUPPORTED ("on big-endian targets only a whole ffi_arg can be written");
  for (int v = -128; v < 128; v++)
    {
      check (&ffi_type_sint8, (ffi_arg) v, v);
      check (&ffi_type_uint8, (ffi_arg) (uint8_t) v, (uint8_t) v);
    }
  for (int v = -32768; v < 32768; v += 127)
    {
      check (&ffi_type_sint16, (ffi_arg) v, v);
      check (&ffi_type_uint16, (ffi_arg) (uint16_t) v, (uint16_t) v);
    }
  check (&ffi_type_sint32, (ffi_arg) INT32_MIN, INT32_MIN);
  check (&ffi_type_uint32, 0x80000000u, INT32_MIN);
  return ffitest_done ();
}
