/* SPDX-License-Identifier: MIT */
/* The counts of ffi_tramp_query follow what is allocated and freed, by source; the
   source of an address is known for all of a trampoline and for nothing else.  */

#include "ffitest.h"
#include "targets.h"

enum
{
  COUNT = 9000
};

static ffi_tramp *tramps[COUNT];
static int number;

static ffi_tramp_count
query (ffi_tramp_source source)
{
  ffi_tramp_count count;
  memset (&count, 0xaa, sizeof count);
  ffi_tramp_query (source, &count);
  return count;
}

static void
check_sum (size_t used)
{
  ffi_tramp_count all = query (FFI_TRAMP_NONE), sum = { 0, 0, 0 };
  for (int source = FFI_TRAMP_IMAGE; source <= FFI_TRAMP_SECURE; source++)
    {
      ffi_tramp_count one = query ((ffi_tramp_source) source);
      CHECK (one.used <= one.capacity);
      CHECK ((one.tables == 0) == (one.capacity == 0));
      sum.tables += one.tables;
      sum.capacity += one.capacity;
      sum.used += one.used;
    }
  CHECK_UINT (sum.tables, all.tables);
  CHECK_UINT (sum.capacity, all.capacity);
  CHECK_UINT (sum.used, all.used);
  CHECK_UINT (all.used, used);
}

int
main (void)
{
  void *code;
  check_sum (0);
  CHECK_UINT (query (FFI_TRAMP_IMAGE).tables, 1);
  CHECK_UINT (query (FFI_TRAMP_GROWN).tables, 0);
  for (int i = 0; i < COUNT; i++)
    {
      tramps[i] = make_adder (&number);
      CHECK (tramps[i] != NULL);
      if (i % 997 == 0)
        check_sum ((size_t) i + 1);
    }
  check_sum (COUNT);
  for (int i = 0; i < COUNT; i++)
    {
      char *start = (char *) ffi_tramp_code (tramps[i]);
      ffi_tramp_source source = ffi_tramp_source_of (start);
      CHECK (source != FFI_TRAMP_NONE);
      CHECK_INT (ffi_tramp_source_of (start + 11), source);
      CHECK_INT (ffi_tramp_source_of (tramps[i]), FFI_TRAMP_NONE);
    }
  CHECK_INT (ffi_tramp_source_of (NULL), FFI_TRAMP_NONE);
  CHECK_INT (ffi_tramp_source_of (&number), FFI_TRAMP_NONE);
  CHECK_INT (ffi_tramp_source_of ((void *) (uintptr_t) ffi_call), FFI_TRAMP_NONE);
  for (int i = 0; i < COUNT; i++)
    {
      ffi_tramp_free (tramps[i]);
      if (i % 997 == 0)
        check_sum (COUNT - 1 - (size_t) i);
    }
  check_sum (0);

  /* What is reserved is capacity, not use.  */
  CHECK_INT (ffi_tramp_reserve (20000), 0);
  check_sum (0);
  CHECK (query (FFI_TRAMP_NONE).capacity >= 20000);

  /* A larger closure takes several.  */
  void *closure = ffi_closure_alloc (500, &code);
  CHECK (query (FFI_TRAMP_NONE).used > 1);
  ffi_closure_free (closure);
  check_sum (0);
  CHECK_UINT (query ((ffi_tramp_source) 77).capacity, 0);
  return ffitest_done ();
}
