/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* { options -pthread -Wno-deprecated-declarations } */
/* { cases } */
/* What needs more stack than a thread has left faults in the guard page, of which there
   is one, and changes nothing below it: calls and closures of every kind with large
   arguments, many of them, unwanted results and arguments that are aligned to more than a
   page.  With enough stack each of them works.  */

#include "ffitest.h"
#include "own_stack.h"

enum
{
  MANY = 60000,
  LARGE = 300000
};

static char large[LARGE + 65536] __attribute__ ((aligned (32768)));
static ffi_type *byte_elements[] = { &ffi_type_uint8, NULL };
static ffi_type *word_elements[] = { &ffi_type_sint32, NULL };
static ffi_cif cif;
static void *values[MANY], *code;
static ffi_type *types[MANY];
static int number = 7;
static volatile int ran; /* the function or the handler */
static volatile ffi_sarg sink;

static int
take (int x)
{
  ran = 1;
  return x;
}

static void
handle (ffi_cif *c, void *result, void **args, void *data)
{
  (void) c, (void) args, (void) data;
  *(ffi_arg *) result = 0;
  ran = 1;
}

static ffi_type
struct_type (ffi_type **elements, size_t size, unsigned short alignment)
{
  ffi_type type = { size, alignment, FFI_TYPE_STRUCT, elements };
  return type;
}

static ffi_type argument, aligned;

/* CIF becomes int (int, OTHERS...), whose values are VALUES.  */
static void
prepare (ffi_abi abi, unsigned nargs, ffi_type *other)
{
  for (unsigned i = 0; i < nargs; i++)
    {
      types[i] = i == 0 ? &ffi_type_sint32 : other;
      values[i] = i == 0 ? (void *) &number : large;
    }
  CHECK_INT (ffi_prep_cif (&cif, abi, nargs, &ffi_type_sint32, types), FFI_OK);
}

static void
prepare_large (ffi_abi abi, size_t n)
{
  argument = struct_type (byte_elements, n, 1);
  prepare (abi, 2, &argument);
}

static void
call (void)
{
  ffi_arg result;
  ffi_call (&cif, FFI_FN (take), &result, values);
  sink = (ffi_sarg) result;
}

static void
large_argument (size_t n)
{
  prepare_large (FFI_DEFAULT_ABI, n);
  call ();
}

static void
large_argument_planned (size_t n)
{
  ffi_arg result;
  prepare_large (FFI_DEFAULT_ABI, n);
  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  ffi_call_plan_invoke (plan, FFI_FN (take), &result, values);
}

#if FFI_GO_CLOSURES
static void
large_argument_go (size_t n)
{
  ffi_arg result;
  prepare_large (FFI_DEFAULT_ABI, n);
  ffi_call_go (&cif, FFI_FN (take), &result, values, &number);
}
#endif

static void
large_argument_raw (size_t n)
{
  static ffi_raw raw[LARGE / sizeof (ffi_raw) + 2];
  ffi_arg result;
  prepare_large (FFI_DEFAULT_ABI, n);
  raw[0].sint = 7;
#if !FFI_NATIVE_RAW_API
  raw[1].ptr = large;
#endif
  ffi_raw_call (&cif, FFI_FN (take), &result, raw);
}

/* After a large argument one that is aligned.  */
static void
over_aligned_argument (size_t n)
{
  argument = struct_type (byte_elements, n, 1);
  aligned = struct_type (word_elements, 32768, 32768);
  prepare (FFI_DEFAULT_ABI, 3, &argument);
  types[2] = &aligned;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 3, &ffi_type_sint32, types), FFI_OK);
  call ();
}

/* What makes the frame too large is its alignment: N bytes are in use already.  */
static void
aligned_argument (size_t n)
{
  volatile char *used = __builtin_alloca (n);
  used[0] = 0;
  aligned = struct_type (word_elements, 32768, 32768);
  prepare (FFI_DEFAULT_ABI, 2, &aligned);
  call ();
  used[n - 1] = 0;
}

struct result
{
  char c[100000];
};

static struct result
make (int x)
{
  static struct result zero;
  ran = x;
  return zero;
}

static void
unwanted_result (size_t n)
{
  argument = struct_type (byte_elements, n, 1);
  types[0] = &ffi_type_sint32;
  values[0] = &number;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &argument, types), FFI_OK);
  ffi_call (&cif, FFI_FN (make), NULL, values);
}

static void
unwanted_aligned_result (size_t n)
{
  argument = struct_type (byte_elements, n, 32768);
  types[0] = &ffi_type_sint32;
  values[0] = &number;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &argument, types), FFI_OK);
  ffi_call (&cif, FFI_FN (make), NULL, values);
}

static void
many_arguments (size_t n)
{
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  call ();
}

static void
many_arguments_raw (size_t n)
{
  static ffi_raw raw[MANY];
  ffi_arg result;
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  ffi_raw_call (&cif, FFI_FN (take), &result, raw);
}

#if !FFI_NATIVE_RAW_API
static void
many_arguments_java_raw (size_t n)
{
  static ffi_java_raw raw[2 * MANY];
  ffi_arg result;
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  ffi_java_raw_call (&cif, FFI_FN (take), &result, raw);
}
#endif

