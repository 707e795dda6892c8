/* SPDX-License-Identifier: MIT */
/* C functions that call back: the foreign side of demo.py.  */

#include <stddef.h>
#include <stdint.h>

struct point /* one integer register */
{
  int32_t x, y;
};

struct complex_pair /* two vector registers */
{
  double re, im;
};

struct reading /* one integer and one vector register */
{
  int64_t id;
  double value;
};

struct record /* in memory */
{
  char name[16];
  int64_t values[6];
  double weight;
};

int64_t
sum_points (int64_t (*measure) (struct point), const struct point *points, size_t n)
{
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += measure (points[i]);
  return sum;
}

struct point
farthest_point (int64_t (*measure) (struct point), const struct point *points, size_t n)
{
  struct point best = points[0];
  int64_t distance = measure (best);
  for (size_t i = 1; i < n; i++)
    {
      int64_t d = measure (points[i]);
      if (d > distance)
        {
          distance = d;
          best = points[i];
        }
    }
  return best;
}

double
sum_norms (double (*norm) (struct complex_pair), const struct complex_pair *z, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += norm (z[i]);
  return sum;
}

double
sum_readings (double (*weigh) (struct reading, float), const struct reading *r, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += weigh (r[i], 0.5f);
  return sum;
}

/* Returns its large struct through a hidden pointer.  */
struct record
heaviest_record (double (*weigh) (struct record, int), const struct record *r, size_t n)
{
  size_t best = 0;
  double weight = weigh (r[0], 0);
  for (size_t i = 1; i < n; i++)
    {
      double w = weigh (r[i], (int) i);
      if (w > weight)
        {
          weight = w;
          best = i;
        }
    }
  return r[best];
}

/* The midpoint rule.  */
double
integrate (double (*f) (double), double from, double to, int steps)
{
  double width = (to - from) / steps, sum = 0;
  for (int i = 0; i < steps; i++)
    sum += f (from + (i + 0.5) * width);
  return sum * width;
}

/* More arguments than there are registers of either kind.  */
double
call_with_many (double (*f) (int8_t, double, uint16_t, float, int64_t, double, int32_t,
                             double, uint8_t, double, int64_t, double, int16_t, double,
                             float, double, double, int64_t))
{
  return f (-1, 2.0, 3, 4.0f, -5, 6.0, 7, 8.0, 9, 10.0, 11, 12.0, -13, 14.0, 15.0f, 16.0,
            17.0, 18);
}

size_t
count_matches (int (*matches) (const char *), const char *const *words, size_t n)
{
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    if (matches (words[i]))
      count++;
  return count;
}

void
call_each (int (*const *functions) (int), int *results, int n)
{
  for (int i = 0; i < n; i++)
    results[i] = functions[i](i);
}
