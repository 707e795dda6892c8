/* SPDX-License-Identifier: MIT */
/* The public trampoline API, include/ffi_tramp.h.  */

#include "port.h"
#include "die.h"
#include "trampoline/closure_memory.h"
#include "trampoline/failure.h"
#include <errno.h>
#include <ffi_tramp.h>
#include <stddef.h>

_Static_assert(sizeof (ffi_tramp_pair) == sizeof (struct ffi_pair)
                   && offsetof (ffi_tramp_pair, code) == offsetof (struct ffi_pair, code),
               "the pair of the header is the library's");

/* A trampoline is a slot.  Its last word, which no closure reaches, tells it from
   one.  */
struct ffi_tramp
{
  struct ffi_pair pair;
  char unused[SLOT_SIZE - sizeof (struct ffi_pair) - sizeof (uintptr_t)];
  uintptr_t mark;
};
_Static_assert(sizeof (ffi_closure) <= offsetof (struct ffi_tramp, mark),
               "no closure reaches the mark");

/* Whatever else was there hardly is the address's complement.  */
static uintptr_t
mark_of (const ffi_tramp *tramp)
{
  return ~(uintptr_t) tramp;
}

/* Whether TRAMP is allocated and no closure.  */
static __attribute__ ((noinline)) bool
is_tramp (const ffi_tramp *tramp)
{
  struct ffi_pair *pair = ffi_closure_memory_find (tramp);

  return pair != NULL && pair == &tramp->pair && tramp->mark == mark_of (tramp);
}

ffi_tramp *
ffi_tramp_alloc (void)
{
  void *code;
  ffi_tramp *tramp = (ffi_tramp *) ffi_slots_alloc (1, &code);

  if (tramp != NULL)
    tramp->mark = mark_of (tramp);
  return tramp;
}

int
ffi_tramp_init (ffi_tramp *tramp, void (*code) (void), void *data)
{
  if (code == NULL || !is_tramp (tramp))
    {
      errno = EINVAL;
      return -1;
    }
  const struct table *t = ffi_table_at (tramp);
  struct ffi_pair *pair = &tramp->pair;
  if (t->source == SOURCE_SECURE)
    {
      errno = EPERM;
      return -1;
    }
  ffi_slot_set (pair, data, code);
  return 0;
}

void *
ffi_tramp_code (const ffi_tramp *tramp)
{
  if (is_tramp (tramp))
    return ffi_slot_address (&tramp->pair);
  errno = EINVAL;
  return NULL;
}

void
ffi_tramp_free (ffi_tramp *tramp)
{
  if (tramp == NULL)
    return;
  if (!is_tramp (tramp))
    ffi_die ("free of something that is not a trampoline", tramp);
  tramp->mark = 0;
  ffi_closure_memory_free (tramp);
}

/* --- What there is ---------------------------------------------------------- */

static ffi_tramp_source
source_of (const struct table *t)
{
  switch (t->source)
    {
    case SOURCE_IMAGE:
      return ffi_is_image (t) ? FFI_TRAMP_IMAGE : FFI_TRAMP_GROWN;
    case SOURCE_TRAMPFD:
      return FFI_TRAMP_TRAMPFD;
    default:
      return FFI_TRAMP_SECURE;
    }
}

ffi_tramp_source
ffi_tramp_source_of (const void *code)
{
  const struct table *t = ffi_table_at (code);

  return t != NULL && ffi_in_text (t, code) ? source_of (t) : FFI_TRAMP_NONE;
}

FFI_COLD void
ffi_tramp_query (ffi_tramp_source source, ffi_tramp_count *count)
{
  ffi_tramp_count sum = { 0, 0, 0 };

  for (struct table *t = NULL; (t = ffi_table_next (t, true)) != NULL;)
    if ((source == FFI_TRAMP_NONE || source == source_of (t)) && t->count != 0)
      {
        /* The slot that keeps a table is of no use to anybody.  */
        unsigned usable = t->count - (!ffi_is_image (t) && atomic_load (&t->pinned));
        sum.tables += !ffi_is_image (t) || t == ffi_image_tables;
        sum.capacity += usable;
        sum.used += usable - ffi_table_free_slots (t);
      }
  *count = sum;
}

FFI_COLD void
ffi_tramp_last_failure (ffi_tramp_source source, ffi_tramp_failure *failure)
{
  *failure = ffi_failure_last (source);
}

