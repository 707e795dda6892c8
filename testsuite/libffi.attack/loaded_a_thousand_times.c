/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* { options -ldl } */
/* A thousand rounds of dlopen, growth, release and dlclose leave neither a descriptor
   nor a mapping behind.  */

#include "ffitest.h"
#include "../libffi.tramp/maps.h"
#include "descriptors.h"
#include "second_library.h"

enum
{
  COUNT = 5000 /* more than the image's table has */
};

static void
use_library (void)
{
  static void *closures[COUNT];
  void *code;
  second_library_load ();
  for (int i = 0; i < COUNT; i++)
    CHECK ((closures[i] = second_library.alloc (sizeof (ffi_closure), &code)) != NULL);
  for (int i = 0; i < COUNT; i++)
    second_library.free (closures[i]);
  second_library_unload ();
}

int
main (void)
{
  int descriptors = open_descriptors (1024), mappings;
  /* The loader keeps something of its own.  */
  use_library ();
  mappings = mapping_count ();
  CHECK (mappings > 0);
  for (int i = 0; i < 1000; i++)
    use_library ();
  CHECK_INT (open_descriptors (1024), descriptors);
  CHECK_INT (mapping_count (), mappings);
  return ffitest_done ();
}
