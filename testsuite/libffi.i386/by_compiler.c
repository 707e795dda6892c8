/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { options -fno-omit-frame-pointer } */
/* Functions and callers that the compiler makes with stdcall, thiscall, fastcall and
   regparm: both ways, structs and variadic functions too.  */

#include "ffitest.h"

struct small
{
  int a;
};
struct pair
{
  int a, b;
};
struct real
{
  double a;
};
struct tail
{
  char a[5];
};

static ffi_type *i1[] = { &ffi_type_sint, NULL };
static ffi_type *i2[] = { &ffi_type_sint, &ffi_type_sint, NULL };
static ffi_type *d1[] = { &ffi_type_double, NULL };
static ffi_type *c5[] = { &ffi_type_schar, &ffi_type_schar, &ffi_type_schar,
                          &ffi_type_schar, &ffi_type_schar, NULL };
static ffi_type t_small = { 0, 0, FFI_TYPE_STRUCT, i1 };
static ffi_type t_pair = { 0, 0, FFI_TYPE_STRUCT, i2 };
static ffi_type t_real = { 0, 0, FFI_TYPE_STRUCT, d1 };
static ffi_type t_tail = { 0, 0, FFI_TYPE_STRUCT, c5 };

static int good;

/* A(n) are arguments 1 to n with values of each type.  */
static struct small v_small = { 31 };
static struct pair v_pair = { 32, 33 };
static struct real v_real = { 3.5 };
static struct tail v_tail = { { 1, 2, 3, 4, 5 } };
static int v_int = -77;
static short v_short = -3;
static float v_float = 1.25f;
static double v_double = -8.5;
static int64_t v_long = INT64_C (-0x123456789abc);
static long double v_ld = 9.75L;
static _Complex float v_cf = 1.5f - 2.5fi;

/* Each value as the handlers and functions expect it.  */
#define SAME(a, b) (memcmp (&(a), &(b), sizeof (a) == 12 ? 10 : sizeof (a)) == 0)

#define T_int &ffi_type_sint
#define T_short &ffi_type_sshort
#define T_float &ffi_type_float
#define T_double &ffi_type_double
#define T_long &ffi_type_sint64
#define T_ld &ffi_type_longdouble
#define T_cf &ffi_type_complex_float
#define T_small &t_small
#define T_pair &t_pair
#define T_real &t_real
#define T_tail &t_tail

/* Signatures: S (name, result, four arguments).  */
#define SIGNATURES(S)                                                                    \
  S (ints, int, int, int, int, int)                                                      \
  S (shorts, short, short, short, int, short)                                            \
  S (floats, float, float, int, double, int)                                             \
  S (doubles, double, int, double, int, float)                                           \
  S (longs, long, long, int, int, int)                                                   \
  S (between, ld, int, long, int, ld)                                                    \
  S (complex, cf, cf, int, int, cf)                                                      \
  S (smalls, small, small, int, int, small)                                              \
  S (pairs, pair, int, pair, int, int)                                                   \
  S (reals, real, real, int, int, int)                                                   \
  S (tails, tail, int, tail, short, int)                                                 \
  S (last, tail, float, real, cf, int)

#define TYPE(t) __typeof__ (v_##t)

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const void *const *expected = data;
  good = 1;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      size_t size = cif->arg_types[i]->size;
      good &= memcmp (args[i], expected[i], size == 12 ? 10 : size) == 0;
    }
  if (cif->rtype == &ffi_type_sshort)
    *(ffi_sarg *) result = v_short;
  else
    memcpy (result, expected[4], cif->rtype->size);
}

