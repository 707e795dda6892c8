/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* By the Microsoft x64 convention a variadic function takes floating arguments from
   integer registers: calls, and closures called so.  */

#include "win64.h"
#include "ffitest.h"

enum
{
  ARGUMENTS = 8
};

/* FORMAT: i int, d double, s struct of 12 bytes, of which the convention passes the
   address.  (GCC 12 cannot fetch it as a struct when ms_abi is not the default.)  */
struct twelve
{
  int a[3];
};

static FFITEST_CONVENTION double
sum (const char *format, ...)
{
  __builtin_ms_va_list list;
  double total = 0;
  __builtin_ms_va_start (list, format);
  for (; *format != '\0'; format++)
    switch (*format)
      {
      case 'i':
        total = 2 * total + __builtin_va_arg(list, int);
        break;
      case 'd':
        total = 2 * total + __builtin_va_arg(list, double);
        break;
      default:
        total = 2 * total + __builtin_va_arg(list, struct twelve *)->a[2];
      }
  __builtin_ms_va_end (list);
  return total;
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const char *format = *(const char **) args[0];
  double total = 0;
  (void) data;
  CHECK_INT (strlen (format), cif->nargs - 1);
  for (unsigned i = 1; i < cif->nargs; i++)
    total = 2 * total
            + (format[i - 1] == 'i'   ? *(int *) args[i]
               : format[i - 1] == 'd' ? *(double *) args[i]
                                      : ((struct twelve *) args[i])->a[2]);
  *(double *) result = total;
}

static STRUCT_TYPE (type_twelve, &ffi_type_sint, &ffi_type_sint, &ffi_type_sint);

int
main (void)
{
  static const char *const formats[]
      = { "", "i", "d", "dd", "did", "sds", "ddddd", "idsidsd" };
  int i = 5;
  double d = 2.25;
  struct twelve s = { { 1, 2, 3 } };

  for (size_t f = 0; f < ARRAY_SIZE (formats); f++)
    {
      const char *format = formats[f];
      ffi_type *types[ARGUMENTS] = { &ffi_type_pointer };
      void *avalue[ARGUMENTS] = { &format };
      unsigned n = 1;
      double expected = 0, result;
      ffi_cif cif;
      void *code;
      for (const char *p = format; *p != '\0'; p++, n++)
        {
          types[n] = *p == 'i'   ? &ffi_type_sint
                     : *p == 'd' ? &ffi_type_double
                                 : &type_twelve;
          avalue[n] = *p == 'i' ? (void *) &i : *p == 'd' ? (void *) &d : (void *) &s;
          expected = 2 * expected + (*p == 'i' ? i : *p == 'd' ? d : s.a[2]);
        }
      PREP_CIF_VAR (&cif, 1, n, &ffi_type_double, types);
      ffi_call (&cif, FFI_FN (sum), &result, avalue);
      CHECK_DOUBLE (result, expected);
      ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
      ffi_call (&cif, CODE_AS (void (*) (void), code), &result, avalue);
      CHECK_DOUBLE (result, expected);
      ffi_closure_free (closure);
    }

  /* The compiler calls.  */
  ffi_type *types[] = { &ffi_type_pointer, &ffi_type_double, &type_twelve, &ffi_type_sint,
                        &ffi_type_double };
  ffi_cif cif;
  void *code;
  PREP_CIF_VAR (&cif, 1, 5, &ffi_type_double, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  CHECK_DOUBLE (CODE_AS (__typeof__ (&sum), code) ("dsid", d, s, i, d),
                sum ("dsid", d, s, i, d));
  ffi_closure_free (closure);
  return ffitest_done ();
}
