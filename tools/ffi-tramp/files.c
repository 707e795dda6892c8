/* SPDX-License-Identifier: MIT */
/* What the kernel says of the files that a process has mapped executable.  Their names
   say nothing: who made the process's mount namespace chose them.  */

#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum
{
  MISC_MAJOR = 10
};

static bool
is_of_device (const struct mapping *m, unsigned device_major, unsigned device_minor)
{
  return m->device_major == device_major && m->device_minor == device_minor;
}

/* The number of trampfd's device as the kernel has it; false: it has none.  */
static bool
trampfd_device (dev_t *number)
{
  FILE *misc = fopen ("/proc/misc", "re");
  char line[128], name[64];
  unsigned at;
  bool found = false;

  while (misc != NULL && !found && fgets (line, sizeof line, misc) != NULL)
    found = sscanf (line, "%u %63s", &at, name) == 2 && strcmp (name, "trampfd") == 0;
  if (misc != NULL)
    fclose (misc);
  if (found)
    *number = makedev (MISC_MAJOR, at);
  return found;
}

/* What a file is.  */
struct facts
{
  mode_t mode;
  unsigned links;
  dev_t device; /* that it stands for */
  unsigned long long inode;
};

/* Of the file at PATH.  A file system that the process serves is not waited for, unless
   libc is too old for that.  */
static bool
ask (const char *path, struct facts *facts)
{
#ifdef STATX_TYPE
  struct statx file;

  if (statx (AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO | STATX_NLINK,
             &file)
      != 0)
    return false;
  *facts = (struct facts){ file.stx_mode, file.stx_nlink,
                           makedev (file.stx_rdev_major, file.stx_rdev_minor),
                           file.stx_ino };
#else
  struct stat file;

  if (stat (path, &file) != 0)
    return false;
  *facts = (struct facts){ file.st_mode, file.st_nlink, file.st_rdev, file.st_ino };
#endif
  return true;
}

/* Get the facts of M's file by the mapping itself, whatever lies at its path.  Only the
   administrator may; false for others.  */
static bool
look_at (const struct process *process, const struct mapping *m, struct facts *facts)
{
  char path[80];

  snprintf (path, sizeof path, "/proc/%d/map_files/%llx-%llx", (int) process->pid,
            (unsigned long long) m->start, (unsigned long long) m->end);
  return ask (path, facts) && facts->inode == m->inode;
}

/* Is M of the device file that the command itself finds at PATH?  *NUMBER gets its
   number.  */
static bool
is_own_device (const struct mapping *m, const char *path, dev_t *number)
{
  struct stat file;

  if (stat (path, &file) != 0 || !S_ISCHR (file.st_mode) || file.st_ino != m->inode
      || !is_of_device (m, major (file.st_dev), minor (file.st_dev)))
    return false;
  *number = file.st_rdev;
  return true;
}

static bool
ends_with (const char *string, const char *end)
{
  size_t n = strlen (string), m = strlen (end);

  return n >= m && strcmp (string + n - m, end) == 0;
}

static void
find_file (const struct process *process, struct mapping *m)
{
  struct facts facts = { .mode = 0 };
  dev_t trampfd, number = 0;
  bool told = look_at (process, m, &facts);

  if (told)
    {
      m->device = S_ISCHR (facts.mode) || S_ISBLK (facts.mode);
      m->deleted = facts.links == 0;
      number = facts.device;
    }
  else
    {
      m->device = is_own_device (m, "/dev/trampfd", &number)
                  || is_own_device (m, "/dev/zero", &number);
      m->deleted = ends_with (m->path, " (deleted)");
    }
  m->trampfd = strcmp (m->path, TRAMPFD_BY_CALL) == 0
               || (m->device && (!told || S_ISCHR (facts.mode))
                   && trampfd_device (&trampfd) && number == trampfd);
}

/* --- Memory that is mounted ------------------------------------------------- */

/* The device that the files of memfd_create and of System V's shared memory, and shared
   memory without a file, are on.  */
static bool
memfd_device (struct stat *file)
{
  int fd = memfd_create ("ffi-tramp", MFD_CLOEXEC);
  bool good = fd >= 0 && fstat (fd, file) == 0;

  if (fd >= 0)
    close (fd);
  return good;
}

/* All that PROCESS has mapped from the device with this number is memory.  */
static void
mark_memory (struct process *process, unsigned device_major, unsigned device_minor)
{
  for (size_t i = 0; i < process->count; i++)
    if (mapping_has_file (&process->mappings[i])
        && is_of_device (&process->mappings[i], device_major, device_minor))
      process->mappings[i].memory = true;
}

/* Mark what is of a file system in memory, as the process's mounts have it.  */
static void
find_mounted_memory (struct process *process)
{
  static const char *const types[] = { "tmpfs ", "ramfs ", "hugetlbfs " };
  char path[64], *line = NULL;
  unsigned device_major, device_minor;
  size_t size = 0;

  snprintf (path, sizeof path, "/proc/%d/mountinfo", (int) process->pid);
  FILE *mounts = fopen (path, "re");
  while (mounts != NULL && getline (&line, &size, mounts) > 0)
    {
      /* Spaces in names are escaped.  */
      const char *type = strstr (line, " - ");
      if (type == NULL
          || sscanf (line, "%*u %*u %u:%u", &device_major, &device_minor) != 2)
        continue;
      for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strncmp (type + 3, types[i], strlen (types[i])) == 0)
          mark_memory (process, device_major, device_minor);
    }
  free (line);
  if (mounts != NULL)
    fclose (mounts);
}

void
process_find_files (struct process *process)
{
  struct stat memfd;

  find_mounted_memory (process);
  if (memfd_device (&memfd))
    mark_memory (process, major (memfd.st_dev), minor (memfd.st_dev));
  for (size_t i = 0; i < process->count; i++)
    {
      struct mapping *m = &process->mappings[i];
      if (mapping_has_file (m) && m->permissions[2] == 'x')
        find_file (process, m);
    }
}
