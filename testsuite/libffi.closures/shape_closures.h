/* SPDX-License-Identifier: MIT */
/* Closures for the functions fn and crowd of each shape, called by compiled code.  */

#ifndef SHAPE_CLOSURES_H
#define SHAPE_CLOSURES_H

#include "shapes.h"

/* HANDLE gets the shape as its data.  It takes note of the first struct, and of whether
   all scalars are right, and returns the second struct.  */
static void
check_shape_closures (void (*handle) (ffi_cif *, void *, void **, void *), int crowd)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[CROWD_ARGUMENTS];
      ffi_cif cif;
      void *code;
      (crowd ? shape_crowd_types : shape_fn_types) (shape, types);
      PREP_CIF (&cif, crowd ? CROWD_ARGUMENTS : FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 8 + (unsigned) i);
      shape_fill (shape, t, 8000 + (unsigned) i);
      ffi_closure *closure
          = MAKE_CLOSURE (&cif, handle, (void *) (uintptr_t) shape, &code);
      shape_trouble = NULL;
      (crowd ? shape->call_crowd : shape->call_fn) (code, s, t, result);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
      ffi_closure_free (closure);
    }
}

#endif
