/* SPDX-License-Identifier: MIT */
/* What debuggers and profilers look at: calls of the last closure of as many as the first
   argument says; one call, or as many as the second.  */

#include <ffi.h>
#include <stdlib.h>

void *code;

void __attribute__ ((noinline)) ready (void) { __asm__ volatile(""); }

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
}

int
main (int argc, char **argv)
{
  int number = argc > 1 ? atoi (argv[1]) : 1, calls = argc > 2 ? atoi (argv[2]) : 1;
  ffi_cif cif;
  ffi_closure *closure = NULL;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL) != FFI_OK)
    return 1;
  for (int i = 0; i < number; i++)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  if (closure == NULL
      || ffi_prep_closure_loc (closure, &cif, handle, NULL, code) != FFI_OK)
    return 1;
  ready ();
  for (int i = 0; i < calls; i++)
    ((void (*) (void)) (size_t) code) ();
  return 0;
}
