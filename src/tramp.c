/* SPDX-License-Identifier: MIT */
/* The slot allocator.

   A free slot is a clear bit in a word; compare-and-swap claims and releases it.
   A group of slots, and its word, is what a thread works in: it stays in its
   group until that is full, so threads that started in different ones share no
   cache line.  */

#include "tramp.h"
#include "arch.h"
#include "file.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define ALL (~0ul)

/* A run of slots, for a closure larger than one, starts with the pair; the closure's
   memory begins behind it.  */
enum
{
  RUN_HEADER = 16,
  RUN_MAX = GROUPS * SLOT_SIZE, /* the largest run of slots */
  BLOCK_HEADER = 64
};
_Static_assert(sizeof (struct ffi_pair) <= RUN_HEADER && SLOT_SIZE % 16 == 0,
               "closures are aligned to 16");

/* --- Where a thread allocates ----------------------------------------------- */

struct place
{
  _Alignas(64) _Atomic uintptr_t owner; /* thread */
  struct table *_Atomic table;
  _Atomic unsigned group;
  _Atomic unsigned first; /* the group to start from in a table */
};

enum
{
  PLACES = 64,
  /* Used words of neighbouring places are a cache line apart.  */
  PLACE_STEP = 64 / sizeof (unsigned long),
  PROBES = 4
};

static struct place places[PLACES];
static _Atomic unsigned places_taken;

static struct place *
home_of (uintptr_t id)
{
  return &places[(id >> 6) * (uintptr_t) 0x9e3779b1u >> 16 & (PLACES - 1)];
}

/* Take a place for the thread ID, an unowned one if possible.  Two threads in one
   place are slower, not wrong.  */
static __attribute__ ((noinline)) struct place *
take_place (uintptr_t id)
{
  struct place *home = home_of (id);

  for (unsigned i = 0; i < PROBES; i++)
    {
      struct place *p = &places[(home - places + i) % PLACES];
      uintptr_t owner = atomic_load_explicit (&p->owner, memory_order_acquire);
      if (owner == id)
        return p;
      if (owner != 0)
        continue;
      /* Usable before it is owned: a signal handler may come right after.  */
      atomic_store_explicit (&p->table, &ffi_image_table, memory_order_relaxed);
      if (atomic_compare_exchange_strong (&p->owner, &owner, id))
        {
          unsigned n = atomic_fetch_add (&places_taken, 1);
          atomic_store_explicit (&p->first, n * PLACE_STEP % GROUPS,
                                 memory_order_relaxed);
          atomic_store_explicit (&p->group, n * PLACE_STEP % GROUPS,
                                 memory_order_relaxed);
          return p;
        }
    }
  atomic_store_explicit (&home->owner, id, memory_order_relaxed);
  return home;
}

static struct place *
my_place (void)
{
  uintptr_t id = ffi_thread_id ();
  struct place *p = home_of (id);

  return likely (atomic_load_explicit (&p->owner, memory_order_relaxed) == id)
             ? p
             : take_place (id);
}

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
static inline __attribute__ ((always_inline)) int
claim (struct table *t, unsigned g, unsigned n)
{
  unsigned long mask = ALL >> (GROUPS - n);
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
          FFI_ASSERT (bit + n <= GROUPS && (word & mask << bit) == 0);
          if (unlikely (taken == ALL))
            ffi_table_group_full (t, g);
          return g * GROUPS + bit;
        }
    }
}

/* Claim N slots somewhere in T, in a group from FIRST on, and remember the
   group in P.  */
static int
claim_in_table (struct table *t, unsigned n, struct place *p)
{
  unsigned long tried = atomic_load_explicit (&t->full, memory_order_relaxed);
  unsigned first = atomic_load_explicit (&p->first, memory_order_relaxed);

  while (tried != ALL)
    {
      unsigned long above = ~tried & ALL << first;
      unsigned g = __builtin_ctzl (above != 0 ? above : ~tried);
      int index = claim (t, g, n);
      if (index >= 0)
        {
          atomic_store_explicit (&p->group, g, memory_order_relaxed);
          return index;
        }
      if (atomic_load_explicit (&t->used[g], memory_order_relaxed) == ALL)
        ffi_table_group_full (t, g);
      tried |= 1ul << g;
    }
  return -1;
}

/* Claim N slots in a table after AFTER that has room.  *TABLE gets the table.  */
static int
search (const struct table *after, unsigned n, struct place *p, struct table **table)
{
  struct table *t = ffi_table_with_room (after);

  for (; t != NULL; t = ffi_table_with_room (t))
    {
      int index = claim_in_table (t, n, p);
      if (index >= 0)
        {
          *table = t;
          return index;
        }
    }
  return -1;
}

