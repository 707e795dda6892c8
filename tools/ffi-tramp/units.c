/* SPDX-License-Identifier: MIT */
/* ffi-tramp check --units: which services could have MemoryDenyWriteExecute= today.  */

#include "many.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The first fault of a process.  */
struct fault
{
  pid_t pid;
  char command[32];
  enum kind kind;
  char *path; /* null: no memory for it */
  struct fault *next;
};

struct unit
{
  char *name, *group; /* null: systemd does not say */
  pid_t main;
  bool locked;
  unsigned processes, denied, libffi;
  struct fault *faults;
};

struct units
{
  struct unit *all;
  size_t count, room;
};

/* --- What systemd says ------------------------------------------------------- */

/* The unit that is being read; null: no memory.  */
static struct unit *
last_unit (struct units *units, bool begin)
{
  if (begin)
    {
      if (units->count == units->room)
        {
          size_t room = 2 * units->room + 64;
          struct unit *more = reallocarray (units->all, room, sizeof *more);
          if (more == NULL)
            return NULL;
          units->all = more;
          units->room = room;
        }
      units->all[units->count++] = (struct unit){ 0 };
    }
  return units->count == 0 ? NULL : &units->all[units->count - 1];
}

/* KEY=VALUE of UNIT.  */
static void
take_property (struct unit *unit, const char *key, const char *value)
{
  if (strcmp (key, "Id") == 0 && unit->name == NULL)
    unit->name = strdup (value);
  else if (strcmp (key, "ControlGroup") == 0 && unit->group == NULL)
    unit->group = strdup (value);
  else if (strcmp (key, "MainPID") == 0)
    unit->main = (pid_t) strtol (value, NULL, 10);
  else if (strcmp (key, "MemoryDenyWriteExecute") == 0)
    unit->locked = strcmp (value, "yes") == 0;
}

/* Read the properties of all services, a block of lines each.  */
static void
read_units (FILE *from, struct units *units)
{
  char *line = NULL;
  size_t size = 0;
  bool begin = true;

  while (getline (&line, &size, from) > 0)
    {
      line[strcspn (line, "\n")] = '\0';
      char *value = strchr (line, '=');
      if (value == NULL)
        {
          begin = true;
          continue;
        }
      *value = '\0';
      struct unit *unit = last_unit (units, begin);
      if (unit == NULL)
        break;
      begin = false;
      take_property (unit, line, value + 1);
    }
  free (line);
}

/* Ask systemctl; false: it is not there, or no systemd runs.  */
static bool
ask_systemd (struct units *units)
{
  FILE *from = popen ("exec systemctl show --no-pager "
                      "--property=Id,MainPID,ControlGroup,MemoryDenyWriteExecute "
                      "-- '*.service' 2>/dev/null",
                      "re");

  if (from == NULL)
    return false;
  read_units (from, units);
  return pclose (from) == 0;
}

/* --- Which processes a unit has ----------------------------------------------- */

/* PID's control group in systemd's hierarchy, to be freed; null: it cannot be
   told.  */
static char *
group_of (pid_t pid)
{
  char path[64], *line = NULL, *found = NULL;
  size_t size = 0;

  snprintf (path, sizeof path, "/proc/%d/cgroup", (int) pid);
  FILE *file = fopen (path, "re");
  while (file != NULL && getline (&line, &size, file) > 0)
    {
      bool named = strstr (line, ":name=systemd:") != NULL;
      char *group = strchr (line, ':');
      group = group == NULL ? NULL : strchr (group + 1, ':');
      /* The named hierarchy decides where there are several.  */
      if (group == NULL || (!named && strncmp (line, "0::", 3) != 0)
          || (!named && found != NULL))
        continue;
      group[strcspn (group, "\n")] = '\0';
      free (found);
      found = strdup (group + 1);
    }
  free (line);
  if (file != NULL)
    fclose (file);
  return found;
}

static bool
is_below (const char *group, const char *top)
{
  size_t n = strlen (top);

  return n > 1 && strncmp (group, top, n) == 0 && (group[n] == '\0' || group[n] == '/');
}

static struct unit *
unit_of (struct units *units, pid_t pid)
{
  char *group = group_of (pid);
  struct unit *found = NULL;

  for (size_t i = 0; i < units->count && found == NULL; i++)
    {
      struct unit *unit = &units->all[i];
      if (unit->main == pid
          || (group != NULL && unit->group != NULL && is_below (group, unit->group)))
        found = unit;
    }
  free (group);
  return found;
}

