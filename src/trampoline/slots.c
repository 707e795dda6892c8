/* SPDX-License-Identifier: MIT */
/* The slot allocator; tables.h draws its words.

   A free slot is a clear bit in a word; compare-and-swap claims it.  A thread stays in
   the group that its alloc hint says until that is full, then in the lines of words that
   it found empty, so that threads share a line only when none is empty.  */

#include "slots.h"
#include <string.h>

enum
{
  /* In how many tables with free slots a thread looks for lines of its own.  More would
     be slow for a thread that has none.  */
  OWN_TABLES = 8
};

/* --- Allocating ------------------------------------------------------------- */

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
      if (likely (ffi_cas (&t->used[g], &word, taken)))
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

/* The groups of line LINE.  */
static inline unsigned long
groups_of (unsigned line)
{
  return (ALL_BITS >> (WORD_BITS - GROUPS_PER_LINE)) << line * GROUPS_PER_LINE;
}

static unsigned char
hint_number (const struct alloc_hint *p)
{
  return p - ffi_alloc_hints + 1;
}

/* The groups of T's lines that P took.  */
static unsigned long
own_groups (struct table *t, const struct alloc_hint *p)
{
  unsigned long groups = 0;

  for (unsigned line = 0; line < LINES_PER_TABLE; line++)
    if (atomic_load_explicit (&t->owner[line], memory_order_relaxed) == hint_number (p))
      groups |= groups_of (line);
  return groups;
}

static bool
line_is_empty (const struct table *t, unsigned line)
{
  unsigned long used = 0;

  for (unsigned i = 0; i < GROUPS_PER_LINE; i++)
    used |= atomic_load_explicit (&t->used[line * GROUPS_PER_LINE + i],
                                  memory_order_relaxed);
  return used == 0;
}

/* Let P take a line of T in which no slot is used; its groups, or 0: there is none.  */
static unsigned long
take_empty_line (struct table *t, const struct alloc_hint *p)
{
  unsigned first = atomic_load_explicit (&p->first, memory_order_relaxed);

  for (unsigned i = 0; i < LINES_PER_TABLE; i++)
    {
      unsigned line = (first / GROUPS_PER_LINE + i) % LINES_PER_TABLE;
      if (!line_is_empty (t, line))
        continue;
      atomic_store_explicit (&t->owner[line], hint_number (p), memory_order_relaxed);
      return groups_of (line);
    }
  return 0;
}

/* Claim N slots of T in a line that P took or, in the image, takes now.  */
static int
claim_in_own_lines (struct table *t, unsigned n, struct alloc_hint *p)
{
  unsigned long full = atomic_load_explicit (&t->full, memory_order_relaxed);
  int index = claim_in_groups (t, n, p, full | ~own_groups (t, p));

  if (index < 0 && full != ALL_BITS && ffi_is_image (t))
    index = claim_in_groups (t, n, p, full | ~take_empty_line (t, p));
  return index;
}

static int
claim_in_table (struct table *t, unsigned n, struct alloc_hint *p)
{
  int index = claim_in_own_lines (t, n, p);

  return index >= 0 ? index
                    : claim_in_groups (
                        t, n, p, atomic_load_explicit (&t->full, memory_order_relaxed));
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

/* Claim N slots in P's own lines of a few tables.  *TABLE gets the table.  */
static int
search_own_lines (unsigned n, struct alloc_hint *p, struct table **table)
{
  int index = -1;

  *table = NULL;
  for (unsigned i = 0;
       i < OWN_TABLES && index < 0 && (*table = ffi_table_next (*table, false)) != NULL;
       i++)
    index = claim_in_own_lines (*table, n, p);
  return index;
}

/* Claim N slots in a table that is pinned, no matter what the summaries say: they may
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

/* Claim N slots in any table.  One slot: in lines of the thread's own, or in the lowest
   table with a free one.  A run may
   not fit where slots are free; its search begins where the thread is, and passes all
   tables only before one is added.  *TABLE gets the table.  Returns the index of the
   first slot, or -1 with errno ENOMEM.  */
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
  else
    index = search_own_lines (n, p, table);
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

/* The slots of the run that starts at INDEX.  */
static inline unsigned
run_length (const struct table *t, unsigned index)
{
  unsigned long cont = ffi_bits_from (t->cont, index) >> 1;

  return likely ((cont & 1) == 0) ? 1 : 1 + __builtin_ctzl (~cont);
}

FFI_IN_REGISTERS struct ffi_pair *
ffi_slots_alloc (unsigned n, void **code)
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
  FFI_ASSERT (ffi_slot_starts (t, index));
  FFI_ASSERT (run_length (t, index) == n);
  return pair;
}

/* --- Freeing ---------------------------------------------------------------- */

void
ffi_slot_free (struct ffi_pair *pair)
{
  struct table *t = ffi_table_at (pair);

  ffi_slot_free_at (t, ffi_is_image (t), ((char *) pair - t->slots) / SLOT_SIZE, pair,
                    ffi_stale_entry (pair));
}

FFI_COLD void *
ffi_slots_end (struct ffi_pair *pair)
{
  const struct table *t = ffi_table_at (pair);
  size_t n = run_length (t, ((char *) pair - t->slots) / SLOT_SIZE);

  return (char *) pair + n * SLOT_SIZE;
}

/* Cut the run to one slot, and free that.  The others hold data, which a stale trampoline
   must not follow.  */
__attribute__ ((noinline)) void
ffi_run_free (struct table *t, unsigned index)
{
  unsigned g = index / SLOTS_PER_GROUP, n = run_length (t, index);
  unsigned long rest = (ALL_BITS >> (SLOTS_PER_GROUP - n) & ~1ul)
                       << index % SLOTS_PER_GROUP;

  if (ffi_freed_returns ())
    /* What the run remembers, the slot will.  */
    memcpy ((char *) ffi_slot_at (t, index + 1) - sizeof (void *),
            (char *) ffi_slot_at (t, index + n) - sizeof (void *), sizeof (void *));
  for (unsigned i = 1; i < n; i++)
    ffi_slot_at (t, index + i)->code = ffi_entry_freed;
  atomic_fetch_and (&t->cont[g], ~rest);
  if (atomic_fetch_and (&t->used[g], ~rest) == ALL_BITS)
    ffi_table_group_freed (t, g);
  ffi_slot_free (ffi_slot_at (t, index));
}

/* --- Spans ------------------------------------------------------------------ */

void
ffi_span_free (struct table *t, unsigned g, unsigned groups)
{
  for (; groups-- > 0; g++)
    {
      atomic_store (&t->cont[g], 0);
      atomic_store (&t->used[g], 0);
      ffi_table_group_freed (t, g);
    }
  if (!ffi_is_image (t))
    ffi_table_release (t);
}

FFI_COLD bool
ffi_span_claim (struct table *t, unsigned g, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    {
      unsigned long none = 0;
      if (!atomic_compare_exchange_strong (&t->used[g + i], &none, ALL_BITS))
        {
          if (i > 0)
            ffi_span_free (t, g, i);
          return false;
        }
    }
  for (unsigned i = 0; i < groups; i++)
    {
      atomic_store (&t->cont[g + i], ALL_BITS);
      ffi_table_group_full (t, g + i);
    }
  return true;
}

/* --- Pairs and pins --------------------------------------------------------- */

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
  int index = claim_in_groups (t, 1, &nowhere, atomic_load (&t->full));
  if (index < 0)
    return false;
  if (!atomic_compare_exchange_strong (&t->pinned, &none, index + 1))
    ffi_slot_free (ffi_slot_at (t, index));
  return true;
}
