/* SPDX-License-Identifier: MIT */
/* For lock.exp: try to execute what was written, in every way that a lock could forget,
   and get closures that need growth.  Prints a line for each: "NAME yes" if it can be
   done.

   usage: written DIRECTORY, where it makes files and may mount what it likes  */

#include "ffitest.h"
#include "crowd.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char path[4096];

/* Whether FD, a file that was just written, can be mapped executable.  */
static int
mapped (int fd)
{
  char page[4096] = "";
  if (fd < 0 || write (fd, page, sizeof page) != sizeof page)
    return 0;
  return mmap (NULL, sizeof page, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0) != MAP_FAILED;
}

static int
anonymous (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
         != MAP_FAILED;
}

static int
memfd (void)
{
  return mapped ((int) syscall (SYS_memfd_create, "written", 0));
}

static int
file (void)
{
  return mapped (open (path, O_RDWR | O_CREAT | O_TRUNC, 0700));
}

static int
shared_memory (void)
{
  int fd = open ("/dev/shm/ffitest-written", O_RDWR | O_CREAT | O_EXCL, 0700);
  int done = mapped (fd);
  if (fd >= 0)
    unlink ("/dev/shm/ffitest-written");
  return done;
}

static int
remounted (void)
{
  return mount (NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0 && file ();
}

static int
own_memory (void)
{
  static const volatile char constant[4096] = "a";
  int fd = open ("/proc/self/mem", O_RDWR);
  return fd >= 0 && pwrite (fd, "b", 1, (off_t) (uintptr_t) constant) == 1
         && constant[0] == 'b';
}

/* The file system of another process, which need not be locked.  */
static int
outside (void)
{
  struct stat own, other;
  char name[40];
  snprintf (name, sizeof name, "/proc/%d/ns/mnt", (int) getppid ());
  return getppid () > 0 && stat (name, &other) == 0
         && stat ("/proc/self/ns/mnt", &own) == 0
         && (own.st_ino != other.st_ino || getppid () > 1);
}

static int
closures (void)
{
  enum
  {
    COUNT = 20000
  };
  static struct crowd_member members[COUNT];
  for (int i = 0; i < COUNT; i++)
    if (!crowd_join (&members[i], i) || !crowd_answers (&members[i]))
      return 0;
  return 1;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int (*done) (void);
  } tries[] = {
    { "closures", closures }, { "anonymous", anonymous }, { "memfd", memfd },
    { "file", file },         { "shm", shared_memory },   { "remounted", remounted },
    { "memory", own_memory }, { "outside", outside },
  };
  if (argc != 2)
    return 2;
  snprintf (path, sizeof path, "%s/written", argv[1]);
  for (size_t i = 0; i < ARRAY_SIZE (tries); i++)
    printf ("%s %s\n", tries[i].name, tries[i].done () ? "yes" : "no");
  return 0;
}
