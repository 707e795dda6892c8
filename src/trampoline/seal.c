/* SPDX-License-Identifier: MIT */
/* Sealed closures; see seal.h.  */

#include "seal.h"
#include "freed.h"
#include "port.h"
#include "raw.h"
#include "settings.h"
#include "syscalls.h"
#include "type_copy.h"
#include "unmap.h"
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

_Atomic unsigned ffi_seal_state;

enum
{
  GROUP_BYTES = SLOTS_PER_GROUP * SLOT_SIZE, /* at most a page */
  MAP_OFFSET = sizeof (struct ffi_pair),
  MAP_BYTES = FFI_TRAMPOLINE_SIZE - MAP_OFFSET
};

static size_t
page_size (void)
{
  return getauxval (AT_PAGESZ);
}

static FFI_COLD unsigned
decided (void)
{
  unsigned state = atomic_load (&ffi_seal_state);

  if (state != SEAL_UNDECIDED)
    return state;
  char wish = ffi_switch ("LIBFFI_SEAL");
  bool all = wish != 0 ? wish == '1' : FFI_SEAL;
  /* Closures that return when they are freed take the slower paths of SEAL_SOME.  */
  return ffi_decide (&ffi_seal_state, all                   ? SEAL_ALL
                                      : ffi_freed_decide () ? SEAL_SOME
                                                            : SEAL_NEVER);
}

FFI_COLD bool
ffi_seals_all (void)
{
  return decided () == SEAL_ALL;
}

FFI_COLD void
ffi_seal_some (void)
{
  unsigned never = SEAL_NEVER;

  decided ();
  atomic_compare_exchange_strong (&ffi_seal_state, &never, SEAL_SOME);
}

/* --- Pages of slots --------------------------------------------------------- */

/* Claim a page of T, a span of groups, or return null.  The image's slots need not start
   at a page.  */
static FFI_COLD struct ffi_sealed *
claim_in (struct table *t)
{
  size_t page = page_size ();
  unsigned groups = page / GROUP_BYTES;
  unsigned g = (-(uintptr_t) t->slots & (page - 1)) / GROUP_BYTES;

  for (; g + groups <= GROUPS_PER_TABLE; g += groups)
    if (atomic_load_explicit (&t->used[g], memory_order_relaxed) == 0
        && ffi_span_claim (t, g, groups))
      return (struct ffi_sealed *) (t->slots + (size_t) g * GROUP_BYTES);
  return NULL;
}

/* Claim a page in a table from FIRST on.  *TABLE gets the table.  */
static FFI_COLD struct ffi_sealed *
claim_from (struct table *first, struct table **table)
{
  struct ffi_sealed *s = NULL;

  for (*table = first; s == NULL && *table != NULL;)
    if ((s = claim_in (*table)) == NULL)
      *table = ffi_table_next (*table, false);
  return s;
}

/* Where the last page was claimed: so that not every search passes all tables.  */
static struct table *_Atomic last_table;

void
ffi_seal_reset (void)
{
  atomic_store (&last_table, NULL);
}

/* Claim a page, or return null with errno ENOMEM.  */
static FFI_COLD struct ffi_sealed *
claim_page (void)
{
  struct table *t = atomic_load_explicit (&last_table, memory_order_relaxed);
  struct ffi_sealed *s = claim_from (t, &t);

  if (s == NULL)
    s = claim_from (ffi_table_next (NULL, false), &t);
  while (s == NULL && (t = ffi_table_grow ()) != NULL)
    s = claim_in (t);
  if (s != NULL)
    atomic_store_explicit (&last_table, t, memory_order_relaxed);
  return s;
}

struct ffi_sealed *
ffi_seal_page (const void *address)
{
  if (((uintptr_t) address & (page_size () - 1)) != 0)
    return NULL;
  const struct table *t = ffi_table_at (address);
  if (t == NULL || ffi_in_text (t, address))
    return NULL;
  size_t g = (size_t) ((const char *) address - t->slots) / GROUP_BYTES;
  struct ffi_sealed *s = (struct ffi_sealed *) address;
  /* One that ffi_seal_free discarded belongs to nobody.  */
  return ffi_group_is_span (t, g) && s->memory != NULL ? s : NULL;
}

struct ffi_sealed *
ffi_seal_of (struct ffi_pair *pair)
{
  struct ffi_sealed *s = ffi_seal_page (pair);

  if (s == NULL && (s = ffi_seal_page (pair->data)) != NULL && s->owner != pair)
    s = NULL;
  return s;
}

static void
forget_extra (struct ffi_sealed *s)
{
  if (s->extra != NULL)
    ffi_unmap (s->extra, s->extra_size);
  s->extra = NULL;
}

/* Make S writable; its trampoline reports a call until it is prepared.  */
static FFI_COLD bool
unseal (struct ffi_sealed *s)
{
  if (s->sealed && ffi_protect (s, page_size (), PROT_READ | PROT_WRITE) != 0)
    return false;
  s->sealed = false;
  ffi_slot_set_code (&s->pair, ffi_entry_unprepared);
  return true;
}

/* Let the trampolines whose slots the page at AT holds, or will hold, report a call.  */
static FFI_COLD void
set_traps (char *at)
{
  for (size_t offset = 0; offset < page_size (); offset += SLOT_SIZE)
    atomic_store ((_Atomic ffi_entry *) &((struct ffi_pair *) (at + offset))->code,
                  ffi_entry_freed);
}

/* Put a new page of traps where S is, which cannot be written.  Moving it there needs no
   more memory than it already has; mapping it there is what is left where nothing may be
   moved.  */
