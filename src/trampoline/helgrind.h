/* SPDX-License-Identifier: MIT */
/* What helgrind is told.  It knows locks, and takes atomic operations for accesses like
   any other: memory that threads hand to one another without a lock would be reported
   as soon as two threads have closures.  The thread sanitizer, which knows atomic
   operations, looks after that memory instead.  */

#ifndef FFI_HELGRIND_H
#define FFI_HELGRIND_H

#include "ffi_common.h"
#include "target.h"
#if PORT_VALGRIND_REQUEST
#include "valgrind_request.h"
#endif

/* Let helgrind, if it is there, not watch SIZE bytes at START.  */
static inline void
ffi_unwatch (void *start, size_t size)
{
#if PORT_VALGRIND_REQUEST
  enum
  {
    MAKE_UNTRACKED = 'H' << 24 | 'G' << 16 | (256 + 39)
  };
  const uintptr_t request[6] = { MAKE_UNTRACKED, (uintptr_t) start, size };
  ffi_valgrind_request (request);
#else
  (void) start, (void) size;
#endif
}

#endif
