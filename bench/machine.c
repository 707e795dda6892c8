/* SPDX-License-Identifier: MIT */
/* The clock, the processors, and the mark that counters of instructions look for.  */

#define _GNU_SOURCE
#include "bench.h"
#include <sched.h>
#include <stdlib.h>
#include <time.h>

double
now_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

double
median (double *values, unsigned n)
{
  qsort (values, n, sizeof *values, compare);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

unsigned
allowed_cpus (void)
{
  cpu_set_t set;
  return sched_getaffinity (0, sizeof set, &set) == 0 ? (unsigned) CPU_COUNT (&set) : 1;
}

void
pin_to_cpu (unsigned nth_allowed)
{
  cpu_set_t set, one;

  if (sched_getaffinity (0, sizeof set, &set) != 0)
    return;
  CPU_ZERO (&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    if (CPU_ISSET (cpu, &set) && nth_allowed-- == 0)
      CPU_SET (cpu, &one);
  sched_setaffinity (0, sizeof one, &one);
}

__attribute__ ((noinline)) void
bench_mark (void)
{
  __asm__ volatile("");
}
