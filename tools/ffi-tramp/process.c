/* SPDX-License-Identifier: MIT */
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of /proc/PID/maps.  */
static bool
parse (char *line, struct mapping *m)
{
  int path = 0;
  unsigned long long start, end, offset, inode;

  *m = (struct mapping){ .kind = KIND_FILE };
  if (sscanf (line, "%llx-%llx %4s %llx %x:%x %llu %n", &start, &end, m->permissions,
              &offset, &m->device_major, &m->device_minor, &inode, &path)
          != 7
      || path == 0)
    return false;
  m->start = start, m->end = end, m->offset = offset, m->inode = inode;
  line[strcspn (line, "\n")] = '\0';
  m->path = strdup (line + path);
  return m->path != NULL;
}

static bool
read_mappings (struct process *process, FILE *maps)
{
  size_t room = 0, size = 0;
  char *line = NULL;
  bool good = true;

  while (good && getline (&line, &size, maps) > 0)
    {
      if (process->count == room)
        {
          struct mapping *more
              = reallocarray (process->mappings, room = 2 * room + 64, sizeof *more);
          if (more == NULL)
            {
              good = false;
              break;
            }
          process->mappings = more;
        }
      good = parse (line, &process->mappings[process->count]);
      process->count += good;
      if (!good && errno == 0)
        errno = EINVAL;
    }
  free (line);
  return good && !ferror (maps);
}

bool
process_open (struct process *process, pid_t pid)
{
  char path[64];

  *process = (struct process){ .pid = pid, .memory = -1 };
  snprintf (path, sizeof path, "/proc/%d/maps", (int) pid);
  FILE *maps = fopen (path, "re");
  if (maps == NULL)
    return false;
  errno = 0;
  bool good = read_mappings (process, maps);
  int saved = errno;
  fclose (maps);
  snprintf (path, sizeof path, "/proc/%d/mem", (int) pid);
  process->memory = open (path, O_RDONLY | O_CLOEXEC);
  errno = saved;
  return good;
}

void
process_close (struct process *process)
{
  for (size_t i = 0; i < process->count; i++)
    free (process->mappings[i].path);
  free (process->mappings);
  if (process->memory >= 0)
    close (process->memory);
}

bool
process_read (const struct process *process, uint64_t address, void *to, size_t size)
{
  return process->memory >= 0 && address <= INT64_MAX
         && pread (process->memory, to, size, (off_t) address) == (ssize_t) size;
}

static int
compare (const void *key, const void *element)
{
  const uint64_t address = *(const uint64_t *) key;
  const struct mapping *m = element;

  return address < m->start ? -1 : address >= m->end;
}

struct mapping *
process_mapping_at (const struct process *process, uint64_t address)
{
  /* The kernel lists them by address.  */
  return process->count == 0 ? NULL
                             : bsearch (&address, process->mappings, process->count,
                                        sizeof process->mappings[0], compare);
}
