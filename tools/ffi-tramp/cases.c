/* SPDX-License-Identifier: MIT */
/* What bench measures: calls by each libffi of one function, calls of closures of each,
   and what making them takes.  A case does its work REPEAT times and says whether every
   result was right; what it prepares once does not count at that number.  */

#include "bench.h"
#include <time.h>

enum
{
  REPEAT = 20000
};

/* --- Signatures and functions ----------------------------------------------- */

static int
add_one (int x)
{
  return x + 1;
}

static long
add_six (long a, long b, long c, long d, long e, long f)
{
  return a + b + c + d + e + f;
}

static double
add_reals (double a, double b)
{
  return a + b;
}

static void
add_one_handler (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(ffi_arg *) result = (ffi_arg) (ffi_sarg) (*(int *) args[0] + 1);
}

static void
add_six_handler (ffi_cif *cif, void *result, void **args, void *data)
{
  long sum = 0;

  (void) cif, (void) data;
  for (int i = 0; i < 6; i++)
    sum += *(long *) args[i];
  *(long *) result = sum;
}

static void
add_reals_handler (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(double *) result = *(double *) args[0] + *(double *) args[1];
}

/* The signature of N arguments of TYPE, which is the result's, too.  */
struct signature
{
  ffi_cif cif;
  ffi_type *types[6];
};

static bool
prepare (const struct library *library, struct signature *s, unsigned n, ffi_type *type)
{
  for (unsigned i = 0; i < n; i++)
    s->types[i] = type;
  return library->prep_cif (&s->cif, FFI_DEFAULT_ABI, n, type, s->types) == FFI_OK;
}

/* --- Calls ------------------------------------------------------------------ */

static bool
call_int (const struct library *library)
{
  struct signature s;
  ffi_arg result;
  int x;
  void *args[] = { &x };
  bool right = prepare (library, &s, 1, library->sint);

  for (x = 0; right && x < REPEAT; x++)
    {
      library->call (&s.cif, (void (*) (void)) add_one, &result, args);
      right = (int) result == x + 1;
    }
  return right;
}

static bool
call_longs (const struct library *library)
{
  struct signature s;
  long result, x;
  void *args[] = { &x, &x, &x, &x, &x, &x };
  bool right = prepare (library, &s, 6, library->slong);

  for (x = 0; right && x < REPEAT; x++)
    {
      library->call (&s.cif, (void (*) (void)) add_six, &result, args);
      right = result == 6 * x;
    }
  return right;
}

static bool
call_reals (const struct library *library)
{
  struct signature s;
  double result, x;
  void *args[] = { &x, &x };
  bool right = prepare (library, &s, 2, library->real);

  for (x = 0; right && x < REPEAT; x++)
    {
      library->call (&s.cif, (void (*) (void)) add_reals, &result, args);
      right = result == 2 * x;
    }
  return right;
}

/* --- Closures --------------------------------------------------------------- */

typedef void (*handler) (ffi_cif *, void *, void **, void *);

/* A closure of S on HANDLER, and its code address; null: there is none.  */
static ffi_closure *
make (const struct library *library, struct signature *s, handler handler, void **code)
{
  ffi_closure *closure = library->closure_alloc (sizeof *closure, code);

  if (closure != NULL
      && library->prep_closure (closure, &s->cif, handler, NULL, *code) != FFI_OK)
    {
      library->closure_free (closure);
      return NULL;
    }
  return closure;
}

static bool
closure_int (const struct library *library)
{
  struct signature s;
  void *code = NULL;
  bool right = prepare (library, &s, 1, library->sint);
  ffi_closure *closure = right ? make (library, &s, add_one_handler, &code) : NULL;
  int (*volatile function) (int) = (int (*) (int)) (uintptr_t) code;

  right = closure != NULL;
  for (int x = 0; right && x < REPEAT; x++)
    right = function (x) == x + 1;
  library->closure_free (closure);
  return right;
}

static bool
closure_longs (const struct library *library)
{
  struct signature s;
  void *code = NULL;
  bool right = prepare (library, &s, 6, library->slong);
  ffi_closure *closure = right ? make (library, &s, add_six_handler, &code) : NULL;
  long (*volatile function) (long, long, long, long, long, long)
      = (long (*) (long, long, long, long, long, long)) (uintptr_t) code;

  right = closure != NULL;
  for (long x = 0; right && x < REPEAT; x++)
    right = function (x, x, x, x, x, x) == 6 * x;
  library->closure_free (closure);
  return right;
}

static bool
closure_reals (const struct library *library)
{
  struct signature s;
  void *code = NULL;
  bool right = prepare (library, &s, 2, library->real);
  ffi_closure *closure = right ? make (library, &s, add_reals_handler, &code) : NULL;
  double (*volatile function) (double, double)
      = (double (*) (double, double)) (uintptr_t) code;

  right = closure != NULL;
  for (double x = 0; right && x < REPEAT; x++)
    right = function (x, x) == 2 * x;
  library->closure_free (closure);
  return right;
}

static bool
closure_made (const struct library *library)
{
  struct signature s;
  void *code;
  bool right = prepare (library, &s, 2, library->pointer);

  for (int i = 0; right && i < REPEAT; i++)
    {
      ffi_closure *closure = make (library, &s, add_one_handler, &code);
      right = closure != NULL;
      library->closure_free (closure);
    }
  return right;
}

static bool
cif_prepared (const struct library *library)
{
  struct signature s;
  bool right = true;

  for (int i = 0; right && i < REPEAT; i++)
    right = prepare (library, &s, 3, library->pointer);
  return right;
}

/* --- All of them ------------------------------------------------------------ */

static const struct
{
  const char *name;
  bool (*run) (const struct library *library);
} cases[] = {
  { "call int (int)", call_int },
  { "call long (long x 6)", call_longs },
  { "call double (double, double)", call_reals },
  { "closure int (int)", closure_int },
  { "closure long (long x 6)", closure_longs },
  { "closure double (double, double)", closure_reals },
  { "closure alloc, prepare, free", closure_made },
  { "prepare a cif", cif_prepared },
};

const char *
case_name (unsigned number)
{
  return number < sizeof cases / sizeof cases[0] ? cases[number].name : NULL;
}

double
measure (unsigned number, const struct library *library)
{
  /* The thread's own time: what others do on the machine is left out.  */
  struct timespec start, end;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &start);
  bool right = cases[number].run (library);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  double elapsed = (double) (end.tv_sec - start.tv_sec) * 1e9
                   + (double) (end.tv_nsec - start.tv_nsec);
  return right ? elapsed / REPEAT : -1;
}
