/* SPDX-License-Identifier: MIT */
/* The slot allocator.

   A free slot is a clear bit in a word; compare-and-swap claims and releases it.
   A group of slots, and its word, is what a thread works in: it stays in its
   group until that is full, so threads that started in different ones share no
   cache line.  */

#include "slots.h"
#include "alloc_hint.h"
#include "arch.h"
#include "die.h"
#include "grow.h"
#include "large.h"
#include "seal.h"
#include "self_maps.h"
#include "syscalls.h"
#include "unmap.h"
#include <signal.h>
#include <stdatomic.h>

/* A run of slots, for a closure larger than one, starts with the pair; the closure's
   memory begins behind it.  */
enum
{
  RUN_HEADER = 16,
  RUN_MAX = SLOTS_PER_GROUP * SLOT_SIZE /* the largest run of slots */
};
_Static_assert(sizeof (struct ffi_pair) <= RUN_HEADER && SLOT_SIZE % 16 == 0,
               "closures are aligned to 16");

/* --- Slots ------------------------------------------------------------------ */

/* Where the N bits of a run can start in WORD, whose set bits are taken.  */
static unsigned long
run_starts (unsigned long word, unsigned n)
{
  unsigned long starts = ~word;

  while (n > 1)
    {
      unsigned step = n / 2;
      starts &= starts >> step;
      n -= step;
    }
  return starts;
}

/* Claim N adjacent slots in group G of T; the index of the first, or -1.  */
static inline int
claim (struct table *t, unsigned g, unsigned n)
{
  unsigned long mask = ALL_BITS >> (SLOTS_PER_GROUP - n);
  unsigned long word = atomic_load_explicit (&t->used[g], memory_order_relaxed);

  for (;;)
    {
      unsigned long starts = n == 1 ? ~word : run_starts (word, n);
      if (unlikely (starts == 0))
        return -1;
      unsigned bit = __builtin_ctzl (starts);
      unsigned long taken = word | mask << bit;
      if (likely (ffi_swap_word (&t->used[g], &word, taken)))
        {
          FFI_ASSERT (bit + n <= SLOTS_PER_GROUP && (word & mask << bit) == 0);
          if (ffi_is_image (t)
              && (word == 0
                  || (taken == ALL_BITS
                      && atomic_load_explicit (&ffi_image_half_full,
                                               memory_order_relaxed))))
            ffi_tables_look_ahead ();
          return g * SLOTS_PER_GROUP + bit;
        }
    }
}

/* Claim N slots somewhere in T, in a group from P's first on, and remember the
   group in P.  Groups that are set in TRIED are left out.  */
static int
claim_in_groups (struct table *t, unsigned n, struct alloc_hint *p, unsigned long tried)
{
  unsigned first = atomic_load_explicit (&p->first, memory_order_relaxed);

  while (tried != ALL_BITS)
    {
      unsigned long above = ~tried & ALL_BITS << first;
      unsigned g = __builtin_ctzl (above != 0 ? above : ~tried);
      int index = claim (t, g, n);
      if (index >= 0)
        {
          atomic_store_explicit (&p->group, g, memory_order_relaxed);
          return index;
        }
      if (atomic_load_explicit (&t->used[g], memory_order_relaxed) == ALL_BITS)
        ffi_table_group_full (t, g);
      tried |= 1ul << g;
    }
  return -1;
}

static int
claim_in_table (struct table *t, unsigned n, struct alloc_hint *p)
{
  unsigned long full = atomic_load_explicit (&t->full, memory_order_relaxed);

  return claim_in_groups (t, n, p, full);
}

/* Claim N slots in a table after AFTER that has free ones.  *TABLE gets the table.  */
static int
search (const struct table *after, unsigned n, struct alloc_hint *p, struct table **table)
{
  int index = -1;

  while (index < 0 && (after = *table = ffi_table_next (after, false)) != NULL)
    index = claim_in_table (*table, n, p);
  return index;
}

/* The same in every table that is pinned, no matter what the summaries say: they may
   miss a free slot for a moment, and growing may not be possible any more.  */
static FFI_COLD int
search_pinned (unsigned n, struct alloc_hint *p, struct table **table)
{
  int index = -1;

  *table = NULL;
  while (index < 0 && (*table = ffi_table_next (*table, true)) != NULL)
    if (atomic_load (&(*table)->pinned) != 0)
      index = claim_in_groups (*table, n, p, 0);
  return index;
}

/* Claim N slots in any table, the lowest with a free one if N is 1.  A run may not fit
   where slots are free; so that not every run starts from the lowest table, it
   looks from where the thread is, and in all tables only before one is added.
   *TABLE gets the table.  Returns the index of the first slot, or -1 with errno
   ENOMEM.  */
