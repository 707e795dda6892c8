/* SPDX-License-Identifier: MIT */
/* Tables: runs of trampolines and the slots that they read.

   A table source only supplies code; slots.c supplies slots and hands them out.
   A trampoline loads the designated register with the address of its slot and
   jumps to the slot's second word.  */

#ifndef FFI_TABLE_H
#define FFI_TABLE_H

#include "ffi_common.h"
#include "source.h"
#include "tramp_layout.h"
#include <stdatomic.h>

/* Of functions whose arguments are worth passing in registers where the usual convention
   has them on the stack.  */
#ifndef FFI_IN_REGISTERS
#define FFI_IN_REGISTERS
#endif

/* The seeds' data and code pair; a slot begins with it.  */
struct ffi_pair
{
  void *data;
  ffi_entry code;
};

enum
{
  MAX_TABLES = 65536,
  WORD_BITS = sizeof (unsigned long) * 8,
  SLOTS_PER_GROUP = WORD_BITS,  /* a bit each in a word of the group */
  GROUPS_PER_TABLE = WORD_BITS, /* a bit each in a word of the table */
  TEXT_SIZE = GROWN_SLOTS * TRAMP_PITCH,
  SLOTS_SIZE = GROWN_SLOTS * SLOT_SIZE
};

#define REGION ((uintptr_t) 1 << GRANULE_SHIFT)

/* All bits of a word of slots, groups or tables.  */
#define ALL_BITS (~0ul)

/* What the allocator knows of one table.  Descriptors are never unmapped while
   the library is in use, so a stale pointer to one is harmless: a group of a
   table that is being built or torn down has all bits set, and no slot of it
   can be claimed.  */
struct table
{
  _Alignas(64) _Atomic unsigned long used[GROUPS_PER_TABLE]; /* slots that are not free */
  _Atomic unsigned long cont[GROUPS_PER_TABLE]; /* slots that continue a run of slots */
  _Atomic unsigned long full;                   /* groups without a free slot */
  char *text;                                   /* valid while a slot of it is claimed */
  char *slots;
  unsigned count;            /* of trampolines */
  _Atomic unsigned number;   /* of a grown table */
  _Atomic unsigned pinned;   /* 1 + a slot that stays claimed so that the table stays */
  unsigned char source;      /* enum ffi_source */
  unsigned char pitch_shift; /* log2 of the bytes from one trampoline to the next */
};

/* The code address that makes a pair in T lead to ENTRY.  */
static inline ffi_entry
ffi_table_entry (const struct table *t, ffi_entry entry)
{
  return t->source == SOURCE_IMAGE ? entry : (ffi_entry) ((char *) entry - PUSHED_ENTRY);
}

/* Has there been any table but the library's own?  */
extern bool ffi_kernel_table_seen __attribute__ ((visibility ("hidden")));

/* The tables that the library's image has: one after the other, as are their trampolines
   and their slots.  */
enum
{
  IMAGE_TABLES = IMAGE_SLOTS / GROWN_SLOTS
};
extern struct table ffi_image_tables[IMAGE_TABLES]
    __attribute__ ((visibility ("hidden")));

static inline bool
ffi_is_image (const struct table *t)
{
  return IMAGE_TABLES == 1
             ? t == ffi_image_tables
             : (uintptr_t) t - (uintptr_t) ffi_image_tables < sizeof ffi_image_tables;
}

/* The index of the piece of SIZE bytes, a power of two, that starts INTO bytes behind the
   first; too large for any table if none starts there.  */
static inline size_t
ffi_index_of (size_t into, size_t size)
{
  return into / size | into << (sizeof into * 8 - __builtin_ctz (size));
}

/* The table of slot *INDEX of the image; *INDEX becomes the index in that table.  */
static inline struct table *
ffi_image_table (unsigned *index)
{
  struct table *t = ffi_image_tables;

  if (IMAGE_TABLES > 1)
    {
      t += *index / GROWN_SLOTS;
      *index %= GROWN_SLOTS;
    }
  return t;
}

/* The first table after AFTER (null: of all) that had a free slot a moment ago, or
   whatever is in it if ANY is set; null: there is none.  */
struct table *ffi_table_next (const struct table *after, bool any);

/* The number of T's slots that are free.  */
unsigned ffi_table_free_slots (const struct table *t);

/* Add a table and return it, or null with errno ENOMEM.  */
struct table *ffi_table_grow (void);

/* To be called by every thread before it claims a slot of the image, whose tables are
   kept out of use if the program shall run on another source's.  */
void ffi_tables_start (void);

