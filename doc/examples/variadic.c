/* SPDX-License-Identifier: MIT */
/* A variadic function: one cif for each list of arguments.  */
#include <ffi.h>
#include <stdio.h>

int
main (void)
{
  const char *format = "%s has %d corners, the sum of its angles is %.1f\n";
  const char *name = "a pentagon";
  int corners = 5;
  double angles = 540;

  /* The buffer, its size and the format are named in snprintf's prototype.  The
     others have the types that C promotes arguments to: int and double, never
     short or float.  */
  char buffer[80], *to = buffer;
  size_t size = sizeof buffer;
  ffi_type *types[] = { &ffi_type_pointer, &ffi_type_ulong, &ffi_type_pointer,
                        &ffi_type_pointer, &ffi_type_sint,  &ffi_type_double };
  void *values[] = { &to, &size, &format, &name, &corners, &angles };
  ffi_arg length;
  ffi_cif cif;

  if (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 3, 6, &ffi_type_sint, types) != FFI_OK)
    return 1;
  ffi_call (&cif, FFI_FN (snprintf), &length, values);
  fputs (buffer, stdout);

  types[5] = &ffi_type_float;
  return ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 3, 6, &ffi_type_sint, types)
                 == FFI_BAD_ARGTYPE
             ? 0
             : 1;
}
