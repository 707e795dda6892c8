/* SPDX-License-Identifier: MIT */
/* { needs shared } */
/* { options -ldl } */
/* The programs of this suite run with the library just built, and no other.  */

#include "ffitest.h"
#include <dlfcn.h>
#include <sys/stat.h>

#ifndef FFI_LIBRARY
#define FFI_LIBRARY ""
#endif

int
main (void)
{
  void *functions[] = { (void *) (uintptr_t) ffi_call, (void *) (uintptr_t) ffi_prep_cif,
                        (void *) (uintptr_t) ffi_closure_alloc };
  struct stat wanted, loaded;
  if (FFI_LIBRARY[0] == '\0')
    UNSUPPORTED ("the path of the library is not known");
  CHECK_MSG (stat (FFI_LIBRARY, &wanted) == 0, "%s: %s", FFI_LIBRARY, strerror (errno));
  for (size_t i = 0; i < ARRAY_SIZE (functions); i++)
    {
      Dl_info object;
      CHECK (dladdr (functions[i], &object) != 0);
      CHECK_MSG (stat (object.dli_fname, &loaded) == 0, "%s: %s", object.dli_fname,
                 strerror (errno));
      CHECK_MSG (wanted.st_dev == loaded.st_dev && wanted.st_ino == loaded.st_ino,
                 "expected %s, loaded was %s", FFI_LIBRARY, object.dli_fname);
    }
  return ffitest_done ();
}
