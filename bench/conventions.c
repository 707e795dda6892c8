/* SPDX-License-Identifier: MIT */
/* i386: functions of two and of four ints in each calling convention.

   GCC has two of them under other names.  Borland's pascal is stdcall with the
   arguments in reverse, its register convention regparm (3) with stdcall's popping: the
   same as long as no more than one argument is on the stack.  */

#include "bench.h"

#ifdef __i386__

#define FORWARD_2(a, b) a, b
#define FORWARD_4(a, b, c, d) a, b, c, d
#define REVERSE_2(a, b) b, a
#define REVERSE_4(a, b, c, d) d, c, b, a

#define ENTER(ret, args)                                                                 \
  floor_closure.fun (floor_closure.cif, ret, args, floor_closure.user_data)

static void
handler_2 (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret = *(int *) args[0] - *(int *) args[1];
}

static void
handler_4 (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret
      = *(int *) args[0] - *(int *) args[1] + *(int *) args[2] - 2 * *(int *) args[3];
}

/* A convention: NAME, the attributes of its functions, FORWARD or REVERSE.  */
#define CONVENTION(name, attributes, order)                                              \
  typedef int attributes (*name##_2) (order##_2 (int, int));                             \
  typedef int attributes (*name##_4) (order##_4 (int, int, int, int));                   \
                                                                                         \
  static int attributes target_##name##_2 (order##_2 (int a, int b)) { return a - b; }   \
  static int attributes target_##name##_4 (order##_4 (int a, int b, int c, int d))       \
  {                                                                                      \
    return a - b + c - 2 * d;                                                            \
  }                                                                                      \
                                                                                         \
  static uint64_t loop_##name##_2 (code_fn code, long n)                                 \
  {                                                                                      \
    uint64_t sum = 0;                                                                    \
    for (long i = 0; i < n; i++)                                                         \
      sum += (uint64_t) ((name##_2) code) (order##_2 ((int) i, 7));                      \
    return sum;                                                                          \
  }                                                                                      \
  static uint64_t loop_##name##_4 (code_fn code, long n)                                 \
  {                                                                                      \
    uint64_t sum = 0;                                                                    \
    for (long i = 0; i < n; i++)                                                         \
      sum += (uint64_t) ((name##_4) code) (order##_4 ((int) i, 7, 80, 5));               \
    return sum;                                                                          \
  }                                                                                      \
                                                                                         \
  static int attributes entry_##name##_2 (order##_2 (int a, int b))                      \
  {                                                                                      \
    ffi_sarg ret;                                                                        \
    void *args[] = { &a, &b };                                                           \
    ENTER (&ret, args);                                                                  \
    return (int) ret;                                                                    \
  }                                                                                      \
  static int attributes entry_##name##_4 (order##_4 (int a, int b, int c, int d))        \
  {                                                                                      \
    ffi_sarg ret;                                                                        \
    void *args[] = { &a, &b, &c, &d };                                                   \
    ENTER (&ret, args);                                                                  \
    return (int) ret;                                                                    \
  }                                                                                      \
                                                                                         \
  static void call_##name##_2 (void *cif, code_fn fn, void *rvalue, void **avalue)       \
  {                                                                                      \
    int **a = (int **) avalue;                                                           \
    (void) cif;                                                                          \
    *(ffi_sarg *) rvalue = ((name##_2) fn) (order##_2 (*a[0], *a[1]));                   \
  }                                                                                      \
  static void call_##name##_4 (void *cif, code_fn fn, void *rvalue, void **avalue)       \
  {                                                                                      \
    int **a = (int **) avalue;                                                           \
    (void) cif;                                                                          \
    *(ffi_sarg *) rvalue = ((name##_4) fn) (order##_4 (*a[0], *a[1], *a[2], *a[3]));     \
  }

CONVENTION (cdecl, , FORWARD)
CONVENTION (stdcall, __attribute__ ((stdcall)), FORWARD)
CONVENTION (thiscall, __attribute__ ((thiscall)), FORWARD)
CONVENTION (fastcall, __attribute__ ((fastcall)), FORWARD)
CONVENTION (pascal, __attribute__ ((stdcall)), REVERSE)
CONVENTION (borland, __attribute__ ((regparm (3), stdcall)), FORWARD)

static int ints[] = { 41, -2, 3, 80 };
static void *values[] = { &ints[0], &ints[1], &ints[2], &ints[3] };

#define INTS                                                                             \
  {                                                                                      \
    T_INT, T_INT, T_INT, T_INT                                                           \
  }
#define ROW(label, n, c, convention)                                                     \
  {                                                                                      \
    { label " int(int x " #n ")",                                                        \
      T_INT,                                                                             \
      n,                                                                                 \
      INTS,                                                                              \
      (code_fn) target_##c##_##n,                                                        \
      handler_##n,                                                                       \
      loop_##c##_##n,                                                                    \
      values,                                                                            \
      convention },                                                                      \
        (code_fn) entry_##c##_##n, call_##c##_##n                                        \
  }
#define ROWS(label, c, convention)                                                       \
  ROW (label, 2, c, convention), ROW (label, 4, c, convention)

const struct convention conventions[] = {
  ROWS ("sysv", cdecl, FFI_SYSV),
  ROWS ("ms_cdecl", cdecl, FFI_MS_CDECL),
  ROWS ("stdcall", stdcall, FFI_STDCALL),
  ROWS ("thiscall", thiscall, FFI_THISCALL),
  ROWS ("fastcall", fastcall, FFI_FASTCALL),
  ROWS ("pascal", pascal, FFI_PASCAL),
  ROWS ("register", borland, FFI_REGISTER),
};
const unsigned n_conventions = sizeof conventions / sizeof conventions[0];

#else

const struct convention conventions[1];
const unsigned n_conventions = 0;

#endif
