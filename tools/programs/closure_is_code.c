/* SPDX-License-Identifier: MIT */
/* For LD_PRELOAD with a program that calls the closure pointer in the place of the code
   address: it gets the code address for both.  Such a program must not write to the
   closure itself.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <ffi.h>
#include <stdint.h>
#include <stdlib.h>

enum
{
  MAX_CLOSURES = 4096
};

static struct
{
  void *code, *closure;
} made[MAX_CLOSURES];

static void *
next (const char *name)
{
  void *function = dlsym (RTLD_NEXT, name);
  if (function == NULL)
    abort ();
  return function;
}

/* The closure with that code, or the pointer itself.  */
static void *
closure_of (void *code)
{
  for (size_t i = 0; i < MAX_CLOSURES && code != NULL; i++)
    if (made[i].code == code)
      return made[i].closure;
  return code;
}

void *
ffi_closure_alloc (size_t size, void **code)
{
  void *(*alloc) (size_t, void **) = next ("ffi_closure_alloc");
  void *closure = alloc (size, code);
  for (size_t i = 0; i < MAX_CLOSURES && closure != NULL; i++)
    if (made[i].code == NULL)
      {
        made[i].closure = closure;
        return made[i].code = *code;
      }
  return closure;
}

void
ffi_closure_free (void *code)
{
  void (*release) (void *) = next ("ffi_closure_free");
  release (closure_of (code));
  for (size_t i = 0; i < MAX_CLOSURES; i++)
    if (made[i].code == code)
      made[i].code = NULL;
}

ffi_status
ffi_prep_closure_loc (ffi_closure *closure, ffi_cif *cif,
                      void (*handler) (ffi_cif *, void *, void **, void *), void *data,
                      void *code)
{
  ffi_status (*prep) (ffi_closure *, ffi_cif *,
                      void (*) (ffi_cif *, void *, void **, void *), void *, void *)
      = next ("ffi_prep_closure_loc");
  return prep (closure_of (closure), cif, handler, data, code);
}
