/* SPDX-License-Identifier: MIT */
/* { needs nosan shared } */
/* The first 2,000 closures allocate nothing on the heap.  */

#include "ffitest.h"
#include "crowd.h"

#ifdef __GLIBC__
extern void *__libc_malloc (size_t);
extern void *__libc_calloc (size_t, size_t);
extern void *__libc_realloc (void *, size_t);

static int allocations;

void *
malloc (size_t size)
{
  allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *p, size_t size)
{
  allocations++;
  return __libc_realloc (p, size);
}

static struct crowd_member members[2000];

int
main (void)
{
  void *volatile counted = calloc (1, 1);
  free (counted);
  CHECK (allocations > 0);
  allocations = 0;
  crowd_gather (members, 2000);
  crowd_scatter (members, 2000);
  CHECK_INT (allocations, 0);
  return ffitest_done ();
}
#else
int
main (void)
{
  UNSUPPORTED ("counts allocations with glibc only");
}
#endif
