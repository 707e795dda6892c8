/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words: C11 has all of it.  */

#ifndef FFI_ATOMIC_H
#define FFI_ATOMIC_H

/* GCC has no built-in function for it here.  */
register void *ffi_thread_pointer __asm__("r13");
#define FFI_THREAD_POINTER ffi_thread_pointer

#include "generic_atomic.h"

#endif
