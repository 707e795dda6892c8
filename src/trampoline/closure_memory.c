/* SPDX-License-Identifier: MIT */
/* The memory of closures; see closure_memory.h.  */

#include "closure_memory.h"
#include "die.h"
#include "freed.h"
#include "large.h"
#include "self_maps.h"
#include "syscalls.h"
#include "unmap.h"
#include <signal.h>

/* A run starts with the pair; the closure's memory begins behind it.  */
enum
{
  RUN_HEADER = 16,
  RUN_MAX = SLOTS_PER_GROUP * SLOT_SIZE /* the largest run of slots */
};
_Static_assert(sizeof (struct ffi_pair) <= RUN_HEADER && SLOT_SIZE % 16 == 0,
               "closures are aligned to 16");

/* --- Allocating ------------------------------------------------------------- */

/* Allocate SIZE bytes that are no slot.  */
static __attribute__ ((noinline)) void *
alloc_beside_pair (size_t size, void **code)
{
  if (size > RUN_MAX - RUN_HEADER)
    return ffi_large_alloc (size, code);
  struct ffi_pair *pair
      = ffi_slots_alloc ((size + RUN_HEADER + SLOT_SIZE - 1) / SLOT_SIZE, code);
  return pair != NULL ? (char *) pair + RUN_HEADER : NULL;
}

FFI_IN_REGISTERS void *
ffi_closure_memory_alloc (size_t size, void **code)
{
  return size > sizeof (ffi_closure) ? alloc_beside_pair (size, code)
                                     : ffi_slots_alloc (1, code);
}

/* Memory behind which is a word for freed.c; one of a single slot has it anyway.  */
static FFI_COLD void *
alloc_before_word (size_t size, void **code)
{
  size_t more = size > sizeof (ffi_closure) && size < PTRDIFF_MAX ? sizeof (void *) : 0;
  void *memory = ffi_closure_memory_alloc (size + more, code);

  if (memory != NULL)
    ffi_freed_forget (ffi_slots_end (ffi_closure_memory_find (memory)));
  return memory;
}

FFI_COLD void *
ffi_closure_memory_alloc_sealed (size_t size, void **code)
{
  void *own;

  if (!ffi_seals_all ())
    return ffi_freed_returns () ? alloc_before_word (size, code)
                                : ffi_closure_memory_alloc (size, code);
  /* The pair stays, whatever the caller stores in the memory.  */
  char *memory = alloc_beside_pair (size < SLOT_SIZE ? SLOT_SIZE : size, &own);
  if (memory == NULL)
    return NULL;
  struct ffi_pair *pair = ffi_closure_memory_find (memory);
  struct ffi_sealed *s = pair != NULL ? ffi_seal_alloc (memory, pair) : NULL;
  if (s == NULL)
    {
      ffi_closure_memory_free (memory);
      return NULL;
    }
  pair->data = s;
  *code = ffi_slot_address (&s->pair);
  return memory;
}

/* --- Finding ---------------------------------------------------------------- */

FFI_IN_REGISTERS struct ffi_pair *
ffi_closure_memory_find (const void *address)
{
  struct table *t = ffi_table_at (address);
  unsigned offset;

  if (unlikely (t == NULL))
    return ffi_large_find (address);
  unsigned index = ffi_slot_index (t, address, &offset);
  unsigned kind = ffi_slot_kind (t, index);
  if (unlikely (!ffi_slot_is_used (t, index)))
    return NULL;
  if (unlikely ((kind & SLOT_INSIDE) != 0))
    {
      struct ffi_sealed *s = offset == 0 ? ffi_seal_page (ffi_slot_at (t, index)) : NULL;
      return s != NULL ? &s->pair : NULL;
    }
  if (unlikely (offset != 0)
      && (ffi_in_text (t, address) || offset != RUN_HEADER || kind != SLOT_RUN))
    return NULL;
  return ffi_slot_at (t, index);
}

/* --- Freeing ---------------------------------------------------------------- */

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
ffi_closure_memory_free (void *memory)
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
  unsigned kind = ffi_slot_kind (t, index);
  if (unlikely (!ffi_slot_is_used (t, index)))
    ffi_die ("free of a closure that is not allocated", memory);
  if (likely (kind == SLOT_SINGLE && offset == 0))
    ffi_slot_free_at (t, ffi_is_image (t), index, memory, ffi_stale_entry (memory));
  else if (kind == SLOT_RUN && offset == RUN_HEADER)
    ffi_run_free (t, index);
  else
    ffi_die ("free of something inside a closure", memory);
}

FFI_COLD void
ffi_closure_memory_free_sealed (const void *memory)
{
  struct ffi_pair *pair = ffi_closure_memory_find (memory);
  struct ffi_sealed *s = pair != NULL ? ffi_seal_page (pair->data) : NULL;

  if (s == NULL || s->owner != pair || s->memory != memory)
    return;
  pair->data = NULL;
  ffi_seal_free (s);
}

/* --- Unloading -------------------------------------------------------------- */

/* Whether this is the only thread, so that nobody can be about to read what is unmapped.
   No flag of libc's says it: a libc of another namespace may have made threads.  */
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

/* Whether there is no grown table.  */
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
  /* Later destructors may call what they have freed.  */
  if (ffi_freed_returns () || !ffi_tables_release_all ())
    return;
  ffi_source_image_forget ();
  if (!ffi_address_map_has_extra () && !ffi_descriptors_have_extra ())
    return;
  if (!is_only_thread () || !mask_signals (&all_signals, &before))
    return;
  if (ffi_tables_visit (is_none))
    forget ();
  mask_signals (&before, NULL);
}
