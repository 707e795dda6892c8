# SPDX-License-Identifier: MIT
"""Types and signatures: their text, their layout, how they are drawn at random and
how they are made simpler.

The text of a signature is `ABI RESULT(ARGUMENT,...)'; a variadic one has `...,'
after its named arguments.  A type is the name of a scalar (s8 u8 ... f64 ld cf32 ...
cs8 ... ptr), a vector `vLANESxSCALAR', a struct `{TYPE,TYPE[COUNT],...}' or a union
`<TYPE|TYPE[COUNT]|...>'.  Described by a preset size: a struct packed to N bytes
`pN{...}', one of bit-fields `b{TYPE:WIDTH:WIDTH...,...}' and a union that is aligned to
more than its largest member, the first, `m<TYPE[COUNT]|TYPE>'.  By a layout of
ffi_types.h: a struct `l{...}', packed `l2{...}', aligned `l@16{...}', a union `u<...>';
among their members are bit-fields, `TYPE:WIDTH:WIDTH...'."""
import re

INTEGERS = {"s8": 1, "u8": 1, "s16": 2, "u16": 2, "s32": 4, "u32": 4, "int": 4,
            "s64": 8, "u64": 8}
WIDE_INTEGERS = {"s128": 16, "u128": 16}
COMPLEX_INTEGERS = {"cs8", "cu8", "cs16", "cu16", "cs32", "cu32", "cs64", "cu64", "cs128",
                    "cu128"}
