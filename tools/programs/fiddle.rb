# SPDX-License-Identifier: MIT
# Ruby's fiddle: calls, variadic arguments and closures.
require 'fiddle/import'

module C
  extend Fiddle::Importer
  dlload Fiddle.dlopen(nil)
  extern 'void qsort (void *, size_t, size_t, void *)'
  extern 'size_t strlen (const char *)'
  extern 'double strtod (const char *, void *)'
  extern 'int snprintf (char *, size_t, const char *, ...)'
end

calls = 0
types = [Fiddle::TYPE_VOIDP, Fiddle::TYPE_VOIDP]
compare = Fiddle::Closure::BlockCaller.new(Fiddle::TYPE_INT, types) do |a, b|
  calls += 1
  a[0, 4].unpack1('l') <=> b[0, 4].unpack1('l')
end
numbers = (0...1000).map { |i| i * 7919 % 1009 }
memory = Fiddle::Pointer[numbers.pack('l*')]
C.qsort(memory, 1000, 4, compare)
sorted = memory[0, 4000].unpack('l*')
raise 'not sorted' unless sorted == numbers.sort
puts "qsort: #{calls} comparisons, #{sorted.first(5)}"
puts "strlen: #{C.strlen('four')}, strtod: #{C.strtod('2.5e3', nil)}"
text = Fiddle::Pointer.malloc(80, Fiddle::RUBY_FREE)
C.snprintf(text, 80, '%d %.2f %s', :int, 42, :double, 2.5, :const_string, 'text')
puts "snprintf: #{text.to_s}"

closures = (0...3000).map do |i|
  Fiddle::Closure::BlockCaller.new(Fiddle::TYPE_DOUBLE, [Fiddle::TYPE_DOUBLE, Fiddle::TYPE_INT]) do |x, n|
    x * n + i
  end
end
sum = closures.sum do |c|
  Fiddle::Function.new(c, [Fiddle::TYPE_DOUBLE, Fiddle::TYPE_INT], Fiddle::TYPE_DOUBLE).call(0.5, 3)
end
puts "3000 closures: #{sum}"
