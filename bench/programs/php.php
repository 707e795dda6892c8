<?php
// SPDX-License-Identifier: MIT
// PHP's FFI: calls of small C functions, or qsort with a comparator in PHP.
$c = FFI::cdef('
  int abs (int);
  double ldexp (double, int);
  size_t strnlen (const char *, size_t);
  void qsort (void *, size_t, size_t, int (*) (const void *, const void *));
');
[, $what, $count] = $argv;

if ($what == 'calls') {
  $total = 0;
  for ($i = 0; $i < $count; $i++)
    $total += $c->abs(-$i) + $c->ldexp(0.5, 2) + $c->strnlen('callback', 5);
  echo "$total\n";
} else {
  $numbers = $c->new("int[$count]");
  for ($i = 0; $i < $count; $i++) $numbers[$i] = $i * 7919 % 65521;
  $c->qsort($numbers, $count, 4, function ($a, $b) use ($c) {
    return $c->cast('int *', $a)[0] - $c->cast('int *', $b)[0];
  });
  for ($i = 1, $sorted = 1; $i < $count; $i++) $sorted &= $numbers[$i] >= $numbers[$i - 1];
  echo "sorted: $sorted\n";
}
