/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* At no stage is there a mapping that is writable and executable, nor executable
   memory without a file of its own: anonymous, memfd or deleted, nor any whose file is
   mapped shared and writable at another address.  What a file is called does not count:
   trampfd's device is known by its inode.  */

#include "ffitest.h"
#include "crowd.h"
#include "maps.h"
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static struct crowd_member members[FFITEST_MANY (100000, 5000)];

/* The kernel's own.  */
static const char *const kernels[] = { "[vdso]", "[vsyscall]", "[vectors]", "[sigpage]" };

/* The vdso and the like, where the system is an emulator that does not call them so,
   have no file.  They were there before.  */
static char nameless[4][4352];

static int
was_there (const char *line, int note)
{
  for (int i = 0; i < (int) ARRAY_SIZE (nameless); i++)
    {
      if (note && nameless[i][0] == '\0')
        strcpy (nameless[i], line);
      if (strcmp (nameless[i], line) == 0)
        return 1;
    }
  return 0;
}

/* The file of a line of maps.  */
struct file
{
  unsigned major, minor;
  unsigned long long inode;
};

static struct file
file_of (const char *line)
{
  struct file f = { 0, 0, 0 };
  CHECK (sscanf (line, "%*s %*s %*s %x:%x %llu", &f.major, &f.minor, &f.inode) == 3);
  return f;
}

static int
same_file (struct file a, struct file b)
{
  return a.major == b.major && a.minor == b.minor && a.inode == b.inode;
}

struct search
{
  struct file file;
  int found;
};

static void
look_for_view (const char *permissions, const char *path, const char *line, void *data)
{
  struct search *search = data;
  (void) path;
  if (permissions[1] == 'w' && permissions[3] == 's'
      && same_file (file_of (line), search->file))
    search->found = 1;
}

/* Whether the file in LINE can be written through a mapping.  */
static int
has_writable_view (const char *line)
{
  struct search search = { file_of (line), 0 };
  for_each_mapping (look_for_view, &search);
  return search.found;
}

/* Whether the file at PATH in LINE is trampfd's, the device or one of the system call,
   which nobody can write to.  The path of any other file begins with a slash.  */
static int
is_trampfd (const char *path, const char *line)
{
  if (strcmp (path, "anon_inode:[trampfd]") == 0)
    return 1;
  struct stat device;
  if (stat ("/dev/trampfd", &device) != 0 || !S_ISCHR (device.st_mode))
    return 0;
  struct file own = { major (device.st_dev), minor (device.st_dev), device.st_ino };
  return same_file (file_of (line), own);
}

/* Whether the file in LINE, mapped from PATH, stays, as a program's own does.  */
static int
is_lasting (const char *path, const char *line)
{
  static const char deleted[] = " (deleted)";
  size_t length = strlen (path), tail = sizeof deleted - 1;
  struct stat status;
  if (length >= tail && strcmp (path + length - tail, deleted) == 0)
    return 0;
  return is_trampfd (path, line)
         || (stat (path, &status) == 0 && S_ISREG (status.st_mode));
}

static void
inspect (const char *permissions, const char *path, const char *line, void *data)
{
  int *executable = data;
  if (permissions[2] != 'x')
    return;
  if (executable != NULL)
    ++*executable;
  CHECK_MSG (permissions[1] != 'w', "writable and executable: %s", line);
  for (size_t i = 0; i < ARRAY_SIZE (kernels); i++)
    if (strcmp (path, kernels[i]) == 0)
      return;
  if (path[0] == '\0' && was_there (line, data == NULL))
    return;
  CHECK_MSG (path[0] == '/', "executable without a file: %s", line);
  CHECK_MSG (!has_writable_view (line), "writable at another address: %s", line);
  CHECK_MSG (is_lasting (path, line), "executable without a lasting file: %s", line);
}

static void
look_for_memfd (const char *permissions, const char *path, const char *line, void *data)
{
  if (strstr (path, "memfd:two-views") != NULL && permissions[1] != 'w')
    *(int *) data += has_writable_view (line) ? 1 : 100;
}

/* Two views are found.  */
static void
control (void)
{
  size_t size = (size_t) sysconf (_SC_PAGESIZE);
  int found = 0, fd = memfd_create ("two-views", MFD_CLOEXEC);
  CHECK (fd >= 0);
  CHECK_INT (ftruncate (fd, (off_t) size), 0);
  void *reader = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  void *writer = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  CHECK (reader != MAP_FAILED && writer != MAP_FAILED);
  for_each_mapping (look_for_memfd, &found);
  CHECK_INT (found, 1);
  munmap (writer, size);
  for_each_mapping (look_for_memfd, &found);
  CHECK_INT (found, 101);
  munmap (reader, size);
  close (fd);
}

static void
inspect_all (void)
{
  int executable = 0;
  if (!for_each_mapping (inspect, &executable))
    UNSUPPORTED ("there is no /proc");
  CHECK (executable > 0);
}

int
main (void)
{
  for_each_mapping (inspect, NULL);
  inspect_all ();
  control ();
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    {
      CHECK (crowd_join (&members[i], i));
      if ((i & (i - 1)) == 0 || i % 9973 == 0)
        inspect_all ();
    }
  inspect_all ();
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, ARRAY_SIZE (members));
  inspect_all ();
  return ffitest_done ();
}
