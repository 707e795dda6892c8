/* SPDX-License-Identifier: MIT */
/* The slot allocator: memory for a closure together with a code address.

   All functions may be called from any thread, signal handler or forked child;
   none takes a lock.  */

#ifndef FFI_SLOTS_H
#define FFI_SLOTS_H

#include "arch.h"
#include "alloc_hint.h"
#include "grow.h"
#include <stdatomic.h>

/* Allocate SIZE bytes and a trampoline whose address goes to *CODE.  If SIZE is
   at most IN_PLACE the memory is the slot itself, and the pair its first two
   words.  Returns null with errno ENOMEM.  */
FFI_IN_REGISTERS void *ffi_slot_alloc (size_t size, size_t in_place, void **code);

/* Free what ffi_slot_alloc returned; abort with a message on any other
   pointer.  */
FFI_IN_REGISTERS void ffi_slot_free (void *memory);

/* A slot's pair.  */
static inline struct ffi_pair *
ffi_slot_at (const struct table *t, unsigned index)
{
  return (struct ffi_pair *) (t->slots + (size_t) index * SLOT_SIZE);
}

/* Hand out slot INDEX of T, which is claimed: its trampoline reports a call until it is
   prepared.  */
static inline struct ffi_pair *
ffi_slot_init (const struct table *t, unsigned index, void **code)
{
  struct ffi_pair *pair = ffi_slot_at (t, index);

  pair->code = ffi_table_entry (t, ffi_entry_unprepared);
  *code = t->text + ((size_t) index << t->pitch_shift);
  return pair;
}

/* ffi_slot_alloc of one slot as it goes as a rule, when it is one of the thread's group;
   otherwise null.  */
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
  if (unlikely (!ffi_swap_word (&t->used[g], &word, taken)))
    return NULL;
  return ffi_slot_init (t, g * SLOTS_PER_GROUP + bit, code);
}

/* The bits of WORDS from that of slot INDEX on.  */
static inline unsigned long
ffi_bits_from (const _Atomic unsigned long *words, unsigned index)
{
  return atomic_load_explicit (&words[index / SLOTS_PER_GROUP], memory_order_relaxed)
         >> index % SLOTS_PER_GROUP;
}

/* Free PAIR, slot INDEX of T, leaving CODE in it; IMAGE: T is one of the image's.  */
static inline void
ffi_slot_release (struct table *t, bool image, unsigned index, struct ffi_pair *pair,
                  ffi_entry code)
{
  unsigned g = index / SLOTS_PER_GROUP;

  atomic_store_explicit ((_Atomic ffi_entry *) &pair->code, code, memory_order_relaxed);
  FFI_ASSERT (ffi_bits_from (t->used, index) & 1);
  bool empty = ffi_clear_bits (&t->used[g], 1ul << index % SLOTS_PER_GROUP);
  /* Whoever says that the group is full looks at the word again.  */
  if (unlikely (atomic_load (&t->full) >> g & 1))
    ffi_table_group_freed (t, g);
  if (unlikely (empty && !image))
    ffi_table_release (t);
}

/* ffi_slot_free as it goes as a rule, when MEMORY is a slot of the image; otherwise
   false.  */
static inline bool
ffi_slot_free_fast (void *memory)
{
  size_t i = ffi_index_of ((char *) memory - ffi_image_slots, SLOT_SIZE);
  unsigned index = i;

  if (unlikely (i >= IMAGE_SLOTS))
    return false;
  struct table *t = ffi_image_table (&index);
  if (unlikely ((ffi_bits_from (t->used, index) & 1) == 0
                || (ffi_bits_from (t->cont, index) & 3) != 0))
    return false;
  ffi_slot_release (t, true, index, memory, ffi_entry_freed);
  return true;
}

/* The pair behind ADDRESS, which is a trampoline's code address or memory that
   ffi_slot_alloc returned.  Null if it is neither or not allocated.  */
FFI_IN_REGISTERS struct ffi_pair *ffi_slot_pair (const void *address);

/* The same where ADDRESS is a trampoline's of the image, as most are; null if it is
   not.  */
static inline struct ffi_pair *
ffi_image_pair (const void *address)
{
  size_t i = ffi_index_of ((const char *) address - ffi_image_text, TRAMP_PITCH);
  unsigned index = i;

  if (unlikely (i >= IMAGE_SLOTS))
    return NULL;
  const struct table *t = ffi_image_table (&index);
  if (unlikely ((ffi_bits_from (t->used, index) & ~ffi_bits_from (t->cont, index) & 1)
                == 0))
    return NULL;
  return (struct ffi_pair *) (ffi_image_slots + i * SLOT_SIZE);
}

/* What PAIR must hold as code to lead to ENTRY, entry code of ours.  */
static inline ffi_entry
ffi_pair_entry (const struct ffi_pair *pair, ffi_entry entry)
{
  return unlikely (PUSHED_ENTRY != 0
                   && __atomic_load_n (&ffi_kernel_table_seen, __ATOMIC_RELAXED))
             ? ffi_table_entry (ffi_table_at (pair), entry)
             : entry;
}

/* Let the trampoline of PAIR continue at CODE, which ffi_pair_entry returned or, in the
   image, is the entry itself, with DATA.  The code comes last: a thread that calls
   too early gets the report of an unprepared closure, one that sees the entry sees
   whatever was stored before.  */
static inline void
ffi_slot_set (struct ffi_pair *pair, void *data, ffi_entry code)
{
  pair->data = data;
  atomic_store_explicit ((_Atomic ffi_entry *) &pair->code, code, memory_order_release);
}

/* The code address of PAIR, which is in use.  */
void *ffi_slot_address (const struct ffi_pair *pair);

/* Never give T back to the system: one of its slots stays claimed.  False: none was
   free.  */
bool ffi_slot_pin (struct table *t);

#endif
