# SPDX-License-Identifier: MIT
"""Processor time of whole programs that make many calls or callbacks, on one libffi and
another by turns."""
import os
import re
import shutil
import subprocess
import tempfile

import report

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = ["/usr/bin/python3", "-B"]
# Language, command, script, what it does, how many times.
PROGRAMS = [
    ("Python, ctypes", PYTHON, "ctypes_calls.py", None, "calls", 150000),
    ("Python, ctypes", PYTHON, "ctypes_sort.py", None, "callbacks", 40000),
    ("Python, cffi", PYTHON, "cffi.py", "calls", "calls", 400000),
    ("Python, cffi", PYTHON, "cffi.py", "callbacks", "callbacks", 40000),
    ("Python, PyGObject", PYTHON, "pygobject.py", "calls", "calls", 150000),
    ("Python, PyGObject", PYTHON, "pygobject.py", "callbacks", "callbacks", 8000),
    ("Python, PyGObject", PYTHON, "pygobject.py", "signals", "signals", 100000),
    ("Ruby, ffi", ["ruby"], "gem.rb", "calls", "calls", 1000000),
    ("Ruby, ffi", ["ruby"], "gem.rb", "callbacks", "callbacks", 40000),
    ("Guile", ["guile", "--no-auto-compile"], "guile.scm", "calls", "calls", 300000),
    ("Guile", ["guile", "--no-auto-compile"], "guile.scm", "callbacks", "callbacks", 15000),
    ("PHP, FFI", ["php"], "php.php", "calls", "calls", 1000000),
    ("PHP, FFI", ["php"], "php.php", "callbacks", "callbacks", 60000),
]
PACKAGES = "python3-cffi python3-gi gir1.2-glib-2.0 ruby-ffi guile-3.0 php-cli"


class Program:
    """A row of PROGRAMS on the LIBRARY at PATH, which is found in DIRECTORY."""

    def __init__(self, row, peer, directory, scale):
        _, self.command, script, what, _, count = row
        self.peer, self.directory = peer, directory
        self.command = [*self.command, os.path.join(HERE, script), *filter(None, [what]),
                        str(max(count // scale, 100))]
        self.environment = dict(os.environ, LD_LIBRARY_PATH=directory,
                                BENCH_LIBFFI=peer.path)

    def trouble(self):
        """What is wrong when it runs once: another library, another result; or None."""
        shown = subprocess.run(self.command, text=True, check=False, capture_output=True,
                               env=dict(self.environment, LD_DEBUG="libs"))
        if shown.returncode != 0:
            return "wrong"
        loaded = set(re.findall(r"calling init: (\S+/libffi\.so\.8\S*)", shown.stderr))
        return None if loaded == {f"{self.directory}/libffi.so.8"} else "wrong library"

    def seconds(self):
        """Its processor time, and what it prints."""
        with tempfile.TemporaryFile() as output:
            with subprocess.Popen(self.command, env=self.environment, stdout=output,
                                  stderr=subprocess.DEVNULL) as child:
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            return (usage.ru_utime + usage.ru_stime, output.read()) \
                if child.returncode == 0 else (None, None)


def measure_one(row, peers, directories, quick):
    """Results of one row: the least time of several rounds, by turns."""
    programs = [Program(row, peer, directory, 20 if quick else 1)
                for peer, directory in zip(peers, directories)]
    case = f"{row[0]}: {row[4]}"
    troubles = [program.trouble() for program in programs]
    times, printed = [[] for _ in programs], set()
    for _ in range(2 if quick else 9):
        for program, trouble, least in zip(programs, troubles, times):
            if trouble is None:
                seconds, text = program.seconds()
                printed.add(text)
                least.append(seconds)
    results = []
    for peer, trouble, least in zip(peers, troubles, times):
        if trouble is None and len(printed) > 1:
            trouble = "wrong"
        result = {"group": "programs", "case": case, "peer": peer.name}
        results.append(result | ({"trouble": trouble} if trouble else {"s": min(least)}))
    return results


def measure(peers, quick):
    """All programs that are installed, on the peers that are libffis."""
    peers = [peer for peer in peers if peer.is_libffi]
    results = []
    with tempfile.TemporaryDirectory() as top:
        directories = [f"{top}/{peer.name}" for peer in peers]
        for peer, directory in zip(peers, directories):
            os.mkdir(directory)
            os.symlink(os.path.realpath(peer.path), f"{directory}/libffi.so.8")
        for row in PROGRAMS:
            if shutil.which(row[1][0]):
                results += measure_one(row, peers, directories, quick)
    return results


def table(data):
    """The results as Markdown, or an empty text."""
    results = report.Results(data)
    peers = [p for p in results.peers()
             if any(results.get("programs", c, p, "s") for c in results.cases("programs"))]
    rows = [["program", *(f"{peer}, s" for peer in peers),
             *(f"{peers[0]} / {peer}" for peer in peers[1:])]] if peers else []
    for case in results.cases("programs"):
        figures = [results.get("programs", case, peer, "s") for peer in peers]
        rows.append([case] + [results.trouble("programs", case, peer)
                              or report.show(figure, "{:.2f}")
                              for peer, figure in zip(peers, figures)]
                    + [report.show(figures[0] / figure if figure and figures[0] else None,
                                   "{:.2f}") for figure in figures[1:]])
    return report.table(rows) if len(rows) > 1 else ""
