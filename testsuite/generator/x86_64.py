# SPDX-License-Identifier: MIT
"""What the generator must know of x86-64 Linux."""
import re

from description import (NO_BIT_INT, NO_COMPLEX_INT128, NO_FLOAT16, Abi, Divergence, Variant,
                         scalars as make_scalars)
from signatures import COMPLEX_INTEGERS, WIDE_INTEGERS, Layout, Scalar, Vector

# A regular expression for the first part of the triplet.
CPU = r"x86_64"
HEADER = "x86_64.h"

# The C type that every integer argument or result of a word or less travels in.
CARRIER = "uint64_t"

# What vectors are aligned to at most.
VECTOR_ALIGNMENT = 64

# The smallest vector of _Float16, in bytes.
FLOAT16_VECTOR = 4

# Whether the library passes structs with bit-fields of width 0.
ZERO_WIDTH = True

scalars = make_scalars(pointer=8, word_alignment=8, long_double=(16, 16), int128=True)

COMMON = {
    "void", "empty", "s8", "u8", "s16", "u16", "s32", "u32", "int", "s64", "u64", "ptr",
    "f32", "f64", "f16", "f128", "ld", "cf32", "cf64", "cld", "s128", "u128", "v2",
    "v4", "v8", "v16", "v32", "v64", "bi24", "bi40", "bi72", "bi128",
} | COMPLEX_INTEGERS

def ms_by_reference(t):
    return t.size not in (1, 2, 4, 8)


def ms_abi(ffi):
    """GCC's va_arg on a __builtin_ms_va_list takes the address of a value that was
    passed by reference for the value, so we follow it."""
    return Abi(ffi, "__attribute__ ((ms_abi))", COMMON, static_chain=True,
               float_carrier="double", va_by_reference=ms_by_reference,
               va={"list": "__builtin_ms_va_list", "start": "__builtin_ms_va_start",
                   "end": "__builtin_ms_va_end"})


# Every register and stack slot has 8 bytes and belongs to one argument, so a float's
# upper half can be poisoned as an integer's can.
ABIS = {
    "unix64": Abi("FFI_UNIX64", "__attribute__ ((sysv_abi))", COMMON, static_chain=True,
                  float_carrier="double"),
    "win64": ms_abi("FFI_WIN64"),
    "gnuw64": ms_abi("FFI_GNUW64"),
}

# The library looks at the processor, the compiler at its flags; where they disagree
# there is nothing to compare.
AVX = '__builtin_cpu_supports ("avx")'
AVX512 = '__builtin_cpu_supports ("avx512f")'
VARIANTS = {
    "sse": Variant(flags=(), vectors=16),
    "avx": Variant(flags=("-mavx",), vectors=32, condition=AVX,
                   otherwise="the processor has no AVX"),
    "avx512": Variant(flags=("-mavx512f",), vectors=64, condition=AVX512,
                      otherwise="the processor has no AVX-512"),
    # For processors, or emulated ones, where wide vectors go through memory.
    "no-avx": Variant(flags=(), vectors=64, registers=16, condition="!" + AVX,
                      otherwise="the processor has AVX: its wide vectors are passed in "
                                "registers, which needs -mavx or -mavx512f"),
}


# --- Where compilers do not follow the psABI -------------------------------------------

def integer_words(t):
    """At most so many integer registers does an argument of type T take."""
    if t.size > 16 or t.text == "void":
        return 0
    return len({(offset + at) // 8 for offset, leaf in t.leaves()
                if leaf.text[0] in "suipb" or leaf.text in COMPLEX_INTEGERS
                or (isinstance(leaf, Vector) and leaf.size < 8)
                for at in range(0, leaf.size, 8)})


def int128_beyond_registers(s, _variant):
    """An __int128 for which two integer registers may not be left."""
    used = 1 if s.result.size > 16 or not isinstance(s.result, Scalar) else 0
    for argument in s.arguments:
        used += integer_words(argument)
        if argument.text in WIDE_INTEGERS and used > 6:
            return True
    return False


def wide_vector(t):
    """Is T a vector above 16 bytes, or a struct that is passed like one?"""
    leaves = t.leaves()
    return (len(leaves) == 1 and isinstance(leaves[0][1], Vector)
            and leaves[0][1].size > 16)


def wide_vector_named_in_variadic(s, _variant):
    return s.nfixed is not None and any(map(wide_vector, s.arguments[:s.nfixed]))


def vector_without_register(s, variant):
    return any(isinstance(t, Vector) and t.size > variant.registers for t in s.types())


def long_double_result(s, _variant):
    return s.result.text == "ld"


def small_vector(s, _variant):
    return any(isinstance(t, Vector) and t.size <= 8 for t in s.types())


def empty_result(s, _variant):
    return s.result.size == 0 and s.result.text != "void"


