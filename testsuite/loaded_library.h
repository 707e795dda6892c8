/* SPDX-License-Identifier: MIT */
/* Included before all else, makes a program find out before main whether the libffi
   that was loaded is FFI_LIBRARY.  */

#ifndef LOADED_LIBRARY_H
#define LOADED_LIBRARY_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <dlfcn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Is SYMBOL that of the file LIBRARY?  If not, say so.  */
static int
loaded_library_is (const char *library, const char *symbol)
{
  struct stat wanted, loaded;
  Dl_info object;
  void *address = dlsym (RTLD_DEFAULT, symbol);
  if (address == NULL || dladdr (address, &object) == 0)
    object.dli_fname = "no library";
  else if (stat (library, &wanted) == 0 && stat (object.dli_fname, &loaded) == 0
           && wanted.st_dev == loaded.st_dev && wanted.st_ino == loaded.st_ino)
    return 1;
  printf ("FAILED: %s: expected it from %s, got it from %s\n", symbol, library,
          object.dli_fname);
  fflush (stdout);
  return 0;
}

#ifdef FFI_LIBRARY
static __attribute__ ((constructor)) void
loaded_library_check (void)
{
  if (!loaded_library_is (FFI_LIBRARY, "ffi_call")
      || !loaded_library_is (FFI_LIBRARY, "ffi_closure_alloc"))
    _exit (1);
}
#endif

#endif
