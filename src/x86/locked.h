/* SPDX-License-Identifier: MIT */
/* The atomic operations of the slot allocator.

   Always locked.  That the process has one thread cannot be known: libc counts only the
   threads that it made itself, and a process may have more than one libc (dlmopen,
   LD_AUDIT), or threads that none of them made.  */

#ifndef FFI_LOCKED_H
#define FFI_LOCKED_H

#include <stdbool.h>

/* Compare and swap: store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.
   A full barrier.  */
static inline bool
ffi_cas (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  return __atomic_compare_exchange_n ((unsigned long *) word, old, new, false,
                                      __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

#ifdef __SANITIZE_THREAD__

static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  return __atomic_and_fetch ((unsigned long *) word, ~bits, __ATOMIC_SEQ_CST) == 0;
}

#else

/* Clear BITS of *WORD; returns whether none is left.  A full barrier.  Compilers before
   GCC 12 know no instruction that does both.  */
static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  bool empty;

  __asm__ volatile("lock and %2, %1"
                   : "=@ccz"(empty), "+m"(*word)
                   : "r"(~bits)
                   : "memory");
  return empty;
}

#endif

/* ADDRESS will be written to.  A processor that is too old for this takes it for nothing,
   as it does the landing pads.  */
static inline void
ffi_prefetch (const void *address)
{
  __asm__ volatile("prefetcht0 %0" : : "m"(*(const char *) address));
}

#endif
