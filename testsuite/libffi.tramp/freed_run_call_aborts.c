/* SPDX-License-Identifier: MIT */
/* Closures are freed, a larger one takes their places, is filled with data and freed:
   calls of the first ones abort with a message, wherever the data was.  */

#include "ffitest.h"
#include "aborts.h"

enum
{
  SMALL = 64
};

static void
call (void *code)
{
  CODE_AS (void (*) (void), code) ();
}

int
main (void)
{
  void *small[SMALL], *codes[SMALL], *code;
  for (int i = 0; i < SMALL; i++)
    {
      small[i] = ffi_closure_alloc (sizeof (ffi_closure), &codes[i]);
      CHECK (small[i] != NULL);
    }
  for (int i = 0; i < SMALL; i++)
    ffi_closure_free (small[i]);
  char *large = ffi_closure_alloc (400, &code);
  CHECK (large != NULL);
  memset (large, 0x5a, 400);
  ffi_closure_free (large);
  for (int i = 0; i < SMALL; i++)
    CHECK_ABORTS (call, codes[i], "freed closure");
  return ffitest_done ();
}
