# SPDX-License-Identifier: MIT
"""Many callbacks: the C library's qsort with a Python comparator."""
import ctypes
import os
import sys

mapped = {line.rstrip("\n").split(maxsplit=5)[-1] for line in open("/proc/self/maps")}
if os.path.realpath(os.environ["BENCH_LIBFFI"]) not in mapped:
    sys.exit("another libffi is loaded: " + " ".join(
        sorted(file for file in mapped if os.path.basename(file).startswith("libffi"))))

count = int(sys.argv[1])
state = 12345
numbers = []
for _ in range(count):
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    numbers.append(state)

INT_POINTER = ctypes.POINTER(ctypes.c_int)


@ctypes.CFUNCTYPE(ctypes.c_int, INT_POINTER, INT_POINTER)
def compare(a, b):
    return a[0] - b[0]


array = (ctypes.c_int * count)(*numbers)
ctypes.CDLL(None).qsort(array, ctypes.c_size_t(count),
                        ctypes.c_size_t(ctypes.sizeof(ctypes.c_int)), compare)
if list(array) != sorted(numbers):
    sys.exit("wrong order")
