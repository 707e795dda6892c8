/* SPDX-License-Identifier: MIT */
/* { options -fno-lto } */
/* Functions that GCC nested in others, called through pointers: they find the variables
   of their own frame at every depth, and all arguments and results pass by.  */

#include "ffitest.h"
#include "nested.h"
#include "static_chain.h"

#ifdef __clang__
int
main (void)
{
  UNSUPPORTED ("clang has no nested functions");
}
#else

/* GCC would make pointers to the functions by writing code.  */
extern char sum_code[] __attribute__ ((visibility ("hidden")));
extern char less_code[] __attribute__ ((visibility ("hidden")));
#define NOT_MERGED __attribute__ ((noipa))

struct sums
{
  long integers, called;
  double floats;
  char unused[40]; /* passed by address */
};

typedef struct sums summing (int, long, int, long, int, long, int, long, int, long,
                             double, float, double, float, double, float, double, float,
                             double, struct sums);
typedef int comparing (const void *, const void *);

static NOT_MERGED void
check (int levels, const int *values, size_t n)
{
  long called = 0, compared = 0;
  summing *sum_pointer;
  comparing *less_pointer;
  int sorted[100];
  void *chain;
  auto summing sum __asm__("sum_code");
  auto comparing less __asm__("less_code");

  NOT_MERGED struct sums sum (int a, long b, int c, long d, int e, long f, int g, long h,
                              int i, long j, double k, float l, double m, float n,
                              double o, float p, double q, float r, double s,
                              struct sums t)
  {
    called += levels;
    return (struct sums){ a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h
                              + 9 * i + 10 * j + t.integers,
                          called,
                          k + 2 * l + 3 * m + 4 * n + 5 * o + 6 * p + 7 * q + 8 * r
                              + 9 * s + t.floats,
                          "" };
  }
  NOT_MERGED int less (const void *a, const void *b)
  {
    compared++;
    return *(const int *) a - *(const int *) b;
  }
  NOT_MERGED void get_chain (void)
  {
    register void *incoming __asm__(STATIC_CHAIN);
    __asm__ volatile("" : "=r"(incoming));
    chain = incoming;
  }

  get_chain ();
  /* GCC puts the chain's register to use only for functions that have one.  */
  CHECK_INT (less (&sorted, &sorted), 0);
  CHECK_INT (sum (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                  (struct sums){ 0, 0, 0, "" })
                 .integers,
             0);
  __gcc_nested_func_ptr_created (chain, sum_code, &sum_pointer);
  __gcc_nested_func_ptr_created (chain, less_code, &less_pointer);
  for (int i = 0; i < 3; i++)
    {
      struct sums more = { 1000, 0, 2000, "" };
      struct sums got
          = sum_pointer (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, more);
      CHECK_INT (got.integers, 1385);
      CHECK_INT (got.called, (2 + i) * levels);
      CHECK (got.floats == 2285);
      if (i == 1 && levels > 0)
        check (levels - 1, values, n);
    }
  memcpy (sorted, values, n * sizeof *values);
  qsort (sorted, n, sizeof *sorted, less_pointer);
  for (size_t i = 1; i < n; i++)
    CHECK (sorted[i - 1] <= sorted[i]);
  CHECK (compared >= (long) n);
  __gcc_nested_func_ptr_deleted ();
  __gcc_nested_func_ptr_deleted ();
}

int
main (void)
{
  static int values[100];
  for (size_t i = 0; i < ARRAY_SIZE (values); i++)
    values[i] = (int) (i * 37 % 101);
  errno = 7;
  check (20, values, ARRAY_SIZE (values));
  CHECK_INT (errno, 7);
  CHECK_UINT (trampolines_used (), 0);
  return ffitest_done ();
}
#endif
