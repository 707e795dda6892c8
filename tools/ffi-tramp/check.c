/* SPDX-License-Identifier: MIT */
/* ffi-tramp check: is a process free of code that it could have written?  */

#include "process.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
  [KIND_FILE] = "file",
  [KIND_KERNEL] = "kernel's",
  [KIND_IMAGE] = "libffi, image table",
  [KIND_MASTER] = "libffi, master copy",
  [KIND_GROWN] = "libffi, grown table",
  [KIND_TRAMPFD] = "libffi, trampfd",
  [KIND_WRITABLE] = "WRITABLE AND EXECUTABLE",
  [KIND_ANONYMOUS] = "ANONYMOUS AND EXECUTABLE",
  [KIND_MEMFD] = "EXECUTABLE MEMFD",
  [KIND_TEMPORARY] = "EXECUTABLE TEMPORARY FILE",
  [KIND_DEVICE] = "EXECUTABLE DEVICE",
  [KIND_TWO_VIEWS] = "WRITABLE THROUGH ANOTHER MAPPING",
};

static bool
starts_with (const char *string, const char *start)
{
  return strncmp (string, start, strlen (start)) == 0;
}

/* A deleted file that need not have been on a disk.  */
static bool
is_temporary (const struct mapping *m)
{
  static const char *const places[]
      = { "/tmp/", "/var/tmp/", "/dev/shm/", "/run/user/", "/dev/zero", "/SYSV" };

  if (!m->deleted)
    return false;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (starts_with (m->path, places[i]))
      return true;
  return m->memory;
}

/* Is M's file mapped shared and writable somewhere?  */
static bool
has_writable_view (const struct process *process, const struct mapping *m)
{
  for (size_t i = 0; i < process->count; i++)
    {
      const struct mapping *other = &process->mappings[i];
      if (other->permissions[1] == 'w' && other->permissions[3] == 's'
          && other->inode == m->inode && other->device_major == m->device_major
          && other->device_minor == m->device_minor)
        return true;
    }
  return false;
}

/* What an executable mapping is.  A name can make one unclean and never clean, but for
   those that the kernel gives to memory of its own, which has no file: what a process
   calls such memory is shown as [anon:NAME].  */
static enum kind
kind_of (const struct process *process, const struct mapping *m)
{
  if (m->permissions[1] == 'w')
    return KIND_WRITABLE;
  if (!mapping_has_file (m))
    return strcmp (m->path, "[vdso]") == 0 || strcmp (m->path, "[vsyscall]") == 0
                   || strcmp (m->path, "[vectors]") == 0
                   || strcmp (m->path, "[sigpage]") == 0
                   || strcmp (m->path, "[uprobes]") == 0
               ? KIND_KERNEL
               : KIND_ANONYMOUS;
  if (has_writable_view (process, m))
    return KIND_TWO_VIEWS;
  if (m->trampfd)
    return KIND_TRAMPFD;
  if (m->device || strcmp (m->path, "/dev/zero") == 0)
    return KIND_DEVICE;
  if (starts_with (m->path, "/memfd:"))
    return KIND_MEMFD;
  return is_temporary (m) ? KIND_TEMPORARY : KIND_FILE;
}

/* Classify all of PROCESS; the number of mappings that break the rule.  */
static unsigned
classify (struct process *process)
{
  unsigned unclean = 0;

  process_find_files (process);
  process_find_tables (process);
  for (size_t i = 0; i < process->count; i++)
    {
      struct mapping *m = &process->mappings[i];
      if (m->permissions[2] != 'x')
        continue;
      enum kind kind = kind_of (process, m);
      /* Where libffi has tables is for libffi to say, whether they are clean is not.  */
      if (kind >= KIND_UNCLEAN || m->kind == KIND_FILE)
        m->kind = kind;
      unclean += kind >= KIND_UNCLEAN;
    }
  return unclean;
}

static void
print_text (const struct process *process, unsigned unclean)
{
  printf ("process %d: %s\n", (int) process->pid,
          unclean == 0 ? "clean, no memory is both writable and executable"
                       : "NOT CLEAN");
  for (size_t i = 0; i < process->count; i++)
    {
      const struct mapping *m = &process->mappings[i];
      if (m->permissions[2] != 'x')
        continue;
      printf ("%012llx-%012llx %s %-24s", (unsigned long long) m->start,
              (unsigned long long) m->end, m->permissions, kinds[m->kind]);
      if (m->trampolines != 0)
        printf (" %u of %u used", m->used, m->trampolines);
      printf ("  ");
      put_plain (stdout, m->path);
      putchar ('\n');
    }
  if (!process->counted)
    printf ("closures: not counted, its memory may not be read\n");
  else if (process->libraries == 0)
    printf ("closures: none, it has no libffi with tables\n");
  else
    printf ("closures: %u\n", process->closures);
}

static void
print_json (const struct process *process, unsigned unclean)
{
  json_open (NULL, '{');
  json_number ("pid", process->pid);
  json_bool ("clean", unclean == 0);
  json_number ("unclean_mappings", unclean);
  if (process->counted)
    json_number ("closures", process->closures);
  else
    json_null ("closures");
  json_open ("executable", '[');
  for (size_t i = 0; i < process->count; i++)
    {
      const struct mapping *m = &process->mappings[i];
      char address[24];
      if (m->permissions[2] != 'x')
        continue;
      json_open (NULL, '{');
      snprintf (address, sizeof address, "0x%llx", (unsigned long long) m->start);
      json_string ("start", address);
      json_number ("size", (double) (m->end - m->start));
      json_string ("permissions", m->permissions);
      json_string ("kind", kinds[m->kind]);
      json_bool ("clean", m->kind < KIND_UNCLEAN);
      json_string ("path", m->path);
      if (m->trampolines != 0)
        {
          json_number ("tables", m->tables);
          json_number ("trampolines", m->trampolines);
          json_number ("used", m->used);
        }
      json_close ('}');
    }
  json_close (']');
  json_close ('}');
}

/* Check the process that TEXT names.  */
static int
check (const char *text, bool json)
{
  struct process process;
  char *end;
  int status;

  errno = 0;
  long pid = strtol (text, &end, 10);
  if (end == text || *end != '\0' || pid <= 0 || pid > INT32_MAX || errno != 0)
    return complain (EXIT_USAGE, "'%s' is no process number", text);
  if (!process_open (&process, (pid_t) pid))
    status = complain (EXIT_UNKNOWN, "process %ld: %s", pid,
                       errno == ENOENT ? "there is none" : strerror (errno));
  else if (process.count == 0)
    status = complain (EXIT_UNKNOWN, "process %ld: it has no memory: %s", pid,
                       "a thread of the kernel, or at its end");
  else
    {
      unsigned unclean = classify (&process);
      (json ? print_json : print_text) (&process, unclean);
      status = unclean == 0 ? EXIT_GOOD : EXIT_BAD;
    }
  process_close (&process);
  return status;
}

/* The graver of two outcomes: the rule broken, then what cannot be told.  */
static int
graver (int a, int b)
{
  static const int order[] = { EXIT_USAGE, EXIT_BAD, EXIT_UNKNOWN };

  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
    if (a == order[i] || b == order[i])
      return order[i];
  return EXIT_GOOD;
}

int
check_command (char **arguments, bool json)
{
  int status = EXIT_GOOD;

  if (arguments[0] == NULL)
    return complain (EXIT_USAGE, "check: which process?");
  if (json)
    json_open (NULL, '[');
  for (; *arguments != NULL; arguments++)
    status = graver (status, check (*arguments, json));
  if (json)
    json_close (']');
  return status;
}
