# SPDX-License-Identifier: MIT
"""The results as Markdown tables."""
import math

TITLES = {
    "closure": "Closure call",
    "call": "`ffi_call`",
    "plan": "Call plan",
    "prep": "`ffi_prep_cif`",
    "prep+call": "`ffi_prep_cif` and one `ffi_call`",
    "alloc+prep+free": "A closure's life without a call",
}

# Figures of libraries: group, case, key, label, format.
ROWS = {
    "Many closures at once": [
        ("bulk", None, "alloc_ns", "allocate, ns each", "{:.1f}"),
        ("bulk", None, "prep_ns", "prepare, ns each", "{:.1f}"),
        ("bulk", None, "free_ns", "free in random order, ns each", "{:.1f}"),
        ("bulk", None, "again_ns", "allocate after random frees, ns each", "{:.1f}"),
        ("bulk", None, "bytes", "resident bytes each", "{:.1f}"),
        ("bulk", None, "mappings", "mappings per 1,000", "{:.2f}"),
        ("bulk", None, "left_mb", "resident after freeing all, MB", "{:.1f}"),
        ("largest", None, "count", "most closures", "{:,.0f}"),
    ],
    "Closures of several threads: each replaces its oldest": [
        *(row for live in ("1", "64", "192", "1000") for row in (
            ("threads", f"replace {live}", "one_ns", f"one thread, {live} live, ns", "{:.1f}"),
            ("threads", f"replace {live}", "scaling", f"two threads, {live} live: "
             "times the work of one", "{:.2f}"))),
        ("threads", "crowd", "all_ns", "200 threads, 3 live each, ns", "{:.1f}"),
        ("threads", "come and go", "all_ns", "a thread for every 40 closures, ns each",
         "{:.1f}"),
        ("threads", "freed by another", "all_ns", "freed by another thread, ns", "{:.1f}"),
        ("threads", "C calls", "scaling", "two threads that call a C function", "{:.2f}"),
    ],
    "Start and size": [
        ("syscalls", None, "load", "system calls of dlopen", "{:.0f}"),
        ("syscalls", None, "closure", "system calls of the first closure", "{:.0f}"),
        ("syscalls", None, "call", "system calls of the first call", "{:.0f}"),
        ("dlopen", None, "ns", "dlopen, ns", "{:,.0f}"),
        ("memory", None, "kib", "resident memory of a process with one closure, KiB", "{:,.0f}"),
        ("file", None, "relocations", "relocations", "{:.0f}"),
        ("file", None, "code", "text without the table, bytes", "{:,.0f}"),
    ],
    "Python's ctypes, processor seconds of the whole process": [
        ("ctypes", "callbacks", "s", "sort with a Python comparator", "{:.3f}"),
        ("ctypes", "calls", "s", "calls of small C functions", "{:.3f}"),
    ],
}


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


class Results:
    """All results, to be asked for by name."""

    def __init__(self, results):
        self.by_name = {}
        for result in results:
            name = (result["group"], result.get("case"), result["peer"])
            self.by_name.setdefault(name, {}).update(result)
        for (group, _, _), result in self.by_name.items():
            if group == "file":
                result["code"] = result["text"] - result["table"]

    def peers(self):
        return list(dict.fromkeys(peer for _, _, peer in self.by_name))

    def cases(self, group):
        return list(dict.fromkeys(case for g, case, _ in self.by_name if g == group))

    def get(self, group, case, peer, key):
        """A figure, or None."""
        return self.by_name.get((group, case, peer), {}).get(key)

    def trouble(self, group, case, peer):
        return self.by_name.get((group, case, peer), {}).get("trouble")

    def against(self, group, case, peer, key="ns"):
        """How many times the first peer's figure is PEER's.  Times are
        compared round by round, other figures as they are."""
        if key == "ns" and self.get(group, case, peer, "ratio") is not None:
            return self.get(group, case, peer, "ratio")
        other = self.get(group, case, peer, key)
        this = self.get(group, case, self.peers()[0], key)
        return other / this if other is not None and this else None

    def mean_against(self, group, peer, key="ns"):
        ratios = [self.against(group, case, peer, key) for case in self.cases(group)]
        return geometric_mean([r for r in ratios if r])


def table(rows):
    """ROWS as a Markdown table with aligned columns; the first is the header."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                               for i, (cell, w) in enumerate(zip(row, widths))) + " |"
             for row in rows]
    rule = ["-" * widths[0]] + ["-" * (w - 1) + ":" for w in widths[1:]]
    return "\n".join([lines[0], "| " + " | ".join(rule) + " |"] + lines[1:]) + "\n"


def show(value, form):
    return form.format(value) if value is not None else ""


def measured(results, group):
    """What the results of a group are: ns, or instructions only."""
    timed = any(results.get(group, c, p, "ns") for c in results.cases(group)
                for p in results.peers())
    return "ns" if timed else "instructions"


def group_table(results, group):
    """Times of each peer, the ratios to the first and its instructions; if nothing was
    timed, instructions and their ratios."""
    key = measured(results, group)
    peers = results.peers()
    this, others = peers[0], peers[1:]
    columns = [p for p in peers if any(results.get(group, c, p, key)
                                       for c in results.cases(group))]
    others = [p for p in others if p in columns and p != "near floor"]
    counted = key == "ns" and any(results.get(group, c, this, "instructions")
                                  for c in results.cases(group))
    times = "× as fast as {}" if key == "ns" else "{} is × this library"
    header = ["signature"] + columns + [f"{this} is × {p}" if p == "floor" else
                                        times.format(p) for p in others]
    if counted:
        header += [f"instr. {p}" for p in [this] + others]
    rows = [header]
    for case in results.cases(group):
        row = [f"`{case}`"]
        row += [results.trouble(group, case, p)
                or show(results.get(group, case, p, key), "{:.1f}" if key == "ns" else "{:.0f}")
                for p in columns]
        for p in others:
            ratio = results.against(group, case, p, key)
            row.append(show(1 / ratio if ratio and p == "floor" else ratio, "{:.2f}"))
        if counted:
            row += [show(results.get(group, case, p, "instructions"), "{:.0f}")
                    for p in [this] + others]
        rows.append(row)
    if len(rows) > 2 and this in columns:
        row = ["geometric mean"] + [""] * len(columns)
        for p in others:
            ratio = results.mean_against(group, p, key)
            row.append(show(1 / ratio if ratio and p == "floor" else ratio, "{:.2f}"))
        rows.append(row + [""] * (len(header) - len(row)))
    return table(rows)


def figure_table(results, wanted):
    peers = [p for p in results.peers()
             if any(results.get(g, c, p, k) is not None for g, c, k, _, _ in wanted)]
    rows = [[""] + peers]
    for group, case, key, label, form in wanted:
        row = [label]
        for peer in peers:
            cell = results.trouble(group, case, peer) or show(
                results.get(group, case, peer, key), form)
            if group == "largest" and cell and results.get(group, case, peer, "end") in (
                    "limit", "time"):
                cell = "≥ " + cell
            row.append(cell)
        rows.append(row)
    return table(rows)


def markdown(about, results):
    results = Results(results)
    parts = [about + "\n"]
    for group, title in TITLES.items():
        if results.cases(group):
            parts += [f"### {title}, {measured(results, group)}\n",
                      group_table(results, group)]
    for title, wanted in ROWS.items():
        if any(results.cases(group) for group, *_ in wanted):
            parts += [f"### {title}\n", figure_table(results, wanted)]
    return "\n".join(parts)
