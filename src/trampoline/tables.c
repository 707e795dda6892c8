/* SPDX-License-Identifier: MIT */
/* The set of tables: the image table, and grown ones that come and go.

   No locks.  What a table's words say is decided by compare-and-swap; the
   summaries above them (full groups, tables with a free slot) are hints that may claim
   a free slot where there is none but never lose a free slot: whoever sets "full"
   looks at the words again afterwards.  */

#include "helgrind.h"
#include "alloc_hint.h"
#include "seal.h"
#include "self_maps.h"
#include "tables.h"
#include "unmap.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

enum
{
  IMAGE_GROUPS = IMAGE_SLOTS / SLOTS_PER_GROUP
};

#define IMAGE_TABLE(n)                                                                   \
  [n] = {                                                                                \
    .text = (char *) ffi_image_text + (n) *TEXT_SIZE,                                    \
    .slots = ffi_image_slots + (n) *SLOTS_SIZE,                                          \
    .count = GROWN_SLOTS,                                                                \
    .pinned = 1,                                                                         \
    .pitch_shift = __builtin_ctz (TRAMP_PITCH),                                          \
  }
struct table ffi_image_tables[IMAGE_TABLES] = { EACH_IMAGE_TABLE (IMAGE_TABLE) };

ffi_chunk ffi_first_chunk;
ffi_chunk *_Atomic ffi_chunks[CHUNKS];
static _Atomic unsigned long taken[CHUNKS];     /* descriptors in use */
static _Atomic unsigned long with_free[CHUNKS]; /* tables with a free slot */

/* What the note in tramp_asm.h leads to.  */
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

/* An empty table that is kept, so that a program at the edge of a table does
   not map and unmap one for every closure.  */
static struct table *_Atomic spare;

static ffi_chunk *
chunk_number (unsigned b)
{
  return b == 0 ? &ffi_first_chunk
                : atomic_load_explicit (&ffi_chunks[b], memory_order_acquire);
}

/* The end of T's memory, whose start is its text.  */
static char *
end_of (const struct table *t)
{
  return t->slots + (size_t) t->count * SLOT_SIZE;
}

static unsigned
groups_of (const struct table *t)
{
  return __atomic_load_n (&t->count, __ATOMIC_RELAXED) / SLOTS_PER_GROUP;
}

/* Keep the image's tables out of use, or put it into use after all.  Both may happen in
   several threads at once.  A slot that is shut again late is one lost; none can be
   claimed twice, as no slot is claimed before the table was shut, and it is opened
   once.  */
enum
{
  UNDECIDED,
  OUT_OF_USE,
  IN_USE
};
static _Atomic unsigned char image_state;

void
ffi_tables_start (void)
{
  enum ffi_source source = ffi_source_chosen ();
  unsigned char state = UNDECIDED;

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
static atomic_bool ahead; /* the library's file is mapped */

FFI_COLD void
ffi_tables_look_ahead (void)
{
  static _Atomic unsigned tried; /* when so many groups' slots were in use */
  enum ffi_source source = ffi_source_chosen ();
  unsigned last = atomic_load (&tried), used = IMAGE_SLOTS;
  int saved = errno;

  if (atomic_load (&ahead) || (source != SOURCE_IMAGE && source != SOURCE_AUTO))
    return;
  for (struct table *t = ffi_image_tables; ffi_is_image (t); t++)
    used -= ffi_table_free_slots (t);
  if (used < IMAGE_SLOTS / 2 || used / SLOTS_PER_GROUP <= last
      || !atomic_compare_exchange_strong (&tried, &last, used / SLOTS_PER_GROUP))
    return;
  if (ffi_image_map_ahead ())
    {
      atomic_store (&ahead, true);
      atomic_store (&ffi_image_half_full, false);
    }
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

/* The same in the image.  */
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
                 && (const char *) address < end_of (t)
             ? t
             : NULL;
}

/* --- Growing ---------------------------------------------------------------- */

/* Find an unused descriptor and take it.  */
static FFI_COLD struct table *
claim_descriptor (void)
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
      unsigned long word = atomic_load (&taken[b]);
      while (word != ALL_BITS)
        {
          unsigned i = __builtin_ctzl (~word);
          struct table *t = ffi_table_number (b * CHUNK_TABLES + i);
          /* Before anybody finds it; who is about to take it, too, writes the same.  */
          atomic_store_explicit (&t->number, b * CHUNK_TABLES + i, memory_order_relaxed);
          if (atomic_compare_exchange_weak (&taken[b], &word, word | 1ul << i))
            return t;
        }
    }
  errno = ENOMEM;
  return NULL;
}

