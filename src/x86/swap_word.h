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
#define __libc_single_threaded ((char){ 0 })
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

/* INSTRUCTION, locked unless the operand ALONE says that there is but one thread: then
   nothing but a signal can come between, and for that one instruction is enough.  The bus
   lock would wait until all stores before it have left the processor.  Threads made
   behind libc's back are not seen, as they are not by malloc.  */
#define UNLESS_ALONE(instruction, alone)                                                 \
  "cmpb $0, " alone "\n\tjne 1f\n\tlock\n1:\t" instruction

/* Store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.  A full barrier
   between threads.  */
static inline bool
ffi_swap_word (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  bool done;

  __asm__ volatile(UNLESS_ALONE ("cmpxchg %4, %1", "%3")
                   : "=@ccz"(done), "+m"(*word), "+a"(*old)
                   : "m"(__libc_single_threaded), "r"(new)
                   : "memory");
  return done;
}

/* Clear BITS of *WORD; returns whether none is left.  A full barrier like the other.  */
static inline bool
ffi_clear_bits (_Atomic unsigned long *word, unsigned long bits)
{
  bool empty;

  __asm__ volatile(UNLESS_ALONE ("and %3, %1", "%2")
                   : "=@ccz"(empty), "+m"(*word)
                   : "m"(__libc_single_threaded), "r"(~bits)
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
