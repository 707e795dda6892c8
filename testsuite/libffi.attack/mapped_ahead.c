/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { options -ldl } */
/* { cases } */
/* The library makes itself ready to grow when half of the image's table is used: not
   before, without touching errno, and without telling if it fails; whatever becomes of
   its file and of descriptors afterwards, there are more closures than that table has.
   The library's calls pass by the test.  */

#include "ffitest.h"
#include "crowd.h"
#include "own_syscall.h"
#include "descriptors.h"
#include <ffi_tramp.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int calls, opened, refusal; /* refusal: with what opening files fails */

static int
refused (long number, const long *arguments)
{
  (void) arguments;
  calls++;
  opened += number == SYS_openat;
  return number == SYS_openat ? refusal : 0;
}

void *
mmap (void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
  static void *(*real) (void *, size_t, int, int, int, off_t);
  if (real == NULL)
    real = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  calls++;
  return real (at, size, protection, flags, fd, offset);
}

static struct crowd_member members[100000];
static int capacity;

/* Closures from FROM until there are COUNT; errno stays.  */
static void
join (int from, int count)
{
  for (int i = from; i < count; i++)
    {
      errno = EDOM;
      CHECK_MSG (crowd_join (&members[i], i), "closure %d of %d: %s", i, count,
                 strerror (errno));
      CHECK_INT (errno, EDOM);
    }
  for (int i = 0; i < count; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
}

/* Emulators cannot map a mapping again: there the copy is good for one more table.  */
static int
as_many_as_possible (void)
{
  int fd = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  void *map = mmap (NULL, page, PROT_READ, MAP_SHARED, fd, 0);
  CHECK (map != MAP_FAILED);
  close (fd);
  return mremap (map, 0, page, MREMAP_MAYMOVE) != MAP_FAILED ? (int) ARRAY_SIZE (members)
                                                             : capacity + 1000;
}

static void
silent_before_half (void)
{
  calls = 0;
  join (0, capacity / 2 - 1);
  CHECK_INT (calls, 0);
  int descriptors = open_descriptors (1024);
  join (capacity / 2 - 1, capacity / 2);
  CHECK_MSG (calls > 0, "expected calls when half is used, got none");
  CHECK_INT (open_descriptors (1024), descriptors);
  /* And then not again.  */
  calls = 0;
  join (capacity / 2, capacity);
  CHECK_INT (calls, 0);
}

static void
refused_from_half_on (void)
{
  int count = as_many_as_possible ();
  join (0, capacity / 2);
  refusal = EMFILE;
  join (capacity / 2, count);
  crowd_scatter (members, count);
  /* Reserved or not, and with some of them freed.  */
  join (0, capacity);
}

/* The file is found to be gone, and is there again.  */
static void
refused_at_half (void)
{
  refusal = ENOENT;
  join (0, capacity / 2 + 1);
  CHECK (opened > 0);
  refusal = 0;
  join (capacity / 2 + 1, capacity * 3 / 4);
  /* A later try went well.  */
  refusal = EACCES;
  join (capacity * 3 / 4, capacity + 1);
}

/* Growth itself tries again.  */
static void
refused_until_full (void)
{
  void *code;
  refusal = EACCES;
  join (0, capacity);
  CHECK (ffi_closure_alloc (sizeof (ffi_closure), &code) == NULL);
  CHECK_INT (errno, ENOMEM);
  refusal = 0;
  join (capacity, 3 * capacity);
}

/* What refuses is not asked for each closure.  */
static void
refused_and_replaced (void)
{
  refusal = EPERM;
  join (0, capacity - 1);
  int before = opened;
  CHECK_MSG (before <= 300, "expected a few tries, got %d", before);
  for (int i = 0; i < 20000; i++)
    {
      int k = i * 7 % (capacity - 1);
      crowd_leave (&members[k]);
      CHECK (crowd_join (&members[k], k) && crowd_answers (&members[k]));
    }
  CHECK_MSG (opened <= 300, "expected %d tries, got %d", before, opened);
}

/* Not only closures of one size count, nor only those that stay.  */
static void
larger_ones (void)
{
  static void *larger[100000];
  void *code;
  int n = 0;
  while (n < capacity / 5)
    CHECK ((larger[n++] = ffi_closure_alloc (3 * sizeof (ffi_closure), &code)) != NULL);
  for (int i = 0; i < n; i += 2)
    ffi_closure_free (larger[i]);
  CHECK (opened > 0);
  refusal = ENOENT;
  /* One table more than the image's, which emulators can add, too.  */
  ffi_tramp_count image;
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  join (0, (int) (image.capacity - image.used) + 500);
}

static void
children_are_ready (void)
{
  int status;
  join (0, capacity / 2);
  refusal = ENOENT;
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      join (capacity / 2, capacity + 1);
      _exit (0);
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_INT (status, 0);
}

static const struct
{
  const char *name;
  void (*test) (void);
} tests[] = {
  { "silent_before_half", silent_before_half },
  { "refused_from_half_on", refused_from_half_on },
  { "refused_at_half", refused_at_half },
  { "refused_until_full", refused_until_full },
  { "refused_and_replaced", refused_and_replaced },
  { "larger_ones", larger_ones },
  { "children_are_ready", children_are_ready },
};

int
main (int argc, char **argv)
{
  ffi_tramp_count image;
  for (size_t i = 0; i < ARRAY_SIZE (tests); i++)
    if (argc != 2 || strcmp (argv[1], "--cases") == 0)
      printf ("%s\n", tests[i].name);
    else if (strcmp (argv[1], tests[i].name) == 0)
      {
        crowd_cif ();
        ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
        capacity = (int) image.capacity;
        if (capacity == 0)
          UNSUPPORTED ("the image's table is not used");
        CHECK (3 * capacity < (int) ARRAY_SIZE (members));
        tests[i].test ();
        return ffitest_done ();
      }
  return 0;
}
