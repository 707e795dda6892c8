/* SPDX-License-Identifier: MIT */
/* ffi-tramp check --all: every process that one may look at.  */

#include "many.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *
process_libffi_name (unsigned libffi)
{
  if (libffi == 0)
    return "none";
  if ((libffi & LIBFFI_UNREAD) != 0)
    return "unknown";
  return libffi == LIBFFI_THIS    ? "this"
         : libffi == LIBFFI_OTHER ? "another"
                                  : "this and another";
}

/* --- Looking ----------------------------------------------------------------- */

static void
read_command (struct looked *looked)
{
  char path[64];

  snprintf (path, sizeof path, "/proc/%d/comm", (int) looked->pid);
  FILE *file = fopen (path, "re");
  if (file == NULL)
    return;
  /* The name may have newlines.  */
  size_t length = fread (looked->command, 1, sizeof looked->command - 1, file);
  fclose (file);
  if (length > 0 && looked->command[length - 1] == '\n')
    length--;
  looked->command[length] = '\0';
}

/* Look at the process of LOOKED; false: it is none.  */
static bool
look (struct looked *looked)
{
  read_command (looked);
  if (!process_open (&looked->process, looked->pid))
    {
      looked->denied = errno == EACCES || errno == EPERM;
      return looked->denied;
    }
  if (looked->process.count == 0)
    return false;
  looked->unclean = process_classify (&looked->process);
  looked->libffi = looked->process.libffi;
  return true;
}

/* The number that NAME, in /proc, is; 0: it is none.  */
static pid_t
number_of (const char *name)
{
  char *end;
  long number = strtol (name, &end, 10);

  return *end == '\0' && name[0] != '0' && number > 0 && number <= INT32_MAX
             ? (pid_t) number
             : 0;
}

static int
compare (const void *a, const void *b)
{
  pid_t x = *(const pid_t *) a, y = *(const pid_t *) b;

  return (x > y) - (x < y);
}

/* The numbers in /proc, in order; null: they cannot be read.  */
static pid_t *
process_numbers (size_t *count)
{
  DIR *proc = opendir ("/proc");
  pid_t *numbers = NULL;
  size_t room = 0;
  struct dirent *entry;

  *count = 0;
  while (proc != NULL && (entry = readdir (proc)) != NULL)
    {
      pid_t pid = number_of (entry->d_name);
      if (pid == 0)
        continue;
      if (*count == room)
        {
          pid_t *more = reallocarray (numbers, room = 2 * room + 256, sizeof *more);
          if (more == NULL)
            break;
          numbers = more;
        }
      numbers[(*count)++] = pid;
    }
  if (proc != NULL)
    closedir (proc);
  if (numbers != NULL)
    qsort (numbers, *count, sizeof *numbers, compare);
  return numbers;
}

bool
every_process (void (*visit) (struct looked *looked, void *data), void *data)
{
  size_t count;
  pid_t *numbers = process_numbers (&count);

  for (size_t i = 0; i < count; i++)
    {
      struct looked looked
          = { .pid = numbers[i], .process = { .pid = numbers[i], .memory = -1 } };
      if (look (&looked))
        visit (&looked, data);
      process_close (&looked.process);
    }
  free (numbers);
  return numbers != NULL;
}

/* --- Telling ----------------------------------------------------------------- */

void
print_faults (const struct looked *looked, bool json)
{
  for (size_t i = 0; i < looked->process.count; i++)
    {
      const struct mapping *m = &looked->process.mappings[i];
      if (m->permissions[2] != 'x' || m->kind < KIND_UNCLEAN)
        continue;
      if (json)
        {
          json_open_mapping (m);
          json_string ("path", m->path);
          json_close ('}');
          continue;
        }
      printf ("        %012llx-%012llx %s %s  ", (unsigned long long) m->start,
              (unsigned long long) m->end, m->permissions, process_kind_name (m->kind));
      put_plain (stdout, m->path);
      putchar ('\n');
    }
}

/* What was found altogether.  */
struct sums
{
  bool json;
  unsigned clean, unclean, denied;
};

static void
tell_json (const struct looked *looked)
{
  json_open (NULL, '{');
  json_number ("pid", looked->pid);
  json_string ("command", looked->command);
  json_bool ("clean", looked->unclean == 0);
  json_string ("libffi", process_libffi_name (looked->libffi));
  if (looked->process.counted)
    json_number ("closures", looked->process.closures);
  else
    json_null ("closures");
  json_open ("faults", '[');
  print_faults (looked, true);
  json_close (']');
  json_close ('}');
}

static void
tell_text (const struct looked *looked)
{
  printf ("%7d  %-10s %-17s ", (int) looked->pid,
          looked->unclean == 0 ? "clean" : "NOT CLEAN",
          process_libffi_name (looked->libffi));
  put_plain (stdout, looked->command);
  putchar ('\n');
  print_faults (looked, false);
}

static void
tell (struct looked *looked, void *data)
{
  struct sums *sums = data;

  if (looked->denied)
    {
      sums->denied++;
      return;
    }
  if (looked->unclean == 0)
    sums->clean++;
  else
    sums->unclean++;
  (sums->json ? tell_json : tell_text) (looked);
}

static int
check_all (bool json)
{
  struct sums sums = { .json = json };

  if (json)
    {
      json_open (NULL, '{');
      json_open ("processes", '[');
    }
  else
    printf ("%7s  %-10s %-17s %s\n", "process", "memory", "libffi", "command");
  if (!every_process (tell, &sums))
    complain (EXIT_UNKNOWN, "/proc: %s", strerror (errno));
  if (json)
    {
      json_close (']');
      json_number ("clean", sums.clean);
      json_number ("not_clean", sums.unclean);
      json_number ("may_not_be_looked_at", sums.denied);
      json_close ('}');
    }
  else
    printf ("%u clean, %u not clean; %u more may not be looked at\n", sums.clean,
            sums.unclean, sums.denied);
  if (sums.unclean != 0)
    return EXIT_BAD;
  return sums.clean != 0 ? EXIT_GOOD : EXIT_UNKNOWN;
}

int
check_many (char **arguments, bool json)
{
  bool all = strcmp (arguments[0], "--all") == 0;

  if (!all && strcmp (arguments[0], "--units") != 0)
    return complain (EXIT_USAGE, "check: '%s' is no option", arguments[0]);
  if (arguments[1] != NULL)
    return complain (EXIT_USAGE, "check %s takes no argument", arguments[0]);
  return all ? check_all (json) : check_units (json);
}