static __attribute__ ((noinline)) int
claim_anywhere (unsigned n, struct alloc_hint *p, struct table **table)
{
  int index = -1;

  if (n > 1)
    {
      *table = atomic_load_explicit (&p->table, memory_order_relaxed);
      index = claim_in_table (*table, n, p);
      if (index < 0)
        index = search (*table, n, p, table);
    }
  while (index < 0)
    {
      index = search (NULL, n, p, table);
      if (index < 0)
        index = search_pinned (n, p, table);
      if (index >= 0)
        break;
      *table = ffi_table_grow ();
      if (*table == NULL)
        return -1;
      index = claim_in_table (*table, n, p);
    }
  atomic_store_explicit (&p->table, *table, memory_order_relaxed);
  return index;
}

static inline bool
bit_set (const _Atomic unsigned long *words, unsigned index)
{
  return ffi_bits_from (words, index) & 1;
}

/* The slots of the run that starts at INDEX.  */
static inline unsigned
run_length (const struct table *t, unsigned index)
{
  unsigned long cont = ffi_bits_from (t->cont, index) >> 1;

  return likely ((cont & 1) == 0) ? 1 : 1 + __builtin_ctzl (~cont);
}

/* Allocate a run of N slots.  */
static __attribute__ ((noinline)) struct ffi_pair *
alloc_run (unsigned n, void **code)
{
  struct alloc_hint *p = ffi_alloc_hint ();
  struct table *t = atomic_load_explicit (&p->table, memory_order_relaxed);
  unsigned g = atomic_load_explicit (&p->group, memory_order_relaxed);
  int index = claim (t, g, n);

  if (unlikely (index < 0))
    {
      index = claim_anywhere (n, p, &t);
      if (index < 0)
        return NULL;
    }
  if (n > 1)
    atomic_fetch_or (&t->cont[index / SLOTS_PER_GROUP],
                     (ALL_BITS >> (SLOTS_PER_GROUP - n + 1))
                         << (index % SLOTS_PER_GROUP + 1));
  struct ffi_pair *pair = ffi_slot_init (t, index, code);
  FFI_ASSERT (ffi_table_at (pair) == t && ffi_table_at (*code) == t);
  FFI_ASSERT (bit_set (t->used, index) && !bit_set (t->cont, index));
  FFI_ASSERT (run_length (t, index) == n);
  return pair;
}

/* --- Freeing ---------------------------------------------------------------- */

/* The slot of T that ADDRESS lies in, and the distance from its start; the same
   for a trampoline.  */
static inline unsigned
index_in (const struct table *t, const char *address, unsigned *offset)
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

/* Free the run that starts at INDEX: cut it to one slot, and free that.  The others
   hold data, which a stale trampoline must not follow.  */
static __attribute__ ((noinline)) void
free_run (struct table *t, unsigned index)
{
  unsigned g = index / SLOTS_PER_GROUP, n = run_length (t, index);
  unsigned long rest = (ALL_BITS >> (SLOTS_PER_GROUP - n) & ~1ul)
                       << index % SLOTS_PER_GROUP;

  for (unsigned i = 1; i < n; i++)
    ffi_slot_at (t, index + i)->code = ffi_table_entry (t, ffi_entry_freed);
  atomic_fetch_and (&t->cont[g], ~rest);
  if (atomic_fetch_and (&t->used[g], ~rest) == ALL_BITS)
    ffi_table_group_freed (t, g);
  ffi_slot_free (ffi_slot_at (t, index));
}

/* --- The interface ---------------------------------------------------------- */

static __attribute__ ((noinline)) void *
alloc_large (size_t size, void **code)
{
  if (size > RUN_MAX - RUN_HEADER)
    return ffi_large_alloc (size, code);
  struct ffi_pair *pair
      = alloc_run ((size + RUN_HEADER + SLOT_SIZE - 1) / SLOT_SIZE, code);
  return pair != NULL ? (char *) pair + RUN_HEADER : NULL;
}

FFI_IN_REGISTERS void *
ffi_slot_alloc (size_t size, size_t in_place, void **code)
{
  return size > in_place ? alloc_large (size, code) : alloc_run (1, code);
}

/* Free MEMORY, which lies in no slot.  */
static __attribute__ ((noinline)) void
free_elsewhere (void *memory)
{
  if (ffi_table_at (memory) != NULL)
    ffi_die ("free of a closure's code address", memory);
  ffi_large_free (memory);
}

/* The image's table that MEMORY is a slot of, or any of them.  */
static inline struct table *
image_table_at (const void *memory)
{
  uintptr_t into = (uintptr_t) memory - (uintptr_t) ffi_image_slots;

  return &ffi_image_tables[into / SLOTS_SIZE % IMAGE_TABLES];
}

