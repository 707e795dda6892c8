/* SPDX-License-Identifier: MIT */
/* ffi_tramp_closure_alloc makes a closure that is ready; ffi_tramp_closure_find finds
   closures of every size by their code address, and nothing else.  */

#include "ffitest.h"
#include "crowd.h"
#include "targets.h"

#define CHECK_INVALID(call)                                                              \
  do                                                                                     \
    {                                                                                    \
      errno = 0;                                                                         \
      CHECK_PTR (call, NULL);                                                            \
      CHECK_INT (errno, EINVAL);                                                         \
    }                                                                                    \
  while (0)

static size_t
used (void)
{
  ffi_tramp_count count;
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  return count.used;
}

static void
check_sizes (void)
{
  static const size_t sizes[]
      = { sizeof (ffi_closure), 72, 112, 1000, 2000, 4096, 65536, 3000000 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    for (size_t at = 0; at + sizeof (ffi_closure) <= sizes[i]; at = 2 * at + 16)
      {
        struct crowd_member member = { NULL, NULL, (int) i };
        char *memory = (char *) ffi_closure_alloc (sizes[i], &member.code);
        CHECK (memory != NULL);
        member.closure = (ffi_closure *) (memory + at);
        CHECK_PTR (ffi_tramp_closure_find (member.code), NULL);
        CHECK_INT (ffi_prep_closure_loc (member.closure, crowd_cif (), crowd_handle,
                                         &member, member.code),
                   FFI_OK);
        CHECK (crowd_answers (&member));
        CHECK_PTR (ffi_tramp_closure_find (member.code), member.closure);
        CHECK_PTR (ffi_tramp_closure_find ((char *) member.code + 1), NULL);
        CHECK_PTR (ffi_tramp_closure_find ((char *) member.code + 4), NULL);
        CHECK_PTR (ffi_tramp_closure_find (memory), NULL);
        CHECK_PTR (ffi_tramp_closure_find (member.closure), NULL);
        ffi_closure_free (memory);
        CHECK_PTR (ffi_tramp_closure_find (member.code), NULL);
      }
}

int
main (void)
{
  struct crowd_member member = { NULL, NULL, 4 };
  int number = 3;
  size_t none = used ();
  member.closure
      = ffi_tramp_closure_alloc (crowd_cif (), crowd_handle, &member, &member.code);
  CHECK (member.closure != NULL);
  CHECK (crowd_answers (&member));
  CHECK_PTR (member.closure->user_data, &member);
  CHECK_PTR (ffi_tramp_closure_find (member.code), member.closure);

  size_t before = used ();
  void *untouched = &number;
  ffi_cif bad = *crowd_cif ();
  bad.abi = FFI_LAST_ABI;
  CHECK_INVALID (ffi_tramp_closure_alloc (NULL, crowd_handle, NULL, &untouched));
  CHECK_INVALID (ffi_tramp_closure_alloc (crowd_cif (), NULL, NULL, &untouched));
  CHECK_INVALID (ffi_tramp_closure_alloc (&bad, crowd_handle, NULL, &untouched));
  CHECK_INVALID (ffi_tramp_closure_alloc (crowd_cif (), crowd_handle, NULL, NULL));
  CHECK_PTR (untouched, &number);
  CHECK_UINT (used (), before);
  ffi_closure_free (member.closure);
  CHECK (before > none);
  CHECK_UINT (used (), none);

  check_sizes ();
  ffi_tramp *tramp = make_adder (&number);
  CHECK_PTR (ffi_tramp_closure_find (ffi_tramp_code (tramp)), NULL);
  CHECK_PTR (ffi_tramp_closure_find (tramp), NULL);
  CHECK_PTR (ffi_tramp_closure_find (NULL), NULL);
  CHECK_PTR (ffi_tramp_closure_find (&number), NULL);
  CHECK_PTR (ffi_tramp_closure_find ((void *) (uintptr_t) main), NULL);
  for (uintptr_t a = 1; a != 0; a <<= 1)
    for (int i = -1; i <= 1; i++)
      CHECK_PTR (ffi_tramp_closure_find ((void *) (a + (uintptr_t) i)), NULL);
  return ffitest_done ();
}
