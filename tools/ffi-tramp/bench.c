/* SPDX-License-Identifier: MIT */
/* ffi-tramp bench: libffis side by side.  Each of the others is loaded into a name space
   of its own; all take turns in every round, and what is shown are medians over the
   rounds, of the times and of the ratios within a round.  */

#include "bench.h"
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void
own_library (struct library *library)
{
  static Dl_info file;

  dladdr ((void *) (uintptr_t) ffi_call, &file);
  *library = (struct library){
    .path = file.dli_fname != NULL ? file.dli_fname : "linked",
    .version = ffi_get_version (),
    .prep_cif = ffi_prep_cif,
    .call = ffi_call,
    .closure_alloc = ffi_closure_alloc,
    .closure_free = ffi_closure_free,
    .prep_closure = ffi_prep_closure_loc,
    .sint = &ffi_type_sint,
    .slong = &ffi_type_slong,
    .real = &ffi_type_double,
    .pointer = &ffi_type_pointer,
  };
}

/* In a namespace of its own, so that it calls no function of this program's libffi; musl
 * has only one.  */
static void *
load_apart (const char *name)
{
#ifdef LM_ID_NEWLM
  return dlmopen (LM_ID_NEWLM, name, RTLD_NOW | RTLD_LOCAL);
#else
  (void) name;
  return NULL;
#endif
}

static const char *
load_error (void)
{
  const char *error = dlerror ();

  return error != NULL ? error : "the C library cannot load a second libffi";
}

/* Load the library NAME, a path or what the loader finds; false: load_error tells why. */
static bool
load_library (const char *name, struct library *library)
{
  const char *long_type = sizeof (long) == 8 ? "ffi_type_sint64" : "ffi_type_sint32";
  void *handle = load_apart (name);
  const char *(*version) (void);
  Dl_info file;

  if (handle == NULL)
    return false;
  const struct
  {
    const char *name;
    void *to;
  } symbols[] = {
    { "ffi_prep_cif", &library->prep_cif },
    { "ffi_call", &library->call },
    { "ffi_closure_alloc", &library->closure_alloc },
    { "ffi_closure_free", &library->closure_free },
    { "ffi_prep_closure_loc", &library->prep_closure },
    { "ffi_type_sint32", &library->sint },
    { long_type, &library->slong },
    { "ffi_type_double", &library->real },
    { "ffi_type_pointer", &library->pointer },
  };
  for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
    {
      void *found = dlsym (handle, symbols[i].name);
      if (found == NULL)
        return false;
      memcpy (symbols[i].to, &found, sizeof found);
    }
  void *found = dlsym (handle, "ffi_get_version");
  memcpy (&version, &found, sizeof found);
  library->version = found != NULL ? version () : NULL;
  library->path = name;
  if (dladdr ((void *) (uintptr_t) library->call, &file) != 0)
    library->path = strdup (file.dli_fname);
  return true;
}

