/* SPDX-License-Identifier: MIT */
/* The reserve: where grown tables lie.

   In the library's image there is a reserve for the first grown tables, read-only memory
   that nobody has touched.  It costs addresses, and neither memory nor what the system
   promises of it.  There the unwind tables and symbols of the image cover the
   trampolines, so that exceptions, signal handlers and debuggers need not be told of
   them.  The tables that the kernel writes lie there, too.

   Further tables lie anywhere: each of a process's limits on addresses counts the
   reserve, and to tell unwinders while the program runs takes a lock of theirs, which
   fork may leave held.  So do all tables of a static program: its linker would make of
   this section, without reserve.ld, writable memory that the system has to promise, or as
   much of a file.

   Memory is taken by mprotect, which asks for what it needs first and never unmaps.  Text
   has to replace something: see replace.h.  */

#include "reserve.h"
#include "helgrind.h"
#include "region.h"
#include "replace.h"
#include "syscalls.h"
#include "unmap.h"
#include <errno.h>
#include <stdatomic.h>
#include <sys/auxv.h>
#include <sys/mman.h>

enum
{
  ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS,
  TABLE_SIZE = GROWN_SLOTS * (TRAMP_PITCH + SLOT_SIZE)
};

/* What is known of each area of the reserve.  Belongs to whoever has taken the descriptor
   of its number.  */
static struct
{
  enum
  {
    FREE,
    UNRETURNED, /* its table is still there: the system refused to replace it */
    LOST        /* may be somebody else's */
  } state;
  char *start; /* what is unreturned */
  size_t text, size;
} areas[RESERVE_TABLES];

/* Without a reserve both have one address, which is not null in what gold links.  */
static bool
have_reserve (void)
{
  return ffi_reserve_address (ffi_grown_tables) != ffi_reserve_address (ffi_reserve_end);
}

/* Where the first table of the reserve lies, if there is one: within one region, and at
   what is a page on any system.  */
static char *
first_area (void)
{
  uintptr_t start
      = FFI_ALIGN_UP (ffi_reserve_address (ffi_grown_tables), TRAMP_BLOCK_ALIGN);

  if ((start & (REGION - 1)) + TABLE_SIZE > REGION)
    start = FFI_ALIGN_UP (start, REGION);
  return (char *) start;
}

/* The number of the area that START lies in; false if it is none.  */
static bool
area_of (const char *start, size_t *number)
{
  *number = (size_t) (start - first_area ()) / REGION;
  return have_reserve () && *number < RESERVE_TABLES;
}

/* --- Taking and giving back ------------------------------------------------- */

/* Let what is at START, slots behind TEXT bytes, be as the loader had it: then neighbours
   are one mapping.  Returns what has become of the area.  */
static FFI_COLD int
restore (char *start, size_t text, size_t size)
{
  ffi_pages_mark (start + text);
  if (mmap (start, size, PROT_READ, ANONYMOUS | MAP_FIXED, -1, 0) == start)
    return FREE;
  if (ffi_pages_are_marked (start + text))
    return UNRETURNED;
  return ffi_pages_claim_again (start, size) ? FREE : LOST;
}

FFI_COLD char *
ffi_reserve_alloc (unsigned number, size_t size)
{
  char *start = NULL;

  if (have_reserve () && number < RESERVE_TABLES)
    {
      if (areas[number].state == UNRETURNED)
        areas[number].state
            = restore (areas[number].start, areas[number].text, areas[number].size);
      start = first_area () + number * REGION;
      if (areas[number].state != FREE
          || ffi_protect (start, size, PROT_READ | PROT_WRITE) != 0)
        start = NULL;
    }
  if (start == NULL)
    start = ffi_region_reserve (size);
  if (start != NULL)
    ffi_pages_mark (start);
  return start;
}

FFI_COLD void
ffi_reserve_release (char *start, size_t text, size_t size)
{
  size_t number;

  if (!area_of (start, &number))
    {
      ffi_unmap (start, size);
      return;
    }
  areas[number].start = start;
  areas[number].text = text;
  areas[number].size = size;
  areas[number].state = restore (start, text, size);
}

FFI_COLD void
ffi_reserve_abandon (char *start, size_t text, size_t size)
{
  size_t number;

  if (!area_of (start, &number))
    {
      ffi_unmap (start + text, size - text);
      return;
    }
  restore (start + text, 0, size - text);
  areas[number].state = LOST;
}

/* --- Memory that lasts ------------------------------------------------------- */

/* SIZE bytes of what the image reserves for that, or null; never given back.  */
static FFI_COLD char *
take_of_reserve (size_t size)
{
  static _Atomic size_t used;
  size_t page = getauxval (AT_PAGESZ), before = atomic_load (&used);
  uintptr_t start = FFI_ALIGN_UP (ffi_reserve_address (ffi_lasting), page);
  uintptr_t limit = ffi_reserve_address (ffi_reserve_end) & -page;

  size = FFI_ALIGN_UP (size, page);
  do
    if (start >= limit || size > limit - start || before > limit - start - size)
      return NULL;
  while (!atomic_compare_exchange_weak (&used, &before, before + size));
  char *taken = (char *) start + before;
  return ffi_protect (taken, size, PROT_READ | PROT_WRITE) == 0 ? taken : NULL;
}

bool
ffi_is_lasting (const void *start)
{
  return (uintptr_t) start - (uintptr_t) ffi_lasting
         < ffi_reserve_address (ffi_reserve_end) - ffi_reserve_address (ffi_lasting);
}

FFI_COLD void *
ffi_lasting_alloc (size_t size)
{
  void *taken = have_reserve () ? take_of_reserve (size) : NULL;

  if (taken == NULL)
    taken = mmap (NULL, size, PROT_READ | PROT_WRITE, ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (taken == MAP_FAILED)
    return NULL;
  ffi_unwatch (taken, size);
  return taken;
}

void
ffi_lasting_free (void *start, size_t size)
{
  if (!ffi_is_lasting (start))
    ffi_unmap (start, size);
}
