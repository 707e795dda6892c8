/* SPDX-License-Identifier: MIT */
/* Tables: trampolines, and the slots that they read.

   A trampoline loads the designated register with the address of its slot and jumps to
   the slot's second word.  A table source supplies only the code; slots.c allocates the
   slots.

     text      | trampoline 0 | trampoline 1 | trampoline 2 | ...           | 4095 |
                     |               |              |
                     v               v              v
     slots     | data | code | ... | data | code | ... | ...                | 4095 |
               '- the pair -'      '- slot 1, SLOT_SIZE bytes'

   The descriptor, struct table, has a word for each group of slots, and one for the
   groups. On 64-bit targets:

     slots          0   1   2   3   4   5   6 ...  63 |  64 ...  127 | 128 ...
     used[group]    1   1   1   1   1   0   0       0 |   1 ...    1 |   0 ...
     cont[group]    0   0   1   1   0   0   0       0 |   1 ...    1 |   0 ...
                    |   |_______|   |                 |______________|
                 single    run    single                    span             free
     full           0                                     1              0

   A single slot is a closure, or has the pair of a large one.  A run is one closure of
   more than a slot: its first slot has the pair, the others continue it.  A span is whole
   groups as plain memory: the page of a sealed closure, whose first bytes are a pair,
   too.  */

#ifndef FFI_TABLES_H
#define FFI_TABLES_H

#include "address_map.h"
#include "source.h"
#include <stdatomic.h>

/* On i386: pass the arguments in registers (regparm 3).  Other ports do so anyway.  */
#ifndef FFI_IN_REGISTERS
#define FFI_IN_REGISTERS
#endif

/* The data and code of a trampoline; its slot begins with them.  */
struct ffi_pair
{
  void *data;
  ffi_entry code;
};

enum
{
  MAX_TABLES = 65536,
  WORD_BITS = sizeof (unsigned long) * 8,
  SLOTS_PER_GROUP = WORD_BITS,                   /* a bit each in a word of the group */
  GROUPS_PER_TABLE = WORD_BITS,                  /* a bit each in a word of the table */
  GROUPS_PER_LINE = 64 / sizeof (unsigned long), /* whose words share a cache line */
  LINES_PER_TABLE = GROUPS_PER_TABLE / GROUPS_PER_LINE,
  TEXT_SIZE = GROWN_SLOTS * TRAMP_PITCH,
  SLOTS_SIZE = GROWN_SLOTS * SLOT_SIZE
};

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
  /* The number of the alloc hint, from 1 on, that took a line of used when it was empty;
     0: none did.  */
  _Atomic unsigned char owner[LINES_PER_TABLE];
};

/* What pinned is in the image's tables, which stay anyway: no slot is claimed for it.  */
#define ALWAYS_PINNED (~0u)

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

/* To be called by every thread before it claims a slot of the image, whose tables are
   kept out of use if the program shall run on another source's.  */
void ffi_tables_start (void);

/* To be called when the first slot of a group of the image is used, or the last.  If half
   of the image's slots are in use, it maps the library's file, which may be gone or out
   of reach when the first table is to be added.  A failure is not reported: it is tried
   again when another group's worth of slots is in use, and not for each closure, as what
   refuses may keep a log.  */
void ffi_tables_look_ahead (void);

/* To be called before N slots are promised that can be claimed without a system call: it
   looks ahead if with these half of the image's are in use, and nobody does so later,
   even if it failed.  */
void ffi_tables_look_ahead_now (size_t n);

/* Whoever takes the last slot of a group of the image shall look ahead.  */
extern atomic_bool ffi_image_half_full __attribute__ ((visibility ("hidden")));

/* A search found group G of T full.  Whoever claims the last slot does not call this: a
   slot that is freed and claimed in turn would cost two more locked operations each time.
   And: group G, which full says is full, has a free slot again.  */
void ffi_table_group_full (struct table *t, unsigned g);
void ffi_table_group_freed (struct table *t, unsigned g);

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

/* The table whose trampolines or slots ADDRESS lies in, or null.  */
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

/* Whether ADDRESS, which lies in T, is in a trampoline and not in a slot.  */
static inline bool
ffi_in_text (const struct table *t, const void *address)
{
  return (size_t) ((const char *) address - t->text) < (size_t) t->count
                                                           << t->pitch_shift;
}

/* --- The set of grown tables: for grow.c and unloading -------------------------- */

/* Claim a descriptor that is not in use; null with errno: there is none.  No slot of its
   table is free.  */
struct table *ffi_descriptor_claim (void);
void ffi_descriptor_release (struct table *t);

/* Let the allocator see T, whose memory is mapped; and no longer: all its slots are
   claimed.  */
void ffi_table_publish (struct table *t);
void ffi_table_hide (struct table *t);

/* Use the image's tables after all: returns the first.  Null: they were never out of
   use.  */
struct table *ffi_tables_use_image (void);

/* The groups that T has, which another thread may be taking again just now.  */
static inline unsigned
ffi_table_groups (const struct table *t)
{
  return __atomic_load_n (&t->count, __ATOMIC_RELAXED) / SLOTS_PER_GROUP;
}

/* What a call of a freed closure does; see freed.h.  Undecided is as FREED_ABORTS.  */
enum
{
  FREED_UNDECIDED,
  FREED_ABORTS,
  FREED_RETURNS
};
extern _Atomic unsigned ffi_freed_state __attribute__ ((visibility ("hidden")));

static inline bool
ffi_freed_returns (void)
{
  return unlikely (atomic_load_explicit (&ffi_freed_state, memory_order_relaxed)
                   == FREED_RETURNS);
}

/* Call VISIT for all grown tables; true if all its answers are.  */
bool ffi_tables_visit (bool (*visit) (struct table *));

/* Unmap the descriptors outside of the image, as no table is left.  */
void ffi_descriptors_free (void);

/* Whether there are descriptors outside of the image.  */
bool ffi_descriptors_have_extra (void);

/* --- Reading tables from outside -------------------------------------------- */

/* How a tool finds its way from the note in asm/tramp.h through the tables of another
   process: the numbers of descriptors in a chunk, and of chunks; a descriptor's size,
   and where in it is what; the number of the image's tables.  */
struct ffi_table_layout
{
  uint16_t chunk_tables, chunks, table_size;
  uint16_t cont, text, slots, count, pinned, source, pitch_shift;
  uint16_t image_tables;
};

#endif
