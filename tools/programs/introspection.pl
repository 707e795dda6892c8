# SPDX-License-Identifier: MIT
# Perl's Glib::Object::Introspection: functions, and callbacks that C code calls.
use strict;
use warnings;
use Glib;
use Glib::Object::Introspection;

Glib::Object::Introspection->setup (basename => 'Gio', version => '2.0', package => 'Gio');

# Each callback, and each that it starts, is a closure.
my $loop = Glib::MainLoop->new;
my ($answers, $bytes) = (0, 0);
for (1 .. 500) {
  Gio::File::new_for_path ($0)->query_info_async ('standard::size', 'none', 0, undef, sub {
    my ($file, $result) = @_;
    $bytes += $file->query_info_finish ($result)->get_size;
    $loop->quit if ++$answers == 500;
  });
}
$loop->run;
print "answers: $answers, of the right size: ", $bytes == 500 * -s $0 ? 'yes' : 'no', "\n";

my $activated = 0;
my @actions = map { Gio::SimpleAction->new ("a$_") } 1 .. 1000;
$_->signal_connect (activate => sub { $activated++ }) for @actions;
$_->activate (undef) for @actions;
print "signals: $activated\n";

my $mime = Gio::content_type_is_a ('text/html', 'text/plain') ? 'yes' : 'no';
print "content type: $mime\n";
