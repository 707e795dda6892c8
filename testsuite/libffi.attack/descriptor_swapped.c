/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { options -ldl } */
/* { cases } */
/* Between two of the library's calls, whichever, the number of its descriptor is given to
   another file, or closed: an equal file that anybody may write, one of garbage, a short
   one.  With /proc and without, nothing of such a file is ever executed, no number is
   closed that is seen to be somebody else's, and growth goes on afterwards.  The
   library's calls pass by the test, which stands for another thread.  */

#include "ffitest.h"
#include "crowd.h"
#include "own_syscall.h"
#include "own_library.h"
#include <ffi_tramp.h>
#include <sys/mman.h>

enum
{
  COUNT = 12000
};

static struct crowd_member members[COUNT];
static int calls, swap_at, swapped, no_proc, last_opened = -1;
static int looked_at; /* how many calls there were since */
static int theirs; /* a descriptor of the other file, or -1: only close the library's */
static int not_by_us[64]; /* numbers that became somebody else's */

/* A call passes by: it is the CALLS-th from the library's opening of a file on.  */
static void
pass_by (int closing)
{
  if (last_opened < 0 || swap_at == 0)
    return;
  if (++calls != swap_at)
    {
      looked_at++;
      return;
    }
  swap_at = 0;
  swapped = 1;
  if (theirs < 0)
    close (last_opened);
  else
    {
      CHECK_INT (dup2 (theirs, last_opened), last_opened);
      /* What was never looked at looks like what was opened, and whoever looks, looks
         before the call.  */
      not_by_us[last_opened] = looked_at > 0 && !closing;
    }
}

static int
refused (long number, const long *arguments)
{
  pass_by (number == SYS_close);
  if (number == SYS_openat && no_proc
      && strncmp ((const char *) arguments[1], "/proc/", 6) == 0)
    return ENOENT;
  if (number == SYS_openat)
    {
      /* Its number will be the lowest.  */
      looked_at = 0;
      last_opened = dup (0);
      close (last_opened);
      CHECK (last_opened < (int) ARRAY_SIZE (not_by_us));
    }
  return 0;
}

void *
mmap (void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
  static void *(*real) (void *, size_t, int, int, int, off_t);
  if (real == NULL)
    real = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  pass_by (0);
  return real (at, size, protection, flags, fd, offset);
}

/* --- Other files ------------------------------------------------------------- */

static void
fill (const char *path, off_t from)
{
  char traps[4096];
  struct stat status;
  int fd = open (path, O_RDWR | O_CLOEXEC);
  memset (traps, 0xcc, sizeof traps);
  CHECK (fd >= 0 && fstat (fd, &status) == 0);
  for (off_t at = from; at < status.st_size; at += (off_t) sizeof traps)
    CHECK (pwrite (fd, traps, sizeof traps, at) > 0);
  close (fd);
}

static int
other_file (const char *kind)
{
  if (strcmp (kind, "closed") == 0)
    return -1;
  unlink ("other");
  own_library_copy ("other");
  CHECK_INT (chmod ("other", 0666), 0);
  if (strcmp (kind, "garbage") == 0)
    fill ("other", 0);
  if (strcmp (kind, "short") == 0)
    CHECK_INT (truncate ("other", 5000), 0);
  int fd = open ("other", O_RDONLY | O_CLOEXEC);
  CHECK (fd >= 0);
  return fd;
}

/* --- The test ---------------------------------------------------------------- */

/* In a directory of our own.  */
static void
enter_directory (void)
{
  struct stat status;
  CHECK_INT (stat (FFI_LIBRARY, &status), 0);
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    UNSUPPORTED ("without /proc, a library that others may write is not trusted");
  CHECK_MSG (mkdtemp (own_directory) != NULL, "mkdtemp: %s", strerror (errno));
  CHECK_INT (chdir (own_directory), 0);
}

static void
leave_directory (void)
{
  own_library_empty (open (own_directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  rmdir (own_directory);
}

/* In a child: growth with a swap at call K; returns whether there was one.  */
static int
grow_with_swap (const char *kind, int k)
{
  int status, n = 0;
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child != 0)
    {
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_MSG (WIFEXITED (status), "%s at call %d: wait status %#x", kind, k,
                 (unsigned) status);
      CHECK_MSG (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 7,
                 "%s at call %d: exit status %d", kind, k, WEXITSTATUS (status));
      return WEXITSTATUS (status) == 0;
    }
  theirs = other_file (kind);
  swap_at = k;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  /* Whatever was refused, it is not for good.  */
  while (n < COUNT)
    {
      CHECK_MSG (crowd_join (&members[n], n), "%s at call %d: %d closures, then %s", kind,
                 k, n, strerror (errno));
      n++;
    }
  if (theirs >= 0)
    fill ("other", 0);
  for (int i = 0; i < COUNT; i++)
    CHECK_MSG (crowd_answers (&members[i]), "%s at call %d: closure %d", kind, k, i);
  for (int fd = 0; fd < (int) ARRAY_SIZE (not_by_us); fd++)
    CHECK_MSG (!not_by_us[fd] || fcntl (fd, F_GETFD) >= 0,
               "%s at call %d: descriptor %d, which became somebody else's, was closed",
               kind, k, fd);
  fflush (stdout);
  _exit (swapped ? 0 : 7);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "equal", "garbage", "short", "closed" };
  char name[40];
  for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
    for (int without = 0; without < 2; without++)
      {
        snprintf (name, sizeof name, "%s%s", kinds[i], without ? ".no_proc" : "");
        if (argc != 2 || strcmp (argv[1], "--cases") == 0)
          printf ("%s\n", name);
        else if (strcmp (argv[1], name) == 0)
          {
            int k = 1;
            enter_directory ();
            atexit (leave_directory);
            no_proc = without;
            crowd_cif ();
            while (grow_with_swap (kinds[i], k))
              CHECK (++k < 200);
            CHECK_MSG (k > 3, "expected some calls, got %d", k);
            return ffitest_done ();
          }
      }
  return 0;
}
