/* SPDX-License-Identifier: MIT */
/* What a language runtime keeps for each callback, in one allocation with the closure
   and found again from either end.  No pool, no page of its own, no mprotect.  */
#include <ffi.h>
#include <stdio.h>
#include <string.h>

struct callback
{
  ffi_closure closure; /* anywhere in the allocation */
  void *code;          /* what C code calls */
  ffi_cif cif;         /* lives as long as the closure */
  ffi_type *types[2];
  char method[16];
};

static void
dispatch (ffi_cif *cif, void *result, void **args, void *user_data)
{
  struct callback *self = user_data;

  (void) cif;
  printf ("%s (%d, %g)\n", self->method, *(int *) args[0], *(double *) args[1]);
  *(ffi_arg *) result = strlen (self->method);
}

static struct callback *
callback_new (const char *method)
{
  void *code;
  struct callback *self = ffi_closure_alloc (sizeof *self, &code);

  if (self == NULL)
    return NULL;
  self->code = code;
  self->types[0] = &ffi_type_sint;
  self->types[1] = &ffi_type_double;
  snprintf (self->method, sizeof self->method, "%s", method);
  if (ffi_prep_cif (&self->cif, FFI_DEFAULT_ABI, 2, &ffi_type_sint, self->types) != FFI_OK
      || ffi_prep_closure_loc (&self->closure, &self->cif, dispatch, self, code)
             != FFI_OK)
    {
      ffi_closure_free (self);
      return NULL;
    }
  return self;
}

int
main (void)
{
  struct callback *self = callback_new ("on_click");

  if (self == NULL)
    return 1;
  printf ("%d\n", ((int (*) (int, double)) self->code) (1, 2.5));
  ffi_closure_free (self);
  return 0;
}
