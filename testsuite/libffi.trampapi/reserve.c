/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* ffi_tramp_reserve counts what is free, keeps what it has got, and when it cannot get
   enough leaves everything as it was.  */

#include "ffitest.h"
#include "../libffi.tramp/maps.h"
#include "targets.h"
#include <sys/resource.h>

enum
{
  COUNT = FFITEST_MANY (30000, 10000)
};

static ffi_tramp *tramps[COUNT];
static int number;

static size_t
free_ones (void)
{
  ffi_tramp_count count;
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  return count.capacity - count.used;
}

static void
use (int n)
{
  for (int i = 0; i < n; i++)
    {
      tramps[i] = make_adder (&number);
      CHECK (tramps[i] != NULL);
    }
}

static void
stop_using (int n)
{
  for (int i = 0; i < n; i++)
    ffi_tramp_free (tramps[i]);
}

static void
check_refused (size_t n)
{
  ffi_tramp_count before, after;
  int mappings = mapping_count ();
  ffi_tramp_query (FFI_TRAMP_NONE, &before);
  errno = 0;
  CHECK_INT (ffi_tramp_reserve (n), -1);
  CHECK_INT (errno, ENOMEM);
  ffi_tramp_query (FFI_TRAMP_NONE, &after);
  /* One table may stay for the next closure, with what is made once for all.  */
  CHECK (after.tables <= before.tables + 1);
  CHECK_MSG (mapping_count () <= mappings + 16, "%d mappings before, %d after", mappings,
             mapping_count ());
}

int
main (void)
{
  struct rlimit limit;
  int mappings = mapping_count ();
  if (mappings < 0)
    UNSUPPORTED ("there is no /proc");

  CHECK_INT (ffi_tramp_reserve (0), 0);
  CHECK_INT (ffi_tramp_reserve (1000), 0);
  /* The image has so many.  */
  ffi_tramp_count image;
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  if (image.tables != 0)
    CHECK_INT (mapping_count (), mappings);

  check_refused ((size_t) -1);
  check_refused ((size_t) 1 << 30);
  CHECK_INT (getrlimit (RLIMIT_AS, &limit), 0);
  struct rlimit small = { 60 << 20, limit.rlim_max };
  CHECK_INT (setrlimit (RLIMIT_AS, &small), 0);
  check_refused (2000000);
  use (5000);
  CHECK_INT (setrlimit (RLIMIT_AS, &limit), 0);
  stop_using (5000);

  CHECK_INT (ffi_tramp_reserve (COUNT), 0);
  CHECK (free_ones () >= COUNT && free_ones () < COUNT + 5000);
  mappings = mapping_count ();
  for (int i = 0; i < 20; i++)
    CHECK_INT (ffi_tramp_reserve (COUNT), 0);
  CHECK_INT (mapping_count (), mappings);

  /* Used up and freed in any way, it is there again.  */
  use (COUNT);
  CHECK_INT (mapping_count (), mappings);
  stop_using (COUNT);
  CHECK_INT (mapping_count (), mappings);
  CHECK (free_ones () >= COUNT);

  /* On top of what is in use.  */
  use (COUNT / 2);
  CHECK_INT (ffi_tramp_reserve (COUNT), 0);
  CHECK (free_ones () >= COUNT && free_ones () < COUNT + 5000);
  stop_using (COUNT / 2);
  CHECK (free_ones () >= COUNT + COUNT / 2);
  return ffitest_done ();
}
