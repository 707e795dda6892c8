/* SPDX-License-Identifier: MIT */
/* Which thread allocates where.  */

#include "alloc_hint.h"
#include "helgrind.h"
#include "reserve.h"

enum
{
  /* Used words of neighbouring hints are a cache line apart.  */
  HINT_STEP = 64 / sizeof (unsigned long),
  PROBES = 4
};

struct alloc_hint ffi_alloc_hints[HINTS];
static _Atomic unsigned hints_claimed;

/* The end of the library's data, or of the program's that it is part of.  */
extern char _end[] __attribute__ ((visibility ("hidden")));

/* Let helgrind not watch the library's own data, which begins where the reserve ends.
   libffi.a is part of a program, whose data is watched.  */
static void
unwatch_own_data (void)
{
  if (ffi_reserve_end != NULL)
    ffi_unwatch (ffi_reserve_end, (uintptr_t) _end - (uintptr_t) ffi_reserve_end);
}

/* An unowned one if possible.  Two threads with one hint are slower, not wrong.  */
struct alloc_hint *
ffi_alloc_hint_claim (uintptr_t id)
{
  struct alloc_hint *home = ffi_alloc_hint_home (id);

  ffi_tables_start ();
  for (unsigned i = 0; i < PROBES; i++)
    {
      struct alloc_hint *p = &ffi_alloc_hints[(home - ffi_alloc_hints + i) % HINTS];
      uintptr_t owner = atomic_load_explicit (&p->owner, memory_order_acquire);
      if (owner == id)
        return p;
      if (owner != 0)
        continue;
      /* Usable before it is owned: a signal handler may come right after.  */
      atomic_store_explicit (&p->table, ffi_image_tables, memory_order_relaxed);
      if (atomic_compare_exchange_strong (&p->owner, &owner, id))
        {
          unsigned n = atomic_fetch_add (&hints_claimed, 1);
          if (n == 0)
            unwatch_own_data ();
          atomic_store_explicit (&p->first, n * HINT_STEP % GROUPS_PER_TABLE,
                                 memory_order_relaxed);
          atomic_store_explicit (&p->group, n * HINT_STEP % GROUPS_PER_TABLE,
                                 memory_order_relaxed);
          return p;
        }
    }
  atomic_store_explicit (&home->owner, id, memory_order_relaxed);
  return home;
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
