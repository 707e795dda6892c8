/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* Microsoft's convention: closures of 0 to 80 arguments that are words in turn of each
   sort, with a result in a register and one in memory.  */

#include "ffitest.h"

#define MOST 80

struct large
{
  long a, b, c;
};

static ffi_type *large_elements[]
    = { &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, NULL };
static ffi_type large_type = { 0, 0, FFI_TYPE_STRUCT, large_elements };
static ffi_type *const kinds[] = { &ffi_type_slong, &ffi_type_double, &ffi_type_sint,
                                   &ffi_type_float, &ffi_type_sint8 };

static long
value (unsigned i)
{
  return 100 - 2 * (long) i; /* which a signed char holds */
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  long wrong = 0;
  CHECK (data == kinds);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      long got = type == &ffi_type_slong    ? *(long *) args[i]
                 : type == &ffi_type_double ? (long) *(double *) args[i]
                 : type == &ffi_type_sint   ? *(int *) args[i]
                 : type == &ffi_type_float  ? (long) *(float *) args[i]
                                            : *(signed char *) args[i];
      wrong += got != value (i);
    }
  if (cif->rtype->type == FFI_TYPE_STRUCT)
    *(struct large *) result = (struct large){ wrong, -7, cif->nargs };
  else
    *(long *) result = wrong;
}

int
main (void)
{
  static union
  {
    long l;
    double d;
    int i;
    float f;
    signed char c;
  } values[MOST];
  ffi_type *types[MOST];
  void *avalue[MOST];

  for (unsigned i = 0; i < MOST; i++)
    {
      types[i] = kinds[i % ARRAY_SIZE (kinds)];
      avalue[i] = &values[i];
      switch (i % ARRAY_SIZE (kinds))
        {
        case 0:
          values[i].l = value (i);
          break;
        case 1:
          values[i].d = (double) value (i);
          break;
        case 2:
          values[i].i = (int) value (i);
          break;
        case 3:
          values[i].f = (float) value (i);
          break;
        default:
          values[i].c = (signed char) value (i);
        }
    }
  for (unsigned n = 0; n <= MOST; n++)
    for (int in_memory = 0; in_memory < 2; in_memory++)
      {
        struct large result = { 1, 1, 1 };
        ffi_cif cif;
        void *code;
        CHECK_INT (ffi_prep_cif (&cif, FFI_WIN64, n,
                                 in_memory ? &large_type : &ffi_type_slong, types),
                   FFI_OK);
        ffi_closure *closure
            = MAKE_CLOSURE (&cif, handle, (void *) (uintptr_t) kinds, &code);
        ffi_call (&cif, CODE_AS (void (*) (void), code), &result, avalue);
        CHECK_INT (result.a, 0);
        if (in_memory)
          CHECK (result.b == -7 && result.c == (long) n);
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
