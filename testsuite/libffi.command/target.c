/* SPDX-License-Identifier: MIT */
/* A process for `ffi-tramp check': it makes what the command line says, prints "ready",
   and stays until its standard input ends.

   usage: target closures N | writable | anonymous | memfd | temporary | views  */

#include "ffitest.h"
#include <ffi_tramp.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page;

/* COUNT closures and trampolines in use, others freed or only reserved, some of them
   large.  */
static void
make_closures (int count)
{
  static void *closures[100000];
  void *code;
  for (int i = 0; i < 2 * count; i++)
    {
      size_t size = i % 7 == 0 ? 500 : i % 1000 == 1 ? 1 << 20 : sizeof (ffi_closure);
      closures[i]
          = i % 5 == 3 ? (void *) ffi_tramp_alloc () : ffi_closure_alloc (size, &code);
      CHECK (closures[i] != NULL);
    }
  for (int i = 0; i < 2 * count; i += 2)
    if (i % 5 == 3)
      ffi_tramp_free ((ffi_tramp *) closures[i]);
    else
      ffi_closure_free (closures[i]);
  CHECK_INT (ffi_tramp_reserve ((size_t) count), 0);
}

static void *
map (int protection, int flags, int fd)
{
  void *at = mmap (NULL, page, protection, flags, fd, 0);
  CHECK_MSG (at != MAP_FAILED, "mmap: %s", strerror (errno));
  return at;
}

static int
file_of_a_page (const char *mode)
{
  char path[] = "/tmp/ffi-tramp-XXXXXX";
  int fd = strcmp (mode, "memfd") == 0 ? memfd_create ("code", 0) : mkstemp (path);
  CHECK (fd >= 0);
  if (strcmp (mode, "temporary") == 0)
    CHECK_INT (unlink (path), 0);
  CHECK_INT (ftruncate (fd, (off_t) page), 0);
  if (strcmp (mode, "views") == 0)
    {
      map (PROT_READ | PROT_WRITE, MAP_SHARED, fd);
      map (PROT_READ | PROT_EXEC, MAP_SHARED, fd);
      /* Not a deleted one.  */
      printf ("%s\n", path);
    }
  return fd;
}

int
main (int argc, char **argv)
{
  const char *mode = argc > 1 ? argv[1] : "";
  const int anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
  page = (size_t) sysconf (_SC_PAGESIZE);
  if (strcmp (mode, "closures") == 0)
    make_closures (atoi (argv[2]));
  else if (strcmp (mode, "writable") == 0)
    map (PROT_READ | PROT_WRITE | PROT_EXEC, anonymous, -1);
  else if (strcmp (mode, "anonymous") == 0)
    map (PROT_READ | PROT_EXEC, anonymous, -1);
  else if (strcmp (mode, "views") == 0)
    file_of_a_page (mode);
  else
    map (PROT_READ | PROT_EXEC, MAP_PRIVATE, file_of_a_page (mode));
  printf ("ready\n");
  fflush (stdout);
  while (getchar () != EOF)
    ;
  return 0;
}
