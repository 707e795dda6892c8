/* SPDX-License-Identifier: MIT */
/* Any size that can be had is, to its last byte, aligned to 16; what cannot be had
   gives a null pointer and ENOMEM.  */

#include "ffitest.h"

int
main (void)
{
  const size_t sizes[] = { 0,
                           1,
                           8,
                           sizeof (ffi_closure) - 1,
                           sizeof (ffi_closure),
                           sizeof (ffi_closure) + 1,
                           sizeof (ffi_raw_closure),
                           1000,
                           4096,
                           65536,
                           1 << 20 };
  const size_t impossible[]
      = { SIZE_MAX,      SIZE_MAX - 1,   SIZE_MAX - 15,   SIZE_MAX - 16,   SIZE_MAX - 63,
          SIZE_MAX - 64, SIZE_MAX - 127, SIZE_MAX - 4096, SIZE_MAX / 2 + 1 };
  void *blocks[3 * ARRAY_SIZE (sizes)];
  size_t n = 0;
  for (int round = 0; round < 3; round++)
    for (size_t i = 0; i < ARRAY_SIZE (sizes); i++, n++)
      {
        void *code = NULL;
        blocks[n] = ffi_closure_alloc (sizes[i], &code);
        CHECK_MSG (blocks[n] != NULL, "size %zu: %s", sizes[i], strerror (errno));
        CHECK (code != NULL);
        CHECK ((uintptr_t) blocks[n] % 16 == 0);
        memset (blocks[n], (int) n + 1, sizes[i]);
      }
  for (size_t i = 0; i < n; i++)
    CHECK_FILL (blocks[i], (int) i + 1, sizes[i % ARRAY_SIZE (sizes)]);
  for (size_t i = 0; i < n; i++)
    ffi_closure_free (blocks[i]);

  /* As far as there is address space.  */
  void *code, *vast = ffi_closure_alloc ((size_t) 1 << 30, &code);
  CHECK (vast != NULL || errno == ENOMEM);
  if (vast != NULL)
    ((char *) vast)[((size_t) 1 << 30) - 1] = 1;
  ffi_closure_free (vast);

  for (size_t i = 0; i < ARRAY_SIZE (impossible); i++)
    {
      void *code;
      errno = 0;
      CHECK_PTR (ffi_closure_alloc (impossible[i], &code), NULL);
      CHECK_INT (errno, ENOMEM);
    }
  return ffitest_done ();
}
