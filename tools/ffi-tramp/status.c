/* SPDX-License-Identifier: MIT */
/* ffi-tramp status: what this system offers.  Everything about the library is found out
   by using it, in children, so that each starts afresh.  */

#include "ffi-tramp.h"
#include "process.h"
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

/* Debian 12's headers are older than the call.  */
#ifndef PR_GET_MDWE
#define PR_GET_MDWE 66
#endif
enum
{
  MDWE_REFUSE = 1,
  MDWE_NO_INHERIT = 2
};

#define DEVICE "/dev/trampfd"

/* Which sources give the first trampoline, and the first one when the image is full.  */
struct found
{
  ffi_tramp_source first, grows;
  size_t image;
  bool by_call;              /* the first one is of a file that trampfd(2) made */
  ffi_tramp_failure failure; /* of the growth */
};

static const char *
source_name (ffi_tramp_source source)
{
  static const char *const names[] = { [FFI_TRAMP_NONE] = "none",
                                       [FFI_TRAMP_IMAGE] = "image",
                                       [FFI_TRAMP_GROWN] = "image",
                                       [FFI_TRAMP_TRAMPFD] = "trampfd",
                                       [FFI_TRAMP_SECURE] = "secure" };
  return (size_t) source < sizeof names / sizeof names[0] ? names[source] : "unknown";
}

static ffi_tramp_source
source_added (void)
{
  ffi_tramp_count count;

  for (int s = FFI_TRAMP_SECURE; s >= FFI_TRAMP_GROWN; s--)
    {
      ffi_tramp_query ((ffi_tramp_source) s, &count);
      if (count.capacity != 0)
        return (ffi_tramp_source) s;
    }
  return FFI_TRAMP_NONE;
}

static bool
is_by_call (const void *code)
{
  struct process self;
  bool by_call = false;

  if (process_open (&self, getpid ()))
    {
      const struct mapping *m = process_mapping_at (&self, (uintptr_t) code);
      by_call = m != NULL && strcmp (m->path, TRAMPFD_BY_CALL) == 0;
      process_close (&self);
    }
  return by_call;
}

static struct found
find_out (void)
{
  struct found found = { .first = FFI_TRAMP_NONE, .grows = FFI_TRAMP_NONE };
  ffi_tramp_count image, all;
  ffi_tramp *tramp = ffi_tramp_alloc ();

  if (tramp != NULL)
    {
      found.first = ffi_tramp_source_of (ffi_tramp_code (tramp));
      found.by_call = is_by_call (ffi_tramp_code (tramp));
    }
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  ffi_tramp_query (FFI_TRAMP_NONE, &all);
  found.image = image.capacity;
  if (ffi_tramp_reserve (all.capacity + 1) == 0)
    found.grows = source_added ();
  else
    ffi_tramp_last_failure (FFI_TRAMP_NONE, &found.failure);
  return found;
}

/* What a program finds that starts with LIBFFI_TRAMPOLINES=WISH, null: as it is.  False
   if that cannot be told.  */
