/* SPDX-License-Identifier: MIT */
/* Which thread allocates where.  */

#include "place.h"
#include "helgrind.h"

enum
{
  /* Used words of neighbouring places are a cache line apart.  */
  PLACE_STEP = 64 / sizeof (unsigned long),
  PROBES = 4
};

struct place ffi_places[PLACES];
static _Atomic unsigned places_taken;

/* An unowned one if possible.  Two threads in one place are slower, not wrong.  */
struct place *
ffi_take_place (uintptr_t id)
{
  struct place *home = ffi_home_of (id);

  ffi_tables_start ();
  for (unsigned i = 0; i < PROBES; i++)
    {
      struct place *p = &ffi_places[(home - ffi_places + i) % PLACES];
      uintptr_t owner = atomic_load_explicit (&p->owner, memory_order_acquire);
      if (owner == id)
        return p;
      if (owner != 0)
        continue;
      /* Usable before it is owned: a signal handler may come right after.  */
      atomic_store_explicit (&p->table, ffi_image_tables, memory_order_relaxed);
      if (atomic_compare_exchange_strong (&p->owner, &owner, id))
        {
          unsigned n = atomic_fetch_add (&places_taken, 1);
          if (n == 0)
            ffi_unwatch_own_data ();
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
