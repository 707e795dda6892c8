/* SPDX-License-Identifier: MIT */
/* Go closures are found by the static chain register: the handler's last argument
   is the closure itself.  Structs of every class go through.  */

#include "ffitest.h"
#include "shapes.h"

struct go
{
  ffi_go_closure closure;
  const struct shape *shape;
};

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  struct go *go = data;
  CHECK_PTR (go->closure.cif, cif);
  NOTICE (*(long *) args[0] == -5 && *(double *) args[2] == 2.5
          && *(int *) args[4] == 77);
  memcpy (shape_seen, args[1], go->shape->size);
  memcpy (result, args[3], go->shape->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[FN_ARGUMENTS];
      struct go go = { .shape = shape };
      ffi_cif cif;
      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, t, &c };
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 12 + (unsigned) i);
      shape_fill (shape, t, 12000 + (unsigned) i);
      CHECK_INT (ffi_prep_go_closure (&go.closure, &cif, handle), FFI_OK);
      shape_trouble = NULL;
      ffi_call_go (&cif, CODE_AS (void (*) (void), go.closure.tramp), result, avalue,
                   &go.closure);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
    }
  ffi_cif cif;
  ffi_go_closure closure;
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  CHECK_INT (ffi_prep_go_closure (NULL, &cif, handle), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_go_closure (&closure, NULL, handle), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_go_closure (&closure, &cif, NULL), FFI_BAD_ABI);
  return ffitest_done ();
}
