/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words, where C11 has what is best.  */

#ifndef FFI_GENERIC_ATOMIC_H
#define FFI_GENERIC_ATOMIC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.  A full
   barrier.  */
static inline bool
ffi_swap_word (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
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

/* Something that differs between the threads that are alive.  */
static inline uintptr_t
ffi_thread_id (void)
{
  return (uintptr_t) __builtin_thread_pointer ();
}

#endif
