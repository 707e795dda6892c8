# SPDX-License-Identifier: MIT
"""Builds the sweep's program for some signatures and runs it."""
import concurrent.futures
import os
import subprocess
import tempfile

from sweep import program

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = ["main.c", "values.c", "operations.c", "../peers.c", "../machine.c"]
FLAGS = ["-std=gnu11", "-O1", "-w", "-Wno-psabi", "-fno-strict-aliasing",
         "-falign-functions=64", "-falign-loops=32"]


class Sweep:
    """Measures on MACHINE; PEERS are specifications for the program; INCLUDES are where
    ffi.h is, and FFCALL says whether libffcall is there."""

    def __init__(self, machine, peers, includes, ffcall=False):
        self.machine, self.includes, self.ffcall = machine, includes, ffcall
        self.peers = peers + ["floor"]

    def compile(self, source, directory, kept):
        output = os.path.join(directory, os.path.basename(source)[:-2] + ".o")
        if source in kept and os.path.exists(output):
            return output
        subprocess.run([*self.machine.compiler, *FLAGS, *(f"-I{d}" for d in self.includes),
                        f"-I{HERE}", f"-I{directory}", "-c", source, "-o", output],
                       check=True)
        return output

    def build(self, directory, signatures):
        """The program for SIGNATURES; returns its path."""
        os.makedirs(directory, exist_ok=True)
        sources, kept = [], set()
        texts = program.files(signatures, self.ffcall)
        types_kept = written(directory, "types.h", texts.pop("types.h"))
        for name, text in texts.items():
            sources.append(os.path.join(directory, name))
            if written(directory, name, text) and types_kept:
                kept.add(sources[-1])
        own = SOURCES + ["ffcall.c" if self.ffcall else "ffcall_none.c"]
        sources += [os.path.normpath(os.path.join(HERE, name)) for name in own]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            objects = list(pool.map(lambda s: self.compile(s, directory, kept), sources))
        path = os.path.join(directory, "sweep")
        libraries = ["-ldl"] + ["-lcallback", "-lavcall"] * self.ffcall
        subprocess.run([*self.machine.compiler, *objects, "-o", path, *libraries],
                       check=True)
        return path

    def lines(self, command, counter):
        """(signature, operation, peer, figure or word) of a run."""
        with tempfile.NamedTemporaryFile("r", encoding="ascii") as log:
            if counter:
                command = [*self.machine.counting(counter, log.name), *command]
            text = subprocess.run(command, check=True, text=True,
                                  stdout=subprocess.PIPE).stdout
            lines = [line.split() for line in text.splitlines()]
            return counted(lines, map(int, log)) if counter else lines

    def measure(self, path, rounds, operations=(), counter=None):
        """{(signature's number, operation): {peer: figure or word}}: the least of ROUNDS
        processes' times; with COUNTER, the emulator's plugin, instructions."""
        figures = {}
        mode = "--count" if counter else "--time"
        if operations:
            mode += "=" + ",".join(sorted(operations))
        for _ in range(1 if counter else rounds):
            lines = self.lines([path, mode, *self.peers], counter)
            for number, operation, peer, figure in lines:
                row = figures.setdefault((int(number), operation), {})
                figure = float(figure) if figure[0].isdigit() else figure
                if peer not in row or isinstance(figure, str):
                    row[peer] = figure
                elif isinstance(row[peer], float):
                    row[peer] = min(row[peer], figure)
        return figures


def written(directory, name, text):
    """Have the file NAME hold TEXT; returns whether it did already."""
    path = os.path.join(directory, name)
    text = "/* SPDX-License-Identifier: MIT */\n" + text
    if os.path.exists(path):
        with open(path, encoding="ascii") as file:
            if file.read() == text:
                return True
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return False


def counted(lines, totals):
    """LINES with instructions for each operation; TOTALS are the counts at the marks."""
    for line in lines:
        if line[3][0].isdigit():
            begin, once, thrice = next(totals), next(totals), next(totals)
            line[3] = str((thrice - 2 * once + begin) / float(line[3]))
    return lines
