/* SPDX-License-Identifier: MIT */
/* Which libffi was loaded?  ffitest.h includes this where the shared library is tested: a
   program then finds out before main whether its libffi is the file FFI_LIBRARY, and ends
   if it is another.  Names decide nothing: a checkout may lie anywhere.  */

#ifndef LOADED_LIBRARY_H
#define LOADED_LIBRARY_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  ANOTHER_LIBRARY = 99 /* exit code */
};

/* Where the object that has ADDRESS begins, or a null pointer.  */
static __attribute__ ((unused)) const void *
loaded_object_at (const void *address)
{
  Dl_info object;
  return address != NULL && dladdr (address, &object) != 0 ? object.dli_fbase : NULL;
}

/* Is SYMBOL that of the file LIBRARY?  If not, say so.  */
static __attribute__ ((unused)) int
loaded_library_is (const char *library, const char *symbol)
{
  struct stat wanted, loaded;
  Dl_info object;
  /* Behind the program, where a call of it may have an address of its own.  */
  void *address = dlsym (RTLD_NEXT, symbol);
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
  /* own_library.h puts a copy in its place, and makes sure of that itself.  And a linker
     leaves the library out of a program that does not name it.  */
  if (getenv ("FFITEST_OWN_LIBRARY") != NULL || dlsym (RTLD_DEFAULT, "ffi_call") == NULL)
    return;
  if (!loaded_library_is (FFI_LIBRARY, "ffi_call")
      || !loaded_library_is (FFI_LIBRARY, "ffi_closure_alloc"))
    _exit (ANOTHER_LIBRARY);
}
#endif

#endif
