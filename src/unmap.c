/* SPDX-License-Identifier: MIT */
#include "unmap.h"
#include "file.h"
#include <stdatomic.h>

enum
{
  LATE = 32, /* more than threads that grow at once */
  NONE = 0,
  BUSY = 1 /* somebody is about to read or write the entry */
};

static struct
{
  _Atomic uintptr_t start;
  size_t size;
} late[LATE];

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

bool
ffi_unmap_late (void)
{
  bool all = true;

  for (unsigned i = 0; i < LATE; i++)
    {
      uintptr_t start = atomic_load_explicit (&late[i].start, memory_order_relaxed);
      if (start <= BUSY || !atomic_compare_exchange_strong (&late[i].start, &start, BUSY))
        continue;
      bool gone = ffi_unmap_pages ((void *) start, late[i].size) == 0;
      atomic_store (&late[i].start, gone ? NONE : start);
      all &= gone;
    }
  return all;
}