static bool
same_file (const char *a, const char *b)
{
  struct stat x, y;

  return stat (a, &x) == 0 && stat (b, &y) == 0 && x.st_dev == y.st_dev
         && x.st_ino == y.st_ino;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values, unsigned n)
{
  qsort (values, n, sizeof *values, compare);
  return n % 2 != 0 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* Measure case NUMBER; false: a result was wrong.  */
static bool
measure_all (unsigned number, const struct library *libraries, unsigned count,
             unsigned rounds, struct result *result)
{
  static double times[MAX_LIBRARIES][MAX_ROUNDS], ratios[MAX_LIBRARIES][MAX_ROUNDS];

  result->name = case_name (number);
  /* The first round warms up.  Whoever goes first changes with the round.  */
  for (unsigned round = 0; round <= rounds; round++)
    {
      unsigned at = round == 0 ? 0 : round - 1;
      for (unsigned i = 0; i < count; i++)
        {
          unsigned l = (i + round) % count;
          times[l][at] = measure (number, &libraries[l]);
          if (times[l][at] < 0)
            return complain (false, "%s: %s: a wrong result", libraries[l].path,
                             result->name);
        }
      for (unsigned l = 0; l < count; l++)
        ratios[l][at] = times[l][at] / times[0][at];
    }
  for (unsigned l = 0; l < count; l++)
    {
      result->nanoseconds[l] = median (times[l], rounds);
      result->ratio[l] = median (ratios[l], rounds);
    }
  return true;
}

static void
print_text (const struct result *results, unsigned cases, const struct library *libraries,
            unsigned count, unsigned rounds)
{
  for (unsigned l = 0; l < count; l++)
    {
      printf ("%c: ", 'A' + l);
      put_plain (stdout, libraries[l].path);
      printf (" (");
      put_plain (stdout,
                 libraries[l].version != NULL ? libraries[l].version : "before 3.5");
      printf (")\n");
    }
  printf ("\nns, median of %u rounds%12s", rounds, "A");
  for (unsigned l = 1; l < count; l++)
    printf ("%10c%7c/A", 'A' + l, 'A' + l);
  putchar ('\n');
  for (unsigned c = 0; c < cases; c++)
    {
      printf ("%-34s%9.1f", results[c].name, results[c].nanoseconds[0]);
      for (unsigned l = 1; l < count; l++)
        printf ("%10.1f%9.2f", results[c].nanoseconds[l], results[c].ratio[l]);
      putchar ('\n');
    }
}

static void
print_json (const struct result *results, unsigned cases, const struct library *libraries,
            unsigned count, unsigned rounds)
{
  json_open (NULL, '{');
  json_number ("rounds", rounds);
  json_open ("libraries", '[');
  for (unsigned l = 0; l < count; l++)
    {
      json_open (NULL, '{');
      json_string ("path", libraries[l].path);
      json_string ("version", libraries[l].version);
      json_close ('}');
    }
  json_close (']');
  json_open ("cases", '[');
  for (unsigned c = 0; c < cases; c++)
    {
      json_open (NULL, '{');
      json_string ("name", results[c].name);
      json_open ("nanoseconds", '[');
      for (unsigned l = 0; l < count; l++)
        json_number (NULL, results[c].nanoseconds[l]);
      json_close (']');
      json_open ("ratio_to_first", '[');
      for (unsigned l = 0; l < count; l++)
        json_number (NULL, results[c].ratio[l]);
      json_close (']');
      json_close ('}');
    }
  json_close (']');
  json_close ('}');
}

/* What the command line asks for.  */
struct request
{
  const char *against[MAX_LIBRARIES], *svg;
  unsigned others, rounds;
};

/* Read ARGUMENTS; 0, or the exit status after a complaint.  */
static int
read_arguments (char **arguments, struct request *request)
{
  for (; arguments[0] != NULL; arguments += 2)
    {
      char *value = arguments[1], *end;
      bool against = strcmp (arguments[0], "--against") == 0;
      bool rounds = strcmp (arguments[0], "--rounds") == 0;
      bool svg = strcmp (arguments[0], "--svg") == 0;
      if (!against && !rounds && !svg)
        return complain (EXIT_USAGE, "bench: '%s' is no option", arguments[0]);
      if (value == NULL)
        return complain (EXIT_USAGE, "bench: %s needs a value", arguments[0]);
      if (svg)
        request->svg = value;
      else if (against && request->others < MAX_LIBRARIES - 1)
        request->against[request->others++] = value;
      else if (against)
        return complain (EXIT_USAGE, "bench: at most %d libraries", MAX_LIBRARIES - 1);
      else
        {
          unsigned long n = strtoul (value, &end, 10);
          if (*value < '0' || *value > '9' || *end != '\0' || n < 1 || n > MAX_ROUNDS)
            return complain (EXIT_USAGE, "bench: 1 to %d rounds, not '%s'", MAX_ROUNDS,
                             value);
          request->rounds = (unsigned) n;
        }
    }
  return 0;
}

/* Load what REQUEST names, or the system's libffi if it names none and that is another
   one.  The number of libraries, 0 after a complaint.  */
static unsigned
load_libraries (const struct request *request, struct library *libraries)
{
  unsigned count = 1;

  own_library (&libraries[0]);
  for (unsigned i = 0; i < request->others; i++)
    if (!load_library (request->against[i], &libraries[count++]))
      {
        complain (0, "%s", load_error ());
        return 0;
      }
  if (request->others == 0 && load_library ("libffi.so.8", &libraries[1])
      && !same_file (libraries[0].path, libraries[1].path))
    count = 2;
  return count;
}

int
bench_command (char **arguments, bool json)
{
  struct request request = { .rounds = 25 };
  static struct library libraries[MAX_LIBRARIES];
  struct result results[16];
  unsigned cases = 0;
  int status = read_arguments (arguments, &request);

  if (status != 0)
    return status;
  unsigned count = load_libraries (&request, libraries);
  if (count == 0)
    return EXIT_UNKNOWN;
  for (; case_name (cases) != NULL; cases++)
    if (!measure_all (cases, libraries, count, request.rounds, &results[cases]))
      return EXIT_BAD;
  (json ? print_json : print_text) (results, cases, libraries, count, request.rounds);
  if (request.svg != NULL && !write_svg (request.svg, results, cases, libraries, count))
    return complain (EXIT_UNKNOWN, "%s: %s", request.svg, strerror (errno));
  return EXIT_GOOD;
}