#if FFI_CLOSURES
/* The rest of the arguments is whatever lies above the stack.  */
static void
closure_of (ffi_abi abi, unsigned nargs, ffi_type *other)
{
  static ffi_closure *closure;
  if (closure == NULL)
    closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
  prepare (abi, nargs, other);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, NULL, code), FFI_OK);
}

static void
closure_with_many_words (size_t n)
{
  closure_of (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  sink = CODE_AS (int (*) (int), code) (1);
}

static void
closure_with_many_doubles (size_t n)
{
  closure_of (FFI_DEFAULT_ABI, n, &ffi_type_double);
  sink = CODE_AS (int (*) (int), code) (1);
}

#ifndef __x86_64__
/* No union, whatever the alignment is.  */
static ffi_type *bytes_elements[] = { &ffi_type_uint8, &ffi_type_uint8, NULL };

/* The address is that of the argument, or of what comes before it in the registers.  */
static void
closure_realigns (size_t n)
{
  argument = struct_type (bytes_elements, n, 4096);
  closure_of (FFI_DEFAULT_ABI, 2, &argument);
  sink = CODE_AS (int (*) (int, void *), code) (1, large + 8);
}

static void
closure_realigns_many (size_t n)
{
  argument = struct_type (bytes_elements, 2048, 1024);
  closure_of (FFI_DEFAULT_ABI, 2 + n, &argument);
  for (unsigned i = 1; i < 2 + n; i++)
    values[i] = large + 8;
#if defined __aarch64__ || defined __riscv || defined __s390x__
  /* By reference: only a call can pass so many.  */
  static ffi_cif pointers;
  static ffi_type *pointer_types[MANY];
  static void *place = large + 8, *places[MANY];
  ffi_arg result;
  for (unsigned i = 0; i < 2 + n; i++)
    {
      pointer_types[i] = i == 0 ? &ffi_type_sint32 : &ffi_type_pointer;
      places[i] = i == 0 ? (void *) &number : (void *) &place;
    }
  CHECK_INT (
      ffi_prep_cif (&pointers, FFI_DEFAULT_ABI, 2 + n, &ffi_type_sint32, pointer_types),
      FFI_OK);
  ffi_call (&pointers, CODE_AS (void (*) (void), code), &result, places);
#else
  sink = CODE_AS (int (*) (int, void *), code) (1, large + 8);
#endif
}
#endif

static void
raw_handle (ffi_cif *c, void *result, ffi_raw *raw, void *data)
{
  (void) c, (void) raw, (void) data;
  *(ffi_arg *) result = 0;
  ran = 1;
}

static void
raw_closure (size_t n)
{
  static ffi_raw_closure *closure;
  if (closure == NULL)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  CHECK_INT (ffi_prep_raw_closure_loc (closure, &cif, raw_handle, NULL, code), FFI_OK);
  sink = CODE_AS (int (*) (int), code) (1);
}

#if !FFI_NATIVE_RAW_API
static void
java_raw_handle (ffi_cif *c, void *result, ffi_java_raw *raw, void *data)
{
  raw_handle (c, result, (ffi_raw *) raw, data);
}

static void
java_raw_closure (size_t n)
{
  static ffi_java_raw_closure *closure;
  if (closure == NULL)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  CHECK_INT (ffi_prep_java_raw_closure_loc (closure, &cif, java_raw_handle, NULL, code),
             FFI_OK);
  sink = CODE_AS (int (*) (int), code) (1);
}
#endif

#if FFI_GO_CLOSURES
static void
go_closure (size_t n)
{
  static ffi_go_closure closure;
  static ffi_cif one;
  ffi_arg result;
  prepare (FFI_DEFAULT_ABI, n, &ffi_type_sint32);
  CHECK_INT (ffi_prep_cif (&one, FFI_DEFAULT_ABI, 1, &ffi_type_sint32, types), FFI_OK);
  CHECK_INT (ffi_prep_go_closure (&closure, &cif, handle), FFI_OK);
  ffi_call_go (&one, CODE_AS (void (*) (void), closure.tramp), &result, values, &closure);
}
#endif
#endif

#ifdef __x86_64__
static int __attribute__ ((ms_abi)) take_win64 (int x)
{
  ran = 1;
  return x;
}

/* With a value that is wider than a double.  */
static void
wide_argument (size_t n)
{
  static ffi_type *floats[]
      = { &ffi_type_float, &ffi_type_float, &ffi_type_float, &ffi_type_float, NULL };
  static ffi_type vector = { 16, 16, FFI_TYPE_VECTOR, floats };
  ffi_arg result;
  argument = struct_type (byte_elements, n, 1);
  prepare (FFI_DEFAULT_ABI, 3, &argument);
  types[2] = &vector;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 3, &ffi_type_sint32, types), FFI_OK);
  ffi_call (&cif, FFI_FN (take), &result, values);
}

static void
win64_argument (size_t n)
{
  ffi_arg result;
  prepare_large (FFI_WIN64, n);
  ffi_call (&cif, FFI_FN (take_win64), &result, values);
}

