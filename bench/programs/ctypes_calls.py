# SPDX-License-Identifier: MIT
"""Many calls: small C functions with integer, double and pointer arguments."""
import ctypes
import os
import sys

mapped = {line.rstrip("\n").split(maxsplit=5)[-1] for line in open("/proc/self/maps")}
if os.path.realpath(os.environ["BENCH_LIBFFI"]) not in mapped:
    sys.exit("another libffi is loaded: " + " ".join(
        sorted(file for file in mapped if os.path.basename(file).startswith("libffi"))))

c = ctypes.CDLL(None)
absolute = c.abs
absolute.argtypes, absolute.restype = [ctypes.c_int], ctypes.c_int
scale = c.ldexp
scale.argtypes, scale.restype = [ctypes.c_double, ctypes.c_int], ctypes.c_double
length = c.strnlen
length.argtypes, length.restype = [ctypes.c_char_p, ctypes.c_size_t], ctypes.c_size_t
compare = c.memcmp
compare.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t]

total = 0.0
count = int(sys.argv[1])
for i in range(count):
    total += absolute(-i) + scale(0.5, 2) + length(b"callback", 5)
    total += compare(b"same", b"same", 4)
if total != count * (count - 1) / 2 + 7 * count:
    sys.exit("wrong result")
