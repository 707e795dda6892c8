# SPDX-License-Identifier: MIT
"""What the generator must know of little-endian 64-bit PowerPC Linux."""
from description import Abi, Divergence, Variant, scalars as make_scalars
from signatures import COMPLEX_INTEGERS, Vector

# A regular expression for the first part of the triplet.
CPU = r"powerpc64(le)?"
HEADER = "powerpc64.h"

# Every integer argument or result has 8 bytes.
CARRIER = "uint64_t"

# What vectors are aligned to at most.
VECTOR_ALIGNMENT = 64

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = False

scalars = make_scalars(pointer=8, word_alignment=8, long_double=(16, 16), int128=False)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "f128", "ld", "cf32", "cf64", "cld", "v2", "v4", "v8", "v16", "v32", "v64",
} | COMPLEX_INTEGERS

# The flags of a variant say what long double is, and ffi.h the ABI by that.
ABIS = {"linux": Abi("FFI_DEFAULT_ABI", "", COMMON, static_chain=True)}

VARIANTS = {
    "ibm": Variant(flags=("-mabi=ibmlongdouble",), vectors=64, registers=16),
    "ieee": Variant(flags=("-mabi=ieeelongdouble",), vectors=64, registers=16),
}


def has_float128(s, _variant):
    return any(leaf.text == "f128" for leaf in s.leaves())


def long_doubles(t):
    """So many long doubles and nothing else has the struct T, or 0."""
    counts = [{"ld": 1, "cld": 2}.get(leaf.text, 0) for _, leaf in t.leaves()]
    return sum(counts) if all(counts) else 0


def many_long_doubles(s, variant):
    return ("-mabi=ieeelongdouble" in variant.flags
            and any(4 < long_doubles(t) <= 8 for t in s.types()))


def wide_vector_unnamed(s, _variant):
    return s.nfixed is not None and any(isinstance(t, Vector) and t.size > 16
                                        for t in s.arguments[s.nfixed:])


DIVERGENCES = [
    Divergence("clang", has_float128, reason="has no __float128 but for POWER9"),
    Divergence(
        "clang", many_long_doubles,
        reason="lets an IEEE long double count twice, so that five of them are not "
               "homogeneous; by the ABI up to eight are, each in a vector register"),
    Divergence(
        "clang", wide_vector_unnamed,
        reason="looks for an unnamed vector of more than 16 bytes where its own callers "
               "do not put it"),
]
