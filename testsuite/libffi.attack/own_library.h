/* SPDX-License-Identifier: MIT */
/* A program that runs with a libffi of its own: a copy of the library, or, linked with
   libffi.a, of the program, in a fresh directory.  So its file can be moved, replaced
   and mounted over.

   main calls own_library_run first of all; that starts the program anew, with the same
   arguments, and returns only there.  */

#ifndef OWN_LIBRARY_H
#define OWN_LIBRARY_H

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef FFI_LIBRARY
#define FFI_LIBRARY "" /* part of the program */
#endif

static char own_directory[] = "/tmp/ffitest-XXXXXX";

/* What lies in /tmp shall be executed.  */
static FFITEST_UNUSED void
need_executable_tmp (void)
{
  struct statvfs vfs;
  if (statvfs ("/tmp", &vfs) == 0 && (vfs.f_flag & ST_NOEXEC) != 0)
    UNSUPPORTED ("/tmp is mounted with noexec");
}

static FFITEST_UNUSED void
copy_file (const char *from, const char *to)
{
  char buffer[65536];
  ssize_t n;
  int in = open (from, O_RDONLY | O_CLOEXEC);
  int out = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
  CHECK_MSG (in >= 0 && out >= 0, "copying %s to %s: %s", from, to, strerror (errno));
  while ((n = read (in, buffer, sizeof buffer)) > 0)
    CHECK_INT (write (out, buffer, (size_t) n), n);
  CHECK_INT (fchmod (out, 0755), 0); /* whatever the umask is */
  close (in);
  close (out);
}

/* Copy the file that has libffi to PATH.  */
static FFITEST_UNUSED void
own_library_copy (const char *path)
{
  copy_file (FFI_LIBRARY[0] != '\0' ? FFI_LIBRARY : "/proc/self/exe", path);
}

/* Remove what is in the directory open as FD; paths may be too long to be used.  */
static void
own_library_empty (int fd)
{
  DIR *directory = fdopendir (fd);
  struct dirent *entry;
  while (directory != NULL && (entry = readdir (directory)) != NULL)
    {
      const char *name = entry->d_name;
      if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0
          || unlinkat (fd, name, 0) == 0)
        continue;
      own_library_empty (openat (fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      unlinkat (fd, name, AT_REMOVEDIR);
    }
  if (directory != NULL)
    closedir (directory);
}

/* Become the program whose libffi is the file at PATH.  */
static void
own_library_exec (char **argv, const char *path)
{
  char file[sizeof own_directory + 4200];
  snprintf (file, sizeof file, "%s%s", strchr (path, '/') != NULL ? "" : "./", path);
  setenv ("FFITEST_OWN_LIBRARY", own_directory, 1);
  if (FFI_LIBRARY[0] != '\0')
    setenv ("LD_PRELOAD", file, 1);
  execv (FFI_LIBRARY[0] != '\0' ? "/proc/self/exe" : file, argv);
  ffitest_fail (__FILE__, __LINE__, "execv: %s", strerror (errno));
}

/* The libffi that runs is in own_directory, unless there is no /proc to tell.  */
static void
own_library_is_loaded (void)
{
  char line[8192];
  FILE *maps = fopen ("/proc/self/maps", "re");
  int loaded = maps == NULL;
  while (maps != NULL && fgets (line, sizeof line, maps) != NULL)
    loaded |= strstr (line, own_directory) != NULL && strstr (line, " r-xp ") != NULL;
  if (maps != NULL)
    fclose (maps);
  CHECK_MSG (loaded, "the copy of libffi was not loaded");
}

/* PREPARE, run in the new directory, makes the file that libffi is to be loaded from and
   returns its path; it may use as many processes and namespaces as it likes.  In the
   program that was started anew own_directory is that directory.  */
static FFITEST_UNUSED void
own_library_run (char **argv, const char *(*prepare) (void) )
{
  const char *started = getenv ("FFITEST_OWN_LIBRARY");
  int status;
  if (started != NULL)
    {
      strcpy (own_directory, started);
      unsetenv ("LD_PRELOAD");
      own_library_is_loaded ();
      return;
    }
  need_executable_tmp ();
  CHECK_MSG (mkdtemp (own_directory) != NULL, "mkdtemp: %s", strerror (errno));
  CHECK_INT (chmod (own_directory, 0755), 0);
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      CHECK_INT (chdir (own_directory), 0);
      own_library_exec (argv, prepare ());
    }
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  own_library_empty (open (own_directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  rmdir (own_directory);
  CHECK_MSG (WIFEXITED (status), "ended by signal %d", WTERMSIG (status));
  exit (WEXITSTATUS (status));
}

#endif
