/* SPDX-License-Identifier: MIT */
/* The slot allocator: slots of tables, each with its trampoline; runs of adjacent slots;
   and spans of whole groups of slots.  What its clients keep in them it does not know.

   All functions may be called from any thread, signal handler or forked child;
   none takes a lock.  */

#ifndef FFI_SLOTS_H
#define FFI_SLOTS_H

#include "port.h"
#include "alloc_hint.h"
#include "freed.h"
#include "grow.h"
#include <stdatomic.h>

/* --- How a slot is used ------------------------------------------------------ */

/* The bits of WORDS from that of slot INDEX on.  */
static inline unsigned long
ffi_bits_from (const _Atomic unsigned long *words, unsigned index)
{
  return atomic_load_explicit (&words[index / SLOTS_PER_GROUP], memory_order_relaxed)
         >> index % SLOTS_PER_GROUP;
}

/* Whether slot INDEX of T is claimed.  */
static inline bool
ffi_slot_is_used (const struct table *t, unsigned index)
{
  return ffi_bits_from (t->used, index) & 1;
}

/* What starts in a slot that is claimed, as its own bit of cont and the next one say.  */
enum ffi_slot_kind
{
  SLOT_SINGLE = 0, /* one slot */
  SLOT_RUN = 2,    /* a run of several */
  SLOT_INSIDE = 1  /* nothing, if this bit is set: it continues a run or lies in a span */
};

static inline unsigned
ffi_slot_kind (const struct table *t, unsigned index)
{
  return ffi_bits_from (t->cont, index) & (SLOT_RUN | SLOT_INSIDE);
}

/* Whether slot INDEX of T is claimed, and not inside of a run.  */
static inline bool
ffi_slot_starts (const struct table *t, unsigned index)
{
  unsigned g = index / SLOTS_PER_GROUP;
  unsigned long used = atomic_load_explicit (&t->used[g], memory_order_relaxed);
  unsigned long cont = atomic_load_explicit (&t->cont[g], memory_order_relaxed);

  return (used & ~cont) >> index % SLOTS_PER_GROUP & 1;
}

/* Whether group G of T is part of a span.  Then it has all bits of cont, of which the
   first is never set in a group of slots and runs.  */
static inline bool
ffi_group_is_span (const struct table *t, unsigned g)
{
  return atomic_load (&t->cont[g]) == ALL_BITS;
}

/* The index of the slot of T that ADDRESS lies in, and the distance from its start; or
   that of a trampoline.  */
static inline unsigned
ffi_slot_index (const struct table *t, const char *address, unsigned *offset)
{
  if (ffi_in_text (t, address))
    {
      size_t into = address - t->text;
      *offset = into & ((1u << t->pitch_shift) - 1);
      return into >> t->pitch_shift;
    }
  /* The size is a constant: no division.  */
  *offset = (size_t) (address - t->slots) % SLOT_SIZE;
  return (size_t) (address - t->slots) / SLOT_SIZE;
}

/* --- Allocating -------------------------------------------------------------- */

/* A slot's pair.  */
static inline struct ffi_pair *
ffi_slot_at (const struct table *t, unsigned index)
{
  return (struct ffi_pair *) (t->slots + (size_t) index * SLOT_SIZE);
}

/* Make slot INDEX of T, which is claimed, ready for its owner: its trampoline reports a
   call until it is prepared.  */
static inline struct ffi_pair *
ffi_slot_init (const struct table *t, unsigned index, void **code)
{
  struct ffi_pair *pair = ffi_slot_at (t, index);

  pair->code = ffi_entry_unprepared;
  *code = t->text + ((size_t) index << t->pitch_shift);
  return pair;
}

/* Allocate N adjacent slots with the trampoline of the first, whose address goes to
   *CODE.  N is at most SLOTS_PER_GROUP.  Returns the first slot's pair; null with errno
   ENOMEM.  */
FFI_IN_REGISTERS struct ffi_pair *ffi_slots_alloc (unsigned n, void **code);

/* ffi_slots_alloc of one slot if the thread's group has one; otherwise null.  */
static inline void *
ffi_slot_alloc_fast (void **code)
{
  uintptr_t id = ffi_thread_id ();
  struct alloc_hint *p = ffi_alloc_hint_home (id);

  if (unlikely (atomic_load_explicit (&p->owner, memory_order_relaxed) != id))
    return NULL;
  struct table *t = atomic_load_explicit (&p->table, memory_order_relaxed);
  unsigned g = atomic_load_explicit (&p->group, memory_order_relaxed);
  unsigned long word = atomic_load_explicit (&t->used[g], memory_order_relaxed);
  if (unlikely (word == ALL_BITS))
    return NULL;
  unsigned long taken = word | (word + 1);
  if (unlikely (taken == ALL_BITS)
      && atomic_load_explicit (&ffi_image_half_full, memory_order_relaxed))
    return NULL;
  unsigned bit = __builtin_ctzl (~word);
  if (unlikely (!ffi_cas (&t->used[g], &word, taken)))
    return NULL;
  return ffi_slot_init (t, g * SLOTS_PER_GROUP + bit, code);
}

