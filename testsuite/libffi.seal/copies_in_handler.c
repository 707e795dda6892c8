/* SPDX-License-Identifier: MIT */
/* { sources support/seal_all.c } */
/* The handler of a sealed closure gets its user data and a cif equal to the closure's, as
   the members of ffi_closure show them; what is stored there later has no effect, until
   the closure is prepared again.  Basic types in constant memory keep their addresses,
   which programs compare.  */

#include "ffitest.h"
#include "sealed.h"

static void *seen_data;
static ffi_cif *seen_cif;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) result, (void) args;
  seen_cif = cif;
  seen_data = data;
}

static void
other (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
  seen_cif = NULL;
}

/* The copy A of TYPE is equal, and TYPE itself if that is constant and no struct.  */
static void
check_type (const ffi_type *a, const ffi_type *type)
{
  CHECK_UINT (a->type, type->type);
  CHECK_UINT (a->size, type->size);
  CHECK_UINT (a->alignment, type->alignment);
  if (type->type != FFI_TYPE_STRUCT && permissions_at (type)[1] == '-')
    CHECK_PTR (a, type);
  else
    CHECK (a != type);
}

/* A and B describe the same functions: all that may differ is where types are.  */
static void
check_equal (const ffi_cif *a, const ffi_cif *b)
{
  CHECK_INT (a->abi, b->abi);
  CHECK_UINT (a->nargs, b->nargs);
  CHECK_UINT (a->flags, b->flags);
  CHECK_UINT (a->bytes, b->bytes);
  check_type (a->rtype, b->rtype);
  for (unsigned i = 0; i < a->nargs; i++)
    check_type (a->arg_types[i], b->arg_types[i]);
}

int
main (void)
{
  STRUCT_TYPE (both, &ffi_type_sint, &ffi_type_double);
  ffi_type own = ffi_type_sint;
  ffi_type *types[] = { &ffi_type_sint, &both, &own };
  struct
  {
    int i;
    double d;
  } value = { 1, 2 };
  int number = 0, a, b;
  void *code, *values[] = { &number, &value, &number };
  ffi_cif cif;
  PREP_CIF (&cif, 3, &ffi_type_void, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, &a, &code);
  CHECK_PTR (closure->cif, &cif);
  CHECK (closure->fun == handle);
  CHECK_PTR (closure->user_data, &a);
  ffi_call (&cif, FFI_FN (code), NULL, values);
  CHECK_PTR (seen_data, &a);
  CHECK (seen_cif != NULL && seen_cif != &cif);
  check_equal (seen_cif, &cif);
  closure->user_data = &b;
  closure->fun = other;
  closure->cif = NULL;
  ffi_call (&cif, FFI_FN (code), NULL, values);
  CHECK_PTR (seen_data, &a);
  check_equal (seen_cif, &cif);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, &b, code), FFI_OK);
  ffi_call (&cif, FFI_FN (code), NULL, values);
  CHECK_PTR (seen_data, &b);
  check_equal (seen_cif, &cif);
  ffi_closure_free (closure);
  return ffitest_done ();
}