static FFI_COLD bool
replace_page (struct ffi_sealed *s)
{
  const int prot = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;
  size_t page = page_size ();
  char *fresh = mmap (NULL, page, prot, flags, -1, 0);

  if (fresh == MAP_FAILED)
    return false;
  set_traps (fresh);
  if (ffi_move_mapping (fresh, page, s) == 0)
    return true;
  bool mapped = mmap (s, page, prot, flags | MAP_FIXED, -1, 0) != MAP_FAILED;
  if (mapped)
    set_traps ((char *) s);
  ffi_unmap (fresh, page);
  return mapped;
}

/* The slots of S hold data, which a stale trampoline must not follow.  Where the
   system refuses to let the page be written or replaced, it stays claimed, and what is in
   it is discarded: a call then continues at address 0.  */
FFI_COLD void
ffi_seal_free (struct ffi_sealed *s)
{
  struct table *t = ffi_table_at (s);
  size_t page = page_size (), g = (size_t) ((char *) s - t->slots) / GROUP_BYTES;
  struct ffi_sealed before = *s;

  if (unseal (s))
    set_traps ((char *) s);
  else if (!replace_page (s))
    {
      if (ffi_discard_pages (s, page) == 0 && s->memory == NULL)
        forget_extra (&before);
      return;
    }
  forget_extra (&before);
  ffi_span_free (t, g, page / GROUP_BYTES);
}

FFI_COLD struct ffi_sealed *
ffi_seal_alloc (void *memory, struct ffi_pair *owner)
{
  struct ffi_sealed *s = claim_page ();

  if (s == NULL)
    return NULL;
  ffi_slot_set_code (&s->pair, ffi_entry_unprepared);
  s->memory = s->copy = memory;
  s->owner = owner;
  s->extra = NULL;
  s->sealed = false;
  return s;
}

/* --- Preparing -------------------------------------------------------------- */

#if FFI_NATIVE_RAW_API
#define copy_raw_part(s, raw) ((void) 0)
#else
/* The handlers of raw closures get the closure itself as data, and find the raw part
   behind it.  */
static FFI_COLD void
copy_raw_part (struct ffi_sealed *s, const ffi_raw_closure *raw)
{
  if (s->closure.fun != ffi_raw_translate && s->closure.fun != ffi_java_raw_translate)
    return;
  s->raw.this_closure = s;
  s->raw.fun = raw->fun;
  s->raw.user_data = raw->user_data;
}
#endif

/* Fill in S, which is writable, but for its pair's code.  */
static FFI_COLD void
fill (struct ffi_sealed *s, const ffi_closure *closure, const ffi_cif *cif,
      ffi_handler fun, void *user_data, struct ffi_type_buffer *buffer)
{
  s->copy = (void *) closure;
  s->cif = *cif;
  ffi_copy_types (buffer, &s->cif);
  s->closure.cif = &s->cif;
  s->closure.fun = fun;
  s->closure.user_data = user_data;
  copy_raw_part (s, (const ffi_raw_closure *) closure);
}

/* Make S read-only, and what it refers to.  */
static FFI_COLD bool
seal (struct ffi_sealed *s)
{
  s->sealed = true;
  if ((s->extra == NULL || ffi_protect (s->extra, s->extra_size, PROT_READ) == 0)
      && ffi_protect (s, page_size (), PROT_READ) == 0)
    return true;
  s->sealed = false;
  ffi_slot_set_code (&s->pair, ffi_entry_unprepared);
  return false;
}

/* Room for SIZE bytes of types: behind S's other content, or in a mapping at *EXTRA.  */
static FFI_COLD bool
find_space (struct ffi_sealed *s, size_t size, struct ffi_type_buffer *buffer,
            void **extra)
{
  *extra = NULL;
  buffer->start = (char *) s->space;
  buffer->size = page_size () - offsetof (struct ffi_sealed, space);
  buffer->used = 0;
  if (size <= buffer->size)
    return true;
  errno = ENOMEM;
  *extra = ffi_unmap_late () != ENOMEM ? mmap (NULL, size, PROT_READ | PROT_WRITE,
                                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                       : MAP_FAILED;
  buffer->start = *extra;
  buffer->size = size;
  return *extra != MAP_FAILED;
}

FFI_COLD ffi_status
ffi_seal_prep (struct ffi_sealed *s, ffi_closure *closure, ffi_cif *cif, ffi_handler fun,
               void *user_data, ffi_entry_chooser choose)
{
  struct ffi_type_buffer buffer = { .size = 0 };
  ffi_cif counted = *cif;
  unsigned char map[MAP_BYTES];
  ffi_entry entry = choose (cif, map);
  void *extra;

  errno = EINVAL;
  if (entry == NULL)
    return FFI_BAD_ABI;
  ffi_copy_types (&buffer, &counted);
  size_t size = buffer.used;
  if (!find_space (s, size, &buffer, &extra))
    return FFI_BAD_ABI;
  if (!unseal (s))
    {
      if (extra != NULL)
        ffi_unmap (extra, size);
      return FFI_BAD_ABI;
    }
  forget_extra (s);
  s->extra = extra;
  s->extra_size = size;
  fill (s, closure, cif, fun, user_data, &buffer);
  if (buffer.used > buffer.size)
    {
      /* Somebody has changed the types since they were counted.  */
      errno = EINVAL;
      return FFI_BAD_ABI;
    }
  memcpy (s->closure.tramp + MAP_OFFSET, map, MAP_BYTES);
  ffi_slot_set (&s->pair, s, entry);
  if (!seal (s))
    return FFI_BAD_ABI;
  closure->cif = cif;
  closure->fun = fun;
  closure->user_data = user_data;
  return FFI_OK;
}
