# SPDX-License-Identifier: MIT
"""python3-cffi: a comparator for qsort, a struct by value, variadic arguments."""

from cffi import FFI

ffi = FFI()
ffi.cdef("""
    typedef struct { int quot, rem; } div_t;
    div_t div (int, int);
    double ldexp (double, int);
    int snprintf (char *, size_t, const char *, ...);
    void qsort (void *, size_t, size_t, int (*) (const void *, const void *));
""")
libc = ffi.dlopen(None)
libm = ffi.dlopen("libm.so.6")

calls = 0


@ffi.callback("int (const void *, const void *)")
def compare(a, b):
    global calls
    calls += 1
    return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]


numbers = ffi.new("int[]", [(i * 7919) % 1009 for i in range(1000)])
libc.qsort(numbers, len(numbers), ffi.sizeof("int"), compare)
assert list(numbers) == sorted(numbers)
print("qsort:", calls, "comparisons,", list(numbers[0:5]))

result = libc.div(1000, 7)
print("div:", result.quot, result.rem)
print("ldexp:", libm.ldexp(1.5, 10))
text = ffi.new("char[]", 80)
libc.snprintf(text, 80, b"%d %s %.2f %lld", ffi.cast("int", 42), ffi.new("char[]", b"text"),
              ffi.cast("double", 2.5), ffi.cast("long long", -(1 << 40)))
print("snprintf:", ffi.string(text).decode())

unary = [ffi.callback("double (double, int, float)", lambda x, n, f, i=i: x * n + f + i)
         for i in range(3000)]
print("3000 callbacks:", sum(f(0.5, 3, 0.25) for f in unary))
