/* SPDX-License-Identifier: MIT */
/* ffi-tramp - what closures and trampolines find on this system, in a process, and how
   fast they are.  See ffi-tramp(1).  */

#include "ffi-tramp.h"
#include "fficonfig.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[]
    = "usage: ffi-tramp [--json] status\n"
      "       ffi-tramp [--json] check PID... | --all | --units\n"
      "       ffi-tramp [--json] bench [--against LIBRARY]... [--rounds N] [--svg FILE]\n"
      "       ffi-tramp --help | --version\n"
      "\n"
      "status  what this system offers closures: locks, trampfd, which source is chosen\n"
      "check   is a process free of writable and executable memory, what are its\n"
      "        executable mappings, and how many closures has it; --all: every process,\n"
      "        and which libffi it has; --units: which services of systemd are\n"
      "bench   nanoseconds per call and closure, side by side with other libffis\n"
      "\n"
      "Exit status: 0 all is well, 1 it is not, 2 usage, 3 cannot tell.\n";

static const struct
{
  const char *name;
  int (*run) (char **arguments, bool json);
} commands[] = {
  { "status", status_command },
  { "check", check_command },
  { "bench", bench_command },
};

void
put_plain (FILE *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text >= ' ' && *text < 0x7f)
      fputc (*text, out);
    else
      fprintf (out, "\\%03o", (unsigned char) *text);
}

int
complain (int status, const char *format, ...)
{
  char *text;
  va_list list;

  va_start (list, format);
  int length = vasprintf (&text, format, list);
  va_end (list);
  fflush (stdout);
  fprintf (stderr, "ffi-tramp: ");
  put_plain (stderr, length >= 0 ? text : format);
  fprintf (stderr, "\n");
  if (length >= 0)
    free (text);
  return status;
}

/* Take --json out of ARGUMENTS, wherever it is.  */
static bool
take_json (char **arguments)
{
  bool found = false;
  char **to = arguments;

  for (; *arguments != NULL; arguments++)
    if (strcmp (*arguments, "--json") == 0)
      found = true;
    else
      *to++ = *arguments;
  *to = NULL;
  return found;
}

/* Output that was lost is no success.  */
static int
finish (int status)
{
  if (fflush (stdout) != 0 || ferror (stdout))
    return complain (EXIT_UNKNOWN, "cannot write the output");
  return status;
}

int
main (int argc, char **argv)
{
  bool json = take_json (argv);

  (void) argc;
  if (argv[0] == NULL || argv[1] == NULL)
    {
      fputs (help, stderr);
      return EXIT_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0)
    {
      fputs (help, stdout);
      return finish (EXIT_GOOD);
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      puts ("ffi-tramp (" PACKAGE_NAME ") " PACKAGE_VERSION);
      return finish (EXIT_GOOD);
    }
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return finish (commands[i].run (argv + 2, json));
  return complain (EXIT_USAGE, "'%s' is no command; try --help", argv[1]);
}
