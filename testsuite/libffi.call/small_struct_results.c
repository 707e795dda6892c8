/* SPDX-License-Identifier: MIT */
/* A struct of up to 16 bytes as the result of a function with no argument or few, by
   ffi_call and by a plan: exactly its bytes are written, before a page that cannot be
   accessed; and nothing where nobody wants it.  */

#include "ffitest.h"
#include "guarded.h"

#define MOST 16
#define BLOCK 64

static const unsigned char bytes[MOST]
    = { 0x81, 0x12, 0xf3, 0x3f, 0xa5, 0x16, 0xe7, 0x40,
        0x89, 0x1a, 0xdb, 0x3e, 0xad, 0x1e, 0xcf, 0x41 };
static int calls;

/* E (name, members, their types): no struct has padding.  */
#define BYTE &ffi_type_uint8
#define SHORT &ffi_type_sint16
#define INT &ffi_type_sint32
#define FLOAT &ffi_type_float
#define STRUCTS(E)                                                                       \
  E (bytes_1, char c[1];, BYTE)                                                          \
  E (bytes_2, char c[2];, BYTE, BYTE)                                                    \
  E (bytes_3, char c[3];, BYTE, BYTE, BYTE)                                              \
  E (bytes_5, char c[5];, BYTE, BYTE, BYTE, BYTE, BYTE)                                  \
  E (bytes_7, char c[7];, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE)                      \
  E (bytes_9, char c[9];, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE)          \
  E (bytes_11, char c[11];                                                               \
     , BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE)                 \
  E (bytes_13, char c[13];                                                               \
     , BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE)     \
  E (bytes_15, char c[15];, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE,  \
                          BYTE, BYTE, BYTE, BYTE, BYTE)                                  \
  E (shorts_3, short s[3];, SHORT, SHORT, SHORT)                                         \
  E (shorts_5, short s[5];, SHORT, SHORT, SHORT, SHORT, SHORT)                           \
  E (shorts_7, short s[7];, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT)             \
  E (ints_1, int i[1];, INT)                                                             \
  E (ints_2, int i[2];, INT, INT)                                                        \
  E (ints_3, int i[3];, INT, INT, INT)                                                   \
  E (ints_4, int i[4];, INT, INT, INT, INT)                                              \
  E (float_1, float f;, FLOAT)                                                           \
  E (floats_2, float f[2];, FLOAT, FLOAT)                                                \
  E (floats_3, float f[3];, FLOAT, FLOAT, FLOAT)                                         \
  E (floats_4, float f[4];, FLOAT, FLOAT, FLOAT, FLOAT)                                  \
  E (floats_then_int, float f[2]; int i;, FLOAT, FLOAT, INT)                             \
  E (ints_then_float, int i[2]; float f;, INT, INT, FLOAT)                               \
  E (float_and_shorts, float f; short s[2]; float g;, FLOAT, SHORT, SHORT, FLOAT)        \
  E (shorts_and_int, short s[2]; int i; short t[2];, SHORT, SHORT, INT, SHORT, SHORT)

#define DEFINE(name, members, ...)                                                       \
  struct name                                                                            \
  {                                                                                      \
    members                                                                              \
  };                                                                                     \
  static ffi_type *elements_##name[] = { __VA_ARGS__, NULL };                            \
  static ffi_type type_##name = { 0, 0, FFI_TYPE_STRUCT, elements_##name };              \
  static struct name give_##name (void)                                                  \
  {                                                                                      \
    struct name s;                                                                       \
    memcpy (&s, bytes, sizeof s);                                                        \
    calls++;                                                                             \
    return s;                                                                            \
  }                                                                                      \
  static struct name echo_##name (double a, struct name s, int b)                        \
  {                                                                                      \
    CHECK (a == 2.5 && b == -3);                                                         \
    calls++;                                                                             \
    return s;                                                                            \
  }
STRUCTS (DEFINE)

static const struct
{
  const char *name;
  size_t size;
  ffi_type *type;
  void (*give) (void), (*echo) (void);
} structs[] = {
#define ENTRY(name, ...)                                                                 \
  { #name, sizeof (struct name), &type_##name, FFI_FN (give_##name),                     \
    FFI_FN (echo_##name) },
  STRUCTS (ENTRY)
};

static unsigned char *block;

static void
check (const char *name, const char *by, size_t size)
{
  unsigned char *result = block + BLOCK - size;

  if (memcmp (result, bytes, size) != 0)
    CHECK_MSG (0, "%s, %s: the result is wrong", name, by);
  CHECK_FILL (block, 0x66, BLOCK - size);
  memset (block, 0x66, BLOCK);
}

static void
check_all (const char *name, ffi_cif *cif, void (*fn) (void), void **avalue)
{
  const size_t size = cif->rtype->size;
  ffi_call_plan *plan = ffi_call_plan_alloc (cif);

  CHECK (plan != NULL);
  calls = 0;
  ffi_call (cif, fn, block + BLOCK - size, avalue);
  check (name, "ffi_call", size);
  ffi_call_plan_invoke (plan, fn, block + BLOCK - size, avalue);
  check (name, "plan", size);
  ffi_call (cif, fn, NULL, avalue);
  ffi_call_plan_invoke (plan, fn, NULL, avalue);
  CHECK_FILL (block, 0x66, BLOCK);
  CHECK (calls == 4);
  ffi_call_plan_free (plan);
}

int
main (void)
{
  block = guarded_alloc (BLOCK);
  memset (block, 0x66, BLOCK);
  for (size_t i = 0; i < ARRAY_SIZE (structs); i++)
    {
      ffi_type *types[] = { &ffi_type_double, structs[i].type, &ffi_type_sint };
      double a = 2.5;
      int b = -3;
      void *avalue[] = { &a, (void *) (uintptr_t) bytes, &b };
      ffi_cif cif;

      PREP_CIF (&cif, 0, structs[i].type, NULL);
      CHECK (structs[i].type->size == structs[i].size);
      check_all (structs[i].name, &cif, structs[i].give, NULL);
      PREP_CIF (&cif, 3, structs[i].type, types);
      check_all (structs[i].name, &cif, structs[i].echo, avalue);
    }
  return ffitest_done ();
}
