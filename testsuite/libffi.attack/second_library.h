/* SPDX-License-Identifier: MIT */
/* A second instance of the library, that can be unloaded.  */

#ifndef SECOND_LIBRARY_H
#define SECOND_LIBRARY_H

#include "own_library.h"
#include <dlfcn.h>

static struct
{
  void *handle;
  char path[40];
  __typeof__ (ffi_closure_alloc) *alloc;
  __typeof__ (ffi_closure_free) *free;
  __typeof__ (ffi_prep_closure_loc) *prep;
} second_library;

static void
second_library_remove (void)
{
  unlink (second_library.path);
}

static void
second_library_load (void)
{
  if (second_library.path[0] == '\0')
    {
      need_executable_tmp ();
      snprintf (second_library.path, sizeof second_library.path, "/tmp/ffitest-%d.so",
                (int) getpid ());
      unlink (second_library.path);
      own_library_copy (second_library.path);
      atexit (second_library_remove);
    }
  second_library.handle = dlopen (second_library.path, RTLD_NOW | RTLD_LOCAL);
  CHECK_MSG (second_library.handle != NULL, "dlopen: %s", dlerror ());
  *(void **) &second_library.alloc = dlsym (second_library.handle, "ffi_closure_alloc");
  *(void **) &second_library.free = dlsym (second_library.handle, "ffi_closure_free");
  *(void **) &second_library.prep = dlsym (second_library.handle, "ffi_prep_closure_loc");
  CHECK (second_library.alloc != NULL && second_library.alloc != ffi_closure_alloc);
}

static void
second_library_unload (void)
{
  CHECK_INT (dlclose (second_library.handle), 0);
}

#endif
