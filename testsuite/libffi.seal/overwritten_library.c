/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { sources support/seal_all.c } */
/* All writable memory of the library is overwritten: its data, the tables, and so the
   closures that the program was given.  Calls of sealed closures do not read it.  */

#include "ffitest.h"
#include "sealed.h"
#include <dlfcn.h>
#include <link.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  OTHERS = 90,  /* so that there is a grown table, too */
  UNLISTED = 10 /* exit code of the child */
};

struct longs
{
  long a, b;
};
struct mixed
{
  float f;
  long l;
  double d;
};

/* The library's image, the start of its data, an address in it; and a slot of a grown
   table, which may lie elsewhere.  */
struct range
{
  uintptr_t start, end, data, inside, slot;
};

static void
handle_longs (ffi_cif *cif, void *result, void **args, void *data)
{
  struct longs *in = args[0], *out = result;
  (void) cif;
  *out = (struct longs){ in->b, in->a + *(long *) data };
}

static void
handle_mixed (ffi_cif *cif, void *result, void **args, void *data)
{
  struct mixed *m = args[1];
  (void) cif;
  *(double *) result
      = (double) m->f + (double) m->l + m->d + *(int *) args[0] + (double) *(long *) data;
}

static void
handle_many (ffi_cif *cif, void *result, void **args, void *data)
{
  double sum = (double) *(long *) data;
  for (unsigned i = 0; i < cif->nargs; i++)
    sum += i % 2 ? *(double *) args[i] : *(int *) args[i];
  *(double *) result = sum;
}

static int
find_library (struct dl_phdr_info *info, size_t size, void *data)
{
  struct range *range = data;
  (void) size;
  range->start = info->dlpi_addr;
  for (unsigned i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_LOAD)
      {
        uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        range->end = start + info->dlpi_phdr[i].p_memsz;
        if (info->dlpi_phdr[i].p_flags & PF_W)
          range->data = start;
      }
  return range->inside >= range->start && range->inside < range->end;
}

/* Overwrite what LIBRARY can write to, but not the rest of the pages that its data begin
   and end in, which musl's loader gives to malloc.  Returns how many bytes.  */
static size_t
overwrite (const struct range *library)
{
  static struct range writable[1000];
  size_t n = 0, bytes = 0;
  unsigned long start, end;
  char line[4352], permissions[5];
  FILE *maps = fopen ("/proc/self/maps", "re");
  CHECK (maps != NULL);
  while (fgets (line, sizeof line, maps) != NULL)
    if (sscanf (line, "%lx-%lx %4s", &start, &end, permissions) == 3
        && strncmp (permissions, "rw", 2) == 0
        && ((start >= library->start && start < library->end)
            || library->slot - start < end - start))
      {
        CHECK (n < ARRAY_SIZE (writable));
        if (start < library->data && library->data < end)
          start = library->data;
        if (start < library->end && library->end < end)
          end = library->end;
        writable[n++] = (struct range){ .start = start, .end = end };
      }
  fclose (maps);
  for (size_t i = 0; i < n; i++)
    {
      memset ((void *) writable[i].start, 0xa5, writable[i].end - writable[i].start);
      bytes += writable[i].end - writable[i].start;
    }
  return bytes;
}

/* Never returns: the library is of no use afterwards.  */
static void
attack (void)
{
  STRUCT_TYPE (longs, &ffi_type_slong, &ffi_type_slong);
  STRUCT_TYPE (mixed, &ffi_type_float, &ffi_type_slong, &ffi_type_double);
  ffi_type *longs_types[] = { &longs }, *mixed_types[] = { &ffi_type_sint, &mixed };
  ffi_type *i = &ffi_type_sint, *d = &ffi_type_double;
  ffi_type *many_types[] = { i, d, i, d, i, d, i, d, i, d, i, d, i, d, i, d, i, d, i, d };
  ffi_cif longs_cif, mixed_cif, many_cif;
  long data = 100;
  void *code[3], *other;
  struct range library = { .inside = (uintptr_t) dlsym (RTLD_DEFAULT, "ffi_call") };
  PREP_CIF (&longs_cif, 1, &longs, longs_types);
  PREP_CIF (&mixed_cif, 2, &ffi_type_double, mixed_types);
  PREP_CIF (&many_cif, ARRAY_SIZE (many_types), &ffi_type_double, many_types);
  MAKE_CLOSURE (&longs_cif, handle_longs, &data, &code[0]);
  for (int k = 0; k < OTHERS; k++)
    MAKE_CLOSURE (&longs_cif, handle_longs, &data, &other);
  MAKE_CLOSURE (&mixed_cif, handle_mixed, &data, &code[1]);
  const ffi_closure *copy = MAKE_CLOSURE (&many_cif, handle_many, &data, &code[2]);
  CHECK (dl_iterate_phdr (find_library, &library) == 1 && library.end != 0);
  if (strcmp (permissions_at (copy), "rw-p") != 0)
    _exit (UNLISTED);
  library.slot = (uintptr_t) copy;
  CHECK_MSG (overwrite (&library) >= 50000, "hardly anything was overwritten");
  CHECK (copy->fun != handle_many);
  for (int k = 0; k < 3; k++)
    {
      struct longs l
          = CODE_AS (struct longs (*) (struct longs), code[0]) ((struct longs){ 1, 2 });
      CHECK_INT (l.a, 2);
      CHECK_INT (l.b, 101);
      CHECK_DOUBLE (CODE_AS (double (*) (int, struct mixed),
                             code[1]) (1, (struct mixed){ 2, 3, 4 }),
                    110);
      CHECK_DOUBLE (CODE_AS (double (*) (int, double, int, double, int, double, int,
                                         double, int, double, int, double, int, double,
                                         int, double, int, double, int, double),
                             code[2]) (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                       16, 17, 18, 19, 20),
                    310);
    }
  fflush (stdout);
  _exit (0);
}

int
main (void)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    attack ();
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == UNLISTED)
    UNSUPPORTED ("an emulator with pages of another size does not list all mappings");
  CHECK_MSG (status == 0, "wait status %#x", (unsigned) status);
  return ffitest_done ();
}