/* Claim N slots in any table, the lowest with room if N is 1.  A run may not fit
   where there is room; so that not every run starts from the lowest table, it
   looks from where the thread is, and in all tables only before one is added.
   *TABLE gets the table.  Returns the index of the first slot, or -1 with errno
   ENOMEM.  */
static __attribute__ ((noinline)) int
claim_anywhere (unsigned n, struct place *p, struct table **table)
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
  unsigned long inner = ffi_bits_from (t->inner, index) >> 1;

  return likely ((inner & 1) == 0) ? 1 : 1 + __builtin_ctzl (~inner);
}

/* A slot's pair.  */
static struct ffi_pair *
slot_at (const struct table *t, unsigned index)
{
  return (struct ffi_pair *) (t->slots + (size_t) index * SLOT_SIZE);
}

/* Allocate a run of N slots; its trampoline reports a call until it is prepared.  */
static inline __attribute__ ((always_inline)) struct ffi_pair *
alloc_run (unsigned n, void **code)
{
  struct place *p = my_place ();
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
    atomic_fetch_or (&t->inner[index / GROUPS], (ALL >> (GROUPS - n + 1))
                                                    << (index % GROUPS + 1));
  struct ffi_pair *pair = slot_at (t, index);
  pair->code = ffi_entry_unprepared;
  *code = t->text + (size_t) index * TRAMP_PITCH;
  FFI_ASSERT (ffi_table_at (pair) == t && ffi_table_at (*code) == t);
  FFI_ASSERT (bit_set (t->used, index) && !bit_set (t->inner, index));
  FFI_ASSERT (run_length (t, index) == n);
  return pair;
}

/* The same, where speed matters less than size.  */
static __attribute__ ((noinline)) struct ffi_pair *
alloc_slots (unsigned n, void **code)
{
  return alloc_run (n, code);
}

/* --- Blocks: memory for closures that are larger than any run --------------- */

/* Such a block has a granule to itself; its one slot holds only the pair.  */
struct block_header
{
  struct ffi_pair *pair;
  size_t span;
};
_Static_assert(sizeof (struct block_header) <= BLOCK_HEADER, "header fits");

static void *
alloc_block (size_t size, void **code)
{
  size_t span;

  if (size > PTRDIFF_MAX || __builtin_add_overflow (size, BLOCK_HEADER + 65535, &span))
    {
      errno = ENOMEM;
      return NULL;
    }
  span &= ~(size_t) 65535;
  struct ffi_pair *pair = alloc_slots (1, code);
  if (pair == NULL)
    return NULL;
  char *start = ffi_granule_reserve (span);
  if (start == NULL || ffi_directory_set (start, DIRECTORY_BLOCK) != 0)
    {
      if (start != NULL)
        munmap (start, span);
      ffi_slot_free (pair);
      errno = ENOMEM;
      return NULL;
    }
  *(struct block_header *) start = (struct block_header){ pair, span };
  return start + BLOCK_HEADER;
}

static void
free_block (struct block_header *block)
{
  struct block_header header = *block;

  ffi_directory_set (block, 0);
  munmap (block, header.span);
  ffi_slot_free (header.pair);
}

/* --- Freeing ---------------------------------------------------------------- */

_Noreturn void
ffi_die (const char *text, const void *address)
{
  char line[128] = "libffi: ";
  size_t n = sizeof "libffi: " - 1;
  uintptr_t a = (uintptr_t) address;

  while (*text != '\0' && n < sizeof line - 24)
    line[n++] = *text++;
  memcpy (line + n, ": 0x", 4);
  n += 4;
  for (int shift = 8 * sizeof a - 4; shift >= 0; shift -= 4)
    if (a >> shift != 0 || shift == 0)
      line[n++] = "0123456789abcdef"[a >> shift & 15];
  line[n++] = '\n';
  ffi_file_complain (line, n);
  abort ();
}

_Noreturn void
ffi_die_freed (const void *pair)
{
  ffi_die ("call of a freed closure", pair);
}

_Noreturn void
ffi_die_unprepared (const void *pair)
{
  ffi_die ("call of a closure that was never prepared", pair);
}

#ifdef FFI_DEBUG
_Noreturn void
ffi_assert_failed (const char *file, int line, const char *text)
{
  (void) file;
  ffi_die (text, (void *) (uintptr_t) line);
}
#endif

