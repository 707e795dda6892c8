/* SPDX-License-Identifier: MIT */
/* A handler sees structs of every class between scalars, and returns one.  */

#include "ffitest.h"
#include "shape_closures.h"

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
  check_shape_closures (handle, 0);
  return ffitest_done ();
}
