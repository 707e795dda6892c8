/* SPDX-License-Identifier: MIT */
/* Which thread allocates where.  */

#include "alloc_hint.h"
#include "helgrind.h"
#include "reserve.h"

enum
{
  PROBES = 4
};

struct alloc_hint ffi_alloc_hints[HINTS];
static _Atomic unsigned hints_claimed, hints_taken_over;

/* The end of the library's data, or of the program's that it is part of.  */
extern char _end[] __attribute__ ((visibility ("hidden")));

/* Let helgrind not watch the library's own data, which begins where the reserve ends.
   libffi.a is part of a program, whose data is watched.  */
static void
unwatch_own_data (void)
{
  uintptr_t start = ffi_reserve_address (ffi_reserve_end);

  if (start != 0)
    ffi_unwatch ((void *) start, (uintptr_t) _end - start);
}

static struct alloc_hint *
nth_probe (const struct alloc_hint *home, unsigned i)
{
  return &ffi_alloc_hints[(home - ffi_alloc_hints + i % PROBES) % HINTS];
}

/* Hint P begins in a cache line of its own as long as the image has lines for all.  */
static void
start_in_own_line (struct alloc_hint *p)
{
  unsigned n = atomic_fetch_add (&hints_claimed, 1) % (IMAGE_TABLES * LINES_PER_TABLE);
  struct table *t = &ffi_image_tables[n / LINES_PER_TABLE];
  unsigned line = n % LINES_PER_TABLE;

  /* Of two at the same time the later one owns it.  No processor need swap bytes.  */
  if (atomic_load_explicit (&t->owner[line], memory_order_relaxed) == 0)
    atomic_store_explicit (&t->owner[line], p - ffi_alloc_hints + 1,
                           memory_order_relaxed);
  atomic_store_explicit (&p->first, line * GROUPS_PER_LINE, memory_order_relaxed);
  atomic_store_explicit (&p->group, line * GROUPS_PER_LINE, memory_order_relaxed);
  atomic_store_explicit (&p->table, t, memory_order_relaxed);
}

/* An unowned one if possible, or one of another thread, which may have ended: each time
   another, so that threads that run at the same time come to have different ones.  Two
   threads with one hint are slower, not wrong.  */
struct alloc_hint *
ffi_alloc_hint_claim (uintptr_t id)
{
  struct alloc_hint *home = ffi_alloc_hint_home (id);

  ffi_tables_start ();
  for (unsigned i = 0; i < PROBES; i++)
    {
      struct alloc_hint *p = nth_probe (home, i);
      uintptr_t owner = atomic_load_explicit (&p->owner, memory_order_acquire);
      if (owner == id)
        return p;
      if (owner != 0)
        continue;
      /* Usable before it is owned: a signal handler may come right after.  */
      atomic_store_explicit (&p->table, ffi_image_tables, memory_order_relaxed);
      if (atomic_compare_exchange_strong (&p->owner, &owner, id))
        {
          if (atomic_load (&hints_claimed) == 0)
            unwatch_own_data ();
          start_in_own_line (p);
          return p;
        }
    }
  struct alloc_hint *p = nth_probe (home, atomic_fetch_add (&hints_taken_over, 1));
  atomic_store_explicit (&p->owner, id, memory_order_relaxed);
  return p;
}

FFI_COLD void
ffi_alloc_hints_reset (void)
{
  for (unsigned i = 0; i < HINTS; i++)
    {
      atomic_store (&ffi_alloc_hints[i].table, ffi_image_tables);
      atomic_store (&ffi_alloc_hints[i].group, 0);
    }
}
