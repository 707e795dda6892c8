# SPDX-License-Identifier: MIT
"""What the generator must know of 32-bit Arm Linux; armhf.py has what differs where the
default is the VFP variant of the procedure call standard."""
from description import ZERO_WIDTH_COUNTS, Abi, Divergence, Variant, scalars as make_scalars
from signatures import COMPLEX_INTEGERS

# A regular expression for the first part of the triplet.
CPU = r"arm"
HEADER = "arm.h"

# Every integer argument or result has 4 bytes, or 8.
CARRIER = "uint32_t"

# Of which the library passes none.
VECTOR_ALIGNMENT = 8

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=4, word_alignment=8, long_double=(8, 8), int128=False)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "f16", "ld", "cf32", "cf64", "cld",
} | COMPLEX_INTEGERS

# Of variadic functions there is the base variant only.
ABIS = {
    "sysv": Abi("FFI_SYSV", "", COMMON, static_chain=True),
    "vfp": Abi("FFI_VFP", '__attribute__ ((pcs ("aapcs-vfp")))', COMMON, variadic=False,
               static_chain=True),
}

# The compiler knows the VFP variant only if it may use the registers.
SOFTFP = ("-mfloat-abi=softfp", "-mfpu=vfp", "-marm")

# Without it GCC has no _Float16.
FP16 = ("-mfp16-format=ieee",)

VARIANTS = {
    "softfp": Variant(flags=SOFTFP, vectors=0,
                      condition="getauxval (AT_HWCAP) & 1 << 6",
                      otherwise="the processor has no VFP", gcc=FP16),
}


def homogeneous_float16(t):
    leaves = {leaf.text for _, leaf in t.leaves()}
    return t.text != "f16" and leaves == {"f16"} and t.size <= 8


def homogeneous_float16s(s, _variant):
    return s.nfixed is None and any(map(homogeneous_float16, s.types()))


DIVERGENCES = [ZERO_WIDTH_COUNTS] + [
    Divergence(family, homogeneous_float16s, abis={"vfp"},
               reason="is none to ask: of a struct of up to four _Float16 gcc passes the "
                      "last in s0, and clang all in integer registers; refused here")
    for family in ("gcc", "clang")
]
