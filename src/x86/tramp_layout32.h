/* SPDX-License-Identifier: MIT */
/* Geometry of i386 trampoline tables, for C and assembly; see tramp_layout.h.  */

#ifndef FFI_TRAMP_LAYOUT32_H
#define FFI_TRAMP_LAYOUT32_H

/* Equal, so that every trampoline is the same distance from its slot.  */
#define TRAMP_PITCH 32
#define SLOT_SIZE 32

#define IMAGE_SLOTS 1024
#define GROWN_SLOTS 1024

#define TRAMP_BLOCK_ALIGN 4096

#define GRANULE_SHIFT 16
#define ADDRESS_BITS 32

#ifndef LIBFFI_ASM
#include "swap_word.h"

/* Something that differs between the threads that are alive.  */
static inline uintptr_t
ffi_thread_id (void)
{
  uintptr_t id;
  __asm__("movl %%gs:0, %0" : "=r"(id));
  return id;
}
#endif

#endif
