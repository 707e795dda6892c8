# SPDX-License-Identifier: MIT
"""Writes the C of a sweep's program; sweep.h says what its parts are for."""
from emit import FFI_NAMES, Names, letter
from description import C_TYPES
from signatures import COMPLEX_INTEGERS, INTEGERS, Scalar, Struct

# So many signatures are a file: several are compiled at once.
CHUNK = 100

# What libffcall calls a type, and the C type that goes with it.  It has no complex numbers
# and no long double.
FFCALL = {"s8": "schar", "u8": "uchar", "s16": "short", "u16": "ushort", "s32": "int",
          "u32": "uint", "s64": "longlong", "u64": "ulonglong", "f32": "float",
          "f64": "double", "ptr": "ptr", "void": "void"}
# The most slots for which it has a macro that tells whether they fit into registers.
MOST_SLOTS = 4


def leaf_rows(t):
    """The C of T's leaves: a complex number is two."""
    rows = []
    for offset, leaf in t.leaves():
        name, size, parts = leaf.text, leaf.size, 1
        if name in ("cf32", "cf64", "cld"):
            name, size, parts = {"cf32": "f32", "cf64": "f64"}.get(name, "ld"), size // 2, 2
        kind = {"f32": "FLOAT", "f64": "DOUBLE", "ld": "LONG_DOUBLE"}.get(name, "BYTES")
        rows += [f"{{ {offset + i * size}, {size}, LEAF_{kind} }}" for i in range(parts)]
    return rows if t.text != "void" else []


class Types:
    """Numbers types in the order in which they are first met, members first."""

    def __init__(self):
        self.names, self.numbers, self.tables, self.rows = Names(), {}, [], []

    def c_name(self, t):
        return self.names.declare(t)

    def number(self, t):
        if t not in self.numbers:
            members = [self.number(member) for member, count in getattr(t, "members", ())
                       for _ in range(count)]
            self.numbers[t] = len(self.rows)
            self.add(t, members)
        return self.numbers[t]

    def add(self, t, members):
        number, name = self.numbers[t], self.c_name(t)
        leaves = ", ".join(leaf_rows(t)) or "{ 0, 0, LEAF_BYTES }"
        self.tables.append(f"static const struct leaf leaves_{number}[] = {{ {leaves} }};")
        struct = isinstance(t, Struct)
        if struct:
            rows = ", ".join(map(str, members))
            self.tables += [f"static const unsigned members_{number}[] = {{ {rows} }};",
                            f'_Static_assert (sizeof ({name}) == {t.size}, "{t}");']
        store = f"*({name} *) ret = *({name} *) sweep_result"
        if t.text == "void":
            store = "(void) ret"
        elif t.text in INTEGERS:
            wide = "ffi_sarg" if t.text[0] == "s" else "ffi_arg"
            if t.size < 8:
                store = f"*({wide} *) ret = *({name} *) sweep_result"
        self.tables += ["static void", f"handler_{number} (ffi_cif *cif, void *ret, void **args,"
                        " void *data)", "{", "  (void) cif, (void) args, (void) data;",
                        f"  {store};", "}"]
        size, symbol = t.size, "NULL" if struct else f'"ffi_type_{FFI_NAMES[t.text]}"'
        self.rows.append(
            f"  {{ {symbol}, {size}, {int(t.text in INTEGERS)}, leaves_{number}, "
            f"{len(leaf_rows(t))}, {f'members_{number}' if struct else 'NULL'}, "
            f"{len(members)}, handler_{number} }}, /* {t} */")

    def header(self):
        return "\n".join(["#include <stdint.h>", *self.names.lines, ""])

    def table(self):
        return "\n".join(['#include "sweep.h"', '#include "types.h"', *self.tables,
                          "const struct value_type sweep_types[] = {", *self.rows, "};", ""])


class Ffcall:
    """libffcall's side of a signature, or nothing if it lacks a type of it."""

    def __init__(self, signature, types):
        self.signature, self.types = signature, types
        leaves = [leaf for t in signature.types() for _, leaf in t.leaves()]
        self.possible = all(leaf.text in FFCALL for leaf in leaves)

    def slots(self, t, prefix):
        """Whether it fits into registers, as PREFIX's macros say."""
        leaves = [leaf for _, leaf in t.leaves()]
        if len(leaves) > MOST_SLOTS:
            return "0"
        names = ", ".join(C_TYPES[leaf.text] for leaf in leaves)
        return f"{prefix}_word_splittable_{len(leaves)} ({names})"

    def start(self):
        result, name = self.signature.result, self.types.c_name(self.signature.result)
        if isinstance(result, Struct):
            slots = self.slots(result, "av")
            return f"av_start_struct (list, fn, {name}, {slots}, ret)"
        if result.text == "void":
            return "av_start_void (list, fn)"
        kind = FFCALL[result.text]
        pointer = "void *, " if kind == "ptr" else ""
        return f"av_start_{kind} (list, fn, {pointer}&result)"

    def call(self, number):
        s, name = self.signature, self.types.c_name(self.signature.result)
        scalar = isinstance(s.result, Scalar) and s.result.text != "void"
        lines = [f"static void ffcall_{number} (void *cif, code_fn fn, void *ret, void **a)",
                 "{", "  av_alist list;", "  (void) cif, (void) ret, (void) a;"]
        if scalar:
            lines.append(f"  {name} result;")
        lines.append(f"  {self.start()};")
        for i, t in enumerate(s.arguments):
            value = f"*({self.types.c_name(t)} *) a[{i}]"
            if isinstance(t, Struct):
                lines.append(f"  av_struct (list, {self.types.c_name(t)}, {value});")
            else:
                kind = FFCALL[t.text]
                pointer = "void *, " if kind == "ptr" else ""
                lines.append(f"  av_{kind} (list, {pointer}{value});")
        lines.append("  av_call (list);")
        if scalar:
            wide = name
            if s.result.text in INTEGERS and s.result.size < 8:
                wide = "ffi_sarg" if s.result.text[0] == "s" else "ffi_arg"
            lines.append(f"  *({wide} *) ret = result;")
        return lines + ["}"]

    def callback(self, number):
        s, types = self.signature, self.types
        name = types.c_name(s.result)
        lines = [f"static void callback_{number} (void *data, va_alist list)", "{",
                 "  (void) data;"]
        kind = "struct" if isinstance(s.result, Struct) else FFCALL[s.result.text]
        more = {"struct": f", {name}, {self.slots(s.result, 'va')}", "ptr": ", void *"}
        lines.append(f"  va_start_{kind} (list{more.get(kind, '')});")
        for i, t in enumerate(s.arguments):
            each = "struct" if isinstance(t, Struct) else FFCALL[t.text]
            more = {"struct": f", {types.c_name(t)}", "ptr": ", void *"}
            lines.append(f"  {types.c_name(t)} a{i} = "
                         f"va_arg_{each} (list{more.get(each, '')});")
            lines.append(f'  __asm__ volatile ("" : : "m" (a{i}));')
        seen = ", ".join(f"&a{i}" for i in range(len(s.arguments))) or "NULL"
        lines.append("  if (sweep_checks)")
        lines.append(f"    sweep_seen ((void *[]) {{ {seen} }});")
        if kind == "void":
            lines.append("  va_return_void (list);")
        else:
            more = {"struct": f"{name}, ", "ptr": "void *, "}
            lines.append(f"  va_return_{kind} (list, {more.get(kind, '')}"
                         f"*({name} *) sweep_result);")
        return lines + ["}"]


