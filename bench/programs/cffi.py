# SPDX-License-Identifier: MIT
"""cffi: calls of small C functions, or the C library's qsort with a Python comparator."""
import sys

sys.path.remove(sys.path[0])  # this script has the module's name
import cffi  # pylint: disable=wrong-import-position,import-self

ffi = cffi.FFI()
ffi.cdef("""
  int abs (int);
  double ldexp (double, int);
  size_t strnlen (const char *, size_t);
  void qsort (void *, size_t, size_t, int (*) (const void *, const void *));
""")
c = ffi.dlopen(None)
what, count = sys.argv[1], int(sys.argv[2])

if what == "calls":
    total, text = 0.0, ffi.new("char[]", b"callback")
    for i in range(count):
        total += c.abs(-i) + c.ldexp(0.5, 2) + c.strnlen(text, 5)
    print(total)
else:
    numbers = ffi.new("int[]", [i * 7919 % 65521 for i in range(count)])

    @ffi.callback("int(const void *, const void *)")
    def compare(a, b):
        return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]

    c.qsort(numbers, count, 4, compare)
    print(list(numbers) == sorted(numbers))
