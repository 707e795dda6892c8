# SPDX-License-Identifier: MIT
"""What the generator must know of 32-bit Arm Linux."""
from description import Abi, Variant, scalars as make_scalars

# A regular expression for the first part of the triplet.
CPU = r"arm.*"
HEADER = "arm.h"

# Every integer argument or result has 4 bytes, or 8.
CARRIER = "uint32_t"

scalars = make_scalars(pointer=4, word_alignment=8, long_double=(8, 8), int128=False)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "ld", "cf32", "cf64", "cld",
}

# The other variant of the standard: libffi.arm.
ABIS = {"default": Abi("FFI_DEFAULT_ABI", "", COMMON, static_chain=True)}

VARIANTS = {
    "default": Variant(flags=(), vectors=0),
    "a32": Variant(flags=("-marm",), vectors=0),
}

DIVERGENCES = []