def wide_vector_result(s, variant):
    return isinstance(s.result, Vector) and 16 < s.result.size <= variant.registers


def float128(s, _variant):
    return any(t.text == "f128" for t in s.types())


def float128_inside_or_unnamed(s, _variant):
    unnamed = () if s.nfixed is None else s.arguments[s.nfixed:]
    return (any(t.text != "f128" and leaf.text == "f128"
                for t in s.types() for _, leaf in t.leaves())
            or any(t.text == "f128" for t in unnamed))


def vector_registers(t):
    """At most so many vector registers does an argument of type T take."""
    if t.size > 16 or not any(leaf.text[0] in "fcv" for _, leaf in t.leaves()):
        return 0
    return 1 if t.text in ("f16", "f32", "f64", "f128", "cf32") else (t.size + 7) // 8


def registers_beside_float128(s, _variant):
    return (any(t.text == "f128" for t in s.arguments)
            and sum(map(vector_registers, s.arguments)) > 7)


def float16_array_beside_float(s, _variant):
    return any(isinstance(t, Layout) and re.search(r"u\d?(@\d+)?<", t.text)
               and "f16" in t.text and "f32" in t.text for t in s.types())


def float16(s, _variant):
    return any(t.text == "f16" for t in s.types())


def two_float16(s, _variant):
    return any(isinstance(leaf, Vector) and leaf.size == 4 and leaf.lane.text == "f16"
               for leaf in s.leaves())


MS = {"win64", "gnuw64"}

def wide_union_unnamed(s, _variant):
    return s.nfixed is not None and any(
        isinstance(t, Layout) and re.search(r"u\d?(@\d+)?<", t.text)
        and any(isinstance(leaf, Vector) and leaf.size > 16 for _, leaf in t.leaves())
        for t in s.arguments[s.nfixed:])


DIVERGENCES = [
    Divergence("gcc", wide_union_unnamed, before=13,
               reason="has an internal error at va_arg of a union with a wide vector"),
    NO_BIT_INT,
    NO_COMPLEX_INT128,
    NO_FLOAT16,
    Divergence(
        "clang", float128_inside_or_unnamed, abis={"unix64"},
        reason="passes a struct of a __float128 in memory, and va_arg looks for one there; "
               "by the psABI both are in a vector register, and gcc has them there"),
    Divergence(
        "clang", float128, abis=MS,
        reason="passes a __float128 in two words and returns it in xmm0; gcc, the "
               "reference for ms_abi, does both as it does a struct of it"),
    Divergence(
        "clang", registers_beside_float128, before=19, abis={"unix64"},
        reason="does not count the register of a __float128 when two more are wanted for "
               "one argument; gcc and later clang do"),
    Divergence(
        "clang", float16_array_beside_float,
        reason="does not return all of a union of a float and three _Float16 even to "
               "its own callers"),
    Divergence(
        "clang", float16, abis=MS,
        reason="passes and returns a _Float16 in a vector register; gcc, the reference "
               "for ms_abi, does both as it does a struct of it"),
    Divergence(
        "clang", two_float16, abis={"unix64"},
        reason="passes a vector of two _Float16 in an integer register; the psABI does "
               "not name it, and gcc has it in a vector register"),
    Divergence(
        "clang", int128_beyond_registers, abis={"unix64"},
        reason="splits an __int128 between the last integer register and the stack, or "
               "from clang 18 on leaves that register unused; by the psABI the next "
               "argument takes it, as with gcc"),
    Divergence(
        "clang", wide_vector_named_in_variadic, abis={"unix64"},
        reason="passes the named 32- and 64-byte vectors of a variadic function in "
               "memory; by the psABI only the unnamed ones go there, and gcc does so"),
    Divergence(
        "clang", vector_without_register,
        reason="splits a vector that no register can hold over several, instead of "
               "passing it in memory or by reference"),
    Divergence(
        "gcc", long_double_result, abis={"win64"},
        reason="returns a long double in memory, which here is FFI_GNUW64"),
    Divergence(
        "clang", long_double_result, abis={"gnuw64"},
        reason="returns a long double in st(0), which here is FFI_WIN64"),
    Divergence(
        "clang", small_vector, abis=MS,
        reason="passes an 8-byte vector by reference and returns it in xmm0, and splits "
               "smaller ones; Microsoft's __m64 and gcc's vectors go through integer "
               "registers"),
    Divergence(
        "clang", empty_result, abis=MS,
        reason="returns an empty struct, which Microsoft's C has not, in memory; gcc "
               "does not return it"),
    Divergence(
        "clang", wide_vector_result, abis=MS,
        reason="returns 32- and 64-byte vectors in vector registers; gcc, the reference "
               "for ms_abi, does so in memory"),
]