static void
add_fault (struct unit *unit, const struct looked *looked)
{
  struct fault *fault = calloc (1, sizeof *fault);

  if (fault == NULL)
    abort ();
  fault->pid = looked->pid;
  memcpy (fault->command, looked->command, sizeof fault->command);
  for (size_t i = 0; i < looked->process.count; i++)
    {
      const struct mapping *m = &looked->process.mappings[i];
      if (m->permissions[2] != 'x' || m->kind < KIND_UNCLEAN)
        continue;
      fault->kind = m->kind;
      fault->path = strdup (m->path);
      break;
    }
  struct fault **last = &unit->faults;
  while (*last != NULL)
    last = &(*last)->next;
  *last = fault;
}

static void
add_process (struct looked *looked, void *data)
{
  struct unit *unit = unit_of (data, looked->pid);

  if (unit == NULL)
    return;
  unit->processes++;
  unit->denied += looked->denied;
  unit->libffi |= looked->libffi;
  if (looked->unclean != 0)
    add_fault (unit, looked);
}

/* --- Telling ----------------------------------------------------------------- */

static const char *
verdict (const struct unit *unit)
{
  if (unit->faults != NULL)
    return "NOT CLEAN";
  if (unit->denied != 0)
    return "unknown";
  return unit->locked ? "locked" : "can be locked";
}

static void
tell_text (const struct unit *unit)
{
  printf ("%-14s %-17s %4u  ", verdict (unit), process_libffi_name (unit->libffi),
          unit->processes);
  put_plain (stdout, unit->name);
  printf ("%s\n", unit->locked && unit->faults != NULL ? ", although it is locked" : "");
  for (const struct fault *fault = unit->faults; fault != NULL; fault = fault->next)
    {
      printf ("        process %d ", (int) fault->pid);
      put_plain (stdout, fault->command);
      printf (": %s  ", process_kind_name (fault->kind));
      put_plain (stdout, fault->path == NULL ? "" : fault->path);
      putchar ('\n');
    }
}

static void
tell_json (const struct unit *unit)
{
  json_open (NULL, '{');
  json_string ("unit", unit->name);
  json_string ("verdict", verdict (unit));
  json_bool ("memory_deny_write_execute", unit->locked);
  json_number ("processes", unit->processes);
  json_number ("may_not_be_looked_at", unit->denied);
  json_string ("libffi", process_libffi_name (unit->libffi));
  json_open ("faults", '[');
  for (const struct fault *fault = unit->faults; fault != NULL; fault = fault->next)
    {
      json_open (NULL, '{');
      json_number ("pid", fault->pid);
      json_string ("command", fault->command);
      json_string ("kind", process_kind_name (fault->kind));
      json_string ("path", fault->path);
      json_close ('}');
    }
  json_close (']');
  json_close ('}');
}

static int
tell_units (const struct units *units, bool json)
{
  unsigned lockable = 0, unclean = 0, unknown = 0, seen = 0;

  if (json)
    json_open (NULL, '[');
  else
    printf ("%-14s %-17s %4s  %s\n", "", "libffi", "proc", "unit");
  for (size_t i = 0; i < units->count; i++)
    {
      const struct unit *unit = &units->all[i];
      if (unit->processes == 0 || unit->name == NULL)
        continue;
      seen++;
      unclean += unit->faults != NULL;
      unknown += unit->faults == NULL && unit->denied != 0;
      lockable += unit->faults == NULL && unit->denied == 0 && !unit->locked;
      (json ? tell_json : tell_text) (unit);
    }
  if (json)
    json_close (']');
  else
    printf ("%u units with processes: %u can be locked, %u not clean, %u unknown\n", seen,
            lockable, unclean, unknown);
  if (unclean != 0)
    return EXIT_BAD;
  return seen == 0 || unknown != 0 ? EXIT_UNKNOWN : EXIT_GOOD;
}

static void
free_units (struct units *units)
{
  for (size_t i = 0; i < units->count; i++)
    {
      struct unit *unit = &units->all[i];
      for (struct fault *fault = unit->faults, *next; fault != NULL; fault = next)
        {
          next = fault->next;
          free (fault->path);
          free (fault);
        }
      free (unit->name);
      free (unit->group);
    }
  free (units->all);
}

int
check_units (bool json)
{
  struct units units = { NULL, 0, 0 };
  int status;

  if (!ask_systemd (&units))
    status = complain (EXIT_UNKNOWN,
                       "check --units: systemctl does not answer; no systemd runs here");
  else if (!every_process (add_process, &units))
    status = complain (EXIT_UNKNOWN, "/proc: %s", strerror (errno));
  else
    status = tell_units (&units, json);
  free_units (&units);
  return status;
}
