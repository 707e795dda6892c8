/* SPDX-License-Identifier: MIT */
/* Geometry of x86-64 trampoline tables, for C and assembly.  */

#ifndef FFI_TRAMP_LAYOUT_H
#define FFI_TRAMP_LAYOUT_H

/* Bytes from one trampoline to the next, and from one slot to the next.  */
#define TRAMP_PITCH 16
#define SLOT_SIZE 64

/* Trampolines of the image table; a grown table has as many as a word has bits,
   squared, so that one word tells which groups of slots are full.  */
#define IMAGE_SLOTS 1024
#define GROWN_SLOTS 4096

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 4096

/* Each grown table lies in a granule of the address space of its own.  */
#define GRANULE_SHIFT 19
#define ADDRESS_BITS 47

#ifndef LIBFFI_ASM
#include <fficonfig.h>
#include <stdbool.h>
#include <stdint.h>
#ifdef HAVE_SYS_SINGLE_THREADED_H
#include <sys/single_threaded.h>
#else
#define __libc_single_threaded 0
#endif

/* Something that differs between the threads that are alive.  */
static inline uintptr_t
ffi_thread_id (void)
{
  uintptr_t id;
  __asm__("movq %%fs:0, %0" : "=r"(id));
  return id;
}

/* Store NEW in *WORD if that is *OLD; otherwise *OLD gets what it is.  A full barrier
   between threads; while there is only one, nothing but a signal can come between, and
   for that one instruction is enough: the bus lock would wait until all stores before
   it have left the processor.  */
static inline bool
ffi_swap_word (_Atomic unsigned long *word, unsigned long *old, unsigned long new)
{
  bool done;

  if (__libc_single_threaded)
    __asm__ volatile("cmpxchgq %3, %1"
                     : "=@ccz"(done), "+m"(*word), "+a"(*old)
                     : "r"(new)
                     : "memory");
  else
    __asm__ volatile("lock cmpxchgq %3, %1"
                     : "=@ccz"(done), "+m"(*word), "+a"(*old)
                     : "r"(new)
                     : "memory");
  return done;
}
#endif

#endif
