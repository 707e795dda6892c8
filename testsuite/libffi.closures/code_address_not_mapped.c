/* SPDX-License-Identifier: MIT */
/* { needs dynamic } */
/* Preparing a closure for a code address where nothing is mapped, or nothing may be read,
   returns: the caller may map its memory there later.  */

#include "ffitest.h"
#include <sys/mman.h>

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  *(ffi_arg *) result = 1;
}

int
main (void)
{
#ifdef __aarch64__
  UNSUPPORTED ("AArch64 cleans caches by the code's address, and faults there");
#endif
  const size_t size = 1 << 17; /* more than a page, on any machine */
  ffi_closure closure;
  ffi_cif cif;
  PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
  char *code = mmap (NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (code != MAP_FAILED);
  CHECK_INT (ffi_prep_closure_loc (&closure, &cif, handle, NULL, code), FFI_OK);
  CHECK_INT (munmap (code, size), 0);
  CHECK_INT (ffi_prep_closure_loc (&closure, &cif, handle, NULL, code), FFI_OK);
  return ffitest_done ();
}
