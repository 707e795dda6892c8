# SPDX-License-Identifier: MIT
"""Callbacks of the C library's and of ctypes' own, on the libffi named as argument."""

import ctypes
import os
import sys


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


def sort(numbers):
    """Sort with qsort and a comparator in Python; how often was that called?"""
    calls = 0

    def compare(a, b):
        nonlocal calls
        calls += 1
        return (a[0] > b[0]) - (a[0] < b[0])

    pointer = ctypes.POINTER(ctypes.c_int)
    comparator = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)
    array = (ctypes.c_int * len(numbers))(*numbers)
    ctypes.CDLL(None).qsort(
        array, len(array), ctypes.sizeof(ctypes.c_int), comparator(compare))
    return list(array), calls


def libffis():
    """The files of libffi's name that are mapped, whatever their directories are called."""
    with open("/proc/self/maps") as maps:
        files = {line.rstrip("\n").split(maxsplit=5)[-1] for line in maps}
    return {file for file in files if os.path.basename(file).startswith("libffi.so")}


def main(library):
    numbers = [(i * 7919) % 1009 for i in range(500)]
    in_order, calls = sort(numbers)
    assert in_order == sorted(numbers) and calls > len(numbers)

    mixed = ctypes.CFUNCTYPE(
        ctypes.c_double, Point, ctypes.c_float, ctypes.c_longlong, ctypes.c_char)
    function = mixed(lambda p, f, n, c: p.x * 2 + p.y + f + n + ord(c))
    assert function(Point(1.5, 2.25), 0.5, -(1 << 40), b"A") == 5.75 - (1 << 40) + 65

    unary = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
    crowd = [unary(lambda x, i=i: x + i) for i in range(10000)]
    assert all(crowd[i](1) == i + 1 for i in range(0, len(crowd), 97))

    loaded = libffis()
    assert loaded == {os.path.realpath(library)}, loaded
    print(f"{calls} comparisons, {len(crowd)} callbacks at once, by {loaded.pop()}")


main(sys.argv[1])
