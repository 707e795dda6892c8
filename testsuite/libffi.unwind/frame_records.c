/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { options -fno-omit-frame-pointer -fno-optimize-sibling-calls } */
/* Who follows the chain of frame records, as profilers do, misses no caller: it leads
   from a function called by ffi_call or a plan, and from a closure's handler, to whoever
   called these.  */

#include "ffitest.h"

enum
{
  MAX_RECORDS = 16
};

/* The code that the chain has to lead to is in a section of its own.  */
#define CALLER __attribute__ ((section ("callers"), noinline))
extern const char __start_callers[], __stop_callers[];

static int hops; /* records until it is found; 0: it is not */

/* Look for a return address there in the chain that starts at RECORD.  */
static void
follow (void **record)
{
  hops = 0;
  for (int i = 1; i < MAX_RECORDS; i++)
    {
      const char *pc = record[1];
      if (pc >= __start_callers && pc < __stop_callers)
        hops = i;
      if (hops != 0 || (void **) *record <= record)
        break;
      record = (void **) *record;
    }
}

#define FOLLOW() follow (__builtin_frame_address (0))

static void
handler (ffi_cif *cif, void *ret, void **args, void *data)
{
  (void) args, (void) data;
  FOLLOW ();
  memset (ret, 0, cif->rtype->size);
}

struct big
{
  long l[5];
};

static void
none (void)
{
  FOLLOW ();
}
static long
words (long a, long b)
{
  FOLLOW ();
  return a + b;
}
static double
mixed (long a, double b, int c)
{
  FOLLOW ();
  return a + b + c;
}
static long
many (long a, long b, long c, long d, long e, long f, long g, long h, long i)
{
  FOLLOW ();
  return a + b + c + d + e + f + g + h + i;
}
static long
by_value (struct big b)
{
  FOLLOW ();
  return b.l[0];
}
static short
narrow (void)
{
  FOLLOW ();
  return 1;
}
static float
floating (float f)
{
  FOLLOW ();
  return f;
}
static long double
longest (void)
{
  FOLLOW ();
  return 1;
}

static ffi_type *big_elements[] = { &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,
                                    &ffi_type_slong, &ffi_type_slong, NULL };
static ffi_type big = { 0, 0, FFI_TYPE_STRUCT, big_elements };

#define L &ffi_type_slong
static const struct
{
  const char *name;
  void (*fn) (void);
  ffi_type *result;
  unsigned n;
  ffi_type *types[9];
} functions[] = {
  { "none", FFI_FN (none), &ffi_type_void, 0, { NULL } },
  { "words", FFI_FN (words), L, 2, { L, L } },
  { "mixed",
    FFI_FN (mixed),
    &ffi_type_double,
    3,
    { L, &ffi_type_double, &ffi_type_sint } },
  { "many", FFI_FN (many), L, 9, { L, L, L, L, L, L, L, L, L } },
  { "by_value", FFI_FN (by_value), L, 1, { &big } },
  { "narrow", FFI_FN (narrow), &ffi_type_sshort, 0, { NULL } },
  { "floating", FFI_FN (floating), &ffi_type_float, 1, { &ffi_type_float } },
  { "longest", FFI_FN (longest), &ffi_type_longdouble, 0, { NULL } },
};

CALLER static void
check_all (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (functions); i++)
    {
      static long double value[8];
      _Alignas(16) char result[64];
      void *avalue[9];
      ffi_type *types[9];
      ffi_cif cif;
      for (unsigned j = 0; j < 9; j++)
        {
          avalue[j] = value;
          types[j] = functions[i].types[j];
        }
      PREP_CIF (&cif, functions[i].n, functions[i].result, types);
      ffi_call (&cif, functions[i].fn, result, avalue);
      CHECK_MSG (hops != 0, "%s: the chain breaks at ffi_call", functions[i].name);
      const int by_call = hops;

      ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
      CHECK (plan != NULL);
      hops = 0;
      ffi_call_plan_invoke (plan, functions[i].fn, result, avalue);
      CHECK_MSG (hops != 0, "%s: the chain breaks at a plan", functions[i].name);
      ffi_call_plan_free (plan);

      void *code;
      ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
      CHECK (closure != NULL);
      CHECK_INT (ffi_prep_closure_loc (closure, &cif, handler, NULL, code), FFI_OK);
      hops = 0;
      ffi_call (&cif, FFI_FN (code), result, avalue);
      CHECK_MSG (hops == by_call + 1, "%s: expected %d records from the handler, got %d",
                 functions[i].name, by_call + 1, hops);
      ffi_closure_free (closure);
    }
}

int
main (void)
{
  check_all ();
  return ffitest_done ();
}