FFI_IN_REGISTERS void
ffi_slot_free (void *memory)
{
  /* Of many closures most are in no cache.  */
  ffi_prefetch (memory);
  struct table *t = ffi_grown_table_near (memory);

  if (unlikely (t == NULL))
    t = image_table_at (memory);
  size_t into = (char *) memory - t->slots;
  if (unlikely (into >= (size_t) t->count * SLOT_SIZE))
    {
      free_elsewhere (memory);
      return;
    }
  unsigned index = into / SLOT_SIZE, offset = into % SLOT_SIZE;
  unsigned long cont = ffi_bits_from (t->cont, index);
  if (unlikely (!bit_set (t->used, index)))
    ffi_die ("free of a closure that is not allocated", memory);
  if (likely ((cont & 3) == 0 && offset == 0))
    ffi_slot_release (t, ffi_is_image (t), index, memory,
                      ffi_table_entry (t, ffi_entry_freed));
  else if ((cont & 3) == 2 && offset == RUN_HEADER)
    free_run (t, index);
  else
    ffi_die ("free of something inside a closure", memory);
}

FFI_IN_REGISTERS struct ffi_pair *
ffi_slot_pair (const void *address)
{
  struct table *t = ffi_table_at (address);
  unsigned offset;

  if (unlikely (t == NULL))
    return ffi_large_pair (address);
  unsigned index = index_in (t, address, &offset);
  unsigned long cont = ffi_bits_from (t->cont, index);
  if (unlikely (!bit_set (t->used, index)))
    return NULL;
  if (unlikely ((cont & 1) != 0))
    {
      struct ffi_sealed *s = offset == 0 ? ffi_seal_page (ffi_slot_at (t, index)) : NULL;
      return s != NULL ? &s->pair : NULL;
    }
  if (unlikely (offset != 0)
      && (ffi_in_text (t, address) || offset != RUN_HEADER || (cont & 2) == 0))
    return NULL;
  return ffi_slot_at (t, index);
}

void *
ffi_slot_address (const struct ffi_pair *pair)
{
  const struct table *t = ffi_table_at (pair);

  return t->text + (((const char *) pair - t->slots) / SLOT_SIZE << t->pitch_shift);
}

FFI_COLD bool
ffi_slot_pin (struct table *t)
{
  static struct alloc_hint nowhere;
  unsigned none = 0;

  if (atomic_load (&t->pinned) != 0)
    return true;
  int index = claim_in_table (t, 1, &nowhere);
  if (index < 0)
    return false;
  if (!atomic_compare_exchange_strong (&t->pinned, &none, index + 1))
    ffi_slot_free (ffi_slot_at (t, index));
  return true;
}

/* --- Unloading -------------------------------------------------------------- */

/* Is this the only thread, so that nobody can be about to read what is unmapped?  No
   flag of libc's says it: a libc of another namespace may have made threads.  */
static FFI_COLD bool
is_only_thread (void)
{
  return ffi_self_threads () == 1;
}

/* Unmap what descriptors and the address map occupy outside of the image, and begin anew:
   a destructor that comes later may still allocate.  No table is left; the caller lets no
   signal handler add one.  */
static FFI_COLD void
forget (void)
{
  if (!ffi_address_map_free ())
    return;
  ffi_alloc_hints_reset ();
  ffi_seal_reset ();
  ffi_table_forget_spare ();
  ffi_descriptors_free ();
}

/* Let signals wait as SET says; *BEFORE, unless it is null, gets which did before.  False
   if that is not possible.  */
static FFI_COLD bool
mask_signals (const uint64_t *set, uint64_t *before)
{
  return syscall (SYS_rt_sigprocmask, SIG_SETMASK, set, before, sizeof *set) == 0;
}

/* Is there no grown table?  */
static FFI_COLD bool
is_none (struct table *t)
{
  (void) t;
  return false;
}

/* When the library is unloaded, or the process exits: nothing tells which.  At exit other
   threads may allocate, grow, free and call as ever, and so may destructors and exit
   handlers that run later.  So whatever is in use stays, with all that serves to grow; a
   table that is not is retired like at any time; and what readers look at without
   claiming it is unmapped only if there is no other thread.  As a rule that lies in the
   image anyway.  */
__attribute__ ((destructor)) static void
release_all (void)
{
  const uint64_t all_signals = ~UINT64_C (0);
  uint64_t before;

  ffi_unmap_late ();
  if (!ffi_tables_release_all ())
    return;
  ffi_source_image.forget ();
  if (!(ffi_address_map_has_extra () || ffi_descriptors_have_extra ())
      || !is_only_thread () || !mask_signals (&all_signals, &before))
    return;
  if (ffi_tables_visit (is_none))
    forget ();
  mask_signals (&before, NULL);
}
