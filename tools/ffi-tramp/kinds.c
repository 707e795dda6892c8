/* SPDX-License-Identifier: MIT */
/* What the executable mappings of a process are, and which of them break the rule.  */

#include "process.h"
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

const char *
process_kind_name (enum kind kind)
{
  return kinds[kind];
}

void
json_open_mapping (const struct mapping *m)
{
  char address[24];

  json_open (NULL, '{');
  snprintf (address, sizeof address, "0x%llx", (unsigned long long) m->start);
  json_string ("start", address);
  json_number ("size", (double) (m->end - m->start));
  json_string ("permissions", m->permissions);
  json_string ("kind", process_kind_name (m->kind));
}

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

/* Whether M's file is mapped shared and writable somewhere.  */
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

unsigned
process_classify (struct process *process)
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
