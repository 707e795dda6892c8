/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words.  */

#ifndef FFI_SWAP_WORD_H
#define FFI_SWAP_WORD_H

#include <fficonfig.h>
#include <stdbool.h>
#include <stdint.h>
#ifdef HAVE_SYS_SINGLE_THREADED_H
#include <sys/single_threaded.h>
#else
#define __libc_single_threaded 0
#endif

#ifdef __SANITIZE_THREAD__

/* The same as below, in words that the sanitizer understands.  */
static inline bool
ffi_swap_word (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  return __atomic_compare_exchange_n ((unsigned long *) word, old, new, false,
                                      __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  return __atomic_and_fetch ((unsigned long *) word, ~bits, __ATOMIC_SEQ_CST) == 0;
}

#else

/* Store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.  A full barrier
   between threads; while there is only one, nothing but a signal can come between, and
   for that one instruction is enough: the bus lock would wait until all stores before
   it have left the processor.  Threads made behind libc's back are not seen, as they
   are not by malloc.  */
static inline bool
ffi_swap_word (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  bool done;

  if (__libc_single_threaded)
    __asm__ volatile("cmpxchg %3, %1"
                     : "=@ccz"(done), "+m"(*word), "+a"(*old)
                     : "r"(new)
                     : "memory");
  else
    __asm__ volatile("lock cmpxchg %3, %1"
                     : "=@ccz"(done), "+m"(*word), "+a"(*old)
                     : "r"(new)
                     : "memory");
  return done;
}

/* Clear BITS of *WORD; returns whether none is left.  A full barrier like the other.  */
static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  bool empty;

  if (__libc_single_threaded)
    __asm__ volatile("and %2, %1" : "=@ccz"(empty), "+m"(*word) : "r"(~bits) : "memory");
  else
    __asm__ volatile("lock and %2, %1"
                     : "=@ccz"(empty), "+m"(*word)
                     : "r"(~bits)
                     : "memory");
  return empty;
}

#endif

#endif
