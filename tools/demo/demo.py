# SPDX-License-Identifier: MIT
"""Exercise ctypes callbacks in a process that may never have W+X memory.

usage: demo.py CALLERS LIBFFI_DIRECTORY
       demo.py CALLERS

Run under tools/wx-lock.  CALLERS is the shared object built from callers.c.
With LIBFFI_DIRECTORY, the libffi.so.8 in use must come from there and keep every
promise below; any that is broken ends the run with status 1.  Without it, one
line tells how whatever libffi is in use got its memory.
"""

import bisect
import ctypes
import errno
import math
import mmap
import os
import sys
import time
from ctypes import (CFUNCTYPE, POINTER, Structure, c_char, c_char_p, c_double, c_float,
                    c_int, c_int8, c_int16, c_int32, c_int64, c_size_t, c_ubyte,
                    c_uint16, c_ulong, c_void_p)

PR_GET_MDWE = 66
N_CALLBACKS = 100_000

libc = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """A promise that does not hold."""


def check(condition, message):
    if not condition:
        raise Failure(message)


def check_equal(what, got, expected):
    check(got == expected, f"{what}: got {got!r}, expected {expected!r}")


def report(label, text):
    print(f"{label + ':':<22} {text}", flush=True)


# --- What /proc says about memory ---------------------------------------------


class Mapping:
    def __init__(self, line):
        bounds, self.perms, _, device, inode, *path = line.split(None, 5)
        self.start, self.end = (int(x, 16) for x in bounds.split("-"))
        self.file = (device, inode) if inode != "0" else None
        self.path = path[0].rstrip("\n") if path else ""
        self.line = line.rstrip("\n")

    writable = property(lambda self: "w" in self.perms)
    executable = property(lambda self: "x" in self.perms)
    shared = property(lambda self: "s" in self.perms)


def mappings():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return [Mapping(line) for line in maps]


def writable_and_executable(maps):
    """Mappings that are both."""
    return [m for m in maps if m.writable and m.executable]


def executable_aliases(maps):
    """Executable mappings of memory that is writable at another address."""
    written = {m.file for m in maps if m.writable and m.shared and m.file}
    return [m for m in maps if m.executable and m.file in written]


def of_libffi(maps):
    return [m for m in maps if os.path.basename(m.path).startswith("libffi.so")]


# --- The lock -----------------------------------------------------------------


def refused(attempt):
    """The name of the error with which ATTEMPT was refused, or None."""
    try:
        attempt()
    except OSError as error:
        check(error.errno in (errno.EPERM, errno.EACCES), f"unexpected error: {error}")
        return errno.errorcode[error.errno]
    return None


