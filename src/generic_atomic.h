/* SPDX-License-Identifier: MIT */
/* The atomic operations of the slot allocator, as C11 has them.  */

#ifndef FFI_GENERIC_ATOMIC_H
#define FFI_GENERIC_ATOMIC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Compare and swap: store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.
   A full barrier.  */
static inline bool
ffi_cas (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  return atomic_compare_exchange_strong (word, old, new);
}

/* Clear BITS of *WORD; returns whether none is left.  */
static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  return (atomic_fetch_and (word, ~bits) & ~bits) == 0;
}

/* ADDRESS will be written to.  */
static inline void
ffi_prefetch (const void *address)
{
  __builtin_prefetch (address, 1);
}

/* Where the thread pointer is.  */
#ifndef FFI_THREAD_POINTER
#define FFI_THREAD_POINTER __builtin_thread_pointer ()
#endif

/* Something that differs between the threads that are alive.  */
static inline uintptr_t
ffi_thread_id (void)
{
  return (uintptr_t) FFI_THREAD_POINTER;
}

#endif
