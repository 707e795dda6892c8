# SPDX-License-Identifier: MIT
# Perl's FFI::Platypus: calls and closures.
use strict;
use warnings;
use FFI::Platypus 1.00;

my $ffi = FFI::Platypus->new (api => 1, lib => [undef]);
$ffi->type ('(opaque, opaque)->int' => 'compare_t');
$ffi->attach (qsort => ['int[1000]', 'size_t', 'size_t', 'compare_t'] => 'void');
$ffi->attach (strlen => ['string'] => 'size_t');
$ffi->attach (ldexp => ['double', 'int'] => 'double') if $ffi->find_symbol ('ldexp');
$ffi->attach (snprintf => ['string', 'size_t', 'string'] => ['int', 'double'] => 'int');

my $calls = 0;
my $compare = $ffi->closure (sub {
  $calls++;
  $ffi->cast (opaque => 'int*', $_[0])->$* <=> $ffi->cast (opaque => 'int*', $_[1])->$*;
});
my @numbers = map { $_ * 7919 % 1009 } 0 .. 999;
my @sorted = @numbers;
qsort (\@sorted, 1000, 4, $compare);
die "not sorted" unless "@sorted" eq join ' ', sort { $a <=> $b } @numbers;
print "qsort: $calls comparisons, @sorted[0 .. 4]\n";
print "strlen: ", strlen ('four'), "\n";
my $text = ' ' x 80;
print "snprintf: ", snprintf ($text, 80, '%d %.2f', 42, 2.5), "\n";

my $sum = 0;
my @closures;
for my $i (0 .. 2999)
  {
    my $closure = $ffi->closure (sub { $_[0] * $_[1] + $i });
    push @closures, $closure;
    my $code = $ffi->cast ('(double, int)->double' => 'opaque', $closure);
    $sum += $ffi->function ($code => ['double', 'int'] => 'double')->call (0.5, 3);
  }
print "3000 closures: $sum\n";
