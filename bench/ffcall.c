/* SPDX-License-Identifier: MIT */
/* GNU libffcall's side of each signature: callbacks and avcall, in the order of
   signatures[].  Built and linked only where the library is installed.  */

#include "bench.h"
#include <avcall.h>
#include <callback.h>

const bool have_ffcall = true;

static void
callback_void (void *data, va_alist list)
{
  (void) data;
  va_start_void (list);
  void_calls++;
  va_return_void (list);
}

static void
callback_int (void *data, va_alist list)
{
  (void) data;
  va_start_int (list);
  int a = va_arg_int (list);
  va_return_int (list, a - 7);
}

static void
callback_pointers (void *data, va_alist list)
{
  (void) data;
  va_start_int (list);
  int *a = va_arg_ptr (list, int *);
  int *b = va_arg_ptr (list, int *);
  va_return_int (list, *a - *b);
}

static void
callback_2_doubles (void *data, va_alist list)
{
  (void) data;
  va_start_double (list);
  double a = va_arg_double (list);
  double b = va_arg_double (list);
  va_return_double (list, a + b);
}

static void
callback_6_longs (void *data, va_alist list)
{
  (void) data;
  va_start_long (list);
  long sum = 0;
  for (int i = 0; i < 5; i++)
    sum += va_arg_long (list);
  sum -= va_arg_long (list);
  va_return_long (list, sum);
}

static void
callback_8_ints (void *data, va_alist list)
{
  (void) data;
  va_start_int (list);
  int sum = 0;
  for (int i = 0; i < 7; i++)
    sum += va_arg_int (list);
  sum -= va_arg_int (list);
  va_return_int (list, sum);
}

static void
callback_mixed (void *data, va_alist list)
{
  (void) data;
  va_start_double (list);
  int a = va_arg_int (list);
  double b = va_arg_double (list);
  long c = va_arg_long (list);
  float d = va_arg_float (list);
  int *e = va_arg_ptr (list, int *);
  double f = va_arg_double (list);
  short g = va_arg_short (list);
  double h = va_arg_double (list);
  va_return_double (list, a + b + (double) c + d + *e + f + g - h);
}

static void
callback_longs (void *data, va_alist list)
{
  (void) data;
  va_start_struct (list, struct longs, va_word_splittable_2 (long, long));
  struct longs s = va_arg_struct (list, struct longs);
  struct longs r = { s.b + 1, s.a };
  va_return_struct (list, struct longs, r);
}

static void
callback_doubles (void *data, va_alist list)
{
  (void) data;
  va_start_struct (list, struct doubles, va_word_splittable_2 (double, double));
  struct doubles s = va_arg_struct (list, struct doubles);
  struct doubles r = { s.b + 1, s.a };
  va_return_struct (list, struct doubles, r);
}

static const callback_function_t callbacks[N_SIGNATURES] = {
  callback_void,      callback_int,     callback_pointers,
  callback_2_doubles, callback_6_longs, callback_8_ints,
  callback_mixed,     callback_longs,   callback_doubles,
};

void *
ffcall_alloc (unsigned signature, void *data)
{
  return (void *) alloc_callback (callbacks[signature], data);
}

void
ffcall_free (void *code)
{
  free_callback ((callback_t) code);
}

/* A call through avcall; START opens LIST, ARGS adds the arguments and STORE
   widens the result as ffi_call does.  */
#define CALL(name, start, args, store)                                                   \
  static void call_##name (void *cif, code_fn fn, void *rvalue, void **avalue)           \
  {                                                                                      \
    av_alist list;                                                                       \
    (void) cif, (void) rvalue, (void) avalue;                                            \
    start;                                                                               \
    args;                                                                                \
    av_call (list);                                                                      \
    store;                                                                               \
  }
#define A(i, type) *(type *) avalue[i]
#define START_INT                                                                        \
  int ret;                                                                               \
  av_start_int (list, fn, &ret)
#define WIDEN *(ffi_sarg *) rvalue = ret
#define NOTHING (void) 0

static void
add_ints (av_alist *list, void **avalue)
{
  for (int i = 0; i < 8; i++)
    av_int (*list, A (i, int));
}

static void
add_longs (av_alist *list, void **avalue)
{
  for (int i = 0; i < 6; i++)
    av_long (*list, A (i, long));
}

static void
add_mixed (av_alist *list, void **avalue)
{
  av_int (*list, A (0, int));
  av_double (*list, A (1, double));
  av_long (*list, A (2, long));
  av_float (*list, A (3, float));
  av_ptr (*list, void *, A (4, void *));
  av_double (*list, A (5, double));
  av_short (*list, A (6, short));
  av_double (*list, A (7, double));
}

CALL (void, av_start_void (list, fn), NOTHING, NOTHING)
CALL (int, START_INT, av_int (list, A (0, int)), WIDEN)
CALL (pointers, START_INT, av_ptr (list, void *, A (0, void *));
      av_ptr (list, void *, A (1, void *)), WIDEN)
CALL (2_doubles, av_start_double (list, fn, rvalue), av_double (list, A (0, double));
      av_double (list, A (1, double)), NOTHING)
CALL (6_longs, av_start_long (list, fn, rvalue), add_longs (&list, avalue), NOTHING)
CALL (8_ints, START_INT, add_ints (&list, avalue), WIDEN)
CALL (mixed, av_start_double (list, fn, rvalue), add_mixed (&list, avalue), NOTHING)
CALL (longs,
      av_start_struct (list, fn, struct longs, av_word_splittable_2 (long, long), rvalue),
      av_struct (list, struct longs, A (0, struct longs)), NOTHING)
CALL (doubles,
      av_start_struct (list, fn, struct doubles, av_word_splittable_2 (double, double),
                       rvalue),
      av_struct (list, struct doubles, A (0, struct doubles)), NOTHING)

const call_fn ffcall_calls[N_SIGNATURES] = {
  call_void,   call_int,   call_pointers, call_2_doubles, call_6_longs,
  call_8_ints, call_mixed, call_longs,    call_doubles,
};
