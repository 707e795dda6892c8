/* SPDX-License-Identifier: MIT */
/* Where a thread allocates: the group of slots that it found room in last, so
   that threads share no cache line as a rule.  */

#ifndef FFI_ALLOC_HINT_H
#define FFI_ALLOC_HINT_H

#include "tables.h"
#include <stdatomic.h>

struct alloc_hint
{
  _Alignas(64) _Atomic uintptr_t owner; /* thread */
  struct table *_Atomic table;
  _Atomic unsigned group;
  _Atomic unsigned first; /* the group to start from in a table */
};

enum
{
  HINTS_SHIFT = 6,
  HINTS = 1 << HINTS_SHIFT
};

extern struct alloc_hint ffi_alloc_hints[HINTS] __attribute__ ((visibility ("hidden")));

/* Take a place for the thread ID.  */
struct alloc_hint *ffi_take_alloc_hint (uintptr_t id);

/* Let every thread begin anew in the image.  */
void ffi_forget_alloc_hints (void);

/* Where the search for the place of the thread ID begins.  Threads lie at equal
   distances, and no usual one brings neighbours together.  */
static inline struct alloc_hint *
ffi_home_hint (uintptr_t id)
{
  return &ffi_alloc_hints[(uint32_t) id * 0x9e3779b1u >> (32 - HINTS_SHIFT)];
}

/* The place of the calling thread.  */
static inline struct alloc_hint *
ffi_alloc_hint (void)
{
  uintptr_t id = ffi_thread_id ();
  struct alloc_hint *p = ffi_home_hint (id);

  return likely (atomic_load_explicit (&p->owner, memory_order_relaxed) == id)
             ? p
             : ffi_take_alloc_hint (id);
}

#endif