static void
release_descriptor (struct table *t)
{
  atomic_fetch_and (&taken[number_of (t) / CHUNK_TABLES], ~bit_of (t));
}

/* Let the allocator see T, whose memory is mapped.  */
static FFI_COLD void
publish (struct table *t)
{
  unsigned groups = groups_of (t);

  for (unsigned g = 0; g < groups; g++)
    atomic_store_explicit (&t->cont[g], 0, memory_order_relaxed);
  for (unsigned g = 0; g < groups; g++)
    atomic_store_explicit (&t->used[g], 0, memory_order_release);
  atomic_store (&t->full, groups < GROUPS_PER_TABLE ? ALL_BITS << groups : 0);
  atomic_fetch_or (&with_free[number_of (t) / CHUNK_TABLES], bit_of (t));
}

bool ffi_kernel_table_seen;

/* Map all of T.  */
static FFI_COLD int
map_table (struct table *t, enum ffi_source source)
{
  bool image = source == SOURCE_IMAGE;
  size_t text = image ? TEXT_SIZE : TRAMPFD_PAGE;
  unsigned pitch = image ? TRAMP_PITCH : TRAMPFD_PITCH;
  int before = errno;

  if (!image)
    __atomic_store_n (&ffi_kernel_table_seen, true, __ATOMIC_RELAXED);
  t->source = source;
  t->pitch_shift = __builtin_ctz (pitch);
  __atomic_store_n (&t->count, text / pitch, __ATOMIC_RELAXED);
  size_t size = text + text / pitch * SLOT_SIZE;
  char *start = ffi_reserve_alloc (t->number, image ? 0 : TRAMPFD_OFFSET, size);
  if (start == NULL)
    return -1;
  t->text = start;
  t->slots = start + text;
  errno = 0;
  if ((image ? ffi_image_map_text (start) : ffi_trampfd_map_text (t)) == 0
      && ffi_address_map_set (start, t->number + 1) == 0)
    {
      ffi_unwatch (start, size);
      errno = before;
      return 0;
    }
  if (errno == ENOTRECOVERABLE)
    ffi_reserve_abandon (start, text, size);
  else
    ffi_reserve_release (start, text, size);
  return -1;
}

