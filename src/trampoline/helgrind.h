/* SPDX-License-Identifier: MIT */
/* What helgrind is told.  It knows locks, and takes atomic operations for accesses like
   any other: memory that threads hand to one another without a lock would be reported
   as soon as two threads have closures.  The thread sanitizer, which knows atomic
   operations, looks after that memory instead.  */

#ifndef FFI_HELGRIND_H
#define FFI_HELGRIND_H

#include "reserve.h"
#if __has_include("valgrind_request.h")
#include "valgrind_request.h"
#endif

/* The end of the library's data, or of the program's that it is part of.  */
extern char _end[] __attribute__ ((visibility ("hidden")));

/* Let helgrind, if it is there, not watch SIZE bytes at START.  */
static inline void
ffi_unwatch (void *start, size_t size)
{
#ifdef FFI_HAS_VALGRIND_REQUEST
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

/* Nor the library's own data, which begins where the reserve ends.  libffi.a is part of a
   program, whose data is watched.  */
static inline void
ffi_unwatch_own_data (void)
{
  if (ffi_reserve_end != NULL)
    ffi_unwatch (ffi_reserve_end, (uintptr_t) _end - (uintptr_t) ffi_reserve_end);
}

#endif
