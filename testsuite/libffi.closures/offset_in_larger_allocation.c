/* SPDX-License-Identifier: MIT */
/* The ffi_closure may stand anywhere in a larger allocation; the rest of it belongs
   to the client, whatever is written there.  */

#include "ffitest.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(void **) result = data;
}

static void
check (const ffi_cif *cif, size_t size, size_t offset)
{
  void *code;
  unsigned char *memory = ffi_closure_alloc (size, &code);
  CHECK_MSG (memory != NULL, "no closure of %zu bytes", size);
  CHECK ((uintptr_t) memory % 16 == 0);
  memset (memory, 0x3c, size);
  ffi_closure *closure = (ffi_closure *) (memory + offset);
  CHECK_INT (
      ffi_prep_closure_loc (closure, (ffi_cif *) (uintptr_t) cif, handle, memory, code),
      FFI_OK);
  void *(*fn) (void) = CODE_AS (void *(*) (void), code);
  CHECK_PTR (fn (), memory);
  /* All but the closure itself is as the client left it, and stays the client's.  */
  CHECK_FILL (memory, 0x3c, offset);
  CHECK_FILL (memory + offset + sizeof *closure, 0x3c, size - offset - sizeof *closure);
  memset (memory, 0xd2, offset);
  memset (memory + offset + sizeof *closure, 0xd2, size - offset - sizeof *closure);
  CHECK_PTR (fn (), memory);
  CHECK_PTR (closure->user_data, memory);
  ffi_closure_free (memory);
}

int
main (void)
{
  const size_t sizes[] = { 56, 64, 72, 80, 112, 128, 200, 512, 4096, 5000, 100000 };
  ffi_cif cif;
  PREP_CIF (&cif, 0, &ffi_type_pointer, NULL);
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      size_t size = sizes[i];
      if (size < sizeof (ffi_closure))
        continue;
      size_t last = (size - sizeof (ffi_closure)) / 8 * 8;
      for (size_t offset = 0; offset <= last; offset += offset < 256 ? 8 : 1016)
        check (&cif, size, offset);
      check (&cif, size, last);
    }
  return ffitest_done ();
}
