/* SPDX-License-Identifier: MIT */
/* The slot allocator: memory for a closure together with a code address.

   All functions may be called from any thread, signal handler or forked child;
   none takes a lock.  */

#ifndef FFI_SLOTS_H
#define FFI_SLOTS_H

#include "table.h"
#include <stdatomic.h>

/* Allocate SIZE bytes and a trampoline whose address goes to *CODE.  If SIZE is
   at most IN_PLACE the memory is the slot itself, and the pair its first two
   words.  Returns null with errno ENOMEM.  */
void *ffi_slot_alloc (size_t size, size_t in_place, void **code);

/* Free what ffi_slot_alloc returned; abort with a message on any other
   pointer.  */
void ffi_slot_free (void *memory);

/* The bits of WORDS from that of slot INDEX on.  */
static inline unsigned long
ffi_bits_from (const _Atomic unsigned long *words, unsigned index)
{
  return atomic_load_explicit (&words[index / GROUPS], memory_order_relaxed)
         >> index % GROUPS;
}

/* The pair behind ADDRESS, which is a trampoline's code address or memory that
   ffi_slot_alloc returned.  Null if it is neither or not allocated.  */
struct ffi_pair *ffi_slot_pair (const void *address);

/* The same where ADDRESS is a trampoline's of the image table, as most are; null if it is
   not.  */
static inline struct ffi_pair *
ffi_image_pair (const void *address)
{
  size_t into = (const char *) address - ffi_image_text, index = into / TRAMP_PITCH;

  if (unlikely (index >= IMAGE_SLOTS || into % TRAMP_PITCH != 0
                || (ffi_bits_from (ffi_image_table.used, index) & 1) == 0
                || (ffi_bits_from (ffi_image_table.inner, index) & 1) != 0))
    return NULL;
  return (struct ffi_pair *) (ffi_image_slots + index * SLOT_SIZE);
}

/* What PAIR must hold as code to lead to ENTRY, entry code of ours.  */
static inline ffi_entry
ffi_pair_code (const struct ffi_pair *pair, ffi_entry entry)
{
  return PUSHED_ENTRY != 0 ? ffi_table_code (ffi_table_at (pair), entry) : entry;
}

/* Let the trampoline of PAIR enter ENTRY with DATA.  The entry comes last: a thread that
   calls too early gets the report of an unprepared closure, one that sees the entry sees
   whatever was stored before.  */
static inline void
ffi_slot_set (struct ffi_pair *pair, void *data, ffi_entry entry)
{
  pair->data = data;
  atomic_store_explicit ((_Atomic ffi_entry *) &pair->code, ffi_pair_code (pair, entry),
                         memory_order_release);
}

/* The code address of PAIR, which is in use.  */
void *ffi_slot_code (const struct ffi_pair *pair);

/* Never give T back to the system: one of its slots stays claimed.  False: none was
   free.  */
bool ffi_slot_keep (struct table *t);

#endif