/* Slots of the image are used in a group that was empty, or fill one: if half of the
   image's slots are in use, map the library's file now, as it may be gone, or closed
   to us, when the first table is to be added.  Whoever cannot goes on in silence: it is
   tried again when another group's worth of slots is in use, and not for each closure, as
   what refuses may keep a log.  */
void ffi_tables_look_ahead (void);

/* Whoever takes the last slot of a group of the image shall look ahead.  */
extern atomic_bool ffi_image_half_full __attribute__ ((visibility ("hidden")));

/* A search found group G of T full: whoever takes the last slot does not say so, as one
   that is freed and taken again in turn would cost two more locked operations each time.
   Or a group that was said to be full has a free slot again.  */
void ffi_table_group_full (struct table *t, unsigned g);
void ffi_table_group_freed (struct table *t, unsigned g);

/* A group of the grown table T has become empty: give T back to the system if all
   of it is and another empty table is at hand.  */
void ffi_table_release (struct table *t);

/* Reserve SIZE bytes at a region boundary, readable and writable.  Returns null
   with errno.  */
char *ffi_region_reserve (size_t size);

/* Memory of SIZE bytes for the table with NUMBER, whose descriptor is the caller's;
   readable and writable, in a region of its own, and in the library's image if it has
   reserved any: then OFFSET bytes from where a table of our own text would lie.  Returns
   null with errno.  */
char *ffi_reserve_alloc (unsigned number, size_t offset, size_t size);

/* Release the memory of a table with TEXT bytes and slots behind them.  */
void ffi_reserve_release (char *start, size_t text, size_t size);

/* The same after ENOTRECOVERABLE: the pages of the text may be somebody else's.  */
void ffi_reserve_abandon (char *start, size_t text, size_t size);

/* Map SIZE bytes of FD over the text's pages at AT, where that memory begins; and move
   TEXT there, pages of ours.  If that is refused, errno says why, or is ENOTRECOVERABLE:
   the pages were unmapped, and somebody else may have mapped others there since.  */
char *ffi_reserve_map_text (char *at, size_t size, int prot, int flags, int fd,
                            uint64_t offset);
bool ffi_reserve_move_text (char *text, size_t size, char *at);

/* SIZE bytes of zeros that last: other threads may read them at any time, so nobody
   unmaps them.  They lie in the image's reserve as long as that lasts, where they go with
   it, or else anywhere.  Returns null with errno.  */
void *ffi_lasting_alloc (size_t size);

/* START, SIZE bytes of such memory, is not needed: nobody but the caller knows it.  */
void ffi_lasting_free (void *start, size_t size);

/* Does START lie in the image?  */
bool ffi_is_lasting (const void *start);

/* What the image reserves, tables first; defined by reserve_section.S, or not at all.  */
extern char ffi_grown_tables[] __attribute__ ((weak, visibility ("hidden")));
extern char ffi_lasting[] __attribute__ ((weak, visibility ("hidden")));
extern char ffi_reserve_end[] __attribute__ ((weak, visibility ("hidden")));

/* --- What is where: one number per region of the address space ------------- */

enum
{
  FFI_INDEX_BITS = ADDRESS_BITS - GRANULE_SHIFT,
  FFI_LEAF_BITS = FFI_INDEX_BITS > 20 ? 15 : 10
};

struct ffi_leaf
{
  _Atomic unsigned number[1u << FFI_LEAF_BITS];
};

extern struct ffi_leaf *_Atomic ffi_address_map[1u << (FFI_INDEX_BITS - FFI_LEAF_BITS)]
    __attribute__ ((visibility ("hidden")));

/* The index of ADDRESS's region; false if no table can lie there.  */
static inline bool
ffi_region_index (const void *address, uintptr_t *index)
{
  *index = (uintptr_t) address >> GRANULE_SHIFT;
  return *index < (uintptr_t) 1 << FFI_INDEX_BITS;
}

/* The number stored for ADDRESS, 0 if none.  */
static inline unsigned
ffi_address_map_get (const void *address)
{
  uintptr_t index;

  if (!ffi_region_index (address, &index))
    return 0;
  struct ffi_leaf *leaf = atomic_load_explicit (&ffi_address_map[index >> FFI_LEAF_BITS],
                                                memory_order_acquire);
  if (leaf == NULL)
    return 0;
  return atomic_load_explicit (&leaf->number[index & ((1u << FFI_LEAF_BITS) - 1)],
                               memory_order_acquire);
}

/* Store NUMBER for the region of ADDRESS; 0 always succeeds.  Returns 0, or -1
   with errno ENOMEM.  */
