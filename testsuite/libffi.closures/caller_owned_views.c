/* SPDX-License-Identifier: MIT */
/* { needs dynamic } */
/* A closure in memory that the caller mapped twice, writable and executable: the
   code address is another view of the closure.  */

#include "ffitest.h"
#include <sys/mman.h>
#include <unistd.h>

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = *(unsigned *) data;
}

int
main (void)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  int fd = memfd_create ("views", 0);
  CHECK (fd >= 0);
  CHECK_INT (ftruncate (fd, (off_t) page), 0);
  char *writable = mmap (NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *executable = mmap (NULL, page, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
  CHECK (writable != MAP_FAILED);
  if (executable == MAP_FAILED)
    UNSUPPORTED ("this system lets nobody map a memfd executable");
  close (fd);
  unsigned number = 77;
  ffi_cif cif;
  PREP_CIF (&cif, 0, &ffi_type_uint, NULL);
  ffi_closure *closure = (ffi_closure *) (writable + 64);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, &number, executable + 64),
             FFI_OK);
  CHECK_INT (CODE_AS (unsigned (*) (void), executable + 64) (), 77);
  number = 78;
  CHECK_INT (CODE_AS (unsigned (*) (void), executable + 64) (), 78);
  CHECK_PTR (((ffi_closure *) (executable + 64))->user_data, &number);
  return ffitest_done ();
}
