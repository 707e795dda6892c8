/* SPDX-License-Identifier: MIT */
/* { options -fno-lto } */
/* Functions that GCC nested in others are called through the pointers that
   doc/examples/nested.c makes, recursively and from qsort.  */

#include "ffitest.h"
#include "static_chain.h"
#define main example_main
#include "../../doc/examples/nested.c"
#undef main

#ifdef __clang__
int
main (void)
{
  UNSUPPORTED ("clang has no nested functions");
}
#else

/* A local function, to which GCC would make a pointer by writing code.  */
extern char compare_code[] __attribute__ ((visibility ("hidden")));
#define NOT_MERGED __attribute__ ((noipa))

static NOT_MERGED void
sort_by_distance (int *values, size_t n, int from, int levels)
{
  int compared = 0, (*pointer) (const void *, const void *);
  void *chain;
  auto int compare (const void *, const void *) __asm__("compare_code");

  NOT_MERGED int compare (const void *a, const void *b)
  {
    int x = *(const int *) a - from, y = *(const int *) b - from;
    compared++;
    return x * x - y * y;
  }
  NOT_MERGED void get_chain (void)
  {
    register void *incoming __asm__(STATIC_CHAIN);
    __asm__ volatile("" : "=r"(incoming));
    chain = incoming;
  }

  get_chain ();
  CHECK_INT (compare (&from, &from), 0);
  __gcc_nested_func_ptr_created (chain, compare_code, &pointer);
  CHECK_INT (compared, 1);
  CHECK_INT (pointer (&from, &from), 0);
  CHECK_INT (compared, 2);
  if (levels > 0)
    sort_by_distance (values, n, from + 7, levels - 1);
  qsort (values, n, sizeof *values, pointer);
  CHECK (compared >= 2 + (int) n - 1);
  for (size_t i = 1; i < n; i++)
    CHECK (abs (values[i - 1] - from) <= abs (values[i] - from));
  __gcc_nested_func_ptr_deleted ();
}

int
main (void)
{
  static int values[500];
  ffi_tramp_count count;
  for (int i = 0; i < 500; i++)
    values[i] = i * 7919 % 500;
  sort_by_distance (values, 500, 100, 20);
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  CHECK_UINT (count.used, 0);
  CHECK_INT (example_main (), 0);
  return ffitest_done ();
}
#endif