#define TEST(convention, abi, name, r, a, b, c, d)                                       \
  static __attribute__ ((convention, noinline, noclone)) TYPE (r)                        \
      fn_##convention##_##name (TYPE (a) w, TYPE (b) x, TYPE (c) y, TYPE (d) z)          \
  {                                                                                      \
    good = SAME (w, v_##a) && SAME (x, v_##b) && SAME (y, v_##c) && SAME (z, v_##d);     \
    return v_##r;                                                                        \
  }                                                                                      \
  static __attribute__ ((noinline)) void test_##convention##_##name (void)               \
  {                                                                                      \
    ffi_type *types[] = { T_##a, T_##b, T_##c, T_##d };                                  \
    const void *values[] = { &v_##a, &v_##b, &v_##c, &v_##d, &v_##r };                   \
    union                                                                                \
    {                                                                                    \
      __typeof__ (fn_##convention##_##name (v_##a, v_##b, v_##c, v_##d)) value;          \
      ffi_arg word;                                                                      \
    } result;                                                                            \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
    CHECK_INT (ffi_prep_cif (&cif, abi, 4, T_##r, types), FFI_OK);                       \
    good = 0;                                                                            \
    ffi_call (&cif, FFI_FN (fn_##convention##_##name), &result,                          \
              (void **) (uintptr_t) values);                                             \
    CHECK_MSG (good == 1, #convention " " #name ": an argument came out wrong");         \
    CHECK_MSG (SAME (result.value, v_##r), #convention " " #name ": wrong result");      \
    MAKE_CLOSURE (&cif, handle, values, &code);                                          \
    good = 0;                                                                            \
    result.value = CODE_AS (__typeof__ (&fn_##convention##_##name),                      \
                            code) (v_##a, v_##b, v_##c, v_##d);                          \
    CHECK_MSG (good == 1, #convention " " #name ": a closure's argument is wrong");      \
    CHECK_MSG (SAME (result.value, v_##r), #convention " " #name ": closure's result");  \
  }

#define TESTS_cdecl(name, ...) TEST (cdecl, FFI_SYSV, name, __VA_ARGS__)
#define TESTS_stdcall(name, ...) TEST (stdcall, FFI_STDCALL, name, __VA_ARGS__)
#define TESTS_thiscall(name, ...) TEST (thiscall, FFI_THISCALL, name, __VA_ARGS__)
#define TESTS_fastcall(name, ...) TEST (fastcall, FFI_FASTCALL, name, __VA_ARGS__)
SIGNATURES (TESTS_cdecl)
SIGNATURES (TESTS_stdcall)
SIGNATURES (TESTS_thiscall)
SIGNATURES (TESTS_fastcall)
#define RUN_cdecl(name, ...) test_cdecl_##name ();
#define RUN_stdcall(name, ...) test_stdcall_##name ();
#define RUN_thiscall(name, ...) test_thiscall_##name ();
#define RUN_fastcall(name, ...) test_fastcall_##name ();

/* Of three integers regparm(3) and register make the same.  */
static __attribute__ ((regparm (3), noinline, noclone)) int
fn_regparm (int a, short b, const void *c)
{
  good = a == -77 && b == -3 && c == &good;
  return a + b;
}

static void
handle_regparm (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  good = *(int *) args[0] == -77 && *(short *) args[1] == -3
         && *(void **) args[2] == &good;
  *(ffi_sarg *) result = -80;
}

static void
test_regparm (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_sshort, &ffi_type_pointer };
  int a = -77;
  short b = -3;
  void *c = &good, *values[] = { &a, &b, &c }, *code;
  ffi_arg result;
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif (&cif, FFI_REGISTER, 3, &ffi_type_sint, types), FFI_OK);
  good = 0;
  ffi_call (&cif, FFI_FN (fn_regparm), &result, values);
  CHECK_INT (good, 1);
  CHECK_INT ((ffi_sarg) result, -80);
  MAKE_CLOSURE (&cif, handle_regparm, NULL, &code);
  good = 0;
  CHECK_INT (CODE_AS (__typeof__ (&fn_regparm), code) (a, b, c), -80);
  CHECK_INT (good, 1);
}

/* Variadic functions with attributes: all on the stack, the caller removes it.  */
#define VARIADIC(convention)                                                             \
  static __attribute__ ((convention, noinline,                                           \
                         noclone)) struct pair variadic_##convention (int a, int n, ...) \
  {                                                                                      \
    struct pair sum = { a, n };                                                          \
    va_list list;                                                                        \
    va_start (list, n);                                                                  \
    for (int i = 0; i < n; i++)                                                          \
      sum.a += va_arg (list, int);                                                       \
    va_end (list);                                                                       \
    return sum;                                                                          \
  }
VARIADIC (cdecl)
VARIADIC (stdcall)
VARIADIC (thiscall)
VARIADIC (fastcall)

static void
handle_variadic (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  struct pair sum = { 0, *(int *) args[1] };
  for (unsigned i = 0; i < cif->nargs; i++)
    if (i != 1)
      sum.a += *(int *) args[i];
  memcpy (result, &sum, sizeof sum);
}

static void
test_variadic (ffi_abi abi, void (*fn) (void), struct pair (*call) (void *code))
{
  ffi_type *types[5] = { T_int, T_int, T_int, T_int, T_int };
  int numbers[5] = { 1, 3, 10, 100, 1000 };
  void *values[5], *code;
  struct pair sum = { 0, 0 };
  ffi_cif cif;
  for (int i = 0; i < 5; i++)
    values[i] = &numbers[i];
  CHECK_INT (ffi_prep_cif_var (&cif, abi, 2, 5, &t_pair, types), FFI_OK);
  ffi_call (&cif, fn, &sum, values);
  CHECK_INT (sum.a, 1111);
  CHECK_INT (sum.b, 3);
  MAKE_CLOSURE (&cif, handle_variadic, NULL, &code);
  sum = call (code);
  CHECK_INT (sum.a, 1111);
  CHECK_INT (sum.b, 3);
}

#define VARIADIC_CALLER(convention)                                                      \
  static struct pair call_variadic_##convention (void *code)                             \
  {                                                                                      \
    return CODE_AS (__typeof__ (&variadic_##convention), code) (1, 3, 10, 100, 1000);    \
  }
VARIADIC_CALLER (cdecl)
VARIADIC_CALLER (stdcall)
VARIADIC_CALLER (thiscall)
VARIADIC_CALLER (fastcall)

int
main (void)
{
  SIGNATURES (RUN_cdecl)
  SIGNATURES (RUN_stdcall)
  SIGNATURES (RUN_thiscall)
  SIGNATURES (RUN_fastcall)
  test_regparm ();
  test_variadic (FFI_SYSV, FFI_FN (variadic_cdecl), call_variadic_cdecl);
  test_variadic (FFI_STDCALL, FFI_FN (variadic_stdcall), call_variadic_stdcall);
  test_variadic (FFI_THISCALL, FFI_FN (variadic_thiscall), call_variadic_thiscall);
  test_variadic (FFI_FASTCALL, FFI_FN (variadic_fastcall), call_variadic_fastcall);
  ffi_type *types[] = { T_int, T_int };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_PASCAL, 1, 2, T_int, types), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_REGISTER, 1, 2, T_int, types), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_PASCAL, 2, 2, T_int, types), FFI_BAD_ABI);
  return ffitest_done ();
}
