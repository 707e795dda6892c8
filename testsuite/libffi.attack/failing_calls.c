/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan x86 } */
/* { options -ldl } */
/* { cases } */
/* Each single system call that the library makes fails, for every number of it; or from
   some number on all of them do.  Then there is null and ENOMEM or a closure; what is
   live answers; when the shortage is over the same library has as many closures as ever;
   and when all is freed, not a descriptor or mapping is left of it.  */

#include "ffitest.h"
#include "../libffi.tramp/maps.h"
#include "descriptors.h"
#include "failing_calls.h"
#include "second_library.h"

enum
{
  COUNT = 10000, /* more than two tables */
  LARGE = 300000,
  FOREVER = 1 << 30
};

static void *closures[COUNT], *large[2];
static int numbers[COUNT];
static int (*codes[COUNT]) (void);
static ffi_cif cif;

static void
handle (ffi_cif *own, void *result, void **args, void *data)
{
  (void) own, (void) args;
  *(ffi_arg *) result = (ffi_arg) * (int *) data;
}

static void *
allocate (size_t size, void **code)
{
  errno = 0;
  void *closure = second_library.alloc (size, code);
  if (closure == NULL)
    CHECK_INT (errno, ENOMEM);
  return closure;
}

/* Allocate what is missing; false if not all could be had.  */
static int
fill (void)
{
  int all = 1;
  void *code;
  for (int i = 0; i < COUNT && all; i++)
    if (closures[i] == NULL)
      {
        closures[i] = allocate (sizeof (ffi_closure), &code);
        all = closures[i] != NULL;
        numbers[i] = i;
        codes[i] = all ? CODE_AS (int (*) (void), code) : NULL;
        CHECK (!all
               || second_library.prep (closures[i], &cif, handle, &numbers[i], code)
                      == FFI_OK);
      }
  for (size_t i = 0; i < ARRAY_SIZE (large); i++)
    if (large[i] == NULL && (large[i] = allocate (LARGE, &code)) == NULL)
      all = 0;
  return all;
}

static void
check_answers (void)
{
  for (int i = 0; i < COUNT; i++)
    CHECK_MSG (closures[i] == NULL || codes[i]() == i, "closure %d does not answer", i);
}

static void
empty (void)
{
  for (int i = 0; i < COUNT; i++)
    second_library.free (closures[i]);
  for (size_t i = 0; i < ARRAY_SIZE (large); i++)
    second_library.free (large[i]);
  memset (closures, 0, sizeof closures);
  memset (large, 0, sizeof large);
}

/* One life of the library in which calls fail as FAILING says while closures are
   allocated, and again while they are freed.  Returns how many did.  */
static int
live (void)
{
  int failed;
  second_library_load ();
  failing.armed = 1;
  fill ();
  /* And once more, in case it was only one call.  */
  fill ();
  check_answers ();
  empty ();
  failing.armed = 0;
  failed = failing.failed;
  CHECK_MSG (fill () && fill (), "%d closures although calls do not fail any more",
             COUNT);
  check_answers ();
  empty ();
  second_library_unload ();
  return failed;
}

static int mappings, descriptors;

/* All calls of NR, or ALL_CALLS, from some number on, or only that one.  */
static void
try_calls (long nr, int choice, int count)
{
  int failed = 1;
  for (int first = 0; failed > 0; first++)
    {
      CHECK (first < 2000);
      fail_calls (nr, first, count, choice);
      failing.armed = 0;
      failed = live ();
      CHECK_MSG (mapping_count () == mappings,
                 "%d mappings left of the library after call %d failed (choice %d)",
                 mapping_count () - mappings, first, choice);
      CHECK_INT (open_descriptors (64), descriptors);
    }
}

int
main (int argc, char **argv)
{
  const char *name = argc == 2 ? argv[1] : "--cases";
  int known = 0;
  if (strcmp (name, "--cases") == 0)
    {
      printf ("all\n");
      for (size_t i = 0; i < ARRAY_SIZE (failing_call_list); i++)
        printf ("%s\n", failing_call_list[i].name);
      return 0;
    }
  descriptors = open_descriptors (64);
  /* wx-trace must see the loader do this.  */
  second_library_load ();
  second_library_unload ();
  const char *reason = failing_calls_install ();
  if (reason != NULL)
    UNSUPPORTED (reason);
  PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
  /* The loader and stdio keep something of their own.  */
  for (int i = 0; i < 2; i++)
    {
      live ();
      mappings = mapping_count ();
    }
  CHECK (mappings > 0);
  for (size_t i = 0; i < ARRAY_SIZE (failing_call_list); i++)
    {
      const struct failing_call *call = &failing_call_list[i];
      for (int choice = 0; choice < 4 && call->errors[choice] != 0; choice++)
        if (strcmp (name, call->name) == 0)
          {
            known = 1;
            try_calls (call->nr, choice, 1);
            if (call->errors[choice] != EINTR)
              try_calls (call->nr, choice, FOREVER);
          }
    }
  if (strcmp (name, "all") == 0)
    {
      known = 1;
      try_calls (ALL_CALLS, 0, 1);
      try_calls (ALL_CALLS, 0, FOREVER);
    }
  CHECK_MSG (known, "no case is called %s", name);
  return ffitest_done ();
}
