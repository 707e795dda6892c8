# SPDX-License-Identifier: MIT
"""What the generator must know of AArch64 Linux."""
from description import (NO_COMPLEX_INT128, ZERO_WIDTH_COUNTS, Abi, Divergence, Variant,
                         scalars as make_scalars)
from signatures import COMPLEX_INTEGERS, Vector

# A regular expression for the first part of the triplet.
CPU = r"aarch64"
HEADER = "aarch64.h"

# Every integer argument or result has 8 bytes.
CARRIER = "uint64_t"

# What vectors are aligned to at most.
VECTOR_ALIGNMENT = 16

# The smallest vector of _Float16, in bytes: gcc passes a smaller one on the stack only.
FLOAT16_VECTOR = 8

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=8, word_alignment=8, long_double=(16, 16), int128=True)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "f16", "ld", "cf32", "cf64", "cld", "s128", "u128", "v2",
    "v4", "v8", "v16", "v32", "v64",
} | COMPLEX_INTEGERS

# Of Windows' convention GCC knows nothing; but for variadic functions it is the same.
ABIS = {
    "sysv": Abi("FFI_SYSV", "", COMMON, static_chain=True, float_carrier="double"),
    "win64": Abi("FFI_WIN64", "", COMMON, variadic=False, static_chain=True,
                 float_carrier="double"),
}

VARIANTS = {"simd": Variant(flags=(), vectors=64, registers=16)}


def small_vector_result(s, _variant):
    return isinstance(s.result, Vector) and s.result.size < 8


DIVERGENCES = [
    NO_COMPLEX_INT128,
    ZERO_WIDTH_COUNTS,
    Divergence(
        "clang", small_vector_result,
        reason="returns a vector of less than 8 bytes as wider lanes; as an argument it "
               "is a word, and for gcc as a result, too"),
]
