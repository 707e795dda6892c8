# SPDX-License-Identifier: MIT
"""Writes the C of a program that checks a list of signatures; runtime/runtime.h
says what its parts are for."""
from description import C_TYPES
from signatures import (COMPLEX_INTEGERS, INTEGERS, NUMBERS, Bits, Layout, Manual, Packed, Scalar,
                        Struct, Union, Vector)

# What programs are compiled with: values are read through pointers of any type, and
# warnings about what C would not write by hand say nothing.
OPTIONS = ("-w", "-Wno-psabi", "-fno-strict-aliasing")

# What they are linked with, below testsuite/.
SOURCES = tuple(f"generator/runtime/{name}.c" for name in
                ("calls", "closures", "layout", "main", "step", "types", "values"))

FFI_NAMES = {
    "s8": "sint8", "u8": "uint8", "s16": "sint16", "u16": "uint16", "s32": "sint32",
    "u32": "uint32", "s64": "sint64", "u64": "uint64", "ptr": "pointer", "f32": "float",
    "f64": "double", "ld": "longdouble", "cf32": "complex_float",
    "cf64": "complex_double", "cld": "complex_longdouble", "s128": "sint128",
    "u128": "uint128", "void": "void", "bi24": "sint32", "bi40": "sint64",
}

# For which the library has no object, but the runtime.
OWN = COMPLEX_INTEGERS | {"int", "bi72", "bi128", *NUMBERS}


def is_widened(t):
    return t.text in INTEGERS and t.size < 8


def widest(t):
    """The 64-bit integer that TYPE is seen in."""
    return "int64_t" if t.text[0] in "si" else "uint64_t"


def letter(i):
    """The name of a struct's member I."""
    return chr(97 + i) if i < 26 else f"m{i}"


class Names:
    """C's names for types; structs and vectors are declared where first met."""

    def __init__(self):
        self.names, self.lines = {}, []

    def declare(self, t):
        """Declare T and what is in it; returns its name in C."""
        if isinstance(t, Scalar):
            return C_TYPES[t.text]
        if t in self.names:
            return self.names[t]
        if isinstance(t, Vector):
            self.names[t] = t.text
            definition = f"typedef {C_TYPES[t.lane.text]} {t.text} __attribute__"
            whole = f"{definition} ((vector_size ({t.size})));"
            if t.odd:
                # GCC has only vectors of as many lanes as fill the size.
                self.lines += ["#ifdef __clang__",
                               f"{definition} ((ext_vector_type ({t.lanes})));", "#else",
                               whole, "#endif"]
            else:
                self.lines.append(whole)
            return t.text
        if isinstance(t, Layout):
            return self._declare_layout(t)
        members = [(self.declare(member), "" if count == 1 else f"[{count}]")
                   for member, count in t.members]
        keyword = "union" if isinstance(t, (Union, Manual)) else "struct"
        if isinstance(t, Manual):
            members.append((self.declare(t.other), ""))
        elif isinstance(t, Bits):
            members = [(C_TYPES[unit.text], f" : {width}" if width else "")
                       for unit, widths in t.units for width in widths]
        tag = f"{keyword[0]}{len(self.names)}"
        body = " ".join(f"{name} {letter(i)}{suffix};"
                        for i, (name, suffix) in enumerate(members))
        pack = [f"#pragma pack(push, {t.pack})"] if isinstance(t, Packed) else []
        self.lines += pack + [f"{keyword} {tag} {{ {body} }};"]
        if pack:
            self.lines.append("#pragma pack(pop)")
        self.names[t] = f"{keyword} {tag}"
        return self.names[t]

    def _declare_layout(self, t):
        words = []
        for i, part in enumerate(t.parts):
            name = self.declare(part.type)
            if part.widths:
                words += [f"{name} {letter(i)}{j if width else ''} : {width};" if width
                          else f"{name} : 0;" for j, width in enumerate(part.widths)]
            else:
                array = f"[{part.count}]" if part.count is not None else ""
                words.append(f"{name} {letter(i)}{array};")
        keyword = "union" if t.union else "struct"
        tag = f"{keyword[0]}{len(self.names)}"
        pack = [f"#pragma pack(push, {t.pack})"] if t.pack else []
        aligned = f" __attribute__ ((aligned ({t.align})))" if t.align else ""
        self.lines += pack + [f"{keyword} {tag} {{ {' '.join(words)} }}{aligned};"]
        if pack:
            self.lines.append("#pragma pack(pop)")
        self.names[t] = f"{keyword} {tag}"
        return self.names[t]

    def symbol(self, t):
        """The part of T's name that its tables are named by."""
        return t.text if isinstance(t, Scalar) else self.declare(t).split()[-1]


def prototype(signature, names, name, attribute=""):
    """The C declaration of a function NAME."""
    words = [names.declare(argument) for argument in signature.arguments] or ["void"]
    if signature.nfixed is not None:
        words.insert(signature.nfixed, "...")
        words = words[:signature.nfixed + 1] + [f"/* {w} */" for w in
                                                words[signature.nfixed + 1:]]
        words = [", ".join(words[:signature.nfixed + 1])
                 + "".join(" " + w for w in words[signature.nfixed + 1:])]
    result = names.declare(signature.result)
    return f"{result} {attribute}{' ' if attribute else ''}{name} ({', '.join(words)});"


