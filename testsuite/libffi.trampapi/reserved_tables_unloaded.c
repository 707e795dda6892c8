/* SPDX-License-Identifier: MIT */
/* { needs native nosan shared } */
/* Reserved tables go when the library is unloaded.  */

#include "ffitest.h"
#include "../libffi.tramp/maps.h"
#include <dlfcn.h>

static void
round_trip (void)
{
#ifdef LM_ID_NEWLM
  void *library = dlmopen (LM_ID_NEWLM, FFI_LIBRARY, RTLD_NOW);
#else
  void *library = NULL;
  UNSUPPORTED ("the C library has no dlmopen");
#endif
  CHECK_MSG (library != NULL, "%s", dlerror ());
  int (*reserve) (size_t)
      = CODE_AS (int (*) (size_t), dlsym (library, "ffi_tramp_reserve"));
  CHECK (reserve != NULL);
  CHECK_INT (reserve (300000), 0);
  CHECK_INT (dlclose (library), 0);
}

int
main (void)
{
  round_trip ();
  int mappings = mapping_count ();
  if (mappings < 0)
    UNSUPPORTED ("there is no /proc");
  for (int i = 0; i < 20; i++)
    round_trip ();
  CHECK_MSG (mapping_count () <= mappings + 2, "%d mappings, then %d", mappings,
             mapping_count ());
  return ffitest_done ();
}
