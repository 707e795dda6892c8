/* SPDX-License-Identifier: MIT */
/* Freeing a closure twice aborts with a message, whatever its size.  */

#include "ffitest.h"
#include "crowd.h"
#include "aborts.h"

static void
free_twice (void *data)
{
  size_t size = *(size_t *) data;
  void *code, *closure = ffi_closure_alloc (size, &code);
  if (closure == NULL)
    _exit (4);
  ffi_closure_free (closure);
  ffi_closure_free (closure);
}

int
main (void)
{
  size_t sizes[] = { sizeof (ffi_closure), 72, 112, 200, 5000, 100000 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    CHECK_ABORTS (free_twice, &sizes[i], "closure");
  return ffitest_done ();
}
