/* SPDX-License-Identifier: MIT */
/* { needs dynamic } */
/* A closure in memory that the caller makes executable: prepared while writable,
   8-byte aligned only, callable once read-execute; nothing is written afterwards.  */

#include "ffitest.h"
#include <sys/mman.h>
#include <unistd.h>

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  *(double *) result = *(int *) args[0] + *(double *) args[1] + *(int *) data;
}

int
main (void)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double };
  int numbers[4] = { 100, 200, 300, 400 };
  ffi_closure *closures[4];
  const size_t stride = (sizeof (ffi_closure) + 15) / 8 * 8;
  ffi_cif cif;
  PREP_CIF (&cif, 2, &ffi_type_double, types);
  char *memory
      = mmap (NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (memory != MAP_FAILED);
  for (int i = 0; i < 4; i++)
    {
      closures[i] = (ffi_closure *) (memory + 8 + (size_t) i * stride);
      CHECK_INT (
          ffi_prep_closure_loc (closures[i], &cif, handle, &numbers[i], closures[i]),
          FFI_OK);
      /* cffi reads it back.  */
      CHECK_PTR (closures[i]->user_data, &numbers[i]);
    }
  if (mprotect (memory, page, PROT_READ | PROT_EXEC) != 0)
    UNSUPPORTED ("this system lets nobody make memory executable");
  for (int round = 0; round < 3; round++)
    for (int i = 0; i < 4; i++)
      {
        double result = 0, d = 0.5;
        int n = round;
        void *avalue[] = { &n, &d };
        CHECK_DOUBLE (CODE_AS (double (*) (int, double), closures[i]) (n, d),
                      numbers[i] + round + 0.5);
        ffi_call (&cif, CODE_AS (void (*) (void), closures[i]), &result, avalue);
        CHECK_DOUBLE (result, numbers[i] + round + 0.5);
      }
  munmap (memory, page);
  return ffitest_done ();
}
