/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* Upper bits of registers and stack words that hold narrow arguments are not the
   handler's: it reads each argument as its type.  */

#include "ffitest.h"
#include "machine_call.h"

static int good;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) data;
  good = *(uint8_t *) args[0] == 0x81 && *(int8_t *) args[1] == -2
         && *(uint16_t *) args[2] == 0x8003 && *(int16_t *) args[3] == -4
         && *(uint32_t *) args[4] == 0x80000005 && *(int32_t *) args[5] == -6
         && *(uint8_t *) args[6] == 0x87 && *(int16_t *) args[7] == -8
         && *(int32_t *) args[8] == -9 && *(float *) args[9] == 1.5f;
}

int
main (void)
{
  ffi_type *types[]
      = { &ffi_type_uint8,  &ffi_type_sint8,  &ffi_type_uint16, &ffi_type_sint16,
          &ffi_type_uint32, &ffi_type_sint32, &ffi_type_uint8,  &ffi_type_sint16,
          &ffi_type_sint32, &ffi_type_float };
  const unsigned long stack[]
      = { 0xa5a5a5a5a5a5a587, 0xa5a5a5a5a5a5fff8, 0xa5a5a5a5fffffff7 };
  const float f[4] = { 1.5f, 7, 8, 9 };
  struct machine_call call
      = { .gpr = { 0xa5a5a5a5a5a5a581, 0xa5a5a5a5a5a5a5fe, 0xa5a5a5a5a5a58003,
                   0xa5a5a5a5a5a5fffc, 0xa5a5a5a580000005, 0xa5a5a5a5fffffffa },
          .nstack = 3,
          .stack = stack };
  ffi_cif cif;
  memcpy (call.xmm[0], f, sizeof f);
  PREP_CIF (&cif, 10, &ffi_type_void, types);
  MAKE_CLOSURE (&cif, handle, NULL, &call.fn);
  machine_call (&call);
  CHECK_MSG (good == 1, "a narrow argument came out wrong");
  CHECK_INT (call.changed, 0);
  return ffitest_done ();
}
