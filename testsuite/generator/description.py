# SPDX-License-Identifier: MIT
"""What the description of an architecture is made of; x86_64.py is one."""
import importlib
import re

from signatures import BIT_INTEGERS, Scalar

C_TYPES = {
    "void": "void", "s8": "int8_t", "u8": "uint8_t", "s16": "int16_t", "u16": "uint16_t",
    "s32": "int32_t", "u32": "uint32_t", "int": "int", "s64": "int64_t",
    "u64": "uint64_t", "ptr": "void *", "f32": "float", "f64": "double",
    "ld": "long double", "cf32": "_Complex float", "cf64": "_Complex double",
    "cld": "_Complex long double", "s128": "__int128", "u128": "unsigned __int128",
    "cs8": "_Complex signed char", "cu8": "_Complex unsigned char",
    "cs16": "_Complex short", "cu16": "_Complex unsigned short", "cs32": "_Complex int",
    "cu32": "_Complex unsigned", "cs64": "_Complex long long",
    "cu64": "_Complex unsigned long long", "cs128": "_Complex __int128",
    "cu128": "_Complex unsigned __int128", "f16": "_Float16", "f128": "__float128",
    "bi24": "_BitInt(24)", "bi40": "_BitInt(40)", "bi72": "_BitInt(72)",
    "bi128": "_BitInt(128)",
}


class Abi:
    """FFI: its ffi_abi; ATTRIBUTE: what makes the compiler use it; TYPES: the names of
    scalars, v8 ... v64 and `empty' (structs); FLOAT_CARRIER: the C type that travels
    where a float does, with room for junk above it, if there is one; VA: the names of
    va_list, va_start and va_end where they are not the default ABI's; VA_BY_REFERENCE:
    does va_arg find the address of a value of that type, and leaves it to us to follow
    it?"""

    def __init__(self, ffi, attribute, types, *, variadic=True, static_chain=False,
                 float_carrier=None, va=None, va_by_reference=lambda t: False):
        self.ffi, self.attribute, self.types = ffi, attribute, types
        self.variadic, self.static_chain = variadic, static_chain
        self.float_carrier = float_carrier
        self.va_by_reference = va_by_reference
        self.va = va or {"list": "va_list", "start": "va_start", "end": "va_end"}


class Variant:
    """A way to compile: FLAGS, and GCC's besides; vectors of up to VECTORS bytes, of which
    REGISTERS (default: as many) fit in a register.  The program runs if the C expression
    CONDITION is true; OTHERWISE is the reason why not."""

    def __init__(self, flags, vectors, registers=None, condition=None, otherwise=None,
                 gcc=()):
        self.flags, self.vectors, self.gcc = flags, vectors, gcc
        self.registers = vectors if registers is None else registers
        self.condition, self.otherwise = condition, otherwise

    def flags_of(self, compiler):
        return self.flags + (self.gcc if compiler.family == "gcc" else ())


class Divergence:
    """A compiler that does not follow the ABI: signatures for which APPLIES are left out
    for FAMILY (gcc, clang) of a version below BEFORE (None: all).  REASON is shown."""

    def __init__(self, family, applies, reason, *, abis=None, before=None):
        self.family, self.applies, self.reason = family, applies, reason
        self.abis, self.before = abis, before

    def matches(self, compiler, variant, signature):
        return (compiler.family == self.family
                and (self.before is None or compiler.version < self.before)
                and (self.abis is None or signature.abi in self.abis)
                and self.applies(signature, variant))


def wide_complex_integer(s, _variant):
    return any(leaf.text in ("cs128", "cu128") for leaf in s.leaves())


def zero_width(s, _variant):
    return ":0" in str(s)


# Of the Arms.
ZERO_WIDTH_COUNTS = Divergence(
    "clang", zero_width,
    reason="a struct with a bit-field of width 0 is not homogeneous; for gcc it is, in C")

# Of every 64-bit target.
NO_COMPLEX_INT128 = Divergence("clang", wide_complex_integer,
                               reason="has no _Complex __int128")


def has_float16(s, _variant):
    return any(t.text == "f16" for t in s.parts())


def has_bit_int(s, _variant):
    return any(leaf.text in BIT_INTEGERS for leaf in s.leaves())


NO_BIT_INT = Divergence("gcc", has_bit_int, before=14, reason="has no _BitInt")

NO_FLOAT16 = Divergence("clang", has_float16, before=15, reason="has no _Float16")


def scalars(*, pointer, word_alignment, long_double, int128, int128_alignment=16):
    """The scalars of a target: the size of a pointer, the alignment of 8-byte scalars
    in structs, size and alignment of long double; the alignment of __int128."""
    sizes = {"void": (0, 1), "ptr": (pointer, pointer), "f32": (4, 4),
             "f64": (8, word_alignment), "ld": long_double, "cf32": (8, 4),
             "cf64": (16, word_alignment), "cld": (2 * long_double[0], long_double[1]),
             "int": (4, 4)}
    for bits in (8, 16, 32, 64):
        alignment = word_alignment if bits == 64 else bits // 8
        sizes[f"s{bits}"] = sizes[f"u{bits}"] = (bits // 8, alignment)
    if int128:
        sizes["s128"] = sizes["u128"] = (16, int128_alignment)
    for text in [text for text in sizes if re.fullmatch(r"[su]\d+", text)]:
        sizes["c" + text] = (2 * sizes[text][0], sizes[text][1])
    sizes["f16"], sizes["f128"] = (2, 2), (16, 16)
    sizes["bi24"], sizes["bi40"] = (4, 4), (8, word_alignment)
    sizes["bi72"] = sizes["bi128"] = (16, pointer)
    return {name: Scalar(name, *sizes[name]) for name in C_TYPES if name in sizes}


def find(cpu):
    """The description of CPU, or None."""
    for name in ("x86_64", "i686", "aarch64", "armhf", "arm", "powerpc64", "riscv64",
                 "s390x_vx", "s390x"):
        description = importlib.import_module(name)
        if re.fullmatch(description.CPU, cpu):
            return description
    return None
