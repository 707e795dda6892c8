/* SPDX-License-Identifier: MIT */
/* The handler's 16-byte aligned local variables are aligned, whatever the signature.  */

#include "ffitest.h"
#include "shapes.h"

static uintptr_t address;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  struct
  {
    _Alignas(16) volatile char bytes[16];
  } local;
  (void) args, (void) data;
  local.bytes[0] = 1;
  address = (uintptr_t) &local;
  memset (result, 0, cif->rtype->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    for (int crowd = 0; crowd < 2; crowd++)
      {
        const struct shape *shape = &shapes[i];
        _Alignas(16) unsigned char s[256] = { 0 }, result[256];
        ffi_type *types[CROWD_ARGUMENTS];
        ffi_cif cif;
        void *code;
        (crowd ? shape_crowd_types : shape_fn_types) (shape, types);
        PREP_CIF (&cif, crowd ? CROWD_ARGUMENTS : FN_ARGUMENTS, shape->type, types);
        ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
        address = 1;
        (crowd ? shape->call_crowd : shape->call_fn) (code, s, s, result);
        CHECK_MSG (address % 16 == 0, "struct %s: the local is at %#lx", shape->name,
                   (unsigned long) address);
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
