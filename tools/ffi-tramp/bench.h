/* SPDX-License-Identifier: MIT */
/* Libraries side by side.  */

#ifndef BENCH_H
#define BENCH_H

#include "ffi-tramp.h"
#include <ffi.h>

enum
{
  MAX_LIBRARIES = 8,
  MAX_ROUNDS = 1000
};

/* A libffi, by its functions.  */
struct library
{
  const char *path, *version;
  ffi_status (*prep_cif) (ffi_cif *, ffi_abi, unsigned, ffi_type *, ffi_type **);
  void (*call) (ffi_cif *, void (*) (void), void *, void **);
  void *(*closure_alloc) (size_t, void **);
  void (*closure_free) (void *);
  ffi_status (*prep_closure) (ffi_closure *, ffi_cif *,
                              void (*) (ffi_cif *, void *, void **, void *), void *,
                              void *);
  ffi_type *sint, *slong, *real, *pointer;
};

/* One thing that is measured, and what came out for each library.  */
struct result
{
  const char *name;
  double nanoseconds[MAX_LIBRARIES];
  double ratio[MAX_LIBRARIES]; /* to the first library */
};

/* Nanoseconds of one operation of case NUMBER with LIBRARY; negative: its result was
   wrong.  The name of the case, null: there are no more.  */
double measure (unsigned number, const struct library *library);
const char *case_name (unsigned number);

/* Write RESULTS as a picture to the file at PATH; false with errno.  */
bool write_svg (const char *path, const struct result *results, unsigned cases,
                const struct library *libraries, unsigned count);

#endif
