# SPDX-License-Identifier: MIT
"""What the generator must know of s390x Linux, where vectors travel by address."""
from description import (NO_COMPLEX_INT128, Abi, Divergence, Variant,
                         scalars as make_scalars)
from signatures import COMPLEX_INTEGERS, WIDE_INTEGERS

# A regular expression for the first part of the triplet.
CPU = r"s390x"
HEADER = "s390x.h"

# Every integer argument or result has 8 bytes.
CARRIER = "uint64_t"

# What vectors are aligned to at most.
VECTOR_ALIGNMENT = 64

# A union of nothing but a float or double travels as an integer, a struct does not.
UNIONS_ARE_INTEGERS = True

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=8, word_alignment=8, long_double=(16, 8), int128=True,
                       int128_alignment=8)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "ld", "cf32", "cf64", "cld", "s128", "u128", "v2",
    "v4", "v8", "v16", "v32", "v64",
} | COMPLEX_INTEGERS

ABIS = {"sysv": Abi("FFI_SYSV", "", COMMON, static_chain=True)}

VARIANTS = {"no-vx": Variant(flags=(), vectors=64, registers=0)}


def int128(s, _variant):
    return any(leaf.text in WIDE_INTEGERS for leaf in s.leaves())


DIVERGENCES = [
    NO_COMPLEX_INT128,
    Divergence(
        "clang", int128, before=16,
        reason="aligns an __int128 to 16; by the ABI it is aligned to 8, as for gcc and "
               "later clang"),
]