class Chunk:
    """The C of some signatures, the first of which has the number FIRST."""

    def __init__(self, types, ffcall):
        self.types, self.ffcall = types, ffcall
        self.lines, self.rows = [], []

    def add(self, number, signature):
        types, s = self.types, signature
        result, names = types.c_name(s.result), [types.c_name(t) for t in s.arguments]
        parameters = ", ".join(f"{name} a{i}" for i, name in enumerate(names)) or "void"
        prototype = f"{result} (*) ({', '.join(names) or 'void'})"
        void = s.result.text == "void"
        value = "" if void else f" *({result} *) sweep_result"
        values = ", ".join(f"&v{number}.a{i}" for i in range(len(names)))
        seen = ", ".join(f"&a{i}" for i in range(len(names))) or "NULL"
        if names:
            members = " ".join(f"{name} a{i};" for i, name in enumerate(names))
            self.lines.append(f"static struct {{ {members} }} v{number};")
        self.lines += [
            f"static void *values_{number}[] = {{ {values or 'NULL'} }};",
            f"static {result} target_{number} ({parameters}) {{ return{value}; }}",
            f"static {result} checked_{number} ({parameters})", "{",
            f"  sweep_seen ((void *[]) {{ {seen} }});", f"  return{value};", "}",
            f"static void loop_{number} (code_fn fn, long n, void *ret)", "{"]
        arguments = ", ".join(f"v{number}.a{i}" for i in range(len(names)))
        call = f"(({prototype}) fn) ({arguments})"
        if void:
            self.lines += ["  (void) ret;", "  while (n-- > 0)", f"    {call};"]
        else:
            self.lines += [f"  {result} r;", "  do", f"    r = {call};", "  while (--n > 0);",
                           f"  *({result} *) ret = r;"]
        self.lines.append("}")
        peer = ["NULL", "NULL"]
        ffcall = Ffcall(s, types)
        if self.ffcall and ffcall.possible:
            self.lines += ffcall.call(number) + ffcall.callback(number)
            peer = [f"ffcall_{number}", f"(void *) callback_{number}"]
        numbers = ", ".join(str(types.number(t)) for t in s.arguments) or "0"
        self.lines.append(f"static const unsigned types_{number}[] = {{ {numbers} }};")
        self.rows.append(
            f"  {{ {types.number(s.result)}, {len(names)}, types_{number}, "
            f"(code_fn) target_{number}, (code_fn) checked_{number}, loop_{number}, "
            f"values_{number}, {peer[0]}, {peer[1]} }},")

    def text(self, number):
        includes = ['#include "sweep.h"', '#include "types.h"']
        if self.ffcall:
            includes += ["#include <avcall.h>", "#include <callback.h>"]
        return "\n".join([*includes, *self.lines,
                          f"const struct sweep_signature signatures_{number}[] = {{",
                          *self.rows, "};", ""])


def files(signatures, ffcall):
    """The names and texts of a program for SIGNATURES."""
    types, texts, table = Types(), {}, []
    for number, start in enumerate(range(0, len(signatures), CHUNK)):
        chunk = Chunk(types, ffcall)
        for i in range(start, min(start + CHUNK, len(signatures))):
            chunk.add(i, signatures[i])
        texts[f"chunk{number}.c"] = chunk.text(number)
        table.append((number, len(chunk.rows)))
    texts["types.h"] = types.header()
    texts["tables.c"] = types.table() + "\n".join(
        [f"extern const struct sweep_signature signatures_{n}[];" for n, _ in table]
        + ["const struct sweep_chunk sweep_chunks[] = {"]
        + [f"  {{ signatures_{n}, {count} }}," for n, count in table]
        + ["};", f"const unsigned n_sweep_chunks = {len(table)};",
           f"const unsigned n_sweep_types = {len(types.rows)};", ""])
    return texts
