/* SPDX-License-Identifier: MIT */
/* A call plan copies structs of any size to registers and the stack, from any address,
   and arguments beside them keep their values.  */

#include "ffitest.h"

#define MOST 340

/* What the function got, as bytes one behind the other.  */
static unsigned char seen[4 * MOST + 64];
static size_t n_seen;

static void
see (const void *value, size_t size)
{
  memcpy (seen + n_seen, value, size);
  n_seen += size;
}
#define SEE(value) see (&(value), sizeof (value))

/* Structs of N bytes between scalars of either sort.  */
#define EACH_SIZE(f)                                                                     \
  f (1) f (2) f (3) f (4) f (5) f (6) f (7) f (8) f (9) f (11) f (12) f (13) f (15)      \
      f (16) f (17) f (20) f (23) f (28) f (31) f (32) f (33) f (47) f (63) f (64)       \
          f (100) f (127) f (132) f (144) f (145) f (200) f (333)

#define SIZE(n)                                                                          \
  struct bytes_##n                                                                       \
  {                                                                                      \
    unsigned char bytes[n];                                                              \
  };                                                                                     \
  struct shorts_##n                                                                      \
  {                                                                                      \
    unsigned short shorts[(n + 1) / 2];                                                  \
  };                                                                                     \
  struct ints_##n                                                                        \
  {                                                                                      \
    unsigned ints[(n + 3) / 4];                                                          \
  };                                                                                     \
  static int target_##n (double d, struct bytes_##n a, int i, struct ints_##n b,         \
                         float f, struct shorts_##n c, signed char s,                    \
                         struct bytes_##n e, long long l)                                \
  {                                                                                      \
    SEE (d);                                                                             \
    SEE (a);                                                                             \
    SEE (i);                                                                             \
    SEE (b);                                                                             \
    SEE (f);                                                                             \
    SEE (c);                                                                             \
    SEE (s);                                                                             \
    SEE (e);                                                                             \
    SEE (l);                                                                             \
    return n;                                                                            \
  }
EACH_SIZE (SIZE)

struct four
{
  float f[4];
};
struct pair
{
  double d[2];
};

/* Numbers at addresses that are no multiples of four, and others beside them.  */
static int
numbers (float a, struct four b, double c, struct pair d, struct bytes_7 e)
{
  SEE (a);
  SEE (b);
  SEE (c);
  SEE (d);
  SEE (e);
  return 7;
}

enum
{
  ARGS = 9
};

static void
check (void (*fn) (void), unsigned n, ffi_type **types, const size_t *aligned, int wanted)
{
  static unsigned char memory[ARGS][MOST + 32] __attribute__ ((aligned (16)));
  unsigned char expected[sizeof seen];
  void *values[ARGS];
  ffi_arg result = 0;
  ffi_cif cif;

  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, n, &ffi_type_sint, types), FFI_OK);
  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != NULL);
  for (unsigned shift = 0; shift < 4; shift++)
    {
      size_t end = 0;
      for (unsigned i = 0; i < n; i++)
        {
          const size_t from = shift * aligned[i] % 16;
          for (size_t k = 0; k < sizeof memory[i]; k++)
            memory[i][k] = (unsigned char) (17 * i + 3 * k + 1);
          values[i] = memory[i] + from;
          memcpy (expected + end, values[i], types[i]->size);
          end += types[i]->size;
        }
      n_seen = 0;
      ffi_call_plan_invoke (plan, fn, &result, values);
      CHECK_INT ((int) result, wanted);
      CHECK_INT ((int) n_seen, (int) end);
      CHECK (memcmp (seen, expected, end) == 0);
    }
  ffi_call_plan_free (plan);
}

/* A struct of COUNT elements of TYPE, at most MOST.  */
static void
array_of (ffi_type *array, ffi_type **elements, ffi_type *type, size_t count)
{
  for (size_t i = 0; i < count; i++)
    elements[i] = type;
  elements[count] = NULL;
  *array = (ffi_type){ 0, 0, FFI_TYPE_STRUCT, elements };
}

static void
check_size (void (*fn) (void), size_t n)
{
  ffi_type *lists[3][MOST + 1], bytes, shorts, ints;
  array_of (&bytes, lists[0], &ffi_type_uint8, n);
  array_of (&shorts, lists[1], &ffi_type_uint16, (n + 1) / 2);
  array_of (&ints, lists[2], &ffi_type_uint32, (n + 3) / 4);
  ffi_type *types[ARGS]
      = { &ffi_type_double, &bytes, &ffi_type_sint,  &ints, &ffi_type_float, &shorts,
          &ffi_type_schar,  &bytes, &ffi_type_sint64 };
  const size_t aligned[ARGS] = { 8, 1, 4, 4, 4, 2, 1, 1, 8 };

  check (fn, ARGS, types, aligned, (int) n);
}

/* Structs whose alignment is given as 1.  */
static void
check_packed (void)
{
  ffi_type *floats[]
      = { &ffi_type_float, &ffi_type_float, &ffi_type_float, &ffi_type_float, NULL };
  ffi_type *doubles[] = { &ffi_type_double, &ffi_type_double, NULL };
  ffi_type *bytes[8], seven, four = { 16, 1, FFI_TYPE_STRUCT, floats },
                             pair = { 16, 1, FFI_TYPE_STRUCT, doubles };
  array_of (&seven, bytes, &ffi_type_uint8, 7);
  ffi_type *types[] = { &ffi_type_float, &four, &ffi_type_double, &pair, &seven };
  const size_t aligned[] = { 4, 1, 8, 1, 1 };

  check (FFI_FN (numbers), 5, types, aligned, 7);
}

int
main (void)
{
#define CHECK_SIZE(n) check_size (FFI_FN (target_##n), n);
  EACH_SIZE (CHECK_SIZE)
  check_packed ();
  return ffitest_done ();
}
