/* SPDX-License-Identifier: MIT */
/* The shared object that plugin_loaded.c loads.  It has libffi.a in it.  */

#include <ffi.h>
#include <stddef.h>
#include <stdlib.h>

struct live
{
  ffi_closure *closure;
  void *code;
  long number;
};

static void
handler (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif;
  *(ffi_sarg *) ret = *(int *) args[0] + *(long *) user_data;
}

static int
prepare (struct live *one, ffi_cif *cif, long number)
{
  one->number = number;
  one->closure = (ffi_closure *) ffi_closure_alloc (sizeof *one->closure, &one->code);
  return one->closure == NULL
         || ffi_prep_closure_loc (one->closure, cif, handler, &one->number, one->code)
                != FFI_OK;
}

/* Call the closure's code, and the code by ffi_call, with ARGUMENT.  */
static int
call (struct live *one, ffi_cif *cif, int argument, long expected)
{
  void *values[] = { &argument };
  ffi_arg result = 0;

  ffi_call (cif, FFI_FN (one->code), &result, values);
  return (int) result == expected
         && ((int (*) (int)) (ffi_arg) one->code) (argument) == expected;
}

/* How many of COUNT closures that live at once returned what they should.  */
__attribute__ ((visibility ("default"))) int
call_back (int count)
{
  static ffi_type *types[] = { &ffi_type_sint };
  struct live *all = (struct live *) calloc (count, sizeof *all);
  ffi_cif cif;
  int made = 0, good = 0;

  if (all == NULL
      || ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) != FFI_OK)
    return -1;
  while (made < count && prepare (&all[made], &cif, 3L * made) == 0)
    made++;
  for (int i = 0; i < made; i++)
    good += call (&all[i], &cif, 7, 7 + 3L * i);
  for (int i = 0; i < made; i++)
    ffi_closure_free (all[i].closure);
  free (all);
  return good;
}
