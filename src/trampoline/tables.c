/* SPDX-License-Identifier: MIT */
/* The set of tables: those of the image, and grown ones.

   No locks.  What a table's words say is decided by compare-and-swap.  The summaries
   above them (full groups, tables with a free slot) are hints: they may promise a free
   slot where there is none, but never hide one for good, since whoever sets "full" looks
   at the words again afterwards.  */

#include "tables.h"
#include "reserve.h"
#include "unmap.h"
#include <errno.h>
#include <stddef.h>

enum
{
  IMAGE_GROUPS = IMAGE_SLOTS / SLOTS_PER_GROUP
};

#define IMAGE_TABLE(n)                                                                   \
  [n] = {                                                                                \
    .text = (char *) ffi_image_text + (n) *TEXT_SIZE,                                    \
    .slots = ffi_image_slots + (n) *SLOTS_SIZE,                                          \
    .count = GROWN_SLOTS,                                                                \
    .pinned = ALWAYS_PINNED,                                                             \
    .pitch_shift = __builtin_ctz (TRAMP_PITCH),                                          \
  }
struct table ffi_image_tables[IMAGE_TABLES] = { EACH_IMAGE_TABLE (IMAGE_TABLE) };

ffi_chunk ffi_first_chunk;
ffi_chunk *_Atomic ffi_chunks[CHUNKS];
static _Atomic unsigned long claimed[CHUNKS];   /* descriptors that somebody has */
static _Atomic unsigned long taken[CHUNKS];     /* of these, what others may look at */
static _Atomic unsigned long with_free[CHUNKS]; /* tables with a free slot */

/* What the note in asm/tramp.h leads to.  */
#define NOTED __attribute__ ((visibility ("hidden")))
extern _Atomic unsigned long ffi_taken[CHUNKS] NOTED __attribute__ ((alias ("taken")));
extern const struct ffi_table_layout ffi_table_layout NOTED;
const struct ffi_table_layout ffi_table_layout = {
  .chunk_tables = CHUNK_TABLES,
  .chunks = CHUNKS,
  .table_size = sizeof (struct table),
  .cont = offsetof (struct table, cont),
  .text = offsetof (struct table, text),
  .slots = offsetof (struct table, slots),
  .count = offsetof (struct table, count),
  .pinned = offsetof (struct table, pinned),
  .source = offsetof (struct table, source),
  .pitch_shift = offsetof (struct table, pitch_shift),
  .image_tables = IMAGE_TABLES,
};

static ffi_chunk *
chunk_number (unsigned b)
{
  return b == 0 ? &ffi_first_chunk
                : atomic_load_explicit (&ffi_chunks[b], memory_order_acquire);
}

/* Whether the image's tables are kept out of use.  Several threads may decide that at
   once, and put them into use.  A thread that claims all their slots too late makes some
   of no use; none can be claimed twice, as no slot is claimed before the tables were out
   of use, and they are put into use once.  */
enum
{
  UNDECIDED,
  OUT_OF_USE,
  IN_USE
};
static _Atomic unsigned image_state;

void
ffi_tables_start (void)
{
  enum ffi_source source = ffi_source_chosen ();
  unsigned state = UNDECIDED;

  if (source == SOURCE_IMAGE || source == SOURCE_AUTO
      || atomic_load (&image_state) != UNDECIDED)
    return;
  for (struct table *t = ffi_image_tables; ffi_is_image (t); t++)
    {
      for (unsigned g = 0; g < GROUPS_PER_TABLE; g++)
        atomic_store (&t->used[g], ALL_BITS);
      atomic_store (&t->full, ALL_BITS);
    }
  atomic_compare_exchange_strong (&image_state, &state, OUT_OF_USE);
}

/* As for count, others may look while a descriptor is taken again.  */
static unsigned
number_of (const struct table *t)
{
  return atomic_load_explicit (&t->number, memory_order_relaxed);
}

static unsigned long
bit_of (const struct table *t)
{
  return 1ul << (number_of (t) % CHUNK_TABLES);
}

void
ffi_table_group_freed (struct table *t, unsigned g)
{
  unsigned long full = atomic_fetch_and (&t->full, ~(1ul << g));

  if (full == ALL_BITS && !ffi_is_image (t))
    atomic_fetch_or (&with_free[number_of (t) / CHUNK_TABLES], bit_of (t));
}

atomic_bool ffi_image_half_full;
static atomic_bool ahead; /* the library's file is mapped, or shall not be */

/* Whether a slot is in use in half of the image's groups.  This is checked first: a
   program that has one larger closure at a time uses an empty group for each, and
   counting slots takes as long as a hundred allocations.  */
