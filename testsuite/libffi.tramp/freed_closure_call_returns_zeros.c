/* SPDX-License-Identifier: MIT */
/* With LIBFFI_FREED=return a call of a freed closure returns zeros of its type, whatever
   its size, its convention and its table, reports that once, and removes from the stack
   what its signature says.  Anything else leaves it at abort.  */

#include "ffitest.h"
#include "crowd.h"
#include "aborts.h"
#include <ffi_tramp.h>

static int reports;
static const char *reported;

static void
report (const char *text, const void *address)
{
  (void) address;
  reports++;
  reported = text;
}

/* A handler that sets every byte of its result.  */
static void
fill (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) args, (void) data;
  memset (result, 0x55, cif->rtype->size);
}

/* The code of a closure that is freed after it was prepared; EXTRA bytes larger than an
   ffi_closure.  */
static void *
freed (ffi_cif *cif, size_t extra)
{
  void *code;
  ffi_closure *closure
      = (ffi_closure *) ffi_closure_alloc (sizeof *closure + extra, &code);
  CHECK (closure != NULL);
  memset ((char *) (closure + 1), 0xff, extra);
  CHECK_INT (ffi_prep_closure_loc (closure, cif, fill, NULL, code), FFI_OK);
  memset ((char *) (closure + 1), 0xee, extra);
  ffi_closure_free (closure);
  return code;
}

static const size_t extras[] = { 0, 8, 16, 56, 57, 72, 144, 5000, 100000 };

#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
static ffi_type *const longdoubles = &ffi_type_complex_longdouble;
#else
static ffi_type *const longdoubles = NULL;
#endif

/* Call freed closures RTYPE (int, double, void *), each twice, and look at the result. */
static void
check_type (ffi_type *rtype)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double, &ffi_type_pointer };
  ffi_cif cif;
  int number = 7;
  double real = 2.5;
  void *pointer = &cif, *args[] = { &number, &real, &pointer };
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 3, rtype, types), FFI_OK);
  for (size_t i = 0; i < ARRAY_SIZE (extras); i++)
    {
      void *code = freed (&cif, extras[i]);
      for (int again = 0; again < 2; again++)
        {
          union
          {
            unsigned char bytes[256];
            ffi_arg word;
            long double reals[2]; /* with padding */
          } result;
          memset (&result, 0x77, sizeof result);
          ffi_call (&cif, FFI_FN (code), &result, args);
          if (rtype == &ffi_type_longdouble || rtype == longdoubles)
            CHECK (result.reals[0] == 0
                   && (rtype != longdoubles || result.reals[1] == 0));
          else if (rtype != &ffi_type_void)
            CHECK_FILL (result.bytes, 0, rtype->size);
        }
    }
}

static void
check_types (void)
{
  ffi_type *small[] = { &ffi_type_sint, &ffi_type_float, NULL };
  ffi_type *floats[] = { &ffi_type_float, &ffi_type_float, &ffi_type_float, NULL };
  ffi_type *large[] = {
    &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,
    &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, NULL
  };
  ffi_type structs[] = { { 0, 0, FFI_TYPE_STRUCT, small },
                         { 0, 0, FFI_TYPE_STRUCT, floats },
                         { 0, 0, FFI_TYPE_STRUCT, large } };
  ffi_type *scalars[]
      = { &ffi_type_void,          &ffi_type_uint8,          &ffi_type_sint8,
          &ffi_type_sint16,        &ffi_type_sint,           &ffi_type_sint64,
          &ffi_type_pointer,       &ffi_type_float,          &ffi_type_double,
          &ffi_type_longdouble,
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
          &ffi_type_complex_float, &ffi_type_complex_double, &ffi_type_complex_longdouble
#endif
        };
  for (size_t i = 0; i < ARRAY_SIZE (scalars); i++)
    check_type (scalars[i]);
  for (size_t i = 0; i < ARRAY_SIZE (structs); i++)
    check_type (&structs[i]);
}

#if defined __i386__
/* Functions that remove their arguments themselves, more often than any stack could bear
   if they did not.  */
static void
check_stdcall (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double, &ffi_type_sint64 };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif (&cif, FFI_STDCALL, 3, &ffi_type_double, types), FFI_OK);
  double (__attribute__ ((stdcall)) * function) (int, double, long long) = (double (
      __attribute__ ((stdcall)) *) (int, double, long long)) (uintptr_t) freed (&cif, 0);
  double sum = 1;
  for (int i = 0; i < 1000000; i++)
    sum += function (1, 2, 3);
  CHECK_DOUBLE (sum, 1);
}
#else
#define check_stdcall() ((void) 0)
#endif

static void
forty_two (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  *(ffi_arg *) result = 42;
}

static void
check_raw (void)
{
  ffi_raw_closure *closure;
  void *code;
  closure = (ffi_raw_closure *) ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_INT (ffi_prep_raw_closure_loc (closure, crowd_cif (),
                                       (void (*) (ffi_cif *, void *, ffi_raw *, void *)) (
                                           void (*) (void)) forty_two,
                                       NULL, code),
             FFI_OK);
  CHECK_INT (CODE_AS (int (*) (int), code) (1), 42);
  ffi_closure_free (closure);
  CHECK_INT (CODE_AS (int (*) (int), code) (1), 0);
}

static struct crowd_member members[20000];

static void
call (void *code)
{
  CODE_AS (void (*) (int), code) (1);
}

/* Tables stay, whose closures are all freed; their slots are used again.  */
static void
check_tables (void)
{
  for (int round = 0; round < 2; round++)
    {
      crowd_gather (members, ARRAY_SIZE (members));
      crowd_scatter (members, ARRAY_SIZE (members));
      for (size_t i = 0; i < ARRAY_SIZE (members); i += 7)
        CHECK_INT (CODE_AS (int (*) (int), members[i].code) (3), 0);
    }
}

/* What was never prepared has no signature.  */
static void
check_unprepared (void)
{
  void *code;
  ffi_closure *closure = (ffi_closure *) ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_ABORTS (call, code, "never prepared");
  ffi_closure_free (closure);
  CHECK_ABORTS (call, code, "freed closure");
}

static int
returning (void)
{
  ffi_tramp_set_report (report);
  check_unprepared ();
  CHECK_INT (reports, 0);
  check_types ();
  check_stdcall ();
  check_raw ();
  check_tables ();
  CHECK_INT (reports, 1);
  CHECK (strstr (reported, "freed closure") != NULL);
  return 0;
}

/* In a child with that value in the environment.  */
static void
run (const char *value, int (*action) (void))
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      setenv ("LIBFFI_FREED", value, 1);
      exit (action ());
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_INT (status, 0);
}

static int
aborting (void)
{
  void *code;
  ffi_closure *closure = (ffi_closure *) ffi_closure_alloc (sizeof *closure, &code);
  CHECK_INT (ffi_prep_closure_loc (closure, crowd_cif (), fill, NULL, code), FFI_OK);
  ffi_closure_free (closure);
  CHECK_ABORTS (call, code, "freed closure");
  return 0;
}

int
main (void)
{
  run ("return", returning);
  run ("abort", aborting);
  run ("", aborting);
  run ("returns", aborting);
  return ffitest_done ();
}
