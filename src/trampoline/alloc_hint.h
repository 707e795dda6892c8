/* SPDX-License-Identifier: MIT */
/* Where a thread allocates: the group of slots that it found a free slot in last, so
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

/* Claim a hint for the thread ID.  */
struct alloc_hint *ffi_alloc_hint_claim (uintptr_t id);

/* Let every thread begin anew in the image.  */
void ffi_alloc_hints_reset (void);

/* Where the search for the hint of the thread ID begins.  Threads lie at equal
   distances, and no common distance brings neighbours together.  */
static inline struct alloc_hint *
ffi_alloc_hint_home (uintptr_t id)
{
  return &ffi_alloc_hints[(uint32_t) id * 0x9e3779b1u >> (32 - HINTS_SHIFT)];
}

/* The hint of the calling thread.  */
static inline struct alloc_hint *
ffi_alloc_hint (void)
{
  uintptr_t id = ffi_thread_id ();
  struct alloc_hint *p = ffi_alloc_hint_home (id);

  return likely (atomic_load_explicit (&p->owner, memory_order_relaxed) == id)
             ? p
             : ffi_alloc_hint_claim (id);
}

#endif
