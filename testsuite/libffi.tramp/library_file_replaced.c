/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* { options -ldl } */
/* When the library's file is replaced, tables already grown multiply without it;
   before the first growth, closures either work or are refused with ENOMEM, and the
   new file is never executed.  */

#include "ffitest.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef FFI_LIBRARY
#define FFI_LIBRARY ""
#endif

enum
{
  COUNT = 60000
};

static void *(*alloc) (size_t, void **);
static __typeof__ (ffi_prep_closure_loc) *prep;
static int numbers[COUNT];
static int (*codes[COUNT]) (void);

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = (ffi_arg) * (int *) data;
}

static void
copy_file (const char *from, const char *to)
{
  char buffer[65536];
  ssize_t n;
  int in = open (from, O_RDONLY), out = open (to, O_WRONLY | O_CREAT | O_EXCL, 0755);
  CHECK (in >= 0 && out >= 0);
  while ((n = read (in, buffer, sizeof buffer)) > 0)
    CHECK_INT (write (out, buffer, (size_t) n), n);
  close (in);
  close (out);
}

/* Put a file of the same length, of bytes that trap, in the place of NAME.  */
static void
replace_file (const char *name)
{
  struct stat status;
  char other[4200];
  snprintf (other, sizeof other, "%s.new", name);
  CHECK_INT (stat (name, &status), 0);
  FILE *file = fopen (other, "we");
  CHECK (file != NULL);
  for (off_t i = 0; i < status.st_size; i++)
    putc (0xcc, file);
  CHECK_INT (fclose (file), 0);
  CHECK_INT (rename (other, name), 0);
}

/* As many of COUNT closures as can be had; each must answer.  */
static int
fill (int from)
{
  static ffi_cif cif;
  PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
  int n = from;
  for (; n < COUNT; n++)
    {
      void *code;
      errno = 0;
      ffi_closure *closure = alloc (sizeof *closure, &code);
      if (closure == NULL)
        {
          CHECK_INT (errno, ENOMEM);
          break;
        }
      numbers[n] = n;
      CHECK_INT (prep (closure, &cif, handle, &numbers[n], code), FFI_OK);
      codes[n] = CODE_AS (int (*) (void), code);
    }
  for (int i = 0; i < n; i++)
    CHECK_INT (codes[i](), i);
  return n;
}

int
main (void)
{
  char directory[] = "/tmp/ffitest-XXXXXX", copy[64];
  if (FFI_LIBRARY[0] == '\0')
    UNSUPPORTED ("the path of the library is not known");
  for (int grown_before = 0; grown_before < 2; grown_before++)
    {
      strcpy (directory, "/tmp/ffitest-XXXXXX");
      CHECK (mkdtemp (directory) != NULL);
      snprintf (copy, sizeof copy, "%s/copy.so", directory);
      copy_file (FFI_LIBRARY, copy);
      void *library = dlopen (copy, RTLD_NOW | RTLD_LOCAL);
      CHECK_MSG (library != NULL, "dlopen: %s", dlerror ());
      *(void **) &alloc = dlsym (library, "ffi_closure_alloc");
      *(void **) &prep = dlsym (library, "ffi_prep_closure_loc");
      CHECK (alloc != NULL && prep != NULL && alloc != ffi_closure_alloc);
      int n = 0;
      if (grown_before)
        {
          void *code;
          for (; n < 20000; n++)
            {
              static ffi_cif cif;
              ffi_closure *closure = alloc (sizeof *closure, &code);
              CHECK (closure != NULL);
              numbers[n] = n;
              PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
              CHECK_INT (prep (closure, &cif, handle, &numbers[n], code), FFI_OK);
              codes[n] = CODE_AS (int (*) (void), code);
            }
        }
      replace_file (copy);
      n = fill (n);
      unlink (copy);
      rmdir (directory);
      CHECK_MSG (n >= 1000, "only %d closures", n);
      if (grown_before)
        CHECK_INT (n, COUNT);
    }
  return ffitest_done ();
}
