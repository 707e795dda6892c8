# SPDX-License-Identifier: MIT
"""Build and run programs, and find the smallest signature that fails."""
import collections
import os
import re
import shutil
import subprocess
import tempfile
from types import SimpleNamespace

import choose
import emit
from signatures import simpler_signatures

TESTSUITE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Failure(SimpleNamespace):
    """SIGNATURE, and MESSAGE that says what is wrong."""


class Checker:
    """Checks lists of signatures with one compiler and variant.  LIBRARY: linker
    arguments; LOAD: a command that runs programs, or []."""

    def __init__(self, compiler, variant, *, includes, library, cflags, load=()):
        self.compiler, self.variant = compiler, variant
        self.includes, self.library, self.cflags = includes, library, list(cflags)
        self.load = list(load)
        self.compared = collections.Counter()
        self.runtime = []

    @property
    def target(self):
        return choose.target(self.compiler)

    def flags(self):
        return [*self.cflags, "-I" + TESTSUITE,
                *("-I" + directory for directory in self.includes)]

    def compile_runtime(self, directory):
        """What all programs have in common, once."""
        self.runtime = []
        for source in emit.SOURCES:
            name = os.path.basename(source)[:-2]
            self.runtime.append(os.path.join(directory, f"{name}-{self.variant}.o"))
            complaints = self.compiler.compile(
                [*self.flags(), "-c", os.path.join(TESTSUITE, source), "-o",
                 self.runtime[-1]])
            if complaints is not None:
                raise SystemExit(complaints)

    def check(self, signatures, heading="minimised"):
        """The failures among SIGNATURES; a program that cannot be built is one."""
        directory = tempfile.mkdtemp(prefix="ffi-generated-")
        try:
            source, program = directory + "/program.c", directory + "/program"
            variant = self.target.VARIANTS[self.variant]
            with open(source, "w", encoding="ascii") as out:
                out.write(emit.program(self.target, variant, self.compiler, signatures,
                                       heading))
            complaints = self.compiler.compile(
                [*self.flags(), *emit.OPTIONS, *variant.flags_of(self.compiler), source, *self.runtime,
                 *self.library, "-o", program])
            if complaints is not None:
                return [Failure(signature=signatures[0],
                                message="does not compile: " + complaints[:2000])]
            return self._run(program, signatures)
        finally:
            shutil.rmtree(directory)

    def _run(self, program, signatures):
        """Run it, and again behind every signature that ends it."""
        failures, first = [], 0
        while first < max(len(signatures), 1):
            try:
                done = subprocess.run([*self.load, program, str(first)], text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      timeout=600, check=False)
            except subprocess.TimeoutExpired:
                return failures + [Failure(signature=signatures[first],
                                           message="does not end in 600 s")]
            if done.returncode == 77:
                raise SystemExit(done.stdout.strip())
            last = first - 1
            for line in done.stdout.splitlines():
                match = re.match(r"FAILED: signature (\d+): [^:]*: (.*)", line)
                if match:
                    last = int(match.group(1))
                    failures.append(Failure(signature=signatures[last],
                                            message=match.group(2)))
            end = re.search(r"^\d+ signatures, \d+ failed, (\d+) calls, (\d+) values",
                            done.stdout, re.MULTILINE)
            if done.returncode in (0, 1) and end:
                self.compared.update(calls=int(end[1]), values=int(end[2]))
                break
            if last < first:
                # It ended without saying where.
                if len(signatures) == first + 1 or done.returncode < 0:
                    failures.append(Failure(
                        signature=signatures[first],
                        message=f"exit status {done.returncode} at or behind this: "
                                + done.stdout[-1500:]))
                last = first
            first = last + 1
        return failures

    def minimise(self, failure):
        """The simplest signature that fails in the same step."""
        step = failure.message.split(",")[0]
        smallest = failure
        while True:
            candidates = simpler_signatures(smallest.signature, self.target)
            if not candidates:
                return smallest
            failed = {str(f.signature): f for f in self.check(candidates)
                      if f.message.split(",")[0] == step}
            simpler = next((failed[str(c)] for c in candidates if str(c) in failed), None)
            if simpler is None:
                return smallest
            smallest = simpler