static FFI_COLD bool
half_begun (void)
{
  unsigned begun = 0;

  for (struct table *t = ffi_image_tables; ffi_is_image (t); t++)
    for (unsigned g = 0; g < GROUPS_PER_TABLE; g++)
      begun += atomic_load_explicit (&t->used[g], memory_order_relaxed) != 0;
  return begun >= IMAGE_GROUPS / 2;
}

/* Whether there is anything left to look ahead for.  */
static FFI_COLD bool
may_look_ahead (void)
{
  enum ffi_source source = ffi_source_chosen ();

  return !atomic_load (&ahead) && (source == SOURCE_IMAGE || source == SOURCE_AUTO);
}

static FFI_COLD unsigned
image_slots_used (void)
{
  unsigned used = IMAGE_SLOTS;

  for (struct table *t = ffi_image_tables; ffi_is_image (t); t++)
    used -= ffi_table_free_slots (t);
  return used;
}

static FFI_COLD void
look_ahead_no_more (void)
{
  atomic_store (&ahead, true);
  atomic_store (&ffi_image_half_full, false);
}

FFI_COLD void
ffi_tables_look_ahead (void)
{
  static _Atomic unsigned tried; /* when so many groups' slots were in use */
  unsigned last = atomic_load (&tried), used;
  int saved = errno;

  if (!may_look_ahead () || !half_begun ())
    return;
  used = image_slots_used ();
  if (used < IMAGE_SLOTS / 2 || used / SLOTS_PER_GROUP <= last
      || !atomic_compare_exchange_strong (&tried, &last, used / SLOTS_PER_GROUP))
    return;
  if (ffi_source_image_map_ahead ())
    look_ahead_no_more ();
  errno = saved;
}

FFI_COLD void
ffi_tables_look_ahead_now (size_t n)
{
  int saved = errno;

  if (n > IMAGE_SLOTS)
    n = IMAGE_SLOTS;
  if (!may_look_ahead () || image_slots_used () + n < IMAGE_SLOTS / 2)
    return;
  ffi_source_image_map_ahead ();
  look_ahead_no_more ();
  errno = saved;
}

/* A group of the image was found full: let whoever fills another one look ahead if then
   half of all are.  */
static FFI_COLD void
watch_half (void)
{
  unsigned n = 1;

  for (struct table *t = ffi_image_tables; ffi_is_image (t); t++)
    for (unsigned long full = atomic_load (&t->full); full != 0; full &= full - 1)
      n++;
  if (n >= IMAGE_GROUPS / 2 && !atomic_load (&ahead))
    atomic_store (&ffi_image_half_full, true);
}

void
ffi_table_group_full (struct table *t, unsigned g)
{
  unsigned long full = atomic_fetch_or (&t->full, 1ul << g) | 1ul << g;

  if (full == ALL_BITS && !ffi_is_image (t))
    {
      atomic_fetch_and (&with_free[number_of (t) / CHUNK_TABLES], ~bit_of (t));
      if (atomic_load (&t->full) != ALL_BITS)
        atomic_fetch_or (&with_free[number_of (t) / CHUNK_TABLES], bit_of (t));
    }
  if (atomic_load (&t->used[g]) != ALL_BITS)
    ffi_table_group_freed (t, g);
  else if (ffi_is_image (t))
    watch_half ();
}

/* ffi_table_next among the tables of the image.  */
static struct table *
next_of_image (const struct table *after, bool any)
{
  unsigned i = after != NULL ? after - ffi_image_tables + 1 : 0;

  if (i == 0)
    ffi_tables_start ();
  for (; i < IMAGE_TABLES; i++)
    if (any ? atomic_load (&image_state) != OUT_OF_USE
            : atomic_load_explicit (&ffi_image_tables[i].full, memory_order_relaxed)
                  != ALL_BITS)
      return &ffi_image_tables[i];
  return NULL;
}

struct table *
ffi_table_next (const struct table *after, bool any)
{
  _Atomic unsigned long *words = any ? taken : with_free;
  unsigned n = 0;

  if (after == NULL || ffi_is_image (after))
    {
      struct table *t = next_of_image (after, any);
      if (t != NULL)
        return t;
    }
  else
    n = number_of (after) + 1;
  unsigned long mask = ALL_BITS << n % CHUNK_TABLES;
  for (unsigned b = n / CHUNK_TABLES; b < CHUNKS && chunk_number (b) != NULL;
       b++, mask = ALL_BITS)
    {
      unsigned long word = mask & atomic_load_explicit (&words[b], memory_order_acquire);
      if (word != 0)
        return ffi_table_number (b * CHUNK_TABLES + __builtin_ctzl (word));
    }
  return NULL;
}

FFI_COLD unsigned
ffi_table_free_slots (const struct table *t)
{
  unsigned n = 0;

  for (unsigned g = 0; g < GROUPS_PER_TABLE; g++)
    for (unsigned long word = ~atomic_load_explicit (&t->used[g], memory_order_relaxed);
         word != 0; word &= word - 1)
      n++;
  return n;
}

