# SPDX-License-Identifier: MIT
"""What the generator must know of riscv64 Linux (LP64D)."""
from description import (NO_COMPLEX_INT128, Abi, Divergence, Variant,
                         scalars as make_scalars)
from signatures import COMPLEX_INTEGERS, Scalar, Struct, Union

# A regular expression for the first part of the triplet.
CPU = r"riscv64"
HEADER = "riscv64.h"

# Every integer argument or result has 8 bytes.
CARRIER = "uint64_t"

# What vectors are aligned to at most; the library takes none.
VECTOR_ALIGNMENT = 64

# A union travels in integer registers, whatever its members are.
UNIONS_ARE_INTEGERS = True

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=8, word_alignment=8, long_double=(16, 16), int128=True)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "ld", "cf32", "cf64", "cld", "s128", "u128",
} | COMPLEX_INTEGERS

ABIS = {"sysv": Abi("FFI_SYSV", "", COMMON, static_chain=True)}

VARIANTS = {"lp64d": Variant(flags=(), vectors=0)}


def has_union(t):
    return isinstance(t, Union) or any(has_union(m) for m, _ in getattr(t, "members", ()))


def union_beside_float(s, _variant):
    return any(isinstance(t, Struct) and has_union(t) and len(t.leaves()) <= 2
               and any(leaf.text in ("f32", "f64") for _, leaf in t.leaves())
               for t in s.types())


def struct_of_complex_integer(s, _variant):
    return any(not isinstance(t, Scalar) and len(t.leaves()) == 1
               and t.leaves()[0][1].text in COMPLEX_INTEGERS for t in s.types())


DIVERGENCES = [
    NO_COMPLEX_INT128,
    Divergence(
        "clang", struct_of_complex_integer,
        reason="passes the parts of a struct of a complex integer in a register each; by the "
               "psABI only a struct with a float is flattened, and gcc does so"),
] + [
    Divergence(family, union_beside_float,
               reason="a union beside a float keeps that from an FPR; the integers that "
                      "describe the union here do not")
    for family in ("gcc", "clang")
]
