/* SPDX-License-Identifier: MIT */
/* Nested functions as arguments, recursively, out of which longjmp leaves.  */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static int
sort (int *values, size_t n, int pivot, int levels)
{
  int compared = 0;
  int compare (const void *a, const void *b)
  {
    compared++;
    return abs (*(const int *) a - pivot) - abs (*(const int *) b - pivot);
  }

  if (levels > 0)
    compared += sort (values, n, pivot + 5, levels - 1);
  qsort (values, n, sizeof *values, compare);
  for (size_t i = 1; i < n; i++)
    if (abs (values[i - 1] - pivot) > abs (values[i] - pivot))
      exit (1);
  return compared;
}

static void
call (void (*function) (int), int argument)
{
  function (argument);
}

static int
left (int rounds)
{
  jmp_buf back;
  volatile int sum = 0;
  void leave (int by)
  {
    sum += by;
    longjmp (back, 1);
  }

  for (volatile int i = 0; i < rounds; i++)
    if (setjmp (back) == 0)
      call (leave, 2);
  return sum;
}

int
main (void)
{
  int values[50];

  for (int i = 0; i < 50; i++)
    values[i] = i * 37 % 50;
  if (sort (values, 50, 20, 10) < 11 * 49 || left (100000) != 200000)
    return 1;
  puts ("sorted");
  return 0;
}
