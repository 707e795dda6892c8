# SPDX-License-Identifier: MIT
# Ruby's gem ffi: calls of small C functions, or qsort with a comparator in Ruby.
require 'ffi'

module C
  extend FFI::Library
  ffi_lib FFI::Library::LIBC
  callback :compare, %i[pointer pointer], :int
  attach_function :abs, [:int], :int
  attach_function :strnlen, %i[string size_t], :size_t
  attach_function :labs, [:long], :long
  attach_function :qsort, %i[pointer size_t size_t compare], :void
end

what, count = ARGV[0], ARGV[1].to_i
if what == 'calls'
  total = 0
  count.times { |i| total += C.abs(-i) + C.strnlen('callback', 5) + C.labs(-3) }
  puts total
else
  numbers = Array.new(count) { |i| i * 7919 % 65521 }
  memory = FFI::MemoryPointer.new(:int, count)
  memory.write_array_of_int(numbers)
  C.qsort(memory, count, 4, proc { |a, b| a.read_int - b.read_int })
  puts memory.read_array_of_int(count) == numbers.sort
end
