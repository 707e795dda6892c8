# SPDX-License-Identifier: MIT
"""Structs of bit-fields, packed ones and unions by value, as Python's ctypes describes
them: through the functions of the library of by_value.c, the first argument.  The second
is the libffi that has to be the one in use."""
import ctypes
import os
import sys
from ctypes import (CFUNCTYPE, Structure, Union, c_double, c_float, c_int, c_int16, c_int32,
                    c_int64, c_uint8, c_uint32)

TYPES = {
    "bits": (Structure, [c_int, c_int, c_int], [8, 8, 16]),
    "longs": (Structure, [c_int64, c_int64], [20, 44]),
    "mixed": (Structure, [c_double, c_int, c_int, c_int], [0, 8, 8, 8]),
    "both": (Structure, [c_float, c_int, c_int], [0, 8, 24]),
    "either": (Union, [c_int, c_float], None),
    "number": (Union, [c_int64, c_double], None),
}
PACKED = {
    "byte_int": [c_uint8, c_uint32, c_uint8],
    "int_byte": [c_uint32, c_uint8],
    "byte_double": [c_uint8, c_double],
    "double_float": [c_double, c_float],
    "short_long": [c_int16, c_int64, c_int32],
}


def declare(name, base, members, widths, pack):
    fields = []
    for i, member in enumerate(members):
        width = widths[i] if widths else 0
        field = (chr(97 + i), member, width) if width else (chr(97 + i), member)
        fields.append(field)
    body = {"_fields_": fields}
    if pack:
        body["_pack_"] = pack
    return type(name, (base,), body)


def cases():
    for name, (base, members, widths) in TYPES.items():
        yield name, declare(name, base, members, widths, 0)
    for name, members in PACKED.items():
        for pack in 1, 2, 4:
            yield f"{name}{pack}", declare(name, Structure, members, None, pack)


def main(library, libffi):
    functions = ctypes.CDLL(library)
    for name, struct in cases():
        letters = [field[0] for field in struct._fields_]
        union = issubclass(struct, Union)
        numbers = [6] if union else list(range(1, len(letters) + 1))

        def members(value):
            return [getattr(value, letter) for letter in letters[:len(numbers)]]

        make = functions[f"make_{name}"]
        make.argtypes, make.restype = [], struct
        got = members(make())
        assert got == numbers, f"{name}: result: expected {numbers}, got {got}"

        total = functions[f"sum_{name}"]
        total.argtypes = [c_int, struct, c_int]
        got = total(1000, struct(*numbers), 7)
        expected = 1007 + 10 * sum(numbers)
        assert got == expected, f"{name}: argument: expected {expected}, got {got}"

        seen = []
        callback = CFUNCTYPE(c_int, struct)(lambda x: seen.append(members(x)) or 42)
        got = functions[f"call_{name}"](callback)
        assert (got, seen) == (42, [numbers]), f"{name}: callback: got {got}, saw {seen}"
    with open("/proc/self/maps") as maps:
        loaded = {line.split(None, 5)[5].rstrip() for line in maps if "/libffi.so" in line}
    assert loaded == {os.path.realpath(libffi)}, f"loaded: {loaded}"
    print("all values arrived")


main(*sys.argv[1:])