FFI_IN_REGISTERS struct table *
ffi_grown_table_at (const void *address)
{
  struct table *t = ffi_grown_table_near (address);

  return t != NULL && (const char *) address >= t->text
                 && (const char *) address < t->slots + (size_t) t->count * SLOT_SIZE
             ? t
             : NULL;
}

/* --- Descriptors ------------------------------------------------------------ */

FFI_COLD struct table *
ffi_descriptor_claim (void)
{
  for (unsigned b = 0; b < CHUNKS; b++)
    {
      if (chunk_number (b) == NULL)
        {
          ffi_chunk *fresh = ffi_lasting_alloc (sizeof *fresh), *none = NULL;
          if (fresh == NULL)
            return NULL;
          if (!atomic_compare_exchange_strong (&ffi_chunks[b], &none, fresh))
            ffi_lasting_free (fresh, sizeof *fresh);
        }
      unsigned long word = atomic_load (&claimed[b]);
      while (word != ALL_BITS)
        {
          unsigned i = __builtin_ctzl (~word);
          struct table *t = ffi_table_number (b * CHUNK_TABLES + i);
          /* Before anybody finds it; who is about to take it, too, writes the same.  */
          atomic_store_explicit (&t->number, b * CHUNK_TABLES + i, memory_order_relaxed);
          if (!atomic_compare_exchange_weak (&claimed[b], &word, word | 1ul << i))
            continue;
          for (unsigned g = 0; g < GROUPS_PER_TABLE; g++)
            atomic_store_explicit (&t->used[g], ALL_BITS, memory_order_relaxed);
          /* A new descriptor's words were 0: who visits it would take it for an empty
             table.  */
          atomic_fetch_or (&taken[b], 1ul << i);
          return t;
        }
    }
  errno = ENOMEM;
  return NULL;
}

void
ffi_descriptor_release (struct table *t)
{
  atomic_fetch_and (&taken[number_of (t) / CHUNK_TABLES], ~bit_of (t));
  atomic_fetch_and (&claimed[number_of (t) / CHUNK_TABLES], ~bit_of (t));
}

FFI_COLD void
ffi_table_publish (struct table *t)
{
  unsigned groups = ffi_table_groups (t);

  for (unsigned g = 0; g < groups; g++)
    atomic_store_explicit (&t->cont[g], 0, memory_order_relaxed);
  for (unsigned line = 0; line < LINES_PER_TABLE; line++)
    atomic_store_explicit (&t->owner[line], 0, memory_order_relaxed);
  for (unsigned g = 0; g < groups; g++)
    atomic_store_explicit (&t->used[g], 0, memory_order_release);
  atomic_store (&t->full, groups < GROUPS_PER_TABLE ? ALL_BITS << groups : 0);
  atomic_fetch_or (&with_free[number_of (t) / CHUNK_TABLES], bit_of (t));
}

FFI_COLD void
ffi_table_hide (struct table *t)
{
  atomic_store (&t->full, ALL_BITS);
  atomic_fetch_and (&with_free[number_of (t) / CHUNK_TABLES], ~bit_of (t));
}

FFI_COLD struct table *
ffi_tables_use_image (void)
{
  unsigned state = OUT_OF_USE;

  if (!atomic_compare_exchange_strong (&image_state, &state, IN_USE))
    return NULL;
  for (unsigned i = IMAGE_TABLES; i-- > 0;)
    for (unsigned g = GROUPS_PER_TABLE; g-- > 0;)
      {
        atomic_store (&ffi_image_tables[i].used[g], 0);
        ffi_table_group_freed (&ffi_image_tables[i], g);
      }
  return ffi_image_tables;
}

FFI_COLD bool
ffi_tables_visit (bool (*visit) (struct table *))
{
  bool all = true;

  for (unsigned b = 0; b < CHUNKS && chunk_number (b) != NULL; b++)
    for (unsigned i = 0; i < CHUNK_TABLES; i++)
      if (atomic_load (&taken[b]) >> i & 1)
        all &= visit (ffi_table_number (b * CHUNK_TABLES + i));
  return all;
}

FFI_COLD void
ffi_descriptors_free (void)
{
  for (unsigned b = 1; b < CHUNKS && chunk_number (b) != NULL; b++)
    if (!ffi_is_lasting (chunk_number (b)))
      ffi_unmap (atomic_exchange (&ffi_chunks[b], NULL), sizeof (ffi_chunk));
}

FFI_COLD bool
ffi_descriptors_have_extra (void)
{
  for (unsigned b = 1; b < CHUNKS && chunk_number (b) != NULL; b++)
    if (!ffi_is_lasting (chunk_number (b)))
      return true;
  return false;
}
