# SPDX-License-Identifier: MIT
"""Which signatures a sweep has.  Their types, words and random numbers are those of
testsuite/generator."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "testsuite", "generator"))

# pylint: disable=wrong-import-position
import description
from signatures import Parser, Random, Signature, Struct

INTEGERS = "s8 u8 s16 u16 s32 s32 u32 s64 s64 u64 ptr ptr".split()
REALS = ["f32", "f64", "f64"]
COMPLEX = ["cf32", "cf64", "cld"]
LARGEST_STRUCT = 128
MOST_ARGUMENTS = 24


class Case:
    """A signature with its WEIGHT, a number of functions, in SET."""

    def __init__(self, signature, group, weight=1):
        self.signature, self.set, self.weight = signature, group, weight

    @property
    def text(self):
        """The signature without the ABI's name: it is the default."""
        return str(self.signature).split(" ", 1)[1]


def target_of(machine):
    """What testsuite/generator knows of a MACHINE."""
    return description.find(machine.cpu)


class Drawer:
    """Draws signatures; number I of a seed depends on nothing else."""

    def __init__(self, target):
        self.target, self.random, self.kinds = target, None, None

    def signature(self, seed, number):
        self.random = random = Random(seed, number)
        kinds = [(45, INTEGERS), (20, REALS), (3, ["ld"]), (6, COMPLEX), (26, None)]
        # Half of them have few kinds of types: only then does a class of registers run out.
        if random.chance(50):
            kinds = [random.weighted([(kind[0], kind) for kind in kinds])
                     for _ in range(random.between(1, 2))]
        self.kinds = kinds
        most = random.weighted([(50, 6), (30, 12), (20, MOST_ARGUMENTS)])
        arguments = [self.type() for _ in range(random.between(0, most))]
        result = self.target.scalars["void"] if random.chance(15) else self.type()
        return Signature(next(iter(self.target.ABIS)), result, arguments)

    def type(self):
        names = self.random.weighted(self.kinds)
        return self.struct(3) if names is None else self.scalar(names)

    def scalar(self, names):
        return self.target.scalars[self.random.one_of(names)]

    def member(self, depth):
        if depth > 1 and self.random.chance(20):
            return self.struct(depth - 1), 1
        names = self.random.weighted([(60, INTEGERS), (30, REALS), (3, ["ld"]), (7, COMPLEX)])
        count = 1 if self.random.chance(80) else self.random.between(2, 8)
        return self.scalar(names), count

    def struct(self, depth):
        """A struct of at most a random limit, with one member of any size."""
        random = self.random
        limit = random.weighted([(35, 16), (25, 32), (20, 64), (20, LARGEST_STRUCT)])
        members = [self.member(depth)]
        for _ in range(random.between(0, 7)):
            wider = members + [self.member(depth)]
            if Struct(wider).size <= limit:
                members = wider
        struct = Struct(members)
        return struct if struct.size <= LARGEST_STRUCT else self.struct(depth)


def random_cases(target, seed, count):
    drawer = Drawer(target)
    return [Case(drawer.signature(seed, number), "random") for number in range(count)]


def given_case(target, text, group="given", weight=1):
    """The signature that TEXT describes, in the default ABI."""
    abi = next(iter(target.ABIS))
    return Case(Parser(target, f"{abi} {text}").signature(), group, weight)


def gobject_cases(target, count=None):
    """The COUNT most common signatures of GObject's libraries, or all."""
    with open(os.path.join(HERE, "gobject.txt"), encoding="ascii") as file:
        rows = [line.split() for line in file if not line.startswith("#")]
    return [given_case(target, text, "gobject", int(weight)) for weight, text in rows[:count]]
