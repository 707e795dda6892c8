/* SPDX-License-Identifier: MIT */
/* Microsoft's calling convention on x86-64: a call, and a closure called by code
   that a Windows compiler could have made.

   { needs x86_64 }  */
#include <ffi.h>
#include <stdio.h>

#define WINAPI __attribute__ ((ms_abi))

/* As in a Windows library: here every argument takes one place, whatever it is.  */
static WINAPI double
scale (int n, double x, short s)
{
  return n * x + s;
}

typedef long long (WINAPI *callback) (int, double);

static WINAPI long long
enumerate (callback f)
{
  long long sum = 0;

  for (int i = 1; i <= 3; i++)
    sum += f (i, i / 2.0);
  return sum;
}

static void
round_up (ffi_cif *cif, void *result, void **args, void *user_data)
{
  (void) cif;
  *(long long *) result
      = *(int *) args[0] + (long long) (*(double *) args[1] + 0.5) + *(int *) user_data;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double, &ffi_type_sshort };
  int n = 3, offset = 100;
  double x = 2.5, product;
  short s = -1;
  void *values[] = { &n, &x, &s };
  ffi_cif cif, callback_cif;
  void *code;

  if (ffi_prep_cif (&cif, FFI_WIN64, 3, &ffi_type_double, types) != FFI_OK)
    return 1;
  ffi_call (&cif, FFI_FN (scale), &product, values);
  printf ("%g\n", product);

  ffi_closure *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
  if (closure == NULL
      || ffi_prep_cif (&callback_cif, FFI_WIN64, 2, &ffi_type_sint64, types) != FFI_OK
      || ffi_prep_closure_loc (closure, &callback_cif, round_up, &offset, code) != FFI_OK)
    return 1;
  printf ("%lld\n", enumerate ((callback) code));
  ffi_closure_free (closure);
  return 0;
}
