/* SPDX-License-Identifier: MIT */
/* Call a function whose name and arguments come from outside the program.  */
#include <ffi.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *name;
  void (*function) (void);
  unsigned nargs;
} table[] = {
  { "sqrt", FFI_FN (sqrt), 1 },
  { "hypot", FFI_FN (hypot), 2 },
  { "fma", FFI_FN (fma), 3 },
};

/* Call the function NAME, which takes doubles and returns one.  */
static double
call (const char *name, double *arguments)
{
  ffi_type *types[] = { &ffi_type_double, &ffi_type_double, &ffi_type_double };
  void *values[] = { &arguments[0], &arguments[1], &arguments[2] };
  double result;
  ffi_cif cif;

  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (strcmp (name, table[i].name) == 0
        && ffi_prep_cif (&cif, FFI_DEFAULT_ABI, table[i].nargs, &ffi_type_double, types)
               == FFI_OK)
      {
        ffi_call (&cif, table[i].function, &result, values);
        return result;
      }
  abort ();
}

int
main (void)
{
  double numbers[] = { 3, 4, 5 };

  printf ("hypot: %g\n", call ("hypot", numbers));
  printf ("fma: %g\n", call ("fma", numbers));
  return 0;
}
