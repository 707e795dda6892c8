/* SPDX-License-Identifier: MIT */
/* A closure finds all of a struct with 256 words and a few more, whose number of words
   has low bits like those of a small struct.  */

#include "ffitest.h"

static const unsigned char *expected;
static size_t size;
static unsigned calls;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) data;
  CHECK_MEM (args[0], expected, size);
  calls++;
}

#define CHECK_SIZE(n)                                                                    \
  do                                                                                     \
    {                                                                                    \
      static struct                                                                      \
      {                                                                                  \
        unsigned char bytes[n];                                                          \
      } value;                                                                           \
      ffi_type *elements[] = { &ffi_type_uint8, NULL };                                  \
      ffi_type type = { n, 1, FFI_TYPE_STRUCT, elements };                               \
      ffi_type *types[] = { &type };                                                     \
      void *values[] = { &value }, *code;                                                \
      ffi_cif cif;                                                                       \
      for (size_t i = 0; i < n; i++)                                                     \
        value.bytes[i] = (unsigned char) (i * 7 + i / 256 + 1);                          \
      expected = value.bytes;                                                            \
      size = n;                                                                          \
      calls = 0;                                                                         \
      PREP_CIF (&cif, 1, &ffi_type_void, types);                                         \
      ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);                   \
      CODE_AS (void (*) (__typeof__ (value)), code) (value);                             \
      ffi_call (&cif, FFI_FN (code), NULL, values);                                      \
      CHECK_UINT (calls, 2);                                                             \
      ffi_closure_free (closure);                                                        \
    }                                                                                    \
  while (0)

int
main (void)
{
  CHECK_SIZE (1024);
  CHECK_SIZE (1033);
  CHECK_SIZE (2041);
  CHECK_SIZE (2048);
  CHECK_SIZE (2057);
  CHECK_SIZE (2112);
  CHECK_SIZE (4104);
  return ffitest_done ();
}
