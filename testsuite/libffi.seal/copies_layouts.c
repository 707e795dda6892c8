/* SPDX-License-Identifier: MIT */
/* { sources support/seal_all.c } */
/* A sealed closure has its own copy of a layout: what is stored in the program's later
   changes neither how arguments are found nor what the handler sees.  */

#include "ffitest.h"
#include "sealed.h"
#include <ffi_types.h>

union number
{
  float f;
  struct
  {
    float g[3];
  } s;
};

static ffi_member struct_members[] = { FFI_ARRAY (&ffi_type_float, 0, 3) };
static ffi_aggregate struct_of_array
    = FFI_AGGREGATE (struct_of_array, FFI_TYPE_LAYOUT, 12, 4, 1, struct_members);
static ffi_member members[]
    = { FFI_MEMBER (&ffi_type_float, 0), FFI_MEMBER (&struct_of_array.type, 0) };
static ffi_aggregate number = FFI_UNION_OF (number, union number, members);

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const ffi_layout *layout = (const ffi_layout *) cif->arg_types[0]->elements[0];

  (void) data;
  CHECK_UINT (layout->type.type, FFI_TYPE_UNION);
  CHECK_UINT (layout->count, 2);
  CHECK_UINT (layout->members[1].type->size, 12);
  CHECK (permissions_at (layout->members)[1] == '-');
  *(double *) result = ((union number *) args[0])->s.g[2];
}

int
main (void)
{
  ffi_type *types[] = { &number.type };
  ffi_cif cif;
  void *code;

  PREP_CIF (&cif, 1, &ffi_type_double, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  memset (members, 0x5a, sizeof members);
  memset (struct_members, 0x5a, sizeof struct_members);
  number.layout.count = 77;
  struct_of_array.type.size = 999;
  CHECK (((double (*) (union number)) code) ((union number){ .s = { { 1, 2, 3 } } })
         == 3);
  ffi_closure_free (closure);
  return ffitest_done ();
}
