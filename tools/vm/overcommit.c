/* SPDX-License-Identifier: MIT */
/* Closures while the system promises no more memory (vm.overcommit_memory=2), to be run
   in a machine of its own: tools/vm/overcommit.  Growth is refused after each amount of
   memory that is still left, tables are given back meanwhile, and others map memory in
   between. Theirs is never touched; when there is memory again, closures are; nothing is
   left.  */

#define _GNU_SOURCE 1

#include <errno.h>
#include <ffi_tramp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum
{
  COUNT = 24000, /* more than the image has and has room for */
  BLOCK = 65536, /* of what takes all memory, and of others' */
  PAGE = 4096,
  BLOCKS = 1 << 14,
  OTHERS = 8,
  STEPS = 120 /* of a page, and then of more */
};

static void *closures[COUNT];
static void *codes[COUNT];
static char *hog[BLOCKS], *pages[BLOCK / PAGE], *others[OTHERS];
static int hogs, left_pages;

static void
fail (const char *what, long step)
{
  printf ("FAILED: step %ld: %s: %s\n", step, what, strerror (errno));
  exit (1);
}

static char *
map (size_t size)
{
  char *start
      = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return start != MAP_FAILED ? start : NULL;
}

/* The kernel's figure NAME in KiB, from /proc/meminfo.  */
static long
meminfo (const char *name)
{
  char line[128];
  long value = -1;
  FILE *file = fopen ("/proc/meminfo", "re");
  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    if (strncmp (line, name, strlen (name)) == 0)
      value = atol (line + strlen (name));
  if (file != NULL)
    fclose (file);
  return value;
}

/* Have all memory but N pages promised to us.  */
static void
leave (long n)
{
  while (hogs < BLOCKS && (hog[hogs] = map (BLOCK)) != NULL)
    hogs++;
  for (left_pages = 0; left_pages < BLOCK / PAGE; left_pages++)
    if ((pages[left_pages] = map (PAGE)) == NULL)
      break;
  for (; n >= BLOCK / PAGE && hogs > 0; n -= BLOCK / PAGE)
    munmap (hog[--hogs], BLOCK);
  for (; n > 0 && left_pages > 0; n--)
    munmap (pages[--left_pages], PAGE);
}

static void
give_back (void)
{
  while (hogs > 0)
    munmap (hog[--hogs], BLOCK);
  while (left_pages > 0)
    munmap (pages[--left_pages], PAGE);
}

/* Closures from FROM on, until there are none; the number of all.  */
static int
fill (int from, long step)
{
  int n = from;
  while (n < COUNT && (closures[n] = ffi_closure_alloc (sizeof (ffi_closure), &codes[n])))
    n++;
  if (n < COUNT && errno != ENOMEM)
    fail ("another error than ENOMEM", step);
  return n;
}

static void
empty (int from, int to)
{
  for (int i = from; i < to; i++)
    ffi_closure_free (closures[i]);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = *(int *) data;
}

/* Every so many of N closures answer.  */
static void
call_some (int n, long step)
{
  static int numbers[COUNT];
  static ffi_cif cif;
  if (cif.rtype == NULL
      && ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) != FFI_OK)
    fail ("no cif", step);
  for (int i = n - 1; i >= 0; i -= 37)
    {
      numbers[i] = i + (int) step;
      if (ffi_prep_closure_loc (closures[i], &cif, handle, &numbers[i], codes[i])
          != FFI_OK)
        fail ("a closure cannot be prepared", step);
      if (((int (*) (void)) (long) codes[i]) () != numbers[i])
        fail ("a closure gives another answer", step);
    }
}

/* Others map memory where there is room; later it is still theirs.  */
static void
others_map (long step)
{
  for (int i = 0; i < OTHERS; i++)
    {
      if ((others[i] = map (BLOCK)) == NULL)
        fail ("others get no memory", step);
      memset (others[i], 0x5a, BLOCK);
    }
}

static void
others_check (long step)
{
  long lost = 0;
  for (int i = 0; i < OTHERS; i++)
    for (int k = 0; k < BLOCK; k++)
      lost += others[i][k] != 0x5a;
  if (lost != 0)
    {
      printf ("FAILED: step %ld: %ld of %d bytes of somebody else's memory were lost\n",
              step, lost, OTHERS * BLOCK);
      exit (1);
    }
}

static int refusals;

/* Growth is refused after N pages; before that KEPT closures live.  */
static void
try (long n, int kept, long step)
{
  fill (0, step);
  empty (kept, COUNT);
  leave (n);
  int got = fill (kept, step);
  refusals += got < COUNT;
  empty (kept, got); /* tables are given back */
  got = fill (kept, step);
  give_back ();
  others_map (step);
  if (fill (got, step) != COUNT)
    fail ("there is memory, and no closures", step);
  call_some (COUNT, step);
  others_check (step);
  empty (0, COUNT);
  others_check (step);
  for (int i = 0; i < OTHERS; i++)
    munmap (others[i], BLOCK);
}

int
main (void)
{
  static const int kept[] = { 0, 4096, 9000, 17000 };
  long before = 0;
  FILE *setting = fopen ("/proc/sys/vm/overcommit_memory", "we");
  setvbuf (stdout, NULL, _IOLBF, 4096);
  if (setting == NULL || fputs ("2", setting) < 0 || fclose (setting) != 0)
    fail ("vm.overcommit_memory cannot be set", 0);
  for (long step = 0; step < STEPS; step++)
    {
      /* One page more each time; later a table's slots more.  */
      long n = step < 100 ? step : (step - 90) * 16;
      try (n, kept[step % 4], step);
      if (step == 8)
        before = meminfo ("Committed_AS:");
    }
  long now = meminfo ("Committed_AS:");
  printf ("%d of %d growths were refused; %ld KiB promised after 9 steps, %ld after %d\n",
          refusals, STEPS, before, now, STEPS);
  if (refusals < STEPS / 2)
    fail ("too few growths were refused", STEPS);
  if (now > before + 1024)
    fail ("memory is still promised to nobody", STEPS);
  return 0;
}