/* --- Freeing ----------------------------------------------------------------- */

/* The end of the slots that start with PAIR, which is claimed.  */
void *ffi_slots_end (struct ffi_pair *pair);

/* In any process: what PAIR, about to be freed, is to hold as code.  */
static inline ffi_entry
ffi_stale_entry (struct ffi_pair *pair)
{
  return ffi_freed_returns () ? ffi_freed_entry (pair, ffi_slots_end (pair))
                              : ffi_entry_freed;
}

/* Free PAIR, slot INDEX of T, leaving CODE in it; IMAGE: T is one of the image's.  */
static inline void
ffi_slot_free_at (struct table *t, bool image, unsigned index, struct ffi_pair *pair,
                  ffi_entry code)
{
  unsigned g = index / SLOTS_PER_GROUP;

  atomic_store_explicit ((_Atomic ffi_entry *) &pair->code, code, memory_order_relaxed);
  FFI_ASSERT (ffi_slot_is_used (t, index));
  bool empty = ffi_clear_bits (&t->used[g], 1ul << index % SLOTS_PER_GROUP);
  /* Whoever says that the group is full looks at the word again.  */
  if (unlikely (atomic_load (&t->full) >> g & 1))
    ffi_table_group_freed (t, g);
  if (unlikely (empty && !image))
    ffi_table_release (t);
}

/* Free MEMORY if it is a slot of the image that is claimed alone; otherwise return
   false.  */
static inline bool
ffi_slot_free_fast (void *memory)
{
  size_t i = ffi_index_of ((char *) memory - ffi_image_slots, SLOT_SIZE);
  unsigned index = i;

  if (unlikely (i >= IMAGE_SLOTS))
    return false;
  struct table *t = ffi_image_table (&index);
  if (unlikely (!ffi_slot_is_used (t, index) || ffi_slot_kind (t, index) != SLOT_SINGLE))
    return false;
  ffi_slot_free_at (t, true, index, memory, ffi_entry_freed);
  return true;
}

/* Free PAIR, which ffi_slots_alloc (1) returned; and the run that starts in slot INDEX of
   T.  */
void ffi_slot_free (struct ffi_pair *pair);
void ffi_run_free (struct table *t, unsigned index);

/* --- Spans ------------------------------------------------------------------- */

/* Claim the GROUPS groups of T from G on as plain memory, if none of their slots is used;
   and free them.  Their trampolines are the caller's business.  */
bool ffi_span_claim (struct table *t, unsigned g, unsigned groups);
void ffi_span_free (struct table *t, unsigned g, unsigned groups);

/* --- Pairs ------------------------------------------------------------------- */

/* The pair of the trampoline of the image at ADDRESS, where slots in use start; null if
   ADDRESS is no such trampoline.  */
static inline struct ffi_pair *
ffi_slot_find_fast (const void *address)
{
  size_t i = ffi_index_of ((const char *) address - ffi_image_text, TRAMP_PITCH);
  unsigned index = i;

  if (unlikely (i >= IMAGE_SLOTS))
    return NULL;
  const struct table *t = ffi_image_table (&index);
  if (unlikely (!ffi_slot_starts (t, index)))
    return NULL;
  return (struct ffi_pair *) (ffi_image_slots + i * SLOT_SIZE);
}

/* Let the trampoline of PAIR continue at CODE with DATA.  The code comes last: a thread
   that calls too early gets the report of an unprepared closure, one that sees the entry
   sees whatever was stored before.  */
static inline void
ffi_slot_set (struct ffi_pair *pair, void *data, ffi_entry code)
{
  pair->data = data;
  atomic_store_explicit ((_Atomic ffi_entry *) &pair->code, code, memory_order_release);
}

/* Let the trampoline of PAIR continue at ENTRY, with the data that it has.  */
static inline void
ffi_slot_set_code (struct ffi_pair *pair, ffi_entry entry)
{
  atomic_store ((_Atomic ffi_entry *) &pair->code, entry);
}

/* The address of the trampoline of PAIR, which is in use.  */
void *ffi_slot_address (const struct ffi_pair *pair);

/* Never give T back to the system: one of its slots stays claimed for that.  False: none
   was free.  */
bool ffi_slot_pin (struct table *t);

#endif
