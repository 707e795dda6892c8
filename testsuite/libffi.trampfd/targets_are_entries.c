/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* The secure form's targets are what closures of any signature lead to, freed and
   unprepared ones included, and nothing else that is at hand.  */

#include "on_the_double.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
}

/* The second word of what CLOSURE's trampoline reads.  */
static uintptr_t
target_of (const void *closure)
{
  uintptr_t pair[2];
  memcpy (pair, closure, sizeof pair);
  return pair[1];
}

static ffi_type *const scalars[] = {
  &ffi_type_void,    &ffi_type_sint8,  &ffi_type_uint8,  &ffi_type_sint16,
  &ffi_type_uint16,  &ffi_type_sint32, &ffi_type_uint32, &ffi_type_sint64,
  &ffi_type_pointer, &ffi_type_float,  &ffi_type_double, &ffi_type_longdouble,
};

int
main (void)
{
  void *code;
  STRUCT_TYPE (two_ints, &ffi_type_sint64, &ffi_type_sint64);
  STRUCT_TYPE (two_doubles, &ffi_type_double, &ffi_type_double);
  STRUCT_TYPE (mixed, &ffi_type_double, &ffi_type_sint64);
  STRUCT_TYPE (small, &ffi_type_sint8, &ffi_type_sint8);
  STRUCT_TYPE (large, &mixed, &mixed, &mixed);
  ffi_type *types[ARRAY_SIZE (scalars) + 5], *args[12];
  unsigned n = ARRAY_SIZE (scalars);
  memcpy (types, scalars, sizeof scalars);
  types[n++] = &two_ints;
  types[n++] = &two_doubles;
  types[n++] = &mixed;
  types[n++] = &small;
  types[n++] = &large;

  setenv ("LIBFFI_TRAMPOLINES", "secure", 1);
  void *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
  CHECK (closure != NULL && double_maps (code));
  CHECK (double_allows (code, target_of (closure)));
  unsigned checked = 0;
  for (int abi = FFI_FIRST_ABI; abi < FFI_LAST_ABI; abi++)
    for (unsigned result = 0; result < n; result++)
      for (unsigned arg = 1; arg < n; arg++)
        for (unsigned nargs = 0; nargs <= 12; nargs++)
          {
            ffi_cif cif;
            for (unsigned i = 0; i < nargs; i++)
              args[i] = i % 3 == 2 ? &ffi_type_double : types[arg];
            if (ffi_prep_cif (&cif, (ffi_abi) abi, nargs, types[result], args) != FFI_OK
                || ffi_prep_closure_loc (closure, &cif, handle, NULL, code) != FFI_OK)
              continue;
            CHECK_MSG (double_allows (code, target_of (closure)),
                       "abi %d, result %u, %u arguments %u: %#lx is no target", abi,
                       result, nargs, arg, (unsigned long) target_of (closure));
            checked++;
          }
  CHECK_MSG (checked > 1000, "%u signatures", checked);
  ffi_closure_free (closure);
  CHECK (double_allows (code, target_of (closure)));
  /* A run of slots leaves freed ones behind.  */
  char *run = ffi_closure_alloc (400, &code);
  CHECK (run != NULL);
  memset (run, 0x5a, 400);
  ffi_closure_free (run);
  for (int i = 0; i < 5; i++)
    {
      char *slot = ffi_closure_alloc (sizeof (ffi_closure), &code);
      CHECK (double_allows (code, target_of (slot)));
    }
  for (int i = 1; i < 400 / 64; i++)
    CHECK_MSG (double_allows (code, target_of (run - 16 + i * 64)),
               "%#lx in a freed run is no target",
               (unsigned long) target_of (run - 16 + i * 64));
  CHECK (!double_allows (code, (uintptr_t) ffi_call));
  CHECK (!double_allows (code, (uintptr_t) abort));
  CHECK (!double_allows (code, (uintptr_t) handle));
  CHECK (!double_allows (code, 0));
  return ffitest_done ();
}
