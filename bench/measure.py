# SPDX-License-Identifier: MIT
"""Build the benchmark programs and run them; every function returns a list of
results, each a dict with "group", "peer" and figures."""
import collections
import glob
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = ("main signatures conventions floor peers jobs timing machine"
           " alloc threads").split()
PYTHON = "/usr/bin/python3"


NEAR = "near floor"  # the same code as the floor, in the program
FLOORS = ["floor", NEAR]


class Peer:
    """A libffi or floor at PATH, or a peer that is built into the program."""

    def __init__(self, name, path=None):
        self.name, self.path = name, path
        self.is_libffi = path is not None and name not in FLOORS

    def spec(self):
        return f"{self.name}={self.path}" if self.path else self.name


def run(command, **keywords):
    return subprocess.run(command, check=True, text=True,
                          stdout=subprocess.PIPE, **keywords).stdout


def json_lines(command):
    return [json.loads(line) for line in run(command).splitlines()]


def build(directory, includes, machine):
    """The programs for MACHINE, in DIRECTORY; returns whether libffcall is in them."""
    flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra"]
    # The floor is tightest with scalar stores, and no function's time should
    # depend on where in a cache line it lands.
    flags += ["-falign-functions=64", "-falign-loops=32", "-fno-tree-slp-vectorize"]
    flags += ["-I" + d for d in includes]
    compiler = machine.compiler

    def compile_program(name, sources, libraries):
        sources = [os.path.join(HERE, s + ".c") for s in sources]
        subprocess.run([*compiler, *flags, "-o", os.path.join(directory, name), *sources,
                        *libraries], check=True)

    probe = "#include <avcall.h>\n#include <callback.h>\nint main (void) { return 0; }\n"
    ffcall = subprocess.run(
        [*compiler, "-x", "c", "-", "-o", os.path.join(directory, "probe"), "-lcallback",
         "-lavcall"],
        input=probe, text=True, stderr=subprocess.DEVNULL, check=False).returncode == 0
    compile_program("bench", SOURCES + ["ffcall" if ffcall else "ffcall_none"],
                    ["-pthread", "-ldl"] + ["-lcallback", "-lavcall"] * ffcall)
    subprocess.run(["cc", *flags, "-shared", "-fPIC", "-o", plugin(directory),
                    os.path.join(HERE, "count_plugin.c")], check=True)
    if not machine.emulator:
        compile_program("startup", ["startup"], ["-ldl"])
    if not machine.architecture:
        compile_program("floor.so", ["floor"], ["-fPIC", "-shared"])
    return ffcall


def plugin(directory):
    return os.path.join(os.path.abspath(directory), "count.so")


