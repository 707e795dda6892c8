# SPDX-License-Identifier: MIT
"""What the generator must know of i386 Linux."""
import re

from description import NO_BIT_INT, NO_FLOAT16, Abi, Divergence, Variant, has_float16, scalars as make_scalars
from signatures import COMPLEX_INTEGERS, Layout

# A regular expression for the first part of the triplet.
CPU = r"i[3-7]86"
HEADER = "i686.h"

# Every integer argument or result has 4 bytes, or 8.
CARRIER = "uint32_t"

# Of which the library passes none.
VECTOR_ALIGNMENT = 8

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=4, word_alignment=4, long_double=(12, 4), int128=False)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "f16", "f128", "ld", "cf32", "cf64", "cld", "bi24", "bi40",
} | COMPLEX_INTEGERS

# Compilers know no more conventions.  The static chain of thiscall and fastcall is eax,
# which gen_set_chain does not do.
ABIS = {
    "sysv": Abi("FFI_SYSV", "__attribute__ ((cdecl))", COMMON, static_chain=True),
    "stdcall": Abi("FFI_STDCALL", "__attribute__ ((stdcall))", COMMON, static_chain=True),
    "thiscall": Abi("FFI_THISCALL", "__attribute__ ((thiscall))", COMMON),
    "fastcall": Abi("FFI_FASTCALL", "__attribute__ ((fastcall))", COMMON),
}

VARIANTS = {
    "x87": Variant(flags=(), vectors=0),
    "frame": Variant(flags=("-fno-omit-frame-pointer", "-msse2"), vectors=0,
                     condition='__builtin_cpu_supports ("sse2")',
                     otherwise="the processor has no SSE2"),
}


# --- What ffi_type cannot tell ---------------------------------------------------------

def floating_union(t):
    """Is T a union of one floating-point number, or a struct of nothing but that?"""
    leaves = t.leaves()
    return re.search("(?<!u)<", t.text) and len(leaves) == 1 and leaves[0][1].text[0] in "fcl"


def floating_union_argument(s, _variant):
    return any(map(floating_union, s.arguments))


def variadic(s, _variant):
    return s.nfixed is not None


WORDS = {"s8", "u8", "s16", "u16", "s32", "u32", "int", "ptr"}


IN_REGISTERS = WORDS | {"void", "s64", "u64", "f32", "f64", "ld"}


def others_than_words(s, _variant):
    return (s.result.text not in IN_REGISTERS
            or any(t.text not in WORDS for t in s.arguments))


def float16_without_sse2(s, variant):
    return has_float16(s, variant) and "-msse2" not in variant.flags


def float128_argument(s, _variant):
    return any(leaf.text == "f128" for t in s.arguments for _, leaf in t.leaves())


def padded_union_argument(s, _variant):
    return any(isinstance(t, Layout) and t.union
               and max(part.size for part in t.parts) < t.size for t in s.arguments)


DIVERGENCES = [
    NO_BIT_INT,
    NO_FLOAT16,
    Divergence("gcc", float16_without_sse2, reason="has no _Float16 without SSE2"),
    Divergence("clang", float16_without_sse2, reason="has no _Float16 without SSE2"),
    Divergence(
        "clang", float128_argument,
        reason="aligns a __float128 argument, or a struct of one, to 4 on the stack; gcc, "
               "whose type it is, to 16"),
    Divergence(
        "clang", padded_union_argument,
        reason="passes 4 bytes of a union of two words that is aligned to 8; gcc all 8"),
    Divergence(
        "clang", variadic, abis={"thiscall", "fastcall"},
        reason="has no variadic functions of these conventions; gcc makes cdecl of them"),
    Divergence(
        "clang", others_than_words, abis={"thiscall", "fastcall"},
        reason="counts registers as Microsoft does, for which arguments on the stack use "
               "up none, and neither does a hidden pointer; gcc lets all but floating-point "
               "numbers do so"),
    Divergence(
        "gcc", floating_union_argument, abis={"thiscall", "fastcall"},
        reason="lets a union of a floating-point number use up registers but not a "
               "struct of it, and both are FFI_TYPE_STRUCT"),
]
