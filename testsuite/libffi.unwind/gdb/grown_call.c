/* SPDX-License-Identifier: MIT */
/* What gdb_in_grown_table.exp looks at: a call of a closure of a grown table.  */

#include <ffi.h>
#include <stddef.h>

void *code;

void __attribute__ ((noinline)) ready (void) { __asm__ volatile(""); }

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
}

int
main (void)
{
  ffi_cif cif;
  ffi_closure *closure = NULL;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL) != FFI_OK)
    return 1;
  for (int i = 0; i < 3000; i++)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  if (closure == NULL
      || ffi_prep_closure_loc (closure, &cif, handle, NULL, code) != FFI_OK)
    return 1;
  ready ();
  ((void (*) (void)) (size_t) code) ();
  return 0;
}