def merge(results, key):
    """One result for each KEY: the median of each figure.  Where the machine was
    calibrated, only the half of the runs in which it was quietest counts."""
    merged = collections.OrderedDict()
    for result in results:
        merged.setdefault(tuple(result.get(k) for k in key), []).append(result)
    out = []
    for group in merged.values():
        one = dict(group[0])
        for result in group:
            if "trouble" in result:
                one = result
        group = sorted(group, key=lambda r: r.get("calibration", 0))
        if "calibration" in one:
            group = group[:(len(group) + 1) // 2]
        if "trouble" not in one:
            for name, value in one.items():
                if isinstance(value, (int, float)):
                    one[name] = statistics.median(r[name] for r in group if name in r)
        out.append(one)
    return out


def times(directory, peers, quick):
    """Several processes, as a time also depends on where the loader puts things."""
    command = [directory + "/bench", "--quick" if quick else "--time"]
    command += [p.spec() for p in peers]
    results = []
    for _ in range(1 if quick else 9):
        results += json_lines(command)
    return merge(results, ("group", "case", "peer"))


def with_instructions(cases, totals):
    """CASES, each with its instructions per operation; TOTALS are counts of
    instructions at all calls of bench_mark."""
    totals = iter(totals)
    for case in cases:
        if "n" in case:
            # The calls are before the case, after N operations, after 2 N more.
            begin, once, thrice = next(totals), next(totals), next(totals)
            case["instructions"] = (thrice - 2 * once + begin) / case.pop("n")
    return cases


def emulated(directory, peers, machine):
    """Instructions per operation, counted by the emulator."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as log:
        cases = json_lines([*machine.counting(plugin(directory), log.name),
                            directory + "/bench", "--count", *(p.spec() for p in peers)])
        return with_instructions(cases, map(int, log))


def instructions(directory, peers):
    """Instructions per operation, counted by callgrind."""
    if shutil.which("valgrind") is None:
        return []
    with tempfile.TemporaryDirectory() as dumps:
        command = ["valgrind", "-q", "--tool=callgrind", "--dump-before=bench_mark",
                   f"--callgrind-out-file={dumps}/%p", directory + "/bench", "--count"]
        # The checks are made in child processes, which dump under their own pids.
        with subprocess.Popen(command + [p.spec() for p in peers], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            cases = [json.loads(line) for line in child.stdout]
        totals = {}
        for path in glob.glob(f"{dumps}/{child.pid}.*"):
            with open(path, encoding="ascii", errors="replace") as file:
                totals[int(path.rsplit(".", 1)[1])] = int(
                    re.search(r"^totals: (\d+)", file.read(), re.M).group(1))
    # A dump has what was executed since the one before, which has the number below.
    return with_instructions(cases, itertools.accumulate(
        totals[number] for number in sorted(totals)))


def many(directory, peers, quick):
    """A process for each figure of each peer, the peers taking turns."""
    count, limit, rounds = (100000, 1000000, 1) if quick else (1000000, 20000000, 7)
    results = []
    peers = [p for p in peers if p.name not in FLOORS]
    for _ in range(rounds):
        for peer in peers:
            results += json_lines([f"{directory}/bench", f"--bulk={count}", peer.spec()])
    for peer in peers:
        with open(os.devnull, "wb") as null:
            results += json.loads("[" + run(
                [f"{directory}/bench", f"--largest={limit}", peer.spec()], stderr=null) + "]")
    mode = "--quick-threads" if quick else "--threads"
    for _ in range(1 if quick else 5):
        results += json_lines([directory + "/bench", mode, *(p.spec() for p in peers)])
    return merge(results, ("group", "case", "peer"))


def startup(directory, peers):
    specs = [p.spec() for p in peers if p.is_libffi]
    return (json_lines([directory + "/startup", "syscalls", *specs])
            + json_lines([directory + "/startup", "dlopen", *specs])
            + json_lines([directory + "/startup", "memory", *specs]))


# Sections of the code that is there once per trampoline, and of the room for more: the name,
# and the size behind the type, the address and the offset.
TABLE = re.compile(r"\.(?:trampolines|ffi_tables|ffi_tables_head) +\w+ +\w+ +\w+ +(\w+)")


def files(peers):
    """What the file of each library holds."""
    results = []
    for peer in peers:
        if not peer.is_libffi:
            continue
        relocations = len(re.findall(r"\bR_\w+", run(["readelf", "-rW", peer.path])))
        fields = run(["size", peer.path]).splitlines()[1].split()
        sections = run(["readelf", "-SW", peer.path])
        table = sum(int(size, 16) for size in TABLE.findall(sections))
        results.append({"group": "file", "peer": peer.name, "relocations": relocations,
                        "text": int(fields[0]), "table": table})
    return results


def python_time(script, count, library, directory):
    """Processor seconds of a whole Python process on LIBRARY."""
    environment = dict(os.environ, LD_LIBRARY_PATH=directory, BENCH_LIBFFI=library)
    child = subprocess.Popen([PYTHON, "-I", "-B", os.path.join(HERE, script), str(count)],
                             env=environment, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime if child.returncode == 0 else None


def python(peers, quick):
    """The ctypes scripts on each library, which takes its turn."""
    scripts = {"callbacks": ("programs/ctypes_sort.py", 3000 if quick else 60000),
               "calls": ("programs/ctypes_calls.py", 10000 if quick else 250000)}
    libraries = [p for p in peers if p.is_libffi]
    results = []
    with tempfile.TemporaryDirectory() as top:
        for peer in libraries:
            os.mkdir(f"{top}/{peer.name}")
            os.symlink(os.path.realpath(peer.path), f"{top}/{peer.name}/libffi.so.8")
        for case, (script, count) in scripts.items():
            for _ in range(1 if quick else 9):
                for peer in libraries:
                    result = {"group": "ctypes", "case": case, "peer": peer.name}
                    seconds = python_time(script, count, peer.path, f"{top}/{peer.name}")
                    result |= {"trouble": "wrong"} if seconds is None else {"s": seconds}
                    results.append(result)
    return merge(results, ("group", "case", "peer"))
