/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* A closure call keeps the callee-saved registers and the direction flag, for
   results of every class.  */

#include "ffitest.h"
#include "machine_call.h"
#include "shapes.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) args, (void) data;
  if (cif->rtype->type != FFI_TYPE_VOID)
    memset (result, 0, cif->rtype->size);
}

static void
check (ffi_type *type, const char *name)
{
  static unsigned char memory[256];
  ffi_type *types[]
      = { type->type == FFI_TYPE_VOID ? &ffi_type_sint : type, &ffi_type_double };
  for (unsigned nargs = 0; nargs <= 2; nargs++)
    {
      struct machine_call call;
      long stack[64] = { 0 };
      ffi_cif cif;
      memset (&call, 0x7e, sizeof call);
      PREP_CIF (&cif, nargs, type, types);
      ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &call.fn);
      call.gpr[0] = (unsigned long) memory;
      call.nstack = ARRAY_SIZE (stack);
      call.stack = stack;
      call.pop_st0
          = type == &ffi_type_longdouble || type == &type_ld1 || type == &type_n_ld;
      machine_call (&call);
      CHECK_MSG (call.changed == 0, "%s, %u arguments: registers changed, mask %#lx",
                 name, nargs, call.changed);
      ffi_closure_free (closure);
    }
}

int
main (void)
{
  ffi_type *types[]
      = { &ffi_type_void,  &ffi_type_sint8,  &ffi_type_sint64,    &ffi_type_pointer,
          &ffi_type_float, &ffi_type_double, &ffi_type_longdouble };
  for (size_t i = 0; i < ARRAY_SIZE (types); i++)
    check (types[i], "scalar");
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    check (shapes[i].type, shapes[i].name);
  /* Nothing was left on the x87 stack.  */
  CHECK_UINT (control_state ().x87_tags, 0xffff);
  return ffitest_done ();
}
