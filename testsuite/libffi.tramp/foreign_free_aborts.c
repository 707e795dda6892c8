/* SPDX-License-Identifier: MIT */
/* Freeing what ffi_closure_alloc did not return aborts with a message: stack, heap,
   static data, code, the inside of a closure, nonsense.  */

#include "ffitest.h"
#include "crowd.h"
#include "aborts.h"
#include <sys/mman.h>

int
main (void)
{
  static char data[4096];
  char local[256];
  void *code, *unaligned = (char *) data + 1;
  char *heap = malloc (5000);
  char *mapping = mmap (NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
  void *large_code, *largest_code;
  char *large = ffi_closure_alloc (300, &large_code);
  char *largest = ffi_closure_alloc (100000, &largest_code);
  CHECK (heap != NULL && mapping != MAP_FAILED && closure != NULL && large != NULL);
  memset (local, 0, sizeof local);
  struct
  {
    const char *what;
    void *pointer;
  } foreign[] = { { "stack", local },
                  { "static data", data + 64 },
                  { "unaligned", unaligned },
                  { "heap", heap },
                  { "unreadable", mapping + 64 },
                  { "code of a closure", code },
                  { "inside of a closure", closure + 16 },
                  { "8 bytes into a closure", closure + 8 },
                  { "inside of a large closure", large + 64 },
                  { "last bytes of a large closure", large + 256 },
                  { "inside of a heap closure", largest + 64 },
                  { "a small number", (void *) (uintptr_t) 16 },
                  { "the end of memory", (void *) (UINTPTR_MAX - 15) } };
  for (size_t i = 0; i < ARRAY_SIZE (foreign); i++)
    {
      printf ("%s\n", foreign[i].what);
      CHECK_ABORTS (ffi_closure_free, foreign[i].pointer, "closure");
    }
  ffi_closure_free (closure);
  ffi_closure_free (large);
  ffi_closure_free (largest);
  free (heap);
  return ffitest_done ();
}
