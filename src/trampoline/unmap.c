/* SPDX-License-Identifier: MIT */
#include "unmap.h"
#include "syscalls.h"
#include <errno.h>
#include <stdatomic.h>

enum
{
  LATE = 256, /* more than threads that grow at once, and what a sandbox leaves over */
  NONE = 0,
  BUSY = 1 /* somebody is about to read or write the entry */
};

static struct
{
  _Atomic uintptr_t start;
  size_t size;
} late[LATE];

/* Entry I if it is a range, which nobody else touches until it is stored again; or
   0.  */
static uintptr_t
hold (unsigned i)
{
  uintptr_t start = atomic_load_explicit (&late[i].start, memory_order_relaxed);

  return start > BUSY && atomic_compare_exchange_strong (&late[i].start, &start, BUSY)
             ? start
             : NONE;
}

void
ffi_unmap (void *start, size_t size)
{
  if (ffi_unmap_pages (start, size) == 0)
    return;
  for (unsigned i = 0; i < LATE; i++)
    {
      uintptr_t none = NONE;
      if (atomic_compare_exchange_strong (&late[i].start, &none, BUSY))
        {
          late[i].size = size;
          atomic_store (&late[i].start, (uintptr_t) start);
          return;
        }
    }
}

int
ffi_unmap_late (void)
{
  int error = 0;

  /* What may not be done is not tried for each.  */
  for (unsigned i = 0; i < LATE && (error == 0 || error == ENOMEM); i++)
    {
      uintptr_t start = hold (i);
      if (start == NONE)
        continue;
      bool gone = ffi_unmap_pages ((void *) start, late[i].size) == 0;
      if (!gone)
        error = errno;
      atomic_store (&late[i].start, gone ? NONE : start);
    }
  return error;
}

void *
ffi_unmap_take (size_t size, uintptr_t alignment)
{
  for (unsigned i = 0; i < LATE; i++)
    {
      uintptr_t start = hold (i);
      if (start == NONE)
        continue;
      bool fits = (start & (alignment - 1)) == 0 && late[i].size == size;
      atomic_store (&late[i].start, fits ? NONE : start);
      if (fits)
        return (void *) start;
    }
  return NULL;
}