static void
win64_closure (size_t n)
{
  closure_of (FFI_WIN64, n, &ffi_type_sint32);
  sink = CODE_AS (int __attribute__ ((ms_abi)) (*) (int), code) (1);
}
#endif

#ifdef __i386__
static int __attribute__ ((fastcall)) take_fastcall (int x)
{
  ran = 1;
  return x;
}

/* The argument is passed by value, and removed by nobody, which ffi_call allows for.  */
static void
fastcall_argument (size_t n)
{
  ffi_arg result;
  prepare_large (FFI_FASTCALL, n);
  ffi_call (&cif, FFI_FN (take_fastcall), &result, values);
}

/* With an aligned one, so that the arguments are not pushed.  */
static void
general_argument (size_t n)
{
  ffi_arg result;
  static ffi_type vector_like;
  vector_like = struct_type (word_elements, 32, 32);
  prepare_large (FFI_DEFAULT_ABI, n);
  types[2] = &vector_like;
  values[2] = large;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 3, &ffi_type_sint32, types), FFI_OK);
  ffi_call (&cif, FFI_FN (take), &result, values);
}
#endif

/* The largest of the sizes never fits, the first always does.  */
#define SIZES                                                                            \
  {                                                                                      \
    100000, 70000, 90000, 110000, 200000, LARGE                                          \
  }
#define COUNTS                                                                           \
  {                                                                                      \
    600, 5000, 7000, 9000, 12000, MANY                                                   \
  }

static const struct
{
  const char *name;
  void (*act) (size_t);
  size_t n[6];
} cases[] = {
#define CASE(act, ...)                                                                   \
  {                                                                                      \
#act, act, __VA_ARGS__                                                               \
  }
  CASE (large_argument, SIZES),
  CASE (large_argument_planned, SIZES),
#if FFI_GO_CLOSURES
  CASE (large_argument_go, SIZES),
#endif
  CASE (large_argument_raw, SIZES),
  CASE (over_aligned_argument, SIZES),
  CASE (aligned_argument, { 1, 5000, 10000, 15000, 20000, 40000 }),
  CASE (unwanted_result, SIZES),
  CASE (unwanted_aligned_result, SIZES),
  CASE (many_arguments, COUNTS),
  CASE (many_arguments_raw, COUNTS),
#if !FFI_NATIVE_RAW_API
  CASE (many_arguments_java_raw, COUNTS),
#endif
#if FFI_CLOSURES
  CASE (closure_with_many_words, COUNTS),
  CASE (closure_with_many_doubles, COUNTS),
#ifndef __x86_64__
  CASE (closure_realigns, SIZES),
  CASE (closure_realigns_many, { 10, 20, 30, 35, 40, 100 }),
#endif
  CASE (raw_closure, COUNTS),
#if !FFI_NATIVE_RAW_API
  CASE (java_raw_closure, COUNTS),
#endif
#if FFI_GO_CLOSURES
  CASE (go_closure, COUNTS),
#endif
#endif
#ifdef __x86_64__
  CASE (wide_argument, SIZES),
  CASE (win64_argument, SIZES),
  CASE (win64_closure, COUNTS),
#endif
#ifdef __i386__
  CASE (fastcall_argument, SIZES),
  CASE (general_argument, SIZES),
#endif
};

static void
try (unsigned c, size_t n, size_t left, int must_fault)
{
  size_t page = own.stack - own.guard;
  ran = 0;
  char *fault = own_stack_run (cases[c].act, n, left);
  size_t damage = own_stack_damage ();
  CHECK_MSG (
      damage == 0,
      "%zu with %zu left: expected nothing below the guard page to change, got %zu "
      "bytes that did",
      n, left, damage);
  CHECK_MSG (
      fault == NULL || (fault >= own.guard && fault < own.guard + page),
      "%zu with %zu left: expected a fault in the guard page, at %p, got one at %p", n,
      left, (void *) own.guard, (void *) fault);
  CHECK_MSG (fault != NULL || ran, "%zu with %zu left: nothing was called", n, left);
  CHECK_MSG (fault != NULL || !must_fault,
             "%zu with %zu left: expected a fault in the guard page, got none", n, left);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "--cases") == 0)
    {
      for (unsigned c = 0; c < ARRAY_SIZE (cases); c++)
        puts (cases[c].name);
      return 0;
    }
  own_stack_make ();
  for (unsigned c = 0; c < ARRAY_SIZE (cases); c++)
    if (argc < 2 || strcmp (argv[1], cases[c].name) == 0)
      {
        ran = 0;
        CHECK_PTR (own_stack_run_easily (cases[c].act, cases[c].n[0]), NULL);
        CHECK_MSG (ran, "with enough stack nothing was called");
        for (unsigned i = 0; i < ARRAY_SIZE (cases[c].n); i++)
          for (size_t left = 64000; left > 56000; left -= 1008)
            try (c, cases[c].n[i], left, i == ARRAY_SIZE (cases[c].n) - 1);
      }
  return ffitest_done ();
}
