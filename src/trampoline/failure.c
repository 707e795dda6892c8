/* SPDX-License-Identifier: MIT */
/* Why there was no closure; see failure.h.  Each reason is one word, so that whoever
   reads it while another thread, a signal handler or the parent of a fork writes it gets
   one or the other.  */

#include "failure.h"
#include <errno.h>
#include <stdatomic.h>

enum
{
  SOURCES = SOURCE_SECURE + 1,
  /* A word: the error, the step above it, the source above that.  */
  STEP_SHIFT = 16,
  SOURCE_SHIFT = 24,
  ERROR_MAX = (1 << STEP_SHIFT) - 1,
  STEP_MAX = (1 << (SOURCE_SHIFT - STEP_SHIFT)) - 1
};
_Static_assert(FFI_TRAMP_GROWN - SOURCE_IMAGE == FFI_TRAMP_TRAMPFD - SOURCE_TRAMPFD
                   && FFI_TRAMP_GROWN - SOURCE_IMAGE == FFI_TRAMP_SECURE - SOURCE_SECURE,
               "the public numbers are the sources', moved");

static _Atomic unsigned noted[SOURCES]; /* 0: nothing */
static _Atomic unsigned kept[FFI_TRAMP_SECURE + 1];

static unsigned
word (ffi_tramp_source source, ffi_tramp_step step, int error)
{
  return (unsigned) source << SOURCE_SHIFT | (unsigned) step << STEP_SHIFT
         | ((unsigned) error & ERROR_MAX);
}

static ffi_tramp_source
public_source (enum ffi_source source)
{
  return (ffi_tramp_source) (source + (FFI_TRAMP_GROWN - SOURCE_IMAGE));
}

FFI_COLD void
ffi_failure_note (enum ffi_source source, ffi_tramp_step step, int error)
{
  atomic_store (&noted[source], word (public_source (source), step, error));
}

FFI_COLD void
ffi_failure_forget (enum ffi_source source)
{
  atomic_store (&noted[source], 0);
}

FFI_COLD void
ffi_failure_keep (enum ffi_source first)
{
  for (unsigned s = 0; s < SOURCES; s++)
    {
      unsigned why = atomic_exchange (&noted[s], 0);
      if (why == 0)
        continue;
      atomic_store (&kept[public_source (s)], why);
      if (s == first)
        atomic_store (&kept[FFI_TRAMP_NONE], why);
    }
}

FFI_COLD void
ffi_failure_of_memory (void)
{
  atomic_store (&kept[FFI_TRAMP_NONE],
                word (FFI_TRAMP_NONE, FFI_TRAMP_STEP_MEMORY, ENOMEM));
}

FFI_COLD ffi_tramp_failure
ffi_failure_last (ffi_tramp_source source)
{
  unsigned why = (unsigned) source <= FFI_TRAMP_SECURE ? atomic_load (&kept[source]) : 0;

  return (ffi_tramp_failure){ .source = why >> SOURCE_SHIFT,
                              .step = why >> STEP_SHIFT & STEP_MAX,
                              .error = why & ERROR_MAX };
}