/* Is ADDRESS, which lies in T, a trampoline and not a slot?  */
static inline bool
in_text (const struct table *t, const char *address)
{
  return (size_t) (address - t->text) < (size_t) t->count * TRAMP_PITCH;
}

/* The slot of T that ADDRESS lies in, and the distance from its start; the same
   for a trampoline.  */
static inline unsigned
index_in (const struct table *t, const char *address, unsigned *offset)
{
  /* Both sizes are constants: no division.  */
  if (in_text (t, address))
    {
      *offset = (size_t) (address - t->text) % TRAMP_PITCH;
      return (size_t) (address - t->text) / TRAMP_PITCH;
    }
  *offset = (size_t) (address - t->slots) % SLOT_SIZE;
  return (size_t) (address - t->slots) / SLOT_SIZE;
}

/* Free N slots of T from INDEX on.  */
static inline void
free_slots (struct table *t, unsigned index, unsigned n)
{
  unsigned g = index / GROUPS;
  unsigned long mask = ALL >> (GROUPS - n) << index % GROUPS;
  unsigned long word;

  atomic_store_explicit ((_Atomic ffi_entry *) &slot_at (t, index)->code, ffi_entry_freed,
                         memory_order_relaxed);
  if (n > 1)
    atomic_fetch_and (&t->inner[g], ~mask);
  word = atomic_load_explicit (&t->used[g], memory_order_relaxed);
  while (unlikely (!ffi_swap_word (&t->used[g], &word, word & ~mask)))
    ;
  FFI_ASSERT ((word & mask) == mask);
  if (unlikely (word == ALL))
    ffi_table_group_open (t, g);
  if (unlikely ((word & ~mask) == 0 && t != &ffi_image_table))
    ffi_table_release (t);
}

/* --- The interface ---------------------------------------------------------- */

static __attribute__ ((noinline)) void *
alloc_large (size_t size, void **code)
{
  if (size > RUN_MAX - RUN_HEADER)
    return alloc_block (size, code);
  struct ffi_pair *pair
      = alloc_slots ((size + RUN_HEADER + SLOT_SIZE - 1) / SLOT_SIZE, code);
  return pair != NULL ? (char *) pair + RUN_HEADER : NULL;
}

void *
ffi_slot_alloc (size_t size, size_t in_place, void **code)
{
  return likely (size <= in_place) ? alloc_run (1, code) : alloc_large (size, code);
}

/* The block whose memory starts at MEMORY, or null.  */
static struct block_header *
block_of (const void *memory)
{
  uintptr_t start = (uintptr_t) memory - BLOCK_HEADER;

  if ((start & (GRANULE - 1)) != 0
      || ffi_directory_get ((void *) start) != DIRECTORY_BLOCK)
    return NULL;
  return (struct block_header *) start;
}

/* Free MEMORY, which is not a slot in use: a block, or nothing of ours.  */
static __attribute__ ((noinline)) void
free_other (void *memory)
{
  struct block_header *block = block_of (memory);

  if (block == NULL)
    ffi_die ("free of something that is not a closure", memory);
  free_block (block);
}

void
ffi_slot_free (void *memory)
{
  struct table *t = ffi_table_at (memory);
  unsigned offset;

  if (unlikely (t == NULL))
    {
      free_other (memory);
      return;
    }
  if (unlikely (in_text (t, memory)))
    ffi_die ("free of a closure's code address", memory);
  unsigned index = index_in (t, memory, &offset);
  unsigned long inner = ffi_bits_from (t->inner, index);
  if (unlikely (!bit_set (t->used, index)))
    ffi_die ("free of a closure that is not allocated", memory);
  if (likely ((inner & 3) == 0 && offset == 0))
    free_slots (t, index, 1);
  else if ((inner & 3) == 2 && offset == RUN_HEADER)
    free_slots (t, index, run_length (t, index));
  else
    ffi_die ("free of something inside a closure", memory);
}

struct ffi_pair *
ffi_slot_pair_general (const void *address)
{
  struct table *t = ffi_table_at (address);
  unsigned offset;

  if (unlikely (t == NULL))
    {
      struct block_header *block = block_of (address);
      return block != NULL ? block->pair : NULL;
    }
  unsigned index = index_in (t, address, &offset);
  unsigned long inner = ffi_bits_from (t->inner, index);
  if (unlikely (!bit_set (t->used, index) || (inner & 1) != 0))
    return NULL;
  if (unlikely (offset != 0)
      && (in_text (t, address) || offset != RUN_HEADER || (inner & 2) == 0))
    return NULL;
  return slot_at (t, index);
}

bool
ffi_slot_is_ours (const void *address)
{
  return ffi_table_at (address) != NULL;
}
