/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { cases } */
/* The k-th call that maps or protects memory while tables grow and are given back is
   refused, for each of the first k and then for more and more distant ones: as kernels
   since 6.12 do it, which change nothing; and as those before, which have already
   unmapped what was to be replaced.  Somebody else maps memory there, or in a part of it,
   or nobody does.  That memory is never touched, there are as many closures as ever
   afterwards, all of which answer, and nothing is left behind.  */

#include "ffitest.h"
#include "own_syscall.h"
#include "crowd.h"
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  COUNT = 22000, /* more than the image has room for */
  SAMPLE = 61,
  ROUNDS = 12,       /* of a shortage that returns */
  TABLE = 640 << 10, /* more than what one table takes */
  UNIT = 4096,       /* pages of the kernel's that an emulator runs on */
  NOREPLACE = 0x100000
};

static const struct fault
{
  const char *name;
  int unmaps;        /* what was to be replaced */
  unsigned from, to; /* eighths of it that somebody else maps then */
  int often;         /* each third call instead of the k-th */
} faults[] = {
  { "nothing_unmapped", 0, 0, 0, 0 },
  { "hole_left", 1, 0, 0, 0 },
  { "hole_taken", 1, 0, 8, 0 },
  { "start_taken", 1, 0, 2, 0 },
  { "middle_taken", 1, 3, 5, 0 },
  { "end_taken", 1, 6, 8, 0 },
  { "often", 0, 0, 0, 1 },
};

static const struct fault *fault;
static long calls, refuse_at; /* from 1 on; 0: none */
static char *theirs;
static size_t their_size;
static struct crowd_member members[COUNT];

static void *
map_itself (void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
#ifdef SYS_mmap2
  return (void *) syscall (SYS_mmap2, at, size, prot, flags, fd, (long) (offset / 4096));
#elif defined __s390x__
  const long block[] = { (long) at, (long) size, prot, flags, fd, (long) offset };
  return (void *) syscall (SYS_mmap, block);
#else
  return (void *) syscall (SYS_mmap, at, size, prot, flags, fd, (long) offset);
#endif
}

/* Is this call to be refused?  It replaces SIZE bytes at AT, or AT is null.  */
static int
refuses (char *at, size_t size)
{
  if (refuse_at == 0)
    return 0;
  calls++;
  if (fault->often ? calls % 3 != refuse_at % 3 : calls != refuse_at)
    return 0;
  if (fault->unmaps && at != NULL)
    {
      refuse_at = 0;
      munmap (at, size);
      if (fault->from != fault->to)
        {
          /* Whole pages.  */
          size_t page = (size_t) sysconf (_SC_PAGESIZE);
          theirs = at + size / 8 * fault->from / page * page;
          their_size
              = (size_t) (at + size / 8 * fault->to - theirs + page - 1) / page * page;
          CHECK (map_itself (theirs, their_size, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
                 == theirs);
          memset (theirs, 0x5a, their_size);
        }
    }
  return 1;
}

void *
mmap (void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
  int replaces = (flags & MAP_FIXED) != 0 && (flags & NOREPLACE) == 0;
  if (refuses (replaces ? (char *) at : NULL, size))
    {
      errno = ENOMEM;
      return MAP_FAILED;
    }
  return map_itself (at, size, prot, flags, fd, offset);
}

static int
refused (long number, const long *arguments)
{
  if (number == SYS_mprotect)
    return refuses (NULL, 0) ? ENOMEM : 0;
  if (number != SYS_mremap)
    return 0;
  int replaces = (arguments[3] & MREMAP_FIXED) != 0;
  return refuses (replaces ? (char *) arguments[4] : NULL, (size_t) arguments[2]) ? ENOMEM
                                                                                  : 0;
}

static unsigned long
pages_mapped (void)
{
  FILE *statm = fopen ("/proc/self/statm", "re");
  unsigned long pages = 0;
  if (statm == NULL || fscanf (statm, "%lu", &pages) != 1)
    pages = 0;
  if (statm != NULL)
    fclose (statm);
  return pages;
}

/* As many of COUNT as there are, which is returned; some are called.  */
static int
fill (void)
{
  int n = 0, failures = 0;
  while (n < COUNT && failures < 3)
    {
      errno = 0;
      if (crowd_join (&members[n], n))
        n++;
      else
        {
          failures++;
          CHECK_INT (errno, ENOMEM);
        }
    }
  for (int i = 0; i < n; i += SAMPLE)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d of %d does not answer", i, n);
  return n;
}

static void
check_theirs (void)
{
  size_t lost = 0;
  for (size_t i = 0; i < their_size; i++)
    lost += theirs[i] != 0x5a;
  CHECK_MSG (lost == 0, "call %ld: %zu of %zu bytes of somebody else's memory were lost",
             calls, lost, their_size);
}

/* Returns whether a call was refused.  */
static int
suffer (long k, int warm)
{
  unsigned long pages = 0;
  if (warm)
    for (int i = 0; i < 2; i++)
      {
        CHECK_INT (fill (), COUNT);
        crowd_scatter (members, COUNT);
        pages = pages_mapped ();
      }
  refuse_at = k;
  for (int i = 0; i < (fault->often ? ROUNDS : 2); i++)
    crowd_scatter (members, fill ());
  refuse_at = 0;
  check_theirs ();
  for (int i = 0; i < (warm ? 2 : 1); i++)
    {
      CHECK_MSG (fill () == COUNT, "call %ld: fewer closures afterwards", k);
      check_theirs ();
      crowd_scatter (members, COUNT);
      check_theirs ();
    }
  unsigned long now = pages_mapped ();
  CHECK_MSG (pages == 0 || now <= pages + (their_size + TABLE) / UNIT,
             "call %ld: %lu pages before, %lu after", k, pages, now);
  return calls >= k;
}

int
main (int argc, char **argv)
{
  const char *name = argc == 2 ? argv[1] : "--cases";
  for (size_t i = 0; i < ARRAY_SIZE (faults); i++)
    if (strcmp (name, "--cases") == 0)
      printf ("%s\n", faults[i].name);
    else if (strcmp (name, faults[i].name) == 0)
      fault = &faults[i];
  if (fault == NULL)
    return 0;
  int refused_calls = 0;
  for (int warm = 0; warm < 2; warm++)
    for (long k = 1, status = 0; k <= (fault->often ? 3 : 1000);
         k += 1 + k / FFITEST_MANY (8, 4))
      {
        fflush (stdout);
        pid_t child = fork ();
        CHECK (child >= 0);
        if (child == 0)
          _exit (suffer (k, warm) ? 0 : 2);
        int wait_status;
        CHECK_INT (waitpid (child, &wait_status, 0), child);
        status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : -1;
        CHECK_MSG (status == 0 || status == 2, "call %ld: wait status %#x", k,
                   (unsigned) wait_status);
        if (status == 2)
          break;
        refused_calls++;
      }
  CHECK_MSG (refused_calls >= 6, "only %d calls were refused", refused_calls);
  return ffitest_done ();
}
