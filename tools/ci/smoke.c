/* SPDX-License-Identifier: MIT */
/* Use an installed libffi: calls, a closure, and enough closures that the library
   must map further trampolines.  No memory may be writable and executable.  */

#include <ffi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_CLOSURES 20000

static void
add (ffi_cif *cif, void *result, void **args, void *addend)
{
  (void) cif;
  *(ffi_arg *) result = (ffi_arg) (*(int *) args[0] + *(int *) addend);
}

static double
scale (double x, int n)
{
  return x * n;
}

static void
expect (int condition, const char *what)
{
  if (!condition)
    {
      printf ("FAIL: %s\n", what);
      exit (1);
    }
}

static void
check_call (void)
{
  ffi_type *types[] = { &ffi_type_double, &ffi_type_sint };
  ffi_cif cif;
  expect (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_double, types) == FFI_OK,
          "ffi_prep_cif");
  double x = 1.5, result = 0;
  int n = 4;
  void *values[] = { &x, &n };
  ffi_call (&cif, FFI_FN (scale), &result, values);
  expect (result == 6.0, "ffi_call of double (double, int)");
}

static void
check_closures (void)
{
  static ffi_closure *closures[N_CLOSURES];
  static int addends[N_CLOSURES];
  static void *codes[N_CLOSURES];
  ffi_type *types[] = { &ffi_type_sint };
  ffi_cif cif;
  expect (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) == FFI_OK,
          "ffi_prep_cif");
  for (int i = 0; i < N_CLOSURES; i++)
    {
      addends[i] = 3 * i;
      closures[i] = ffi_closure_alloc (sizeof (ffi_closure), &codes[i]);
      expect (closures[i] != NULL, "ffi_closure_alloc");
      expect (ffi_prep_closure_loc (closures[i], &cif, add, &addends[i], codes[i])
                  == FFI_OK,
              "ffi_prep_closure_loc");
    }
  for (int i = 0; i < N_CLOSURES; i++)
    expect (((int (*) (int)) codes[i]) (i) == 4 * i, "call of a closure");
}

static void
check_memory (void)
{
  char line[512], permissions[5];
  FILE *maps = fopen ("/proc/self/maps", "r");
  expect (maps != NULL, "open /proc/self/maps");
  while (fgets (line, sizeof line, maps))
    expect (sscanf (line, "%*s %4s", permissions) == 1 && !strstr (permissions, "wx"),
            line);
  fclose (maps);
}

int
main (void)
{
  expect (strcmp (ffi_get_version (), FFI_VERSION_STRING) == 0, "ffi_get_version");
  check_call ();
  check_closures ();
  check_memory ();
  printf ("libffi %s: calls, %d closures, nothing writable and executable\n",
          ffi_get_version (), N_CLOSURES);
  return 0;
}