int ffi_address_map_set (const void *address, unsigned number);

/* Unmap what the address map occupies outside of the image, unless something is in it:
   then return false.  No other thread may be about to read it.  */
bool ffi_address_map_free (void);

/* Does it occupy anything there?  */
bool ffi_address_map_has_extra (void);

/* The number of a region that holds a large closure and no table.  */
#define ADDRESS_MAP_LARGE (~0u)

/* What the image's tables consist of, laid out by the assembler: IMAGE_SLOTS trampolines
   and the slots that they address.  */
extern const char ffi_image_text[] __attribute__ ((visibility ("hidden")));
extern char ffi_image_slots[] __attribute__ ((visibility ("hidden")));

/* --- From an address to its table ------------------------------------------- */

/* Descriptors.  The first chunk is part of the library: enough for most programs,
   ever.  */
enum
{
  CHUNK_TABLES = WORD_BITS, /* descriptors in a chunk, bits in a word */
  CHUNKS = MAX_TABLES / CHUNK_TABLES
};
typedef struct table ffi_chunk[CHUNK_TABLES];
extern ffi_chunk ffi_first_chunk __attribute__ ((visibility ("hidden")));
extern ffi_chunk *_Atomic ffi_chunks[CHUNKS] /* but for the first */
    __attribute__ ((visibility ("hidden")));

static inline struct table *
ffi_table_number (unsigned n)
{
  unsigned b = n / CHUNK_TABLES;
  ffi_chunk *chunk = b == 0 ? &ffi_first_chunk
                            : atomic_load_explicit (&ffi_chunks[b], memory_order_acquire);

  return &(*chunk)[n % CHUNK_TABLES];
}

/* The grown table in whose region ADDRESS lies, or null.  */
static inline struct table *
ffi_grown_table_near (const void *address)
{
  unsigned number = ffi_address_map_get (address);

  return likely (number - 1 < MAX_TABLES) ? ffi_table_number (number - 1) : NULL;
}

/* The grown table whose trampolines or slots ADDRESS lies in, or null.  */
FFI_IN_REGISTERS struct table *ffi_grown_table_at (const void *address);

/* The same for all tables.  */
static inline struct table *
ffi_table_at (const void *address)
{
  uintptr_t slots = (uintptr_t) address - (uintptr_t) ffi_image_slots;
  uintptr_t text = (uintptr_t) address - (uintptr_t) ffi_image_text;

  if (slots < IMAGE_SLOTS * SLOT_SIZE)
    return &ffi_image_tables[slots / SLOTS_SIZE];
  if (text < IMAGE_SLOTS * TRAMP_PITCH)
    return &ffi_image_tables[text / TEXT_SIZE];
  return ffi_grown_table_at (address);
}

/* Is ADDRESS, which lies in T, in a trampoline and not in a slot?  */
static inline bool
ffi_in_text (const struct table *t, const void *address)
{
  return (size_t) ((const char *) address - t->text) < (size_t) t->count
                                                           << t->pitch_shift;
}

/* --- Reading tables from outside -------------------------------------------- */

/* How a tool finds its way from the note in tramp_asm.h through the tables of another
   process: the numbers of descriptors in a chunk, and of chunks; a descriptor's size,
   and where in it is what; the number of the image's tables.  */
struct ffi_table_layout
{
  uint16_t chunk_tables, chunks, table_size;
  uint16_t cont, text, slots, count, pinned, source, pitch_shift;
  uint16_t image_tables;
};

/* --- Table sources ---------------------------------------------------------- */

/* The text that grown tables are copies of: its trampolines address slots that
   follow the text at once.  Never executed in place.  */
extern const char ffi_grown_text[] __attribute__ ((visibility ("hidden")));

/* Map TEXT_SIZE bytes of trampolines, executable and not writable, over the
   reserved pages at AT; slots follow at AT + TEXT_SIZE.  Every byte is part of a
   mapping that has been compared with ffi_grown_text.  Returns 0, or -1 with
   errno; then the pages at AT are still the caller's to give back, unless errno is
   ENOTRECOVERABLE.  Opens no descriptor that outlives the call.  */
int ffi_image_map_text (char *at);

/* Map ahead what ffi_image_map_text needs of the file.  Returns whether that is there. */
bool ffi_image_map_ahead (void);

/* Map the trampolines of T, of the kernel's sources, over the reserved page at its
   text; they read its slots.  Otherwise as ffi_image_map_text.  */
int ffi_trampfd_map_text (struct table *t);

/* Give back what ffi_image_map_text keeps between calls.  */
void ffi_image_forget (void);

#endif