static bool
probe (const char *wish, struct found *found)
{
  int ends[2], status;
  bool told = false;

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return false;
  pid_t child = fork ();
  if (child == 0)
    {
      if (wish != NULL)
        setenv ("LIBFFI_TRAMPOLINES", wish, 1);
      *found = find_out ();
      _exit (write (ends[1], found, sizeof *found) == sizeof *found ? 0 : 1);
    }
  close (ends[1]);
  if (child > 0)
    told = read (ends[0], found, sizeof *found) == sizeof *found;
  close (ends[0]);
  while (child > 0 && waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  return told;
}

/* Whether a process like this one may have writable and executable memory.  */
static bool
permits_writable_code (void)
{
  long size = sysconf (_SC_PAGESIZE);
  void *page = mmap (NULL, (size_t) size, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED)
    return false;
  munmap (page, (size_t) size);
  return true;
}

/* The first line of the file at PATH, or null.  */
static const char *
first_line (const char *path, char *line, size_t size)
{
  FILE *file = fopen (path, "re");
  bool got = file != NULL && fgets (line, (int) size, file) != NULL;

  if (file != NULL)
    fclose (file);
  if (!got)
    return NULL;
  line[strcspn (line, "\n")] = '\0';
  return line;
}

static const char *
selinux (void)
{
  char line[16];
  const char *enforce = first_line ("/sys/fs/selinux/enforce", line, sizeof line);

  return enforce == NULL ? "absent" : enforce[0] == '1' ? "enforcing" : "permissive";
}

static const char *
seccomp (void)
{
  static const char *const modes[] = { "none", "strict", "filter" };
  FILE *file = fopen ("/proc/self/status", "re");
  char line[256];
  unsigned mode = 3;

  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    if (sscanf (line, "Seccomp: %u", &mode) == 1)
      break;
  if (file != NULL)
    fclose (file);
  return mode < 3 ? modes[mode] : "unknown";
}

static const char *
mdwe (void)
{
  int bits = prctl (PR_GET_MDWE, 0, 0, 0, 0);

  if (bits < 0)
    return "unknown to this kernel";
  if ((bits & MDWE_REFUSE) == 0)
    return "off";
  return (bits & MDWE_NO_INHERIT) != 0 ? "on, not inherited" : "on";
}

static const char *
device (void)
{
  static char line[80];
  int fd = open (DEVICE, O_RDWR | O_CLOEXEC);

  if (fd < 0 && errno == ENOENT)
    return "absent";
  if (fd < 0)
    {
      snprintf (line, sizeof line, "cannot be opened: %s", strerror (errno));
      return line;
    }
  close (fd);
  return "present";
}

/* Why auto grows from where it does.  */
static const char *
reason (const struct found *found)
{
  switch (found->grows)
    {
    case FFI_TRAMP_GROWN:
      return "the library's text can be mapped again";
    case FFI_TRAMP_TRAMPFD:
      return "the library's text cannot be mapped again, but the kernel has trampfd";
    case FFI_TRAMP_SECURE:
      return "it was asked for";
    default:
      return "the library's text cannot be mapped again, and trampfd is of no use";
    }
}

/* One fact: printed, or told as JSON.  */
static void
tell (bool json, const char *name, const char *value)
{
  if (json)
    json_string (name, value);
  else
    {
      char words[40];
      snprintf (words, sizeof words, "%s", name);
      /* The name of a variable stays as it is.  */
      for (char *p = words; *p != '\0' && name[0] >= 'a'; p++)
        if (*p == '_')
          *p = ' ';
      printf ("%-28s", words);
      put_plain (stdout, value != NULL ? value : "-");
      putchar ('\n');
    }
}

static void
tell_bool (bool json, const char *name, bool value)
{
  if (json)
    json_bool (name, value);
  else
    tell (json, name, value ? "yes" : "no");
}

static void
tell_number (bool json, const char *name, size_t value)
{
  char digits[24];

  snprintf (digits, sizeof digits, "%zu", value);
  if (json)
    json_number (name, (double) value);
  else
    tell (json, name, digits);
}

int
status_command (char **arguments, bool json)
{
  struct found chosen, automatic, trampfd, secure;
  struct utsname system;
  char line[256], needs[PATH_MAX + 200];
  Dl_info library;

  if (arguments[0] != NULL)
    return complain (EXIT_USAGE, "status takes no argument");
  if (!probe (NULL, &chosen) || !probe ("auto", &automatic)
      || !probe ("trampfd", &trampfd) || !probe ("secure", &secure))
    return complain (EXIT_UNKNOWN, "cannot start a process to try it out");
  if (dladdr ((void *) (uintptr_t) ffi_tramp_alloc, &library) == 0)
    library.dli_fname = "the library's file";
  uname (&system);

  if (json)
    json_open (NULL, '{');
  tell (json, "library", library.dli_fname);
  tell (json, "api_version", ffi_get_version ());
  tell (json, "kernel", system.release);
  tell (json, "machine", system.machine);
  tell_number (json, "page_size", (size_t) sysconf (_SC_PAGESIZE));
  tell_bool (json, "writable_code_permitted", permits_writable_code ());
  tell (json, "mdwe", mdwe ());
  tell (json, "seccomp", seccomp ());
  tell (json, "selinux", selinux ());
  tell (json, "security_context",
        first_line ("/proc/self/attr/current", line, sizeof line));
  tell (json, "trampfd_device", device ());
  tell (json, "trampfd_by",
        trampfd.first != FFI_TRAMP_TRAMPFD ? "nothing"
        : trampfd.by_call                  ? "system call"
                                           : "device");
  tell_bool (json, "trampfd_usable", trampfd.first == FFI_TRAMP_TRAMPFD);
  tell_bool (json, "trampfd_secure_usable", secure.first == FFI_TRAMP_SECURE);
  tell_number (json, "trampolines_in_image", automatic.image);
  tell (json, "auto_chooses", source_name (automatic.first));
  tell (json, "auto_grows_from", source_name (automatic.grows));
  tell (json, "because", reason (&automatic));
  tell (json, "LIBFFI_TRAMPOLINES", getenv ("LIBFFI_TRAMPOLINES"));
  tell (json, "chosen", source_name (chosen.first));
  tell (json, "grows_from", source_name (chosen.grows));
  tell (json, "growth_failed_at", step_name (&chosen.failure));
  tell (json, "growth_failed_with",
        chosen.failure.error != 0 ? strerror (chosen.failure.error) : NULL);
  tell (json, "growth_needs",
        growth_needs (&chosen.failure, library.dli_fname, needs, sizeof needs));
  if (json)
    json_close ('}');
  return chosen.first != FFI_TRAMP_NONE && chosen.grows != FFI_TRAMP_NONE ? EXIT_GOOD
                                                                          : EXIT_BAD;
}
