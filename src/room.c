/* SPDX-License-Identifier: MIT */
/* Room for grown tables.

   Between the segments of the library's image there is a gap for as many tables as
   100,000 closures need.  It costs addresses, and neither memory nor what the system
   promises of it.  There the unwind tables and symbols of the image cover the
   trampolines, so that exceptions, signal handlers and debuggers need not be told of
   them.  The tables that the kernel writes lie there, too.

   Further tables lie anywhere: a gap for ten times as many would be 130 MB of every
   process's limit on addresses, and to tell unwinders while the program runs takes a
   lock of theirs, which fork may leave held.  So do all tables of a static program.
   Its linker would make of this section, without room.ld, 13 MB of writable memory
   that the system has to promise, or 13 MB of file.  */

#include "table.h"
#include "unmap.h"
#include <sys/mman.h>

enum
{
  FIXED = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
};

/* The granules that lie within the gap, and not at its very start: some unwinders look up
   the address before the one that they come from.  */
static char *
first_granule (void)
{
  return (char *) FFI_ALIGN_UP ((uintptr_t) ffi_gap_start + 1, GRANULE);
}

static size_t
granules (void)
{
  size_t size = (uintptr_t) ffi_gap_end - (uintptr_t) ffi_gap_start;

  return size / GRANULE - (size != 0);
}

char *
ffi_room_take (unsigned number, size_t offset, size_t size)
{
  if (number >= granules ())
    return ffi_granule_reserve (size);
  char *start = mmap (first_granule () + number * GRANULE + offset, size,
                      PROT_READ | PROT_WRITE, FIXED, -1, 0);
  return start != MAP_FAILED ? start : NULL;
}

void
ffi_room_give_back (char *start, size_t size)
{
  size_t place = start - first_granule ();

  if (place >= granules () * GRANULE)
    ffi_unmap (start, size);
  else /* All of the granule as the loader had it, so that neighbours are one mapping.  */
    mmap (start - place % GRANULE, GRANULE, PROT_READ, FIXED, -1, 0);
}
