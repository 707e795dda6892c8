/* SPDX-License-Identifier: MIT */
/* Growing: see grow.h.  */

#include "grow.h"
#include "failure.h"
#include "helgrind.h"
#include "reserve.h"
#include "unmap.h"
#include <errno.h>

/* An empty table that is not given back, so that a program at the edge of a table does
   not map and unmap one for every closure.  */
static struct table *_Atomic spare;

/* The end of T's memory, whose start is its text.  */
static char *
end_of (const struct table *t)
{
  return t->slots + (size_t) t->count * SLOT_SIZE;
}

/* Map all of T.  */
static FFI_COLD int
map_table (struct table *t, enum ffi_source number)
{
  const struct table_source *source = ffi_table_source (number);
  size_t text = ffi_source_text_size (source);
  unsigned count = text / source->pitch;
  int before = errno;

  t->source = number;
  t->pitch_shift = __builtin_ctz (source->pitch);
  __atomic_store_n (&t->count, count, __ATOMIC_RELAXED);
  size_t size = text + count * SLOT_SIZE;
  char *start = ffi_reserve_alloc (t->number, size);
  if (start == NULL)
    {
      ffi_failure_note (number, FFI_TRAMP_STEP_MEMORY, errno);
      return -1;
    }
  t->text = start;
  t->slots = start + text;
  errno = 0;
  if (ffi_source_map (number, &(struct table_memory){ start, t->slots }) == 0)
    {
      if (ffi_address_map_set (start, t->number + 1) == 0)
        {
          ffi_unwatch (start, size);
          errno = before;
          return 0;
        }
      ffi_failure_note (number, FFI_TRAMP_STEP_MEMORY, errno);
    }
  if (errno == ENOTRECOVERABLE)
    ffi_reserve_abandon (start, text, size);
  else
    ffi_reserve_release (start, text, size);
  return -1;
}

/* Add a table of SOURCE.  */
static FFI_COLD struct table *
grow_from (enum ffi_source source)
{
  struct table *t = ffi_descriptor_claim ();

  if (t == NULL)
    {
      ffi_failure_note (source, FFI_TRAMP_STEP_MEMORY, errno);
      return NULL;
    }
  if (map_table (t, source) != 0)
    {
      ffi_descriptor_release (t);
      return NULL;
    }
  ffi_table_publish (t);
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
      t = ffi_tables_use_image ();
      if (t == NULL)
        t = grow_from (SOURCE_IMAGE);
    }
  if (t == NULL)
    ffi_failure_keep (source == SOURCE_AUTO ? SOURCE_IMAGE : source);
  errno = t != NULL ? saved : ENOMEM;
  return t;
}

static bool
is_empty (struct table *t)
{
  for (unsigned g = 0; g < ffi_table_groups (t); g++)
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
      groups = ffi_table_groups (t);
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
  ffi_table_hide (t);
  ffi_address_map_set (t->text, 0);
  ffi_reserve_release (t->text, t->slots - t->text, end_of (t) - t->text);
  ffi_descriptor_release (t);
  return true;
}

void
ffi_table_release (struct table *t)
{
  struct table *other = atomic_load (&spare);

  /* Freed closures that return still do.  */
  if (t == other || ffi_freed_returns () || !is_empty (t))
    return;
  if (other == NULL || !is_empty (other))
    atomic_compare_exchange_strong (&spare, &other, t);
  else if (ffi_unmap_late () == 0)
    retire (t);
  /* Otherwise it could not be unmapped either, and is of more use as it is.  */
}

/* Whether no slot of T is in use but the one that pins it.  */
static FFI_COLD bool
is_only_pinned (const struct table *t)
{
  unsigned pinned = atomic_load (&t->pinned);

  for (unsigned g = 0; g < ffi_table_groups (t); g++)
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

static FFI_COLD bool
retire_unless_pinned (struct table *t)
{
  return is_only_pinned (t) || retire (t);
}

FFI_COLD bool
ffi_tables_release_all (void)
{
  return ffi_tables_visit (retire_unless_pinned) && ffi_tables_visit (unpin);
}

FFI_COLD void
ffi_table_forget_spare (void)
{
  atomic_store (&spare, NULL);
}
