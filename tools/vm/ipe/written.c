/* SPDX-License-Identifier: MIT */
/* Every way to run bytes that this program has written: written refused|allowed
   With "refused" each of them must end in EACCES, with "allowed" each must run the bytes.
   The program's own file can be mapped as code either way.  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  SIZE = 4096,
  ANSWER = 42
};

/* mov $42, %eax; ret */
static const unsigned char code[SIZE] = { 0xb8, ANSWER, 0, 0, 0, 0xc3 };

static void
fail (const char *what)
{
  printf ("FAILED: %s: %s\n", what, strerror (errno));
  exit (1);
}

/* Neither returns a descriptor that is open for writing: execve would say ETXTBSY.  */
static int
reopened (int fd)
{
  char path[64];
  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  int again = open (path, O_RDONLY | O_CLOEXEC);
  if (again < 0)
    fail (path);
  close (fd);
  return again;
}

static int
new_memfd (void)
{
  int fd = memfd_create ("written", MFD_CLOEXEC);
  if (fd < 0)
    fail ("memfd_create");
  return fd;
}

static int
new_file (void)
{
  int fd = open ("/tmp/written", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
  if (fd < 0)
    fail ("/tmp/written");
  return fd;
}

static int
with_code (int fd)
{
  if (write (fd, code, SIZE) != SIZE)
    fail ("write");
  return reopened (fd);
}

/* This program's bytes, which are /proc/self/exe's and answer to "written answer".  */
static int
with_program (int fd)
{
  struct stat status;
  int self = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (self < 0 || fstat (self, &status) != 0)
    fail ("/proc/self/exe");
  if (sendfile (fd, self, NULL, (size_t) status.st_size) != status.st_size)
    fail ("sendfile");
  close (self);
  return reopened (fd);
}

/* What the code at MEMORY returns, or minus the error if it may not be mapped.  */
static int
result_at (void *memory)
{
  if (memory == MAP_FAILED)
    return -errno;
  return ((int (*) (void)) memory) ();
}

static int
mapped (int fd)
{
  return result_at (mmap (NULL, SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0));
}

static int protected(void *memory)
{
  if (memory == MAP_FAILED)
    fail ("mmap");
  return mprotect (memory, SIZE, PROT_READ | PROT_EXEC) != 0 ? -errno
                                                             : result_at (memory);
}

static void *
anonymous (int protection)
{
  void *memory = mmap (NULL, SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED)
    memcpy (memory, code, SIZE);
  return memory;
}

static int
executed (int fd)
{
  char *const arguments[] = { "written", "answer", NULL }, *const environment[]
                                                           = { NULL };
  int status;
  pid_t child = fork ();
  if (child == 0)
    {
      fexecve (fd, arguments, environment);
      _exit (errno);
    }
  if (child < 0 || waitpid (child, &status, 0) != child || !WIFEXITED (status))
    fail ("a child");
  return WEXITSTATUS (status) == ANSWER ? ANSWER : -WEXITSTATUS (status);
}

static int
memfd_mapped (void)
{
  return mapped (with_code (new_memfd ()));
}

static int
file_mapped (void)
{
  return mapped (with_code (new_file ()));
}

static int
file_protected (void)
{
  return protected(mmap (NULL, SIZE, PROT_READ, MAP_PRIVATE, with_code (new_file ()), 0));
}

static int
anonymous_mapped (void)
{
  return result_at (anonymous (PROT_READ | PROT_WRITE | PROT_EXEC));
}

static int
anonymous_protected (void)
{
  return protected(anonymous (PROT_READ | PROT_WRITE));
}

static int
memfd_executed (void)
{
  return executed (with_program (new_memfd ()));
}

static int
file_executed (void)
{
  return executed (with_program (new_file ()));
}

static const struct
{
  const char *name;
  int (*run) (void); /* ANSWER, or minus the error */
} ways[] = {
  { "a memfd, mapped", memfd_mapped },
  { "a memfd, executed", memfd_executed },
  { "a temporary file, mapped", file_mapped },
  { "a temporary file, mapped and then made executable", file_protected },
  { "a temporary file, executed", file_executed },
  { "writable and executable memory", anonymous_mapped },
  { "memory, written and then made executable", anonymous_protected },
};

int
main (int argc, char **argv)
{
  const char *expected = argc == 2 ? argv[1] : "";
  if (strcmp (expected, "answer") == 0)
    return ANSWER;
  int wanted = strcmp (expected, "refused") == 0 ? -EACCES : ANSWER;

  int self = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC), wrong = 0;
  if (mmap (NULL, SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE, self, 0) == MAP_FAILED)
    fail ("mapping the program's own file");
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
    {
      int got = ways[i].run ();
      printf ("  %s: %s%s\n", ways[i].name, got == ANSWER ? "runs" : strerror (-got),
              got == wanted ? "" : ", WRONG");
      wrong += got != wanted;
    }
  return wrong != 0;
}