BIT_INTEGERS = ("bi24", "bi40", "bi72", "bi128")
LANES = ("s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "f16")
NUMBERS = ("f16", "f128")


class Random:
    """Random numbers that depend on the seed only, not on the version of Python."""

    def __init__(self, *seed):
        self.state = 0
        for number in seed:
            self.state = (self.state ^ number) & (2**64 - 1)
            self.state = self.bits()

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & (2**64 - 1)
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & (2**64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return (self.bits() >> 11) % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def one_of(self, things):
        return things[self.below(len(things))]

    def weighted(self, pairs):
        """A thing out of (weight, thing) pairs."""
        at = self.below(sum(weight for weight, _ in pairs))
        for weight, thing in pairs:
            if at < weight:
                return thing
            at -= weight
        raise AssertionError


# --- Types -------------------------------------------------------------------------

class Type:
    """A type; equal if its text is.  SIZE and ALIGNMENT are the target's."""

    def __init__(self, text, size, alignment):
        self.text, self.size, self.alignment = text, size, alignment

    def __eq__(self, other):
        return isinstance(other, Type) and self.text == other.text

    def __hash__(self):
        return hash(self.text)

    def __str__(self):
        return self.text

    def leaves(self):
        """(offset, scalar or vector) of every value in it."""
        return [(0, self)]


class Scalar(Type):
    pass


class Vector(Type):
    """LANES may be no power of two; the size is.  TARGET limits the alignment."""

    def __init__(self, lanes, lane, target):
        size = 1 << (lanes * lane.size - 1).bit_length()
        super().__init__(f"v{lanes}x{lane}", size, min(size, target.VECTOR_ALIGNMENT))
        self.lanes, self.lane = lanes, lane

    @property
    def odd(self):
        return self.lanes & (self.lanes - 1) != 0


def align_up(n, alignment):
    return -(-n // alignment) * alignment


def members_text(members, separator):
    return separator.join(f"{t}[{n}]" if n != 1 else f"{t}" for t, n in members)


class Struct(Type):
    """MEMBERS are (type, count); an array has a count above 1."""

    def __init__(self, members):
        self.members = tuple(members)
        self.offsets = []
        size, alignment = 0, 1
        for member, count in self.members:
            size = align_up(size, member.alignment)
            self.offsets.append(size)
            size += member.size * count
            alignment = max(alignment, member.alignment)
        super().__init__("{" + members_text(self.members, ",") + "}",
                         align_up(size, alignment), alignment)

    def leaves(self):
        return [(start + i * member.size + offset, leaf)
                for start, (member, count) in zip(self.offsets, self.members)
                for i in range(count)
                for offset, leaf in member.leaves()]


class Union(Type):
    """MEMBERS are (scalar, count).  `cells' are the scalars of a struct that is passed
    in the same way: those of the member that covers the union, integers where any
    member has an integer.  None if there is no such struct."""

    def __init__(self, members, target):
        self.members = tuple(members)
        alignment = max(member.alignment for member, _ in self.members)
        size = max(member.size * count for member, count in self.members)
        super().__init__("<" + members_text(self.members, "|") + ">",
                         align_up(size, alignment), alignment)
        self.cells = self._cells(target)

    def covering(self):
        """The (scalar, count) without padding beside it, or None."""
        for member, count in self.members:
            if member.size * count == self.size and member.alignment == self.alignment:
                return member, count
        return None

    def _cells(self, target):
        if self.covering() is None:
            return None
        scalar, count = self.covering()
        alone = getattr(target, "UNIONS_ARE_INTEGERS", False)
        cells = []
        for i in range(count):
            start, integer = i * scalar.size, alone
            for member, n in self.members:
                if member.text in INTEGERS or member.text == "ptr":
                    integer = integer or start < member.size * n
            cells.append(target.scalars[f"u{8 * scalar.size}"] if integer else scalar)
        floats = {member.text for member, _ in self.members if member.text[0] == "f"}
        # A struct cannot say "float or double here".
        if len(floats) > 1 and cells[-1] == scalar and scalar.text in floats:
            return None
        return cells

    def leaves(self):
        offset, leaves = 0, []
        for cell in self.cells:
            leaves.append((offset, cell))
            offset += cell.size
        return leaves


class Packed(Struct):
    """A struct whose members are aligned to PACK at most."""

    def __init__(self, pack, members):
        super().__init__(members)
        self.pack, self.offsets = pack, []
        size = 0
        for member, count in self.members:
            size = align_up(size, min(member.alignment, pack))
            self.offsets.append(size)
            size += member.size * count
        self.alignment = min(self.alignment, pack)
        self.size = align_up(size, self.alignment)
        self.text = f"p{pack}{self.text}"


class Bits(Type):
    """A struct of bit-fields.  UNITS are (integer, widths), which fill it, or have one
    width, 0: no bit-field."""

    def __init__(self, units):
        self.units = tuple(units)
        whole = Struct([(unit, 1) for unit, _ in self.units])
        texts = ["".join([unit.text] + [f":{width}" for width in widths if width])
                 for unit, widths in self.units]
        super().__init__("b{" + ",".join(texts) + "}", whole.size, whole.alignment)
        self.members, self.offsets, self.leaves = (whole.members, whole.offsets,
                                                   whole.leaves)


class Part:
    """A member of a layout: TYPE, an array if COUNT is not None, bit-fields if there are
    WIDTHS, whole bytes of them."""

    def __init__(self, member, count=None, widths=()):
        self.type, self.count, self.widths = member, count, widths

    def __str__(self):
        if self.widths:
            return "".join([self.type.text] + [f":{width}" for width in self.widths])
        return self.type.text + (f"[{self.count}]" if self.count is not None else "")

    @property
    def size(self):
        if self.widths:
            return sum(self.widths) // 8
        return self.type.size * (self.count or 1)


class Layout(Type):
    """PARTS of a struct, or of a UNION, aligned to PACK at most or to ALIGN at least.
    Bit-fields start where their type may, so that they leave no gaps.  `rows' are
    (offset, count, type, part's number or None): the values in it."""

    def __init__(self, parts, target, union=False, pack=None, align=None):
        self.parts, self.union, self.pack, self.align = tuple(parts), union, pack, align
        self.valid = pack is None or not any(part.widths for part in parts)
        self.offsets, self.bits = [], []
        size, end, alignment = 0, 0, 1
        for part in self.parts:
            own = min(part.type.alignment, pack or 64)
            if part.widths and end % own != 0:
                self.valid = False
            start = 0 if union else align_up(end, own if part.size else 1)
            self.offsets.append(start)
            self.bits.append([8 * start + sum(part.widths[:i])
                              for i in range(len(part.widths))])
            end = 0 if union else start + part.size
            size = max(size, start + part.size)
            if part.size:
                alignment = max(alignment, own)
        if align:
            self.valid = self.valid and align > alignment
            alignment = max(alignment, align)
        prefix = f"{pack or ''}{f'@{align}' if align else ''}"
        separator = "|" if union else ","
        body = separator.join(map(str, self.parts))
        super().__init__(f"u{prefix}<{body}>" if union else f"l{prefix}{{{body}}}",
                         align_up(size, alignment), alignment)
        self.rows = self._rows(target)
        self.members = [(part.type, part.count or 1) for part in self.parts
                        if not part.widths]

    def _rows(self, target):
        """Of a union the largest member has the value."""
        parts = list(enumerate(self.parts))
        if self.union:
            parts = [max(parts, key=lambda part: part[1].size)]
        return [(self.offsets[i], part.size, target.scalars["u8"], None) if part.widths
                else (self.offsets[i], part.count or 1, part.type, i)
                for i, part in parts if part.size]

    def leaves(self):
        return [(start + i * part.type.size + offset, leaf)
                for start, part in zip(self.offsets, self.parts)
                for i in range(1 if part.widths else part.count or 1)
                for offset, leaf in part.type.leaves()]


class Manual(Type):
    """A union of LARGEST, a (scalar, count), and a scalar that is aligned to more."""

    def __init__(self, largest, other):
        self.largest, self.other = Struct([largest]), other
        super().__init__(f"m<{members_text([largest], '')}|{other}>",
                         align_up(max(self.largest.size, other.size), other.alignment),
                         other.alignment)
        self.members, self.leaves = self.largest.members, self.largest.leaves


class Signature:
    """NFIXED is None unless the function is variadic."""

    def __init__(self, abi, result, arguments, nfixed=None):
        self.abi, self.result, self.arguments = abi, result, tuple(arguments)
        self.nfixed = nfixed

    def __str__(self):
        words = [str(argument) for argument in self.arguments]
        if self.nfixed is not None:
            words.insert(self.nfixed, "...")
        return f"{self.abi} {self.result}({','.join(words)})"

    def types(self):
        return (self.result,) + self.arguments

    def leaves(self):
        return [leaf for t in self.types() for _, leaf in t.leaves()]

    def has_layouts(self):
        """Is there a type of ffi_types.h among the arguments and the result?"""
        return re.search(r"[lu]\d?(@\d+)?[{<]|\bf16\b|\bf128\b|xf16\b|\bbi\d", str(self)) is not None

    def parts(self):
        """The leaves, and the lanes of vectors."""
        leaves = self.leaves()
        return leaves + [leaf.lane for leaf in leaves if isinstance(leaf, Vector)]


# --- Text -> types --------------------------------------------------------------------

class Parser:
    """Reads the text of a signature; TARGET has the scalars."""

    def __init__(self, target, text):
        self.target, self.rest = target, re.sub(r",\s+", ",", text.strip())

    def take(self, pattern):
        match = re.match(pattern, self.rest)
        if match is None:
            raise ValueError(f"expected {pattern} at: {self.rest}")
        self.rest = self.rest[match.end():]
        return match.group()

    def counted(self, close):
        """Members up to CLOSE."""
        members = []
        while not self.rest.startswith(close):
            member, count = self.type(), 1
            if self.rest.startswith("["):
                count = int(self.take(r"\[\d+\]")[1:-1])
            members.append((member, count))
            if not self.rest.startswith(close):
                self.take(r"[,|]")
        self.take(re.escape(close))
        return members

    def bits(self):
        self.take(r"b\{")
        units = []
        while not self.rest.startswith("}"):
            unit, widths = self.target.scalars[self.take(r"\w+")], []
            while self.rest.startswith(":"):
                widths.append(int(self.take(r":\d+")[1:]))
            units.append((unit, tuple(widths) or (0,)))
            if not self.rest.startswith("}"):
                self.take(",")
        self.take("}")
        return Bits(units)

    def layout(self):
        head = re.fullmatch(r"([lu])(\d?)(?:@(\d+))?[{<]",
                            self.take(r"[lu]\d?(@\d+)?[{<]"))
        union, parts = head.group(1) == "u", []
        while self.rest[0] not in "}>":
            member, count, widths = self.type(), None, []
            while self.rest.startswith(":"):
                widths.append(int(self.take(r":\d+")[1:]))
            if self.rest.startswith("["):
                count = int(self.take(r"\[\d+\]")[1:-1])
            parts.append(Part(member, count, tuple(widths)))
            if self.rest[0] in ",|":
                self.take(r"[,|]")
        self.take("[}>]")
        return Layout(parts, self.target, union, int(head.group(2) or 0) or None,
                      int(head.group(3) or 0) or None)

    def type(self):
        if self.rest.startswith("{"):
            self.take("{")
            return Struct(self.counted("}"))
        if self.rest.startswith("<"):
            self.take("<")
            return Union(self.counted(">"), self.target)
        if re.match(r"p\d\{", self.rest):
            pack = int(self.take(r"p\d\{")[1:-1])
            return Packed(pack, self.counted("}"))
        if self.rest.startswith("b{"):
            return self.bits()
        if re.match(r"[lu]\d?(@\d+)?[{<]", self.rest):
            return self.layout()
        if self.rest.startswith("m<"):
            self.take("m<")
            (largest, other) = self.counted(">")
            return Manual(largest, other[0])
        word = self.take(r"\w+")
        match = re.fullmatch(r"v(\d+)x(\w+)", word)
        if match:
            return Vector(int(match.group(1)), self.target.scalars[match.group(2)],
                          self.target)
        return self.target.scalars[word]

    def signature(self):
        abi = self.take(r"\w+")
        if abi not in self.target.ABIS:
            raise ValueError(f"no such ABI: {abi}")
        self.take(r"\s+")
        result, arguments, nfixed = self.type(), [], None
        self.take(r"\(")
        while not self.rest.startswith(")"):
            if self.rest.startswith("..."):
                self.take(r"\.\.\.")
                nfixed = len(arguments)
            else:
                arguments.append(self.type())
            if not self.rest.startswith(")"):
                self.take(",")
        return Signature(abi, result, arguments, nfixed)


# --- Random signatures -----------------------------------------------------------------

class Generator:
    """Signatures of one ABI of TARGET with vectors of up to VECTORS bytes.  Number I of
    a seed depends on nothing else."""

    MAX_SIZE = 1024
    MAX_LEAVES = 64

    def __init__(self, target, abi, vectors, max_arguments=40, layouts=False):
        self.target, self.abi, self.name = target, target.ABIS[abi], abi
        self.max_arguments, self.layouts = max_arguments, layouts
        scalars = [s for s in target.scalars.values() if s.text in self.abi.types]
        lanes = [s for s in map(target.scalars.get, LANES) if s in scalars]
        self.kinds = {
            "integer": [s for s in scalars if s.text in INTEGERS],
            "pointer": [s for s in scalars if s.text == "ptr"],
            "wide": [s for s in scalars if s.text in WIDE_INTEGERS],
            "real": [s for s in scalars if s.text in ("f32", "f64")],
            "long": [s for s in scalars if s.text == "ld"],
            "complex": [s for s in scalars if s.text in ("cf32", "cf64", "cld")],
            "bits": [s for s in scalars if s.text in BIT_INTEGERS],
            "number": [s for s in scalars if s.text in NUMBERS],
            "complex integer": [s for s in scalars if s.text in COMPLEX_INTEGERS],
            "vector": [Vector(size // lane.size, lane, target)
                       for size in (2, 4, 8, 16, 32, 64)
                       if size <= vectors and f"v{size}" in self.abi.types
                       for lane in lanes if lane.size < size
                       and (lane.text != "f16" or size >= target.FLOAT16_VECTOR)],
            "odd vector": [Vector(3, lane, target)
                           for lane in lanes
                           if 4 * lane.size <= vectors
                           and f"v{4 * lane.size}" in self.abi.types],
        }
        self.weights = [(weight, kind) for weight, kind in (
            (30, "integer"), (6, "pointer"), (7, "wide"), (20, "real"), (5, "long"),
            (10, "complex"), (6, "complex integer"), (12, "vector"),
            (4, "odd vector"), (12, "number"), (1, "bits")) if self.kinds[kind]]
        self.random = None
        self.palette = None
        self.narrow = False

    def signature(self, seed, index):
        """Number INDEX; if only those with types of ffi_types.h are wanted, the first such
        of a series of its own."""
        self.random = Random(seed, index)
        signature = self._signature()
        while self.layouts and not signature.has_layouts():
            signature = self._signature()
        return signature

    def _signature(self):
        random = self.random
        self.palette = self._palette()
        count = self._count()
        arguments = [self._argument() for _ in range(count)]
        nfixed = None
        if count > 0 and self.abi.variadic and random.chance(20):
            nfixed = random.between(1, count)
            arguments[nfixed:] = map(self._promoted, arguments[nfixed:])
        result = self.target.scalars["void"] if random.chance(8) else self._argument()
        return Signature(self.name, result, arguments, nfixed)

    def _palette(self):
        """All kinds, or a few: only then does one class of registers run out."""
        if self.random.chance(50):
            return self.weights
        return [self.random.one_of(self.weights)
                for _ in range(self.random.between(1, 3))]

    def _count(self):
        high = self.random.weighted(((45, 6), (40, 14), (15, self.max_arguments)))
        return self.random.between(0, min(high, self.max_arguments))

    def _argument(self):
        random = self.random
        if random.chance(65):
            return self._scalar()
        if random.chance(2) and "empty" in self.abi.types:
            return Struct(())
        if random.chance(30):
            return self._layout(2)
        if random.chance(20):
            return self._union(random.chance(60))
        if random.chance(20):
            return self._preset()
        return self._struct(3, random.weighted(((60, 16), (25, 64), (15, self.MAX_SIZE))))

    def _scalar(self):
        return self.random.one_of(self.kinds[self.random.weighted(self.palette)])

    def _struct(self, depth, limit):
        """A struct of at most LIMIT bytes, if that is possible."""
        random, members, struct = self.random, [], None
        for _ in range(random.between(1, 6 if limit > 16 else 4)):
            count = 1 if random.chance(75) else random.between(2, 5 if limit <= 64 else 12)
            if depth > 1 and random.chance(25):
                member = (self._union(True) if random.chance(25)
                          else self._layout(1) if random.chance(30)
                          else self._struct(depth - 1, limit))
            else:
                member = self._scalar()
            wider = Struct(members + [(member, count)])
            if struct is not None and (wider.size > limit
                                       or len(wider.leaves()) > self.MAX_LEAVES):
                continue
            if struct is None and wider.size > max(limit, 64):
                wider = Struct([(member, 1)])
            members, struct = list(wider.members), wider
        return struct

    def _union(self, small):
        random = self.random
        plain = self.kinds["integer"] + self.kinds["pointer"] + 3 * self.kinds["real"]
        while True:
            members = []
            for _ in range(random.between(1, 3)):
                scalar = random.one_of(plain)
                most = 16 // scalar.size if small else 8
                count = 1 if random.chance(50) else random.between(1, most)
                members.append((scalar, count))
            union = Union(members, self.target)
            if union.cells is not None:
                return union

    def _preset(self):
        """A struct or union that only a preset size can describe."""
        random = self.random
        plain = self.kinds["integer"] + self.kinds["pointer"] + 2 * self.kinds["real"]
        kind = random.below(3)
        if kind == 0:
            return Packed(random.one_of((1, 2, 4, 8)), [
                (random.one_of(plain + self.kinds["long"] + self.kinds["complex"]),
                 1 if random.chance(75) else random.between(2, 3))
                for _ in range(random.between(1, 4))])
        if kind == 1:
            units = [self._bit_fields(random.one_of(plain))
                     for _ in range(random.between(1, 2))]
            # Floating point behind several bit-fields has no description: the elements
            # for these reach beyond the place where it lies.
            if len(units[0][1]) > 1 and units[-1][0].text[0] == "f":
                units.pop()
            return Bits(units)
        while True:
            scalar = random.one_of(plain)
            # Floating point beside an integer is classified as that is.
            others = [other for other in plain + self.kinds["wide"]
                      if other.alignment > scalar.alignment
                      and (scalar.text[0] != "f" or other.text[0] == "f")]
            if not others:
                if scalar.alignment > 1:
                    continue
                return Packed(1, [(scalar, 3)])
            other = random.one_of(others)
            fewest = -(-other.size // scalar.size)
            return Manual((scalar, random.between(fewest, 2 * fewest)), other)

    def _layout(self, depth):
        random, parts, target = self.random, [], self.target
        union = random.chance(40)
        pack = random.one_of((1, 2, 4)) if not union and random.chance(15) else None
        # Results are no further aligned than stacks are.
        aligns = (8, min(16, target.VECTOR_ALIGNMENT))
        align = random.one_of(aligns) if not pack and random.chance(12) else None
        limit = random.weighted(((60, 16), (30, 64), (10, 200)))
        self.narrow = random.chance(50)
        for _ in range(random.between(1, 4)):
            part = self._part(depth, union, pack)
            if Layout(parts + [part], target, union, pack).valid and (
                    not parts or Layout(parts + [part], target, union, pack).size <= limit):
                parts.append(part)
        if not parts:
            parts = [Part(target.scalars["f32"])]
        if not union and not pack and random.chance(15) and target.ZERO_WIDTH:
            parts.append(Part(target.scalars["u8"], None, (0,)))
        layout = Layout(parts, target, union, pack, align)
        return layout if layout.valid else Layout(parts, target, union, pack)

    def _part(self, depth, union, pack):
        random = self.random
        if not pack and random.chance(20):
            unit = random.one_of(self.kinds["integer"])
            whole = 8 * random.between(1, unit.size)
            if union:
                return Part(unit, None, (whole,))
            widths = []
            while whole > 0:
                widths.append(random.between(1, whole))
                whole -= widths[-1]
            return Part(unit, None, tuple(widths))
        if depth > 1 and random.chance(20):
            member = self._layout(depth - 1)
        elif self.narrow:
            # What homogeneous aggregates and registers of both kinds are made of.
            member = random.one_of(self.kinds["real"] + self.kinds["number"]
                                   + self.kinds["integer"][-1:])
        elif pack:
            member = random.one_of(self.kinds["integer"] + self.kinds["real"]
                                   + self.kinds["long"] + self.kinds["complex"]
                                   + self.kinds["number"])
        else:
            member = self._scalar()
        count = None if random.chance(70) else random.between(1, 3)
        return Part(member, count)

    def _bit_fields(self, unit):
        random = self.random
        if unit.text not in INTEGERS or random.chance(20):
            return unit, (0,)
        left, widths = 8 * unit.size, []
        while left > 0:
            widths.append(random.between(1, left))
            left -= widths[-1]
        return unit, tuple(widths)

    def _promoted(self, argument):
        """What C makes of an unnamed argument of that type."""
        if argument.text in INTEGERS and argument.size < 4:
            return self.target.scalars["s32"]
        return self.target.scalars["f64"] if argument.text == "f32" else argument


# --- Simpler signatures ------------------------------------------------------------------

def simpler_types(t, target):
    """Types that are simpler than T, the simplest first."""
    scalars = target.scalars
    out = []
    if isinstance(t, Layout):
        out += [scalars["s32"], scalars["s64"], scalars["f64"]]
        out += [part.type for part in t.parts]
        choices = [t.parts[:i] + t.parts[i + 1:] for i in range(len(t.parts))]
        for i, part in enumerate(t.parts):
            before, after = t.parts[:i], t.parts[i + 1:]
            if part.count is not None:
                choices.append(before + (Part(part.type),) + after)
            if not part.widths:
                choices += [before + (Part(other, part.count),) + after
                            for other in simpler_types(part.type, target)]
        choices = [parts for parts in choices if any(part.size for part in parts)]
        whole = [Layout(parts, target, t.union, t.pack, t.align) for parts in choices]
        if t.pack or t.align:
            whole.append(Layout(t.parts, target, t.union))
        out += [layout for layout in whole if layout.valid]
    elif isinstance(t, (Bits, Manual)):
        out += [scalars["s32"], scalars["s64"], scalars["f64"], Struct(t.members)]
    elif isinstance(t, (Struct, Union)):
        out += [scalars["s32"], scalars["s64"], scalars["f64"]]
        out += [member for member, _ in t.members]
        if isinstance(t, Union):
            out.append(Struct([t.covering()]))

        def build(members):
            if isinstance(t, Packed):
                return Packed(t.pack, members) if members else None
            if isinstance(t, Struct):
                return Struct(members)
            union = Union(members, target) if members else None
            return union if union and union.cells else None

        members = list(t.members)
        for i, (member, count) in enumerate(members):
            before, after = members[:i], members[i + 1:]
            out.append(build(before + after))
            if count > 1:
                out += [build(before + [(member, n)] + after) for n in (1, count - 1)]
            out += [build(before + [(other, count)] + after)
                    for other in simpler_types(member, target)
                    if isinstance(t, Struct) and not isinstance(t, Packed) or isinstance(other, Scalar)]
    elif isinstance(t, Vector):
        out += [scalars["s32"], scalars["f64"]]
        if t.lane.text != "f32":
            out.append(Vector(max(t.size // 4, 2), scalars["f32"], target))
    elif t.text != "s32":
        order = ["s32", "s64", "f64"]
        out += [scalars[name] for name in order[:order.index(t.text)]
                ] if t.text in order else [scalars[name] for name in order]
    return [u for u in out if u is not None and u != t]


def simpler_signatures(s, target):
    """Signatures one step simpler than S, those that save most first."""
    count = len(s.arguments)

    def made(arguments, nfixed):
        if nfixed is not None:
            nfixed = min(nfixed, len(arguments))
            if nfixed == 0:
                return
        out.append(Signature(s.abi, s.result, arguments, nfixed))

    out = []
    void = target.scalars["void"]
    if s.result != void:
        out.append(Signature(s.abi, void, s.arguments, s.nfixed))
    size = count
    while size >= 1:
        for start in range(0, count, size):
            nfixed = s.nfixed
            if nfixed is not None:
                nfixed -= max(0, min(nfixed, start + size) - start)
            made(s.arguments[:start] + s.arguments[start + size:], nfixed)
        size //= 2
    if s.nfixed is not None:
        made(s.arguments, None)
    if s.result != void:
        out += [Signature(s.abi, t, s.arguments, s.nfixed)
                for t in simpler_types(s.result, target)]
    for i, argument in enumerate(s.arguments):
        for t in simpler_types(argument, target):
            made(s.arguments[:i] + (t,) + s.arguments[i + 1:], s.nfixed)
    seen, unique = {str(s)}, []
    for candidate in out:
        if str(candidate) not in seen:
            seen.add(str(candidate))
            unique.append(candidate)
    return unique
