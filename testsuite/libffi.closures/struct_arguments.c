/* SPDX-License-Identifier: MIT */
/* A handler sees structs of every class between scalars, and returns one.  */

#include "ffitest.h"
#include "shapes.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct shape *shape = data;
  (void) cif;
  NOTICE (*(long *) args[0] == -5 && *(double *) args[2] == 2.5
          && *(int *) args[4] == 77);
  memcpy (shape_seen, args[1], shape->size);
  memcpy (result, args[3], shape->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      void *code;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 8 + (unsigned) i);
      shape_fill (shape, t, 8000 + (unsigned) i);
      ffi_closure *closure
          = MAKE_CLOSURE (&cif, handle, (void *) (uintptr_t) shape, &code);
      shape_trouble = NULL;
      shape->call_fn (code, s, t, result);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
