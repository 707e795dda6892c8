/* SPDX-License-Identifier: MIT */
/* What every test program includes: checks that print expected and got, and
   shorthands to prepare a cif or a closure.  A program ends with
   `return ffitest_done ();', which fails if nothing was checked.  */

#ifndef FFITEST_H
#define FFITEST_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <errno.h>
#include <ffi.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef FFI_LIBRARY
#include "loaded_library.h"
#endif

#define FFITEST_UNUSED __attribute__ ((unused))
#define ARRAY_SIZE(a) (sizeof (a) / sizeof ((a)[0]))

/* N, of what takes long; but FEW where the compiler is told FFITEST_FEW: in builds that
   only differ from one that runs N, and in the machines of tools/vm.  */
#ifdef FFITEST_FEW
#define FFITEST_MANY(n, few) (few)
#else
#define FFITEST_MANY(n, few) (n)
#endif

/* How many checks were made.  */
static unsigned long ffitest_checks FFITEST_UNUSED;

/* Print why the test failed, and end it.  */
static void ffitest_fail (const char *file, int line, const char *format, ...)
    __attribute__ ((format (printf, 3, 4), noreturn, unused));

static void
ffitest_fail (const char *file, int line, const char *format, ...)
{
  const char *base = strrchr (file, '/');
  va_list list;
  fflush (stdout);
  printf ("FAILED: %s:%d: ", base != NULL ? base + 1 : file, line);
  va_start (list, format);
  vprintf (format, list);
  va_end (list);
  printf ("\n");
  fflush (stdout);
  exit (1);
}

/* The test cannot run here, for REASON.  */
#define UNSUPPORTED(reason)                                                              \
  do                                                                                     \
    {                                                                                    \
      printf ("UNSUPPORTED: %s\n", reason);                                              \
      fflush (stdout);                                                                   \
      exit (77);                                                                         \
    }                                                                                    \
  while (0)

#define CHECK(condition)                                                                 \
  do                                                                                     \
    {                                                                                    \
      __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);                         \
      if (!(condition))                                                                  \
        ffitest_fail (__FILE__, __LINE__, "expected %s", #condition);                    \
    }                                                                                    \
  while (0)

/* CHECK with a message of its own.  */
#define CHECK_MSG(condition, ...)                                                        \
  do                                                                                     \
    {                                                                                    \
      __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);                         \
      if (!(condition))                                                                  \
        ffitest_fail (__FILE__, __LINE__, __VA_ARGS__);                                  \
    }                                                                                    \
  while (0)

#define FFITEST_COMPARE(type, text, got, expected, format)                               \
  do                                                                                     \
    {                                                                                    \
      type ffitest_got = (type) (got);                                                   \
      type ffitest_expected = (type) (expected);                                         \
      CHECK_MSG (ffitest_got == ffitest_expected,                                        \
                 "%s: expected " format ", got " format, text, ffitest_expected,         \
                 ffitest_got);                                                           \
    }                                                                                    \
  while (0)

#define CHECK_INT(got, expected) FFITEST_COMPARE (long long, #got, got, expected, "%lld")
#define CHECK_UINT(got, expected)                                                        \
  FFITEST_COMPARE (unsigned long long, #got, got, expected, "%#llx")
#define CHECK_PTR(got, expected) FFITEST_COMPARE (const void *, #got, got, expected, "%p")
#define CHECK_DOUBLE(got, expected) FFITEST_COMPARE (double, #got, got, expected, "%a")
#define CHECK_LDOUBLE(got, expected)                                                     \
  FFITEST_COMPARE (long double, #got, got, expected, "%La")

/* GOT and EXPECTED are SIZE equal bytes.  */
#define CHECK_MEM(got, expected, size)                                                   \
  ffitest_check_mem (__FILE__, __LINE__, #got, got, expected, size)

static FFITEST_UNUSED void
ffitest_check_mem (const char *file, int line, const char *what, const void *got,
                   const void *expected, size_t size)
{
  const unsigned char *g = (const unsigned char *) got;
  const unsigned char *e = (const unsigned char *) expected;
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  for (size_t i = 0; i < size; i++)
    if (g[i] != e[i])
      ffitest_fail (file, line, "%s: byte %zu of %zu: expected %#x, got %#x", what, i,
                    size, e[i], g[i]);
}

/* The SIZE bytes at P all are BYTE.  */
#define CHECK_FILL(p, byte, size)                                                        \
  ffitest_check_fill (__FILE__, __LINE__, #p, p, byte, size)

static FFITEST_UNUSED void
ffitest_check_fill (const char *file, int line, const char *what, const void *p, int byte,
                    size_t size)
{
  const unsigned char *bytes = (const unsigned char *) p;
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != (unsigned char) byte)
      ffitest_fail (file, line, "%s: byte %zu was overwritten: expected %#x, got %#x",
                    what, i, (unsigned char) byte, bytes[i]);
}

/* The exit code of a test that came this far.  */
static FFITEST_UNUSED int
ffitest_done (void)
{
  if (ffitest_checks == 0)
    ffitest_fail (__FILE__, __LINE__, "the test made no check");
  return 0;
}

/* The convention that a test is about, for libffi and for the compiler: a test of
   another one defines both and includes the test of the default.  */
#ifndef FFITEST_ABI
#define FFITEST_ABI FFI_DEFAULT_ABI
#define FFITEST_CONVENTION
#endif

/* --- libffi, with every status checked ------------------------------------- */

typedef void (*ffitest_handler) (ffi_cif *, void *, void **, void *);

#define PREP_CIF(cif, nargs, rtype, atypes)                                              \
  CHECK_INT (ffi_prep_cif (cif, FFITEST_ABI, nargs, rtype, atypes), FFI_OK)

#define PREP_CIF_VAR(cif, nfixed, ntotal, rtype, atypes)                                 \
  CHECK_INT (ffi_prep_cif_var (cif, FFITEST_ABI, nfixed, ntotal, rtype, atypes), FFI_OK)

#if FFI_CLOSURES
/* A closure of CIF on HANDLER; its code address goes to *CODE.  */
#define MAKE_CLOSURE(cif, handler, user_data, code)                                      \
  ffitest_make_closure (__FILE__, __LINE__, cif, handler, user_data, code)

static FFITEST_UNUSED ffi_closure *
ffitest_make_closure (const char *file, int line, ffi_cif *cif, ffitest_handler handler,
                      void *user_data, void **code)
{
  ffi_closure *closure = (ffi_closure *) ffi_closure_alloc (sizeof (ffi_closure), code);
  if (closure == NULL)
    ffitest_fail (file, line, "ffi_closure_alloc: %s", strerror (errno));
  ffi_status status = ffi_prep_closure_loc (closure, cif, handler, user_data, *code);
  if (status != FFI_OK)
    ffitest_fail (file, line, "ffi_prep_closure_loc: expected FFI_OK, got %d", status);
  return closure;
}
#endif

/* The code address CODE as a pointer to function of TYPE, without a diagnostic.  */
#define CODE_AS(type, code) ((type) (uintptr_t) (code))

/* An ffi_type of a struct with the elements given.  */
#define STRUCT_TYPE(name, ...)                                                           \
  ffi_type *name##_elements[] = { __VA_ARGS__, NULL };                                   \
  ffi_type name = { 0, 0, FFI_TYPE_STRUCT, name##_elements }

#endif
