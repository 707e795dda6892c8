/* SPDX-License-Identifier: MIT */
/* Closures of many sizes come and go, last first, first first and at random: the
   live ones never overlap, share no code address and keep their contents.  */

#include "ffitest.h"
#include "crowd.h"

enum
{
  COUNT = FFITEST_MANY (3000, 1000),
  STEPS = FFITEST_MANY (200000, 5000)
};

struct live
{
  unsigned char *memory;
  size_t size;
  struct crowd_member member;
};

static struct live lives[COUNT];
static const size_t sizes[] = {
  sizeof (ffi_closure), sizeof (ffi_closure), 64, 72, 80, 112, 200, 500, 1000, 5000
};
static unsigned seed = 11;

static unsigned
next_random (void)
{
  seed = seed * 1664525 + 1013904223;
  return seed >> 8;
}

static void
allocate (struct live *l, int number)
{
  l->size = sizes[next_random () % ARRAY_SIZE (sizes)];
  l->memory = ffi_closure_alloc (l->size, &l->member.code);
  CHECK (l->memory != NULL);
  CHECK ((uintptr_t) l->memory % 16 == 0);
  memset (l->memory, number & 0xff, l->size);
  l->member.number = number;
  l->member.closure = (ffi_closure *) l->memory;
  CHECK_INT (ffi_prep_closure_loc (l->member.closure, crowd_cif (), crowd_handle,
                                   &l->member, l->member.code),
             FFI_OK);
}

static void
release (struct live *l)
{
  CHECK_MSG (crowd_answers (&l->member), "closure %d does not answer", l->member.number);
  CHECK_FILL (l->memory + sizeof (ffi_closure), l->member.number & 0xff,
              l->size - sizeof (ffi_closure));
  ffi_closure_free (l->memory);
  l->memory = NULL;
}

static int
by_memory (const void *a, const void *b)
{
  const struct live *x = *(struct live *const *) a, *y = *(struct live *const *) b;
  return (x->memory > y->memory) - (x->memory < y->memory);
}

static int
by_code (const void *a, const void *b)
{
  const struct live *x = *(struct live *const *) a, *y = *(struct live *const *) b;
  return (x->member.code > y->member.code) - (x->member.code < y->member.code);
}

static void
check_all (void)
{
  static struct live *sorted[COUNT];
  size_t n = 0;
  for (int i = 0; i < COUNT; i++)
    if (lives[i].memory != NULL)
      {
        CHECK_MSG (crowd_answers (&lives[i].member), "closure %d does not answer",
                   lives[i].member.number);
        sorted[n++] = &lives[i];
      }
  qsort (sorted, n, sizeof sorted[0], by_memory);
  for (size_t i = 1; i < n; i++)
    CHECK_MSG (sorted[i - 1]->memory + sorted[i - 1]->size <= sorted[i]->memory,
               "closures overlap: %p of %zu bytes and %p", sorted[i - 1]->memory,
               sorted[i - 1]->size, sorted[i]->memory);
  qsort (sorted, n, sizeof sorted[0], by_code);
  for (size_t i = 1; i < n; i++)
    CHECK_MSG (sorted[i - 1]->member.code != sorted[i]->member.code,
               "two closures have the code address %p", sorted[i]->member.code);
}

int
main (void)
{
  int number = 0;
  for (int round = 0; round < 3; round++)
    {
      for (int i = 0; i < COUNT; i++)
        allocate (&lives[i], number++);
      check_all ();
      if (round == 0)
        for (int i = COUNT; i > 0; i--)
          release (&lives[i - 1]);
      else if (round == 1)
        for (int i = 0; i < COUNT; i++)
          release (&lives[i]);
    }
  for (int step = 0; step < STEPS; step++)
    {
      struct live *l = &lives[next_random () % COUNT];
      if (l->memory != NULL)
        release (l);
      else
        allocate (l, number++);
      if (step % (STEPS / 10) == 0)
        check_all ();
    }
  check_all ();
  for (int i = 0; i < COUNT; i++)
    if (lives[i].memory != NULL)
      release (&lives[i]);
  return ffitest_done ();
}
