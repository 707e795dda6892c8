/* SPDX-License-Identifier: MIT */
/* A process for `ffi-tramp check': it makes what the command line says, prints "ready",
   and stays until its standard input ends.

   usage: target closures N | writable | anonymous | memfd | temporary | views | forged
                 | zero | shared | sysv | memfd-views | deleted-views PATH
                 | views-at PATH | deleted-at PATH | code-at PATH | names DIRECTORY

   What it makes in the file system it removes in the end.  */

#include "ffitest.h"
#include <ffi_tramp.h>
#include <fcntl.h>
#include <link.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/shm.h>
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

/* Two views of the file FD.  */
static void
map_views (int fd)
{
  map (PROT_READ | PROT_WRITE, MAP_SHARED, fd);
  map (PROT_READ | PROT_EXEC, MAP_SHARED, fd);
}

static int
new_file (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
  CHECK_MSG (fd >= 0, "open: %s", strerror (errno));
  CHECK_INT (ftruncate (fd, (off_t) page), 0);
  return fd;
}

static char *remove_later[16];

/* Have PATH removed in the end.  */
static void
later (const char *path)
{
  for (size_t i = 0; i < ARRAY_SIZE (remove_later); i++)
    if (remove_later[i] == NULL)
      {
        remove_later[i] = strdup (path);
        return;
      }
}

/* Code in files of DIRECTORY whose names a terminal would obey, or are not text.  */
static void
make_names (const char *directory)
{
  static const char *const names[] = { "up\033[1A\033[2Kclean",
                                       "line\nprocess 1: clean",
                                       "bell\a\b\r\t\v\f",
                                       "c1\302\233\233"
                                       "31m",
                                       "bidi\342\200\256\342\201\246",
                                       "invalid\377\376\300\200",
                                       "delete\177",
                                       "title\033]0;x\033\\" };
  char path[4096];
  for (size_t i = 0; i < ARRAY_SIZE (names); i++)
    {
      snprintf (path, sizeof path, "%s/%s", directory, names[i]);
      map (PROT_READ | PROT_EXEC, MAP_PRIVATE, new_file (path));
      later (path);
    }
}

/* Memory that is shared and of no file of the program's, mapped twice.  */
static void
map_shared (void)
{
  void *view = map (PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
  void *other = mremap (view, 0, page, MREMAP_MAYMOVE);
  CHECK (other != MAP_FAILED);
  CHECK_INT (mprotect (other, page, PROT_READ | PROT_EXEC), 0);
}

static void
attach_sysv (void)
{
  int id = shmget (IPC_PRIVATE, page, IPC_CREAT | 0700);
  CHECK (id >= 0);
  void *writable = shmat (id, NULL, 0), *code = shmat (id, NULL, SHM_EXEC | SHM_RDONLY);
  CHECK_INT (shmctl (id, IPC_RMID, NULL), 0);
  CHECK (writable != (void *) -1 && code != (void *) -1);
}

/* Memory that was written, named after the device that it is of.  */
static void
map_zero (void)
{
  int fd = open ("/dev/zero", O_RDWR | O_CLOEXEC);
  CHECK (fd >= 0);
  void *at = map (PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
  memset (at, 0xcc, page);
  CHECK_INT (mprotect (at, page, PROT_READ | PROT_EXEC), 0);
}

/* What MODE says, with the file at PATH.  */
static void
make_file (const char *mode, const char *path)
{
  int fd = new_file (path);
  if (strcmp (mode, "code-at") == 0 || strcmp (mode, "deleted-at") == 0)
    map (PROT_READ | PROT_EXEC, MAP_PRIVATE, fd);
  else
    map_views (fd);
  if (strcmp (mode, "deleted-at") == 0 || strcmp (mode, "deleted-views") == 0)
    CHECK_INT (unlink (path), 0);
  else
    later (path);
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
      /* Not a deleted one.  */
      map_views (fd);
      later (path);
    }
  return fd;
}

/* Images of what looks like a libffi, whose note leads to numbers at random.  */
static void
forge (unsigned seed)
{
  typedef struct
  {
    ElfW (Ehdr) header;
    ElfW (Phdr) segment;
    ElfW (Nhdr) note;
    char name[8];
    int32_t words[7];
    unsigned short layout[10];
  } image;
  char path[] = "/tmp/ffi-tramp-XXXXXX";
  int fd = mkstemp (path);
  CHECK (fd >= 0);
  CHECK_INT (unlink (path), 0);
  CHECK_INT (ftruncate (fd, (off_t) (4 * page)), 0);
  void *at = mmap (NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  CHECK (at != MAP_FAILED);
  image *forged = (image *) at;
  for (size_t i = 0; i < 4 * page; i++)
    {
      seed = seed * 1664525 + 1013904223;
      ((unsigned char *) at)[i] = seed % 3 == 0 ? 0xff : (unsigned char) (seed >> 24);
    }
  *forged = (image){ .name = "libffi" };
  memcpy (forged->header.e_ident, ELFMAG, SELFMAG);
  forged->header.e_ident[EI_CLASS] = sizeof (long) == 8 ? ELFCLASS64 : ELFCLASS32;
  forged->header.e_phoff = offsetof (image, segment);
  forged->header.e_phentsize = sizeof forged->segment;
  forged->header.e_phnum = 1;
  forged->segment.p_type = PT_NOTE;
  forged->segment.p_vaddr = offsetof (image, note);
  forged->segment.p_memsz = sizeof forged->note + 8 + sizeof forged->words;
  forged->note = (ElfW (Nhdr)){ 7, sizeof forged->words, 1 };
  for (int i = 0; i < 7; i++)
    forged->words[i] = (int32_t) (seed >> (3 * i)) % (int32_t) (2 * page);
  forged->words[6]
      = (int32_t) (offsetof (image, layout) - offsetof (image, words) - 6 * 4);
  for (int i = 0; i < 10; i++)
    forged->layout[i] = (unsigned short) (seed >> i);
  forged->layout[0] = 8 * sizeof (long);
  forged->layout[1] = 4096;
  forged->layout[2] = (unsigned short) (seed % 4097);
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
  else if (strcmp (mode, "forged") == 0)
    for (unsigned seed = 0; seed < 100; seed++)
      forge (seed);
  else if (strcmp (mode, "views") == 0)
    file_of_a_page (mode);
  else if (strcmp (mode, "zero") == 0)
    map_zero ();
  else if (strcmp (mode, "shared") == 0)
    map_shared ();
  else if (strcmp (mode, "sysv") == 0)
    attach_sysv ();
  else if (strcmp (mode, "memfd-views") == 0)
    map_views (file_of_a_page ("memfd"));
  else if (strcmp (mode, "names") == 0)
    make_names (argv[2]);
  else if (argc > 2)
    make_file (mode, argv[2]);
  else
    map (PROT_READ | PROT_EXEC, MAP_PRIVATE, file_of_a_page (mode));
  printf ("ready\n");
  fflush (stdout);
  while (getchar () != EOF)
    ;
  for (size_t i = 0; i < ARRAY_SIZE (remove_later) && remove_later[i] != NULL; i++)
    unlink (remove_later[i]);
  return 0;
}
