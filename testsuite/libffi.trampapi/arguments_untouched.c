/* SPDX-License-Identifier: MIT */
/* A trampoline whose code continues at its data forwards every argument and result:
   words, floating point, structs in memory, variadic ones, and on i386 those of
   conventions that use eax, edx and ecx.  */

#include "ffitest.h"
#include "targets.h"

struct big
{
  long words[6];
  double last;
};

static double
mixed (int a, double b, long c, float d, long long e, double f, char g, long h, int i,
       double j, float k, double l, double m, double n, double o, struct big p)
{
  return a + 2 * b + 3 * (double) c + 4 * d + 5 * (double) e + 6 * f + 7 * g
         + 8 * (double) h + 9 * i + 10 * j + 11 * k + 12 * l + 13 * m + 14 * n + 15 * o
         + 16 * (double) p.words[4] + 17 * p.last;
}

static struct big
returned (long a, double b)
{
  struct big r = { { a, a + 1, a + 2, a + 3, a + 4, a + 5 }, b };
  return r;
}

static int
summed (int n, ...)
{
  va_list list;
  double sum = 0;
  va_start (list, n);
  for (int i = 0; i < n; i++)
    sum += i % 2 == 0 ? va_arg (list, int) : va_arg (list, double);
  va_end (list);
  return (int) sum;
}

static void *
forward (void (*to) (void))
{
  ffi_tramp *tramp = ffi_tramp_alloc ();
  CHECK (tramp != NULL);
  CHECK_INT (ffi_tramp_init (tramp, target_forwards, (void *) (uintptr_t) to), 0);
  return ffi_tramp_code (tramp);
}

#define FORWARDED(function)                                                              \
  CODE_AS (__typeof__ (&function), forward ((void (*) (void)) & function))

#ifdef __i386__
static __attribute__ ((regparm (3), noinline)) int
in_registers (int a, int b, int c, int d)
{
  return a + 10 * b + 100 * c + 1000 * d;
}

static __attribute__ ((fastcall, noinline)) int
in_ecx_and_edx (int a, int b, int c)
{
  return a + 10 * b + 100 * c;
}
#endif

int
main (void)
{
  struct big big = { { 1, 2, 3, 4, 5, 6 }, 6.5 };
  double expected = mixed (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, big);
  for (int i = 0; i < 3; i++)
    CHECK_DOUBLE (
        FORWARDED (mixed) (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, big),
        expected);
  struct big got = FORWARDED (returned) (7, 1.5), want = returned (7, 1.5);
  CHECK_MEM (&got, &want, sizeof got);
  CHECK_INT (FORWARDED (summed) (7, 1, 2.0, 3, 4.0, 5, 6.0, 7), 28);
#ifdef __i386__
  CHECK_INT (FORWARDED (in_registers) (1, 2, 3, 4), 4321);
  CHECK_INT (FORWARDED (in_ecx_and_edx) (1, 2, 3), 321);
#endif
  return ffitest_done ();
}
