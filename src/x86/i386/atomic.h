/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words.  */

#ifndef FFI_ATOMIC_H
#define FFI_ATOMIC_H

#include "locked.h"
#include <stdint.h>

/* Something that differs between the threads that are alive.  */
static inline uintptr_t
ffi_thread_id (void)
{
  uintptr_t id;
  __asm__("movl %%gs:0, %0" : "=r"(id));
  return id;
}

#endif