def declaration(signature, target):
    """A signature as C for people to read."""
    names = Names()
    attribute = target.ABIS[signature.abi].attribute
    last = prototype(signature, names, "function", attribute)
    return "\n".join(names.lines + [last])


class Program:
    def __init__(self, target, variant, compiler):
        self.target, self.variant, self.compiler = target, variant, compiler
        self.names = Names()
        self.tables, self.functions, self.entries = [], [], []
        self.described = set()

    # --- Tables of types ---

    def ffi(self, t):
        if isinstance(t, Scalar):
            return (f"gen_ffi_{t.text}" if t.text in OWN
                    else f"ffi_type_{FFI_NAMES[t.text]}")
        return f"f_{self.names.symbol(t)}"

    def table(self, t):
        """The name of T's gen_type."""
        if isinstance(t, Scalar):
            return f"gen_{t.text}"
        symbol = self.names.symbol(t)
        if t in self.described:
            return f"t_{symbol}"
        self.described.add(t)
        if isinstance(t, Layout):
            self.write_layout(t, symbol)
            return f"t_{symbol}"
        if isinstance(t, Vector):
            elements = [t.lane] * t.lanes
            members = [(0, t.lanes, t.lane)]
            code, kind = "FFI_TYPE_VECTOR", "GEN_VECTOR"
        elif isinstance(t, Union):
            elements = t.cells
            covering, count = t.covering()
            members = [(0, count, covering)]
            code, kind = "FFI_TYPE_STRUCT", "GEN_UNION"
        elif isinstance(t, Manual):
            self.table(t.largest)
            elements = [t.largest]
            members = [(0, count, member) for member, count in t.members]
            code, kind = "FFI_TYPE_STRUCT", "GEN_PRESET"
        elif isinstance(t, Bits):
            elements = [unit for unit, widths in t.units for _ in widths]
            members = [(offset, 1, member) for offset, (member, _)
                       in zip(t.offsets, t.members)]
            code, kind = "FFI_TYPE_STRUCT", "GEN_PRESET"
        else:
            elements = [member for member, count in t.members for _ in range(count)]
            members = [(offset, count, member) for offset, (member, count)
                       in zip(t.offsets, t.members)]
            packed = isinstance(t, Packed)
            code, kind = "FFI_TYPE_STRUCT", "GEN_PACKED" if packed else "GEN_STRUCT"
        self.write_tables(t, symbol, elements, members, code, kind)
        return f"t_{symbol}"

    def write_layout(self, t, symbol):
        """As ffi_types.h describes T."""
        c_name = self.names.declare(t)
        for part in t.parts:
            self.table(part.type)
        members, rows = [], []
        for i, part in enumerate(t.parts):
            ffi, offset = f"&{self.ffi(part.type)}", f"offsetof ({c_name}, {letter(i)})"
            if part.widths:
                members += [f"FFI_BITS ({ffi}, {bit}, {width})"
                            for bit, width in zip(t.bits[i], part.widths)]
            elif part.count is not None:
                members.append(f"FFI_ARRAY ({ffi}, {offset}, {part.count})")
            else:
                members.append(f"FFI_MEMBER ({ffi}, {offset})")
        for offset, count, member, i in t.rows:
            place = offset if i is None else f"offsetof ({c_name}, {letter(i)})"
            rows.append(f"{{ {place}, {count}, &{self.table(member)} }}")
        kind = "FFI_UNION_OF" if t.union else "FFI_STRUCT_OF"
        self.tables += [
            f"static const ffi_member l_{symbol}[] = {{ {', '.join(members)} }};",
            f"static ffi_aggregate a_{symbol} = {kind} (a_{symbol}, {c_name}, l_{symbol});",
            f"#define f_{symbol} a_{symbol}.type",
        ]
        preset = t.pack or t.align
        self.write_type(symbol, c_name, "GEN_PRESET" if preset else "GEN_LAYOUT", rows)

    def write_type(self, symbol, c_name, kind, rows):
        self.tables += [
            f"static const struct gen_member m_{symbol}[] = {{ {', '.join(rows)} }};"
            if rows else "",
            f"static const struct gen_type t_{symbol} = {{ {kind}, sizeof ({c_name}),"
            f" __alignof__ ({c_name}), GEN_KEPT ({c_name}), 0, &f_{symbol}, {len(rows)},"
            f" {f'm_{symbol}' if rows else 0} }};",
        ]

    def write_tables(self, t, symbol, elements, members, code, kind):
        c_name = self.names.declare(t)
        rows = []
        for i, (_, count, member) in enumerate(members):
            offset = "0"
            if isinstance(t, Struct):
                offset = f"offsetof ({c_name}, {letter(i)})"
            elif isinstance(t, Bits):
                offset = f"{t.offsets[i]}"
            rows.append(f"{{ {offset}, {count}, &{self.table(member)} }}")
        pointers = "".join(f"&{self.ffi(element)}, " for element in elements)
        self.tables += [
            f"static ffi_type *e_{symbol}[] = {{ {pointers}0 }};",
            f"static ffi_type f_{symbol} = {{ 0, 0, {code}, e_{symbol} }};",
        ]
        self.write_type(symbol, c_name, kind, rows)

    # --- Functions ---

    def carrier(self, t, abi):
        """The type that T travels in when junk shall be above it."""
        if is_widened(t):
            return self.target.CARRIER
        if t.text == "f32" and abi.float_carrier:
            return abi.float_carrier
        return self.names.declare(t)

    def callee(self, s, number, abi):
        va, count = abi.va, len(s.arguments)
        fixed = count if s.nfixed is None else s.nfixed
        result = self.carrier(s.result, abi)
        parameters = [f"{self.names.declare(t)} a{i}"
                      for i, t in enumerate(s.arguments[:fixed])]
        if s.nfixed is not None:
            parameters.append("...")
        lines = [f"static {result} {abi.attribute}",
                 f"callee_{number} ({', '.join(parameters) or 'void'})", "{"]
        if s.nfixed is not None:
            lines.append(f"  {va['list']} ap; {va['start']} (ap, a{fixed - 1});")
            for i, t in enumerate(s.arguments[fixed:], fixed):
                name = self.names.declare(t)
                if abi.va_by_reference(t):
                    lines.append(f"  {name} a{i} = *({name} *)"
                                 " __builtin_va_arg (ap, void *);")
                else:
                    lines.append(f"  {name} a{i} = __builtin_va_arg (ap, {name});")
            lines.append(f"  {va['end']} (ap);")
        seen = []
        for i, t in enumerate(s.arguments):
            if is_widened(t):
                lines.append(f"  {widest(t)} w{i} = a{i};")
                seen.append(f"&w{i}")
            else:
                seen.append(f"&a{i}")
        lines.append(f"  void *seen[] = {{ {', '.join(seen) or '0'} }};")
        if s.result.text == "void":
            lines.append("  gen_seen (seen);")
        else:
            lines.append(f"  return *({result} *) gen_seen (seen);")
        return lines + ["}"]

    def caller(self, s, number, abi):
        types = [self.carrier(t, abi) if s.nfixed is None or i < s.nfixed
                 else self.names.declare(t) for i, t in enumerate(s.arguments)]
        # Unnamed, an int is promoted but not widened; only its type will do.
        parameters = list(types)
        if s.nfixed is not None:
            parameters[s.nfixed:] = ["..."]
        values = ", ".join(f"*({t} *) a[{i}]" for i, t in enumerate(types))
        function = (f"{self.names.declare(s.result)} ({abi.attribute} *)"
                    f" ({', '.join(parameters) or 'void'})")
        call = f"(({function}) fn) ({values})"
        if s.result.text != "void":
            wide = (widest(s.result) if is_widened(s.result)
                    else self.names.declare(s.result))
            call = f"*({wide} *) r = {call}"
        return ["static void", f"caller_{number} (void (*fn) (void), void **a, void *r)",
                "{", "  (void) a; (void) r;", f"  {call};", "}"]

    def add(self, s):
        number, abi = len(self.entries), self.target.ABIS[s.abi]
        arguments = "".join(f"&{self.table(t)}, " for t in s.arguments)
        result = self.table(s.result)
        self.functions += ["", f"/* {number}: {s} */"]
        self.functions += self.callee(s, number, abi) + self.caller(s, number, abi)
        self.functions.append(f"static const struct gen_type *const args_{number}[]"
                              f" = {{ {arguments}0 }};")
        self.entries.append(
            f'  {{ "{s}", {abi.ffi}, {len(s.arguments)}, {s.nfixed or 0}, &{result},'
            f" args_{number}, (void (*) (void)) callee_{number}, caller_{number},"
            f" {int(abi.static_chain)}, {int(abi.float_carrier is not None)} }},")

    def text(self, heading):
        unsupported = []
        if self.variant.condition:
            unsupported = [f"  if (!({self.variant.condition}))",
                           f'    return gen_unsupported ("{self.variant.otherwise}");']
        options = " ".join(OPTIONS + self.variant.flags_of(self.compiler))
        return "\n".join([
            "/* SPDX-License-Identifier: MIT */", f"/* {heading} */",
            f"/* {{ options {options} }} */", f"/* {{ sources {' '.join(SOURCES)} }} */",
            '#include "generator/runtime/runtime.h"',
            f'#include "generator/runtime/{self.target.HEADER}"',
            "", *self.names.lines, "", *filter(None, self.tables), *self.functions, "",
            "static const struct gen_signature signatures[] = {", *self.entries, "};", "",
            "int", "main (int argc, char **argv)", "{", *unsupported,
            "  return gen_main (argc, argv, signatures,"
            " sizeof signatures / sizeof signatures[0]);", "}", ""])


def program(target, variant, compiler, signatures, heading):
    """The text of a program for COMPILER that checks SIGNATURES."""
    p = Program(target, variant, compiler)
    for signature in signatures:
        p.add(signature)
    return p.text(heading)
