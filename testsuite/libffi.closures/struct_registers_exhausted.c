/* SPDX-License-Identifier: MIT */
/* A handler finds structs and scalars when nearly all registers are taken.  */

#include "ffitest.h"
#include "shape_closures.h"

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
  check_shape_closures (handle, 1);
  return ffitest_done ();
}
