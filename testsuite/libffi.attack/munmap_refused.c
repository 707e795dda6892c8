/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { options -ldl } */
/* { timeout 300 } */
/* { cases } */
/* munmap is refused from some moment on, with one of several errors: there are as many
   closures as ever, large ones too, and round after round takes no more of the address
   space.  What was left over goes once munmap works again.  */

#include "ffitest.h"
#include "crowd.h"
#include "own_syscall.h"
#include <fcntl.h>
#include <ffi_tramp.h>
#include <sys/mman.h>
#include <unistd.h>

enum
{
  COUNT = FFITEST_MANY (300000, 30000),
  LARGE = 20
};

static struct crowd_member members[COUNT];
static int error; /* with which munmap fails, or 0 */

static int
refused (long number, const long *arguments)
{
  (void) arguments;
  return number == SYS_munmap ? error : 0;
}

/* Pages that are mapped now.  */
static long
pages_mapped (void)
{
  char text[100] = "";
  int fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0 || read (fd, text, sizeof text - 1) <= 0)
    UNSUPPORTED ("there is no /proc");
  close (fd);
  return strtol (text, NULL, 10);
}

static void
use_large_ones (void)
{
  void *large[LARGE], *code;
  for (int i = 0; i < LARGE; i++)
    {
      large[i] = ffi_closure_alloc (100000, &code);
      CHECK_MSG (large[i] != NULL, "large closure %d: %s", i, strerror (errno));
      memset (large[i], i, 100000);
    }
  for (int i = 0; i < LARGE; i++)
    ffi_closure_free (large[i]);
}

static void
use_all (void)
{
  crowd_gather (members, COUNT);
  use_large_ones ();
  crowd_scatter (members, COUNT);
  use_large_ones ();
}

/* Whether memory can be had at an address only if nothing is there: not by emulators,
   where more is left over.  */
static int
can_map_exactly (void)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  void *here = mmap (NULL, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mmap (here, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
               -1, 0)
         == MAP_FAILED;
}

/* No more pages than a second leaf of the directory takes (src/trampoline/address_map.c)
   are mapped than BEFORE.  */
static void
check_pages (long before, const char *when)
{
  const long leaf = sizeof (void *) == 8 ? 131072 : 4096;
  long now = pages_mapped (), more = leaf / sysconf (_SC_PAGESIZE) + 1;
  CHECK_MSG (now <= before + more || !can_map_exactly (),
             "%s: expected at most %ld pages, got %ld", when, before + more, now);
}

/* From when COUNT_BEFORE closures are there.  */
static void
test (int count_before, int refusal)
{
  if (count_before > 0)
    use_all ();
  long at_first = pages_mapped ();
  crowd_gather (members, count_before);
  error = refusal;
  CHECK (COUNT > count_before);
  for (int i = count_before; i < COUNT; i++)
    CHECK_MSG (crowd_join (&members[i], i), "closure %d: %s", i, strerror (errno));
  use_large_ones ();
  crowd_scatter (members, COUNT);
  use_all ();
  long before = pages_mapped ();
  for (int i = 0; i < 5; i++)
    use_all ();
  check_pages (before, "after some rounds more");
  error = 0;
  use_all ();
  if (count_before > 0)
    check_pages (at_first, "when munmap works again");
}

static const struct
{
  const char *name;
  int error;
} refusals[] = { { "EPERM", EPERM }, { "EACCES", EACCES }, { "ENOSYS", ENOSYS } };

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int count;
  } moments[] = { { "before_first_closure", 0 }, { "after_growth", COUNT / 4 } };
  char name[80];
  for (size_t i = 0; i < ARRAY_SIZE (refusals); i++)
    for (size_t m = 0; m < ARRAY_SIZE (moments); m++)
      {
        snprintf (name, sizeof name, "%s.%s", refusals[i].name, moments[m].name);
        if (argc != 2 || strcmp (argv[1], "--cases") == 0)
          printf ("%s\n", name);
        else if (strcmp (argv[1], name) == 0)
          {
            test (moments[m].count, refusals[i].error);
            return ffitest_done ();
          }
      }
  return 0;
}
