/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { cases } */
/* The address space (RLIMIT_AS) or the number of mappings (vm.max_map_count) is used up,
   but for a little more in every round, before the first growth or after it: null with
   ENOMEM, and what is live answers.  Once it is over there are as many closures as ever,
   and nothing is left of the shortage.  */

#include "ffitest.h"
#include "crowd.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  COUNT = 150000,
  ROUNDS = 6,
  /* A leaf of the library's directory: src/trampoline/address_map.c.  */
  LEAF = sizeof (void *) == 8 ? 131072 : 4096
};

static struct crowd_member members[COUNT];
static char *filler;
static size_t filler_pages, page;
static struct rlimit unlimited;

/* How much address space there is of this process.  No heap is needed to ask.  */
static unsigned long
pages_mapped (void)
{
  char text[100] = "";
  int fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  CHECK (fd >= 0 && read (fd, text, sizeof text - 1) > 0);
  close (fd);
  return strtoul (text, NULL, 10);
}

static void
nothing (void)
{
}

static void
limit_address_space (int round)
{
  struct rlimit limit;
  CHECK_INT (getrlimit (RLIMIT_AS, &unlimited), 0);
  limit = unlimited;
  limit.rlim_cur = pages_mapped () * page + ((rlim_t) round << 16);
  CHECK_INT (setrlimit (RLIMIT_AS, &limit), 0);
}

static void
lift_limit (void)
{
  CHECK_INT (setrlimit (RLIMIT_AS, &unlimited), 0);
}

/* Every second page of some memory is a mapping of its own, until there can be no
   more.  */
static void
use_mappings (void)
{
  size_t n = 0;
  filler_pages = 1 << 21;
  while ((filler = mmap (NULL, filler_pages * page, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))
         == MAP_FAILED)
    filler_pages /= 2;
  while (2 * n + 1 < filler_pages
         && mprotect (filler + (2 * n + 1) * page, page, PROT_READ) == 0)
    n++;
  if (2 * n + 1 >= filler_pages)
    UNSUPPORTED ("there can be more mappings than memory for them");
}

/* There can be ROUND more.  */
static void
leave_mappings (int round)
{
  for (int i = 0; i < round / 2; i++)
    CHECK_INT (mprotect (filler + (2 * i + 1) * page, page, PROT_NONE), 0);
  if (round % 2 != 0)
    CHECK_INT (munmap (filler, page), 0);
}

static void
give_mappings_back (void)
{
  CHECK_INT (munmap (filler, filler_pages * page), 0);
}

static const struct shortage
{
  const char *name;
  void (*prepare) (void);
  void (*begin) (int round); /* in a child process */
  void (*end) (void);
} shortages[] = {
  { "address_space", nothing, limit_address_space, lift_limit },
  { "mappings", use_mappings, leave_mappings, give_mappings_back },
};

/* Closures from FROM on until there are none, and the number of all.  */
static int
join_all (int from)
{
  int n = from;
  errno = 0;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  if (n < COUNT)
    CHECK_INT (errno, ENOMEM);
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d of %d does not answer", i, n);
  return n;
}

static void
suffer (const struct shortage *shortage, int round, int before)
{
  unsigned long pages;
  shortage->begin (round);
  int n = join_all (before);
  CHECK_MSG (n >= 1000 && n < COUNT, "%d closures in round %d", n, round);
  /* Tables cannot always be unmapped now.  */
  crowd_scatter (members + before, n - before);
  int again = join_all (before);
  CHECK_MSG (again >= 1000 && again < COUNT, "%d closures, then %d", n, again);
  shortage->end ();
  CHECK_INT (join_all (again), COUNT);
  crowd_scatter (members, COUNT);
  pages = pages_mapped ();
  CHECK_INT (join_all (0), COUNT);
  crowd_scatter (members, COUNT);
  /* Tables that find no room in the library's image lie anywhere.  In a part of the
     address space where none was before they may want another leaf of the directory, and
     that stays.  No more is left than just that.  */
  unsigned long now = pages_mapped ();
  CHECK_MSG (now <= pages || now == pages + LEAF / page, "%lu pages, then %lu pages",
             pages, now);
}

static void
test (const struct shortage *shortage, int before)
{
  crowd_gather (members, before);
  shortage->prepare ();
  for (int round = 0; round < ROUNDS; round++)
    {
      int status;
      fflush (stdout);
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        {
          suffer (shortage, round, before);
          _exit (0);
        }
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (status == 0, "round %d: wait status %#x", round, (unsigned) status);
    }
}

int
main (int argc, char **argv)
{
  const char *name = argc == 2 ? argv[1] : "--cases";
  char other[80];
  page = (size_t) sysconf (_SC_PAGESIZE);
  for (size_t i = 0; i < ARRAY_SIZE (shortages); i++)
    for (int grown = 0; grown < 2; grown++)
      {
        snprintf (other, sizeof other, "%s.%s", shortages[i].name,
                  grown ? "after_growth" : "before_growth");
        if (strcmp (name, "--cases") == 0)
          printf ("%s\n", other);
        else if (strcmp (name, other) == 0)
          test (&shortages[i], grown ? 10000 : 0);
      }
  return strcmp (name, "--cases") == 0 ? 0 : ffitest_done ();
}