def map_writable_and_executable():
    mmap.mmap(-1, mmap.PAGESIZE,
              prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def make_executable():
    with mmap.mmap(-1, mmap.PAGESIZE) as page:
        address = ctypes.addressof(c_char.from_buffer(page))
        if libc.mprotect(c_void_p(address), c_size_t(mmap.PAGESIZE),
                         mmap.PROT_READ | mmap.PROT_EXEC) != 0:
            raise OSError(ctypes.get_errno(), "mprotect")


def check_lock():
    zero = c_ulong(0)
    mdwe = libc.prctl(PR_GET_MDWE, zero, zero, zero, zero)
    if mdwe == -1 and ctypes.get_errno() == errno.EINVAL:
        state = "not in this kernel (needs Linux 6.3)"
    else:
        check_equal("PR_GET_MDWE", mdwe, 1)
        state = "on (PR_MDWE_REFUSE_EXEC_GAIN)"
    with open("/proc/self/status", encoding="utf-8") as status:
        seccomp = dict(line.split(":", 1) for line in status)["Seccomp"].strip()
    check_equal("Seccomp: in /proc/self/status (2 is a filter)", seccomp, "2")
    mapped = refused(map_writable_and_executable)
    check(mapped, "this process could map writable and executable memory")
    changed = refused(make_executable)
    check(changed, "this process could make writable memory executable")
    report("lock", f"PR_SET_MDWE {state}; seccomp filter on")
    report("lock works", f"mmap W+X refused ({mapped}), mprotect +X refused ({changed})")


# --- Which libffi ---------------------------------------------------------------


def check_libffi(directory):
    paths = {m.path for m in of_libffi(mappings())}
    check(len(paths) == 1, f"one libffi expected, mapped are: {sorted(paths)}")
    path = paths.pop()
    check(os.path.dirname(path) == os.path.realpath(directory),
          f"python loaded {path}, not the one in {directory}")
    version = ctypes.CDLL(path).ffi_get_version
    version.restype = c_char_p
    check_equal("ffi_get_version", version(), b"3.8.0")
    report("python", f"{sys.version.split()[0]}, {os.path.realpath(sys.executable)}")
    report("libffi", f"{path}, ffi_get_version {version().decode()}")


# --- Callbacks of every shape ---------------------------------------------------


class Point(Structure):
    _fields_ = [("x", c_int32), ("y", c_int32)]


class ComplexPair(Structure):
    _fields_ = [("re", c_double), ("im", c_double)]


class Reading(Structure):
    _fields_ = [("id", c_int64), ("value", c_double)]


class Record(Structure):
    _fields_ = [("name", c_char * 16), ("values", c_int64 * 6), ("weight", c_double)]


def sort_with_comparator():
    numbers = [(i * 7919) % 10_007 - 5_000 for i in range(10_000)]
    comparator = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
    calls = 0

    def compare(a, b):
        nonlocal calls
        calls += 1
        return (a[0] > b[0]) - (a[0] < b[0])

    array = (c_int * len(numbers))(*numbers)
    libc.qsort.argtypes = [c_void_p, c_size_t, c_size_t, comparator]
    libc.qsort.restype = None
    libc.qsort(array, len(array), ctypes.sizeof(c_int), comparator(compare))
    check_equal("qsort", list(array), sorted(numbers))
    return f"libc's qsort put {len(numbers):,} integers in order in {calls:,} calls"


def structs(callers):
    measure = CFUNCTYPE(c_int64, Point)(lambda p: 1000 * p.x + p.y)
    points = (Point * 100)(*((i * 37 % 101, -i) for i in range(100)))
    lengths = [1000 * p.x + p.y for p in points]
    callers.sum_points.restype = c_int64
    check_equal("struct of two ints", callers.sum_points(measure, points, c_size_t(100)),
                sum(lengths))
    callers.farthest_point.restype = Point
    far = callers.farthest_point(measure, points, c_size_t(100))
    check_equal("struct of two ints returned", 1000 * far.x + far.y, max(lengths))

    norm = CFUNCTYPE(c_double, ComplexPair)(lambda z: math.hypot(z.re, z.im))
    pairs = (ComplexPair * 50)(*((3.0 * i, 4.0 * i) for i in range(50)))
    callers.sum_norms.restype = c_double
    check_equal("struct of two doubles", callers.sum_norms(norm, pairs, c_size_t(50)),
                sum(5.0 * i for i in range(50)))

    weigh = CFUNCTYPE(c_double, Reading, c_float)(lambda r, f: r.id + r.value * f)
    readings = (Reading * 50)(*((i, 0.25 * i) for i in range(50)))
    callers.sum_readings.restype = c_double
    check_equal("struct of an int and a double",
                callers.sum_readings(weigh, readings, c_size_t(50)),
                sum(1.125 * i for i in range(50)))

    records = (Record * 20)()
    for i, record in enumerate(records):
        record.name = b"record %d" % i
        record.values[:] = [i * 13 % 20 * k for k in range(1, 7)]
        record.weight = 0.5 * i
    heavy = CFUNCTYPE(c_double, Record, c_int)(
        lambda r, i: sum(r.values) + r.weight if r.name == b"record %d" % i else -1e9)
    weights = [sum(r.values) + r.weight for r in records]
    callers.heaviest_record.restype = Record
    best = callers.heaviest_record(heavy, records, c_size_t(20))
    check_equal("large struct", best.name, records[weights.index(max(weights))].name)
    return "int pair, double pair, mixed pair and 72 bytes by value, and returned"


def doubles(callers):
    callers.integrate.restype = c_double
    callers.integrate.argtypes = [c_void_p, c_double, c_double, c_int]
    sine = CFUNCTYPE(c_double, c_double)(math.sin)
    area = callers.integrate(ctypes.cast(sine, c_void_p), 0.0, math.pi, 1000)
    check(abs(area - 2.0) < 1e-5, f"integral of sin over 0..pi: got {area}, expected 2")

    seen = []

    def many(*arguments):
        seen.extend(arguments)
        return 0.25

    callers.call_with_many.restype = c_double
    result = callers.call_with_many(
        CFUNCTYPE(c_double, c_int8, c_double, c_uint16, c_float, c_int64, c_double, c_int32,
                  c_double, c_ubyte, c_double, c_int64, c_double, c_int16, c_double,
                  c_float, c_double, c_double, c_int64)(many))
    check_equal("result of 18 arguments", result, 0.25)
    check_equal("18 arguments", seen,
                [-1, 2.0, 3, 4.0, -5, 6.0, 7, 8.0, 9, 10.0, 11, 12.0, -13, 14.0, 15.0,
                 16.0, 17.0, 18])
    return f"integral of sin over 0..pi is {area:.6f}; 18 mixed arguments arrive"


def strings(callers):
    words = [b"closure", b"trampoline", b"", "Größe".encode(), b"slot"]
    matches = CFUNCTYPE(c_int, c_char_p)(lambda word: b"o" in word)
    callers.count_matches.restype = c_size_t
    found = callers.count_matches(matches, (c_char_p * len(words))(*words),
                                  c_size_t(len(words)))
    check_equal("strings", found, sum(b"o" in word for word in words))
    return f"{len(words)} words read, {found} matched"


# --- 100,000 at once --------------------------------------------------------------


def adder(i):
    return lambda x: x + 3 * i


def check_addresses(callbacks, maps):
    """Every callback's code lies in executable pages of libffi's own file."""
    addresses = [ctypes.cast(f, c_void_p).value for f in callbacks]
    check_equal("different callback addresses", len(set(addresses)), len(addresses))
    text = sorted((m.start, m.end) for m in of_libffi(maps) if m.executable)
    starts = [start for start, _ in text]
    for address in addresses:
        i = bisect.bisect_right(starts, address) - 1
        check(i >= 0 and address < text[i][1],
              f"the callback at {address:#x} is not in libffi's own text")


def many_callbacks(callers, own):
    function = CFUNCTYPE(c_int, c_int)
    before = len(mappings())
    start = time.perf_counter()
    callbacks = [function(adder(i)) for i in range(N_CALLBACKS)]
    created = time.perf_counter()
    results = (c_int * N_CALLBACKS)()
    callers.call_each((function * N_CALLBACKS)(*callbacks), results, N_CALLBACKS)
    called = time.perf_counter()
    check_equal("results of the callbacks", list(results),
                [4 * i for i in range(N_CALLBACKS)])
    maps = mappings()
    if not own:
        return maps
    check_addresses(callbacks, maps)
    report(f"{N_CALLBACKS:,} callbacks", "alive at once, each called from C: create "
           f"{created - start:.2f} s, call {called - created:.2f} s")
    report("mappings", f"{len(maps)} in all ({before} before the callbacks), "
           f"{len(of_libffi(maps))} of libffi's file")
    check_memory(maps)
    report("memory", "no mapping is both writable and executable, "
           "no executable one is writable at another address")
    return maps


def check_memory(maps):
    for what, found in (
            ("writable and executable", writable_and_executable(maps)),
            ("executable, and writable at another address", executable_aliases(maps)),
            ("executable, but of no file that still has a name",
             [m for m in maps if m.executable
              and (not m.path or m.path.endswith("(deleted)"))])):
        check(not found,
              f"{len(found)} mappings are {what}, first: {found and found[0].line}")


def describe_memory(maps):
    """One line on a libffi that made no promise."""
    both, aliases = writable_and_executable(maps), executable_aliases(maps)
    names = sorted({m.path for m in both + aliases}) or ["-"]
    paths = sorted({m.path for m in of_libffi(maps) if m.executable})
    return (f"{' '.join(paths)}: {len(both)} mappings writable and executable, "
            f"{len(aliases)} executable ones writable at another address ({names[0]})")


def main():
    callers = ctypes.CDLL(sys.argv[1])
    if len(sys.argv) == 2:
        print(describe_memory(many_callbacks(callers, own=False)))
        return
    check_libffi(sys.argv[2])
    check_lock()
    check_memory(mappings())
    report("comparator", sort_with_comparator())
    report("structs", structs(callers))
    report("doubles", doubles(callers))
    report("strings", strings(callers))
    many_callbacks(callers, own=True)
    start = time.perf_counter()
    many_callbacks(callers, own=False)
    report("again", f"all freed and made anew in {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        print(f"demo: FAILED: {failure}", file=sys.stderr)
        sys.exit(1)
