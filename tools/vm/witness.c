/* SPDX-License-Identifier: MIT */
/* Linked to every program of tools/vm/collect: when the program ends, it must have got
   all its closures from where LIBFFI_TRAMPOLINES says, by what the library tells and by
   what the kernel does.  */

#define _GNU_SOURCE 1

#include <ffi_tramp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t
tables_of (ffi_tramp_source source)
{
  ffi_tramp_count count;
  ffi_tramp_query (source, &count);
  return count.tables;
}

static void
fail (const char *text)
{
  printf ("FAILED: witness: %s\n", text);
  fflush (stdout);
  _exit (1);
}

/* Whether the kernel can read the code at ADDRESS.  */
static int
has_code (const char *address)
{
  int ends[2];
  if (pipe (ends) != 0)
    fail ("no pipe");
  int readable = write (ends[1], address, 1) == 1;
  close (ends[0]);
  close (ends[1]);
  return readable;
}

/* As /proc/self/maps names it: it came from the device, or from the call.  */
static int
is_trampfd (const char *path)
{
  return strcmp (path, "/dev/trampfd") == 0 || strcmp (path, "anon_inode:[trampfd]") == 0;
}

static void
testify (void)
{
  const char *choice = secure_getenv ("LIBFFI_TRAMPOLINES"); /* as the library does */
  if (choice == NULL)
    return;
  int secure = strcmp (choice, "secure") == 0;
  size_t tables = tables_of (secure ? FFI_TRAMP_SECURE : FFI_TRAMP_TRAMPFD), pages = 0;
  char line[512], path[256] = "";
  FILE *maps = fopen ("/proc/self/maps", "re");

  if (tables_of (FFI_TRAMP_NONE) != tables)
    fail ("there are tables of other sources");
  if (maps == NULL)
    fail ("no /proc/self/maps");
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long start;
      char permissions[5], at[256] = "";
      if (sscanf (line, "%lx-%*x %4s %*s %*s %*s %255s", &start, permissions, at) < 2
          || !is_trampfd (at))
        continue;
      strcpy (path, at);
      pages++;
      if (strcmp (permissions, "r-xp") != 0)
        fail (line);
      if (has_code ((const char *) start) == secure)
        fail (secure ? "there is code" : "there is no code");
    }
  fclose (maps);
  if (pages != tables)
    {
      printf ("%zu tables, %zu pages\n", tables, pages);
      fail ("the library and /proc/self/maps disagree");
    }
  if (tables != 0)
    printf ("witness: %zu pages of %s, %s\n", pages, path, choice);
  fflush (stdout);
}

/* Before the library's own destructor.  */
static __attribute__ ((constructor)) void
call_witness (void)
{
  atexit (testify);
}
