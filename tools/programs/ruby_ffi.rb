# SPDX-License-Identifier: MIT
# The gem ffi: calls, a struct by value, variadic arguments and callbacks.
require 'ffi'

module C
  extend FFI::Library
  ffi_lib FFI::Library::LIBC
  class Division < FFI::Struct
    layout :quot, :int, :rem, :int
  end
  callback :compare, [:pointer, :pointer], :int
  attach_function :qsort, [:pointer, :size_t, :size_t, :compare], :void
  attach_function :div, [:int, :int], Division.by_value
  attach_function :snprintf, [:pointer, :size_t, :string, :varargs], :int
end

calls = 0
numbers = (0...1000).map { |i| i * 7919 % 1009 }
memory = FFI::MemoryPointer.new(:int, 1000).write_array_of_int(numbers)
C.qsort(memory, 1000, 4, proc { |a, b| calls += 1; a.read_int <=> b.read_int })
sorted = memory.read_array_of_int(1000)
raise 'not sorted' unless sorted == numbers.sort
puts "qsort: #{calls} comparisons, #{sorted.first(5)}"
result = C.div(1000, 7)
puts "div: #{result[:quot]} #{result[:rem]}"
text = FFI::MemoryPointer.new(:char, 80)
C.snprintf(text, 80, '%d %.2f %s', :int, 42, :double, 2.5, :string, 'text')
puts "snprintf: #{text.read_string}"

closures = (0...3000).map do |i|
  FFI::Function.new(:double, [:double, :int]) { |x, n| x * n + i }
end
puts "3000 callbacks: #{closures.sum { |c| c.call(0.5, 3) }}"
