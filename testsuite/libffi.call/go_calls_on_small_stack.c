/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* ffi_call_go, and ffi_call without room for the result, need no more stack than a
   thread with a small one has.  */

#include "ffitest.h"
#include <pthread.h>

#if FFI_GO_CLOSURES
enum
{
  STACK = 128 * 1024 /* enough for a sanitizer's frames too */
};

struct large
{
  long a[3];
};

static int
add (int a, int b)
{
  return a + b;
}

static struct large
make (int a, int b)
{
  struct large result = { { a, b, a - b } };
  return result;
}

static void *
call (void *unused)
{
  STRUCT_TYPE (large, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong);
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_sint };
  int a = 40, b = 2;
  void *avalue[] = { &a, &b };
  struct large made = { { 0, 0, 0 } };
  ffi_arg sum = 0;
  ffi_cif cif;

  PREP_CIF (&cif, 2, &ffi_type_sint, types);
  ffi_call_go (&cif, FFI_FN (add), &sum, avalue, NULL);
  CHECK_INT (sum, 42);
  PREP_CIF (&cif, 2, &large, types);
  ffi_call_go (&cif, FFI_FN (make), &made, avalue, NULL);
  CHECK_INT (made.a[2], 38);
  ffi_call (&cif, FFI_FN (make), NULL, avalue);
  return unused;
}

int
main (void)
{
  pthread_attr_t attr;
  pthread_t thread;

  CHECK_INT (pthread_attr_init (&attr), 0);
  CHECK_INT (pthread_attr_setstacksize (&attr, STACK), 0);
  CHECK_INT (pthread_create (&thread, &attr, call, NULL), 0);
  CHECK_INT (pthread_join (thread, NULL), 0);
  return ffitest_done ();
}
#else
int
main (void)
{
  UNSUPPORTED ("no Go closures here");
}
#endif