/* --- Trampolines for later -------------------------------------------------- */

/* The free slots that T has when it is pinned.  */
static FFI_COLD size_t
free_slots_when_pinned (const struct table *t)
{
  unsigned n = ffi_table_free_slots (t);

  return n - (n != 0 && atomic_load (&t->pinned) == 0);
}

/* Add tables until N slots are free that are not needed for keeping tables.  */
static FFI_COLD bool
add_tables (size_t n)
{
  size_t have = 0;

  if (n > (size_t) MAX_TABLES * GROWN_SLOTS)
    return false;
  for (struct table *t = NULL; (t = ffi_table_next (t, false)) != NULL;)
    have += free_slots_when_pinned (t);
  for (struct table *t; have < n; have += free_slots_when_pinned (t))
    if ((t = ffi_table_grow ()) == NULL)
      return false;
  return true;
}

/* Keep tables with N free slots; false: other threads have taken some.  */
static FFI_COLD bool
pin_tables (size_t n)
{
  size_t have = 0;

  for (struct table *t = NULL; have < n && (t = ffi_table_next (t, false)) != NULL;)
    if (ffi_slot_pin (t))
      have += ffi_table_free_slots (t);
  return have >= n;
}

FFI_COLD int
ffi_tramp_reserve (size_t n)
{
  ffi_tables_look_ahead_now (n);
  while (add_tables (n))
    if (pin_tables (n))
      return 0;
  for (struct table *t = NULL; (t = ffi_table_next (t, false)) != NULL;)
    if (!ffi_is_image (t))
      ffi_table_release (t);
  errno = ENOMEM;
  return -1;
}

/* --- Closures --------------------------------------------------------------- */

ffi_closure *
ffi_tramp_closure_alloc (ffi_cif *cif, ffi_handler fun, void *user_data, void **code)
{
  void *address;
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &address);

  if (closure == NULL)
    return NULL;
  if (code == NULL
      || ffi_prep_closure_loc (closure, cif, fun, user_data, address) != FFI_OK)
    {
      ffi_closure_free (closure);
      errno = EINVAL;
      return NULL;
    }
  *code = address;
  return closure;
}

ffi_closure *
ffi_tramp_closure_find (const void *code)
{
  struct ffi_pair *pair = ffi_closure_memory_find (code);

  if (pair == NULL || ffi_slot_address (pair) != code || is_tramp ((ffi_tramp *) pair)
      || atomic_load ((_Atomic ffi_entry *) &pair->code) == ffi_entry_unprepared)
    return NULL;
  const struct ffi_sealed *sealed = ffi_seal_page (pair);
  return sealed != NULL ? sealed->copy : pair->data;
}

/* What chose the entry code that PAIR, of a closure with CIF, leads to.  */
static FFI_COLD ffi_entry_chooser
chooser_of (const struct ffi_pair *pair, const ffi_cif *cif)
{
#if FFI_NATIVE_RAW_API
  unsigned char map[FFI_TRAMPOLINE_SIZE - sizeof *pair];
  ffi_entry raw = ffi_port_raw_entry (cif, map);
  if (raw != NULL && pair->code == raw)
    return ffi_port_raw_entry;
#endif
  (void) pair, (void) cif;
  return ffi_port_closure_entry;
}

FFI_COLD void *
ffi_closure_seal (ffi_closure *closure)
{
  struct ffi_pair *pair = ffi_closure_memory_find (closure);
  struct ffi_sealed *s = pair != NULL ? ffi_seal_of (pair) : NULL;

  if (s != NULL && s->sealed && s->copy == closure)
    return ffi_slot_address (&s->pair);
  errno = EINVAL;
  if (pair == NULL || s != NULL
      || ffi_tramp_closure_find (ffi_slot_address (pair)) != closure)
    return NULL;
  ffi_seal_some ();
  s = ffi_seal_alloc (closure, pair);
  if (s == NULL)
    return NULL;
  if (ffi_seal_prep (s, closure, closure->cif, closure->fun, closure->user_data,
                     chooser_of (pair, closure->cif))
      != FFI_OK)
    {
      int error = errno;
      ffi_seal_free (s);
      errno = error;
      return NULL;
    }
  ffi_slot_set_code (pair, ffi_entry_unprepared);
  pair->data = s;
  return ffi_slot_address (&s->pair);
}