static FFI_COLD struct table *
use_image_tables (void)
{
  unsigned char state = OUT_OF_USE;

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

/* Add a table of SOURCE.  */
static FFI_COLD struct table *
grow_from (enum ffi_source source)
{
  struct table *t = claim_descriptor ();

  if (t == NULL)
    return NULL;
  for (unsigned g = 0; g < GROUPS_PER_TABLE; g++)
    atomic_store_explicit (&t->used[g], ALL_BITS, memory_order_relaxed);
  if (map_table (t, source) != 0)
    {
      release_descriptor (t);
      return NULL;
    }
  publish (t);
  return t;
}

struct table *
ffi_table_grow (void)
{
  enum ffi_source source = ffi_source_chosen ();
  int saved = errno;
  struct table *t;

  t = grow_from (source == SOURCE_AUTO ? SOURCE_IMAGE : source);
  /* Without the device it is the image after all, and without that the device.  */
  if (t == NULL && source == SOURCE_AUTO)
    t = grow_from (SOURCE_TRAMPFD);
  if (t == NULL && (source == SOURCE_TRAMPFD || source == SOURCE_SECURE))
    {
      t = use_image_tables ();
      if (t == NULL)
        t = grow_from (SOURCE_IMAGE);
    }
  errno = t != NULL ? saved : ENOMEM;
  return t;
}

/* --- Giving back ------------------------------------------------------------ */

static bool
is_empty (struct table *t)
{
  for (unsigned g = 0; g < groups_of (t); g++)
    if (atomic_load_explicit (&t->used[g], memory_order_relaxed) != 0)
      return false;
  return true;
}

/* Claim every slot of T, then unmap it; put all back if one is in use.  */
static FFI_COLD bool
retire (struct table *t)
{
  unsigned g = 0, groups = 1;

  for (; g < groups; g++)
    {
      unsigned long empty = 0;
      if (!atomic_compare_exchange_strong (&t->used[g], &empty, ALL_BITS))
        break;
      /* Known for certain only now: T may have been given back and taken again.  */
      groups = groups_of (t);
    }
  if (g < groups)
    {
      while (g-- > 0)
        {
          atomic_store (&t->used[g], 0);
          ffi_table_group_freed (t, g);
        }
      return false;
    }
  for (g = 0; g < groups; g++)
    FFI_ASSERT (atomic_load (&t->cont[g]) == 0);
  atomic_store (&t->full, ALL_BITS);
  atomic_fetch_and (&with_free[number_of (t) / CHUNK_TABLES], ~bit_of (t));
  ffi_address_map_set (t->text, 0);
  ffi_reserve_release (t->text, t->slots - t->text, end_of (t) - t->text);
  release_descriptor (t);
  return true;
}

void
ffi_table_release (struct table *t)
{
  struct table *other = atomic_load (&spare);

  if (t == other || !is_empty (t))
    return;
  if (other == NULL || !is_empty (other))
    atomic_compare_exchange_strong (&spare, &other, t);
  else if (ffi_unmap_late () == 0)
    retire (t);
  /* Otherwise it could not be unmapped either, and is of more use as it is.  */
}

/* Is no slot of T in use but the one that keeps it?  */
static FFI_COLD bool
is_only_pinned (const struct table *t)
{
  unsigned pinned = atomic_load (&t->pinned);

  for (unsigned g = 0; g < groups_of (t); g++)
    {
      unsigned long mine = 0;
      if (pinned != 0 && (pinned - 1) / SLOTS_PER_GROUP == g)
        mine = 1ul << (pinned - 1) % SLOTS_PER_GROUP;
      if (atomic_load (&t->used[g]) != mine)
        return false;
    }
  return pinned != 0;
}

/* Retire T, which is only pinned.  */
static FFI_COLD bool
unpin (struct table *t)
{
  unsigned pinned = is_only_pinned (t) ? atomic_exchange (&t->pinned, 0) : 0;

  if (pinned == 0)
    return false;
  atomic_fetch_and (&t->used[(pinned - 1) / SLOTS_PER_GROUP],
                    ~(1ul << (pinned - 1) % SLOTS_PER_GROUP));
  return retire (t);
}

/* Call VISIT for all grown tables; are all its answers true?  */
static FFI_COLD bool
all_grown (bool (*visit) (struct table *))
{
  bool all = true;

  for (unsigned b = 0; b < CHUNKS && chunk_number (b) != NULL; b++)
    for (unsigned i = 0; i < CHUNK_TABLES; i++)
      if (atomic_load (&taken[b]) >> i & 1)
        all &= visit (ffi_table_number (b * CHUNK_TABLES + i));
  return all;
}

static FFI_COLD bool
retire_unless_pinned (struct table *t)
{
  return is_only_pinned (t) || retire (t);
}

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
free_descriptors (void)
{
  if (!ffi_address_map_free ())
    return;
  ffi_alloc_hints_reset ();
  ffi_seal_reset ();
  atomic_store (&spare, NULL);
  for (unsigned b = 1; b < CHUNKS && chunk_number (b) != NULL; b++)
    if (!ffi_is_lasting (chunk_number (b)))
      ffi_unmap (atomic_exchange (&ffi_chunks[b], NULL), sizeof (ffi_chunk));
}

/* Is there anything that free_descriptors would unmap?  */
static FFI_COLD bool
has_extra (void)
{
  bool any = ffi_address_map_has_extra ();

  for (unsigned b = 1; b < CHUNKS && chunk_number (b) != NULL; b++)
    any |= !ffi_is_lasting (chunk_number (b));
  return any;
}

/* Let signals wait as SET says; *BEFORE, unless it is null, gets which did before.  False
   if that is not possible.  */
static FFI_COLD bool
mask_signals (const uint64_t *set, uint64_t *before)
{
  return syscall (SYS_rt_sigprocmask, SIG_SETMASK, set, before, sizeof *set) == 0;
}

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
  if (!all_grown (retire_unless_pinned) || !all_grown (unpin))
    return;
  ffi_image_forget ();
  if (!has_extra () || !is_only_thread () || !mask_signals (&all_signals, &before))
    return;
  if (all_grown (is_none))
    free_descriptors ();
  mask_signals (&before, NULL);
}
