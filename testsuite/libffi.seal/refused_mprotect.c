/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* When the system refuses to change what may be done with memory, preparing and sealing
   fail; what cannot be sealed is not callable, and what could not be changed is as it
   was.  Once it does not refuse any more, all is as before.  */

#include "ffitest.h"
#include "crowd.h"
#include "libffi.tramp/aborts.h"
#include "own_syscall.h"
#include <ffi_tramp.h>
#include <sys/mman.h>
#include "sealed.h"

/* The call from now on that is refused; 0: none.  */
static int refuse;
static unsigned long calls;

static int
refused (long number, const long *arguments)
{
  (void) arguments;
  if (number != SYS_mprotect)
    return 0;
  calls++;
  return refuse > 0 && --refuse == 0 ? EPERM : 0;
}

static void
call (void *code)
{
  CODE_AS (int (*) (int), code) (1);
}

static ffi_status
prepare (struct crowd_member *m)
{
  return ffi_prep_closure_loc (m->closure, crowd_cif (), crowd_handle, m, m->code);
}

static void
check_prepared (void)
{
  struct crowd_member m = { NULL, NULL, 5 }, other = { NULL, NULL, 9 }, neighbour;
  CHECK (crowd_join (&neighbour, 77));
  m.closure = ffi_closure_alloc (sizeof (ffi_closure), &m.code);
  CHECK (m.closure != NULL);
  /* For the first time.  */
  refuse = 1;
  CHECK_INT (prepare (&m), FFI_BAD_ABI);
  CHECK_INT (refuse, 0);
  CHECK_ABORTS (call, m.code, "never prepared");
  CHECK_INT (prepare (&m), FFI_OK);
  CHECK (crowd_answers (&m));
  /* Again: it cannot be made writable, so nothing has changed.  */
  other.closure = m.closure;
  other.code = m.code;
  refuse = 1;
  CHECK_INT (prepare (&other), FFI_BAD_ABI);
  CHECK (crowd_answers (&m));
  CHECK_PTR (m.closure->user_data, &m);
  /* It cannot be made read-only any more.  */
  refuse = 2;
  CHECK_INT (prepare (&other), FFI_BAD_ABI);
  CHECK_ABORTS (call, m.code, "never prepared");
  CHECK_INT (prepare (&other), FFI_OK);
  CHECK (crowd_answers (&other));
  /* Its page cannot be written; another takes its place.  */
  refuse = 1;
  crowd_leave (&other);
  CHECK_INT (refuse, 0);
  CHECK_ABORTS (call, other.code, "freed closure");
  for (int i = 0; i < 100; i++)
    {
      struct crowd_member more;
      CHECK (crowd_join (&more, i));
      CHECK (crowd_answers (&more));
      crowd_leave (&more);
    }
  CHECK (crowd_answers (&neighbour));
  refuse = 1;
  void *code = &m;
  CHECK_PTR (ffi_tramp_closure_alloc (crowd_cif (), crowd_handle, &m, &code), NULL);
  CHECK_PTR (code, &m);
  crowd_leave (&neighbour);
}

static void
check_sealed_later (void)
{
  struct crowd_member m;
  CHECK (crowd_join (&m, 3));
  refuse = 1;
  errno = 0;
  CHECK_PTR (ffi_closure_seal (m.closure), NULL);
  CHECK_INT (errno, EPERM);
  CHECK (crowd_answers (&m));
  m.code = ffi_closure_seal (m.closure);
  CHECK (m.code != NULL);
  CHECK (crowd_answers (&m));
  crowd_leave (&m);
}

static void
in_child (const char *seal, void (*checks) (void))
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      setenv ("LIBFFI_SEAL", seal, 1);
      checks ();
      exit (calls > 0 ? 0 : 5);
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK_MSG (status == 0, "LIBFFI_SEAL=%s: wait status %#x", seal, (unsigned) status);
}

int
main (void)
{
  in_child ("1", check_prepared);
  in_child ("0", check_sealed_later);
  return ffitest_done ();
}
