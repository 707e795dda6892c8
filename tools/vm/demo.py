# SPDX-License-Identifier: MIT
"""ctypes callbacks through trampolines that the kernel made.

Run in a machine of tools/vm/demo, with LIBFFI_TRAMPOLINES=trampfd or secure.  Shows
where the callback's code lies; ends with status 1 if that is not a page of the device or the
system call.
"""

import ctypes
import os
import sys

CALLS = 10_000


def mapping_at(address):
    with open("/proc/self/maps") as maps:
        for line in maps:
            start, end = (int(x, 16) for x in line.split()[0].split("-"))
            if start <= address < end:
                return line.rstrip()
    return "nothing"


def minor_faults():
    with open("/proc/self/stat") as stat:
        return int(stat.read().rsplit(")", 1)[1].split()[7])


def library():
    with open("/proc/self/maps") as maps:
        return {line.rstrip("\n").split(maxsplit=5)[-1] for line in maps
                if os.path.basename(line).startswith("libffi.so")}


comparator = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int),
                              ctypes.POINTER(ctypes.c_int))
libc = ctypes.CDLL(None)
libc.qsort.restype = None


def compare(a, b):
    return (a[0] > b[0]) - (a[0] < b[0])


callback = comparator(compare)
numbers = (ctypes.c_int * 12)(5, 3, 9, 1, 12, 7, 2, 11, 4, 10, 8, 6)
libc.qsort(numbers, len(numbers), ctypes.sizeof(ctypes.c_int), callback)

address = ctypes.cast(callback, ctypes.c_void_p).value
where = mapping_at(address)
print(f"LIBFFI_TRAMPOLINES={os.environ['LIBFFI_TRAMPOLINES']}, {', '.join(library())}")
print(f"  qsort with a comparator in Python: {list(numbers)}")
print(f"  the comparator's address is {address:#x}, in")
print(f"    {where}")

add = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_long)(lambda x: x + 1)
total, before = 0, minor_faults()
for _ in range(CALLS):
    total = add(total)
faults = minor_faults() - before
print(f"  {total} calls of another, {faults} page faults meanwhile")

right = list(numbers) == list(range(1, 13)) and total == CALLS
right = right and where.endswith(("/dev/trampfd", "anon_inode:[trampfd]")) and " r-xp " in where
if os.environ["LIBFFI_TRAMPOLINES"] == "secure":
    right = right and faults >= CALLS
else:
    right = right and faults < CALLS // 10
sys.exit(0 if right else 1)
