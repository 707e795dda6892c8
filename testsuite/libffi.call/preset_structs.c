/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Packed structs, structs of bit-fields and unions, whose size and alignment are preset,
   go where the compiler puts them, in registers and on the stack, and come back.  No byte
   outside of them is touched: each ends where a page that cannot be accessed begins.  */

#include "ffitest.h"
#include "guarded.h"
#include "presets.h"

/* A block for raw calls whose last word is the last that can be accessed.  */
static ffi_raw *
raw_block (size_t size)
{
  static char *end;

  if (end == NULL)
    end = (char *) guarded_alloc (2048) + 2048;
  CHECK (size <= 2048);
  return (ffi_raw *) (void *) (end - size);
}

static void
raw_calls (ffi_cif *cif, void (*fn) (void), void *result, void **values,
           const struct preset *p, enum preset_signature which, void *s, void *t)
{
  ffi_raw *raw = raw_block (ffi_raw_size (cif));

  memset (result, 0x5a, p->size);
  ffi_ptrarray_to_raw (cif, values, raw);
  ffi_raw_call (cif, fn, result, raw);
  preset_check (p, which, s, t, result);
#if !FFI_NATIVE_RAW_API
  raw = raw_block (ffi_java_raw_size (cif));
  memset (result, 0x5a, p->size);
  ffi_java_ptrarray_to_raw (cif, values, raw);
  ffi_java_raw_call (cif, fn, result, raw);
  preset_check (p, which, s, t, result);
#endif
}

int
main (void)
{
  char *s_end = (char *) guarded_alloc (0), *t_end = (char *) guarded_alloc (0);
  char *result_end = (char *) guarded_alloc (0);

  for (size_t i = 0; i < ARRAY_SIZE (presets); i++)
    for (int which = 0; which < SIGNATURES; which++)
      {
        const struct preset *p = &presets[i];
        void *s = s_end - p->size, *t = t_end - p->size, *result = result_end - p->size;
        void (*fn) (void) = p->functions[which];
        ffi_type *types[PRESET_ARGUMENTS];
        void *values[PRESET_ARGUMENTS];
        unsigned n = preset_arguments (p, which, types, values, s, t);
        ffi_cif cif;
        PREP_CIF (&cif, n, p->type, types);
        preset_seed = 7 + (unsigned) i;
        p->fill (s);
        p->fill (t);

        memset (result, 0x5a, p->size);
        preset_trouble = NULL;
        ffi_call (&cif, fn, result, values);
        preset_check (p, which, s, t, result);
        memset (preset_seen, 0x5a, sizeof preset_seen);
        ffi_call (&cif, fn, NULL, values);
        preset_check (p, which, s, t, result);

        ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
        CHECK (plan != NULL);
        memset (result, 0x5a, p->size);
        ffi_call_plan_invoke (plan, fn, result, values);
        preset_check (p, which, s, t, result);
        ffi_call_plan_free (plan);
        raw_calls (&cif, fn, result, values, p, which, s, t);
      }
  return ffitest_done ();
}
