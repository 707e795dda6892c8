<?php
// SPDX-License-Identifier: MIT
// PHP's FFI: calls, a struct by value, variadic arguments and callbacks.
$c = FFI::cdef('
  typedef struct { int quot, rem; } div_t;
  div_t div (int, int);
  int snprintf (char *, size_t, const char *, ...);
  void qsort (void *, size_t, size_t, int (*) (const void *, const void *));
  typedef double (*scale_t) (double, int);
');
$numbers = $c->new('int[1000]');
for ($i = 0; $i < 1000; $i++) $numbers[$i] = $i * 7919 % 1009;
$calls = 0;
$c->qsort($numbers, 1000, 4, function ($a, $b) use ($c, &$calls) {
  $calls++;
  return $c->cast('int *', $a)[0] - $c->cast('int *', $b)[0];
});
for ($i = 1; $i < 1000; $i++)
  if ($numbers[$i] < $numbers[$i - 1]) throw new Exception('not sorted');
echo "qsort: $calls comparisons\n";
$result = $c->div(1000, 7);
echo "div: $result->quot $result->rem\n";
$text = $c->new('char[80]');
$c->snprintf($text, 80, '%ld %.2f %s', 42, 2.5, 'text');
echo 'snprintf: ', FFI::string($text), "\n";
$sum = 0;
$table = $c->new('scale_t[1000]');
for ($i = 0; $i < 1000; $i++) $table[$i] = function ($x, $n) use ($i) { return $x * $n + $i; };
for ($i = 0; $i < 1000; $i++) $sum += $table[$i](0.5, 3);
echo "1000 callbacks: $sum\n";
