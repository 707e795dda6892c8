/* SPDX-License-Identifier: MIT */
/* ffi-tramp check: whether a process is free of code that it could have written.  */

#include "process.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
              (unsigned long long) m->end, m->permissions, process_kind_name (m->kind));
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
      if (m->permissions[2] != 'x')
        continue;
      json_open_mapping (m);
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
      unsigned unclean = process_classify (&process);
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
  if (arguments[0][0] == '-')
    return check_many (arguments, json);
  if (json)
    json_open (NULL, '[');
  for (; *arguments != NULL; arguments++)
    status = graver (status, check (*arguments, json));
  if (json)
    json_close (']');
  return status;
}
