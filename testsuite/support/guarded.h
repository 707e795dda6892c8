/* SPDX-License-Identifier: MIT */
/* Memory that ends exactly where the next access faults.  */

#ifndef GUARDED_H
#define GUARDED_H

#include <sys/mman.h>
#include <unistd.h>

/* SIZE bytes (at most a page) whose end is the end of accessible memory.  */
static FFITEST_UNUSED void *
guarded_alloc (size_t size)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  char *base = (char *) mmap (NULL, 2 * page, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (base != (char *) MAP_FAILED);
  CHECK (mprotect (base + page, page, PROT_NONE) == 0);
  return base + page - size;
}

/* SIZE bytes copied from P to memory that can only be read.  */
static FFITEST_UNUSED void *
read_only_copy (const void *p, size_t size)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  size_t length = (size + page - 1) / page * page;
  void *copy
      = mmap (NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (copy != MAP_FAILED);
  memcpy (copy, p, size);
  CHECK (mprotect (copy, length, PROT_READ) == 0);
  return copy;
}

#endif
