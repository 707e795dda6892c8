/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Handlers get packed structs, structs of bit-fields and unions, whose size and alignment
   are preset, as compiled code passes them, may write to all of them, and return them. */

#include "ffitest.h"
#include "presets.h"

static const struct preset *current;
static enum preset_signature signature;

/* ARGS are those of the current signature: take a look at them, then spoil them.  */
static void
look (void **args, unsigned nargs, void *result)
{
  static const unsigned first[] = { 0, 1, 10 }, second[] = { 0, 3, 13 };
  size_t size = current->size;

  memcpy (preset_seen, args[first[signature]], size);
  memcpy (result, args[second[signature]], size);
  if (signature == FN)
    NOTICE (*(int *) args[0] == -5 && *(double *) args[2] == 2.5
            && *(int *) args[4] == 77);
  else if (signature == CROWD)
    NOTICE (*(long *) args[2] == 3 && *(double *) args[9] == 10 && *(int *) args[11] == 11
            && *(double *) args[12] == 12 && *(int *) args[14] == 13);
  NOTICE ((uintptr_t) args[first[signature]] % current->type->alignment == 0
          || FFI_NATIVE_RAW_API);
  for (unsigned i = 0; i < nargs; i++)
    if (i == first[signature] || i == second[signature])
      memset (args[i], 0x99, size);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  look (args, cif->nargs, result);
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *args[PRESET_ARGUMENTS];

  (void) data;
  ffi_raw_to_ptrarray (cif, raw, args);
  look (args, cif->nargs, result);
}

#if !FFI_NATIVE_RAW_API
static void
handle_java (ffi_cif *cif, void *result, ffi_java_raw *raw, void *data)
{
  void *args[PRESET_ARGUMENTS];

  (void) data;
  ffi_java_raw_to_ptrarray (cif, raw, args);
  look (args, cif->nargs, result);
}
#endif

/* Call CODE as the compiler does.  */
static void
check (void *code, const void *s, const void *t)
{
  unsigned char result[64];

  preset_trouble = NULL;
  memset (preset_seen, 0x5a, sizeof preset_seen);
  current->call (signature, code, s, t, result);
  preset_check (current, signature, s, t, result);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (presets); i++)
    for (int which = 0; which < SIGNATURES; which++)
      {
        const struct preset *p = &presets[i];
        _Alignas(16) unsigned char s[64], t[64];
        ffi_type *types[PRESET_ARGUMENTS];
        void *values[PRESET_ARGUMENTS], *code;
        ffi_cif cif;
        current = p;
        signature = which;
        unsigned n = preset_arguments (p, which, types, values, s, t);
        PREP_CIF (&cif, n, p->type, types);
        preset_seed = 7 + (unsigned) i;
        p->fill (s);
        p->fill (t);

        ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
        check (code, s, t);
        ffi_closure_free (closure);

        ffi_raw_closure *raw = ffi_closure_alloc (sizeof *raw, &code);
        CHECK (raw != NULL);
        CHECK_INT (ffi_prep_raw_closure_loc (raw, &cif, handle_raw, NULL, code), FFI_OK);
        check (code, s, t);
        ffi_closure_free (raw);
#if !FFI_NATIVE_RAW_API
        ffi_java_raw_closure *java = ffi_closure_alloc (sizeof *java, &code);
        CHECK (java != NULL);
        CHECK_INT (ffi_prep_java_raw_closure_loc (java, &cif, handle_java, NULL, code),
                   FFI_OK);
        check (code, s, t);
        ffi_closure_free (java);
#endif
      }
  return ffitest_done ();
}
