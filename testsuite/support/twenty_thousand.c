/* SPDX-License-Identifier: MIT */
/* For rewritten_library.exp: 20,000 closures, each called, of the library that is loaded
   from the directory in FFITEST_DIRECTORY.  */

#include "ffitest.h"
#include "crowd.h"
#include <dlfcn.h>

static struct crowd_member members[20000];

int
main (void)
{
  Dl_info object;
  CHECK (dladdr ((void *) (uintptr_t) ffi_closure_free, &object) != 0);
  CHECK_MSG (strncmp (object.dli_fname, FFITEST_DIRECTORY, strlen (FFITEST_DIRECTORY))
                 == 0,
             "the library is %s", object.dli_fname);
  for (int round = 0; round < 2; round++)
    {
      crowd_gather (members, ARRAY_SIZE (members));
      crowd_scatter (members, ARRAY_SIZE (members));
    }
  return ffitest_done ();
}
