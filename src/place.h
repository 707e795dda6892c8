/* SPDX-License-Identifier: MIT */
/* Where a thread allocates: the group of slots that it found room in last, so
   that threads share no cache line as a rule.  */

#ifndef FFI_PLACE_H
#define FFI_PLACE_H

#include "table.h"
#include <stdatomic.h>

struct place
{
  _Alignas(64) _Atomic uintptr_t owner; /* thread */
  struct table *_Atomic table;
  _Atomic unsigned group;
  _Atomic unsigned first; /* the group to start from in a table */
};

enum
{
  PLACES_SHIFT = 6,
  PLACES = 1 << PLACES_SHIFT
};

extern struct place ffi_places[PLACES] __attribute__ ((visibility ("hidden")));

/* Take a place for the thread ID.  */
struct place *ffi_take_place (uintptr_t id);

/* Where the search for the place of the thread ID begins.  Threads lie at equal
   distances, and no usual one brings neighbours together.  */
static inline struct place *
ffi_home_of (uintptr_t id)
{
  return &ffi_places[(uint32_t) id * 0x9e3779b1u >> (32 - PLACES_SHIFT)];
}

/* The place of the calling thread.  */
static inline struct place *
ffi_place (void)
{
  uintptr_t id = ffi_thread_id ();
  struct place *p = ffi_home_of (id);

  return likely (atomic_load_explicit (&p->owner, memory_order_relaxed) == id)
             ? p
             : ffi_take_place (id);
}

#endif
