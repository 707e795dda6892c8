/* SPDX-License-Identifier: MIT */
/* What is not a trampoline in use is refused: by init and code with EINVAL, by free with
   a message and abort, as calls are.  */

#include "ffitest.h"
#include "../libffi.tramp/aborts.h"
#include "targets.h"

static int number = 7;

#define CHECK_REFUSED(what)                                                              \
  do                                                                                     \
    {                                                                                    \
      ffi_tramp *refused = (ffi_tramp *) (what);                                         \
      errno = 0;                                                                         \
      CHECK_INT (ffi_tramp_init (refused, target_adds, &number), -1);                    \
      CHECK_INT (errno, EINVAL);                                                         \
      errno = 0;                                                                         \
      CHECK_PTR (ffi_tramp_code (refused), NULL);                                        \
      CHECK_INT (errno, EINVAL);                                                         \
    }                                                                                    \
  while (0)

static void
free_tramp (void *tramp)
{
  ffi_tramp_free ((ffi_tramp *) tramp);
}

static void
call (void *code)
{
  CODE_AS (adder, code) (1);
}

int
main (void)
{
  ffi_tramp *tramp = make_adder (&number), *second = ffi_tramp_alloc ();
  CHECK (tramp != NULL && second != NULL);
  void *code = ffi_tramp_code (tramp), *unprepared = ffi_tramp_code (second);
  void *closure_code, *large_code, *block_code;
  void *closure = ffi_closure_alloc (sizeof (ffi_closure), &closure_code);
  void *large = ffi_closure_alloc (200, &large_code);
  void *block = ffi_closure_alloc (1 << 20, &block_code);
  CHECK (closure != NULL && large != NULL && block != NULL);
  memset (large, 0xff, 200);

  ffi_tramp_free (NULL);
  CHECK_INT (ffi_tramp_init (tramp, NULL, &number), -1);
  CHECK_INT (errno, EINVAL);
  CHECK_INT (call_adder (tramp, 1), 8);

  void *others[] = { NULL,
                     &number,
                     (void *) ((uintptr_t) &number + 65536),
                     (void *) (uintptr_t) -1,
                     (char *) tramp + 8,
                     (char *) tramp - 8,
                     code,
                     (char *) code + 1,
                     closure,
                     closure_code,
                     large,
                     large_code,
                     block,
                     block_code,
                     (char *) large - 16,
                     (void *) (uintptr_t) main };
  for (size_t i = 0; i < ARRAY_SIZE (others); i++)
    {
      CHECK_REFUSED (others[i]);
      if (others[i] != NULL)
        CHECK_ABORTS (free_tramp, others[i],
                      "free of something that is not a trampoline");
    }
  CHECK_INT (call_adder (tramp, 2), 9);

  CHECK_ABORTS (call, unprepared, "never prepared");
  ffi_tramp_free (tramp);
  CHECK_REFUSED (tramp);
  CHECK_ABORTS (free_tramp, tramp, "free of something that is not a trampoline");
  CHECK_ABORTS (call, code, "call of a freed");
  ffi_tramp_free (second);
  ffi_closure_free (closure);
  ffi_closure_free (large);
  ffi_closure_free (block);

  /* A closure where a trampoline was is no trampoline.  */
  closure = ffi_closure_alloc (sizeof (ffi_closure), &closure_code);
  CHECK_REFUSED (closure);
  return ffitest_done ();
}
