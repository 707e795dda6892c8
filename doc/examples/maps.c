/* SPDX-License-Identifier: MIT */
/* Show the mappings that closures live in, and that none is writable and executable;
   then call the last closure.

   usage: maps [CLOSURES [CALLS]]; by default 10000 and 1

   { needs native }  */
#include <ffi.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Print the mapping that ADDRESS lies in.  Returns 0, or 1 if it could be written and
   executed.  */
static int
show (const char *what, const void *address)
{
  uintptr_t start, end;
  char line[4400];
  int wrong = 1;

  FILE *maps = fopen ("/proc/self/maps", "r");
  if (maps == NULL)
    return 1;
  while (fgets (line, sizeof line, maps) != NULL)
    if (sscanf (line, "%" SCNxPTR "-%" SCNxPTR, &start, &end) == 2
        && (uintptr_t) address - start < end - start)
      {
        const char *permissions = strchr (line, ' ') + 1;
        wrong = permissions[1] == 'w' && permissions[2] == 'x';
        printf ("  %-6s %p in\n    %s", what, address, line);
      }
  fclose (maps);
  return wrong;
}

static void
handler (ffi_cif *cif, void *result, void **args, void *calls)
{
  (void) cif, (void) result, (void) args;
  ++*(long *) calls;
}

int
main (int argc, char **argv)
{
  int n = argc > 1 ? atoi (argv[1]) : 10000, wrong = 0;
  long wanted = argc > 2 ? atol (argv[2]) : 1, calls = 0;
  void **closures = calloc (n, sizeof *closures), *code = NULL;
  ffi_cif cif;

  if (n < 1 || closures == NULL)
    return 1;
  for (int i = 0; i < n; i++)
    {
      closures[i] = ffi_closure_alloc (sizeof (ffi_closure), &code);
      if (closures[i] == NULL)
        return 1;
      if (i == 0 || i == n - 1)
        {
          printf ("closure %d\n", i + 1);
          wrong |= show ("code", code);
          wrong |= show ("memory", closures[i]);
        }
    }

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL) != FFI_OK
      || ffi_prep_closure_loc (closures[n - 1], &cif, handler, &calls, code) != FFI_OK)
    return 1;
  for (long i = 0; i < wanted; i++)
    ((void (*) (void)) code) ();

  for (int i = 0; i < n; i++)
    ffi_closure_free (closures[i]);
  free (closures);
  return wrong || calls != wanted;
}
