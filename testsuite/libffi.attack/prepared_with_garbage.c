/* SPDX-License-Identifier: MIT */
/* Whatever the memory holds that ffi_closure_alloc returned, also copies of other
   closures and of what the library itself had stored there: preparing, calling and
   freeing work, and a call before that is reported.  */

#include "ffitest.h"
#include "crowd.h"
#include "../libffi.tramp/aborts.h"

static unsigned seed = 3;

static void
fill (unsigned char *memory, size_t size, int how, const struct crowd_member *other)
{
  for (size_t i = 0; i < size; i++)
    {
      seed = seed * 1664525 + 1013904223;
      memory[i] = how == 0 ? (unsigned char) (seed >> 16)
                  : how == 1
                      ? 0xff
                      : ((unsigned char *) other->closure)[i % sizeof (ffi_closure)];
    }
}

/* Behind the pair, which the caller's memory of a plain closure holds.  */
enum
{
  PAIR = 2 * sizeof (void *)
};

static void
call (void *code)
{
  CODE_AS (void (*) (int), code) (1);
}

int
main (void)
{
  const size_t sizes[]
      = { sizeof (ffi_closure), sizeof (ffi_closure) + 1, 200, 5000, 100000 };
  struct crowd_member other, member = { NULL, NULL, 5 };
  crowd_gather (&other, 1);
  for (size_t s = 0; s < ARRAY_SIZE (sizes); s++)
    for (int how = 0; how < 3; how++)
      for (int i = 0; i < 40; i++)
        {
          void *code;
          unsigned char *memory = ffi_closure_alloc (sizes[s], &code);
          CHECK (memory != NULL);
          if (i == 0)
            {
              size_t keep = sizes[s] == sizeof (ffi_closure) ? PAIR : 0;
              fill (memory + keep, sizes[s] - keep, how, &other);
              CHECK_ABORTS (call, code, "never prepared");
            }
          fill (memory, sizes[s], how, &other);
          member.closure = (ffi_closure *) memory;
          member.code = code;
          CHECK_INT (ffi_prep_closure_loc (member.closure, crowd_cif (), crowd_handle,
                                           &member, code),
                     FFI_OK);
          CHECK (crowd_answers (&member));
          /* It is the caller's again.  */
          memset (memory, 0, sizes[s]);
          ffi_closure_free (memory);
        }
  CHECK (crowd_answers (&other));
  return ffitest_done ();
}
