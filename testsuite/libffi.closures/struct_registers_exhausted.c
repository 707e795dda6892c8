/* SPDX-License-Identifier: MIT */
/* A handler finds structs and scalars when nearly all registers are taken.  */

#include "ffitest.h"
#include "shapes.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct shape *shape = data;
  const double doubles[] = { 5, 6, 7, 8, 9, 10, 11 };
  (void) cif;
  for (int i = 0; i < 4; i++)
    NOTICE (*(long *) args[i] == i + 1);
  for (int i = 4; i < 11; i++)
    NOTICE (*(double *) args[i] == doubles[i - 4]);
  NOTICE (*(long *) args[12] == 12);
  NOTICE (*(double *) args[13] == 13);
  NOTICE (*(long *) args[15] == 14);
  memcpy (shape_seen, args[11], shape->size);
  memcpy (result, args[14], shape->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[CROWD_ARGUMENTS];
      ffi_cif cif;
      void *code;
      shape_crowd_types (shape, types);
      PREP_CIF (&cif, CROWD_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 9 + (unsigned) i);
      shape_fill (shape, t, 9000 + (unsigned) i);
      ffi_closure *closure
          = MAKE_CLOSURE (&cif, handle, (void *) (uintptr_t) shape, &code);
      shape_trouble = NULL;
      shape->call_crowd (code, s, t, result);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
