# SPDX-License-Identifier: MIT
"""What the library sets out to reach, and whether a run shows it.

Some goals are in terms of libffi 3.8.0.  Where no such peer was given, the
distro's 3.4.4 stands for it with the factor by which 3.8.0 was faster when both
were measured."""
import report
from sweep.compare import COMPARISONS

# How much slower than 3.8.0 the distro's 3.4.4 is: closures, calls.
CLOSURES, CALLS = 1.1, 1.24


class Goals:
    """Collects the rows of the table."""

    def __init__(self, results):
        self.results = report.Results(results)
        self.rows = [["goal", "limit", "measured", ""]]
        self.this = self.results.peers()[0]
        self.best = "3.8.0" if "3.8.0" in self.results.peers() else "distro"

    def factor(self, stand_in):
        return 1 if self.best == "3.8.0" else stand_in

    def add(self, label, limit, value, at_least=False, form="{:.2f}"):
        if value is None:
            self.rows.append([label, form.format(limit), "", "?"])
            return
        # A figure that is shown as the limit meets it: no hair's breadths.
        shown = float(form.format(value).replace(",", ""))
        met = shown >= limit if at_least else shown <= limit
        self.rows.append([label, ("≥ " if at_least else "≤ ") + form.format(limit),
                          form.format(value), "yes" if met else "**no**"])

    def figure(self, label, group, key, limit, at_least=False, form="{:.1f}"):
        self.add(label, limit, self.results.get(group, None, self.this, key), at_least, form)

    def worst(self, label, group, peer, limit, key="ns", only=lambda case: True):
        """The worst of the cases of a group, this library's as a multiple of PEER's."""
        ratios = {}
        for case in filter(only, self.results.cases(group)):
            against = self.results.against(group, case, peer, key)
            if against:
                ratios[case] = 1 / against
        worst = max(ratios, key=ratios.get, default=None)
        missed = sum(r > limit for r in ratios.values())
        detail = f", `{worst}`" if worst else ""
        if missed:
            detail += f" (missed by {missed} of {len(ratios)})"
        self.add(label + ", worst" + detail, limit, ratios.get(worst))

    def fewer(self, label, group, limit, only):
        """Each case in at most LIMIT of the distro's instructions, without those of a
        direct call of the function."""
        def own(case, peer):
            return (self.results.get(group, case, peer, "instructions")
                    - self.results.get("direct", case, "floor", "instructions"))

        ratios = {case: own(case, self.this) / own(case, "distro")
                  for case in filter(only, self.results.cases(group))
                  if not self.results.trouble(group, case, "distro")}
        worst = max(ratios, key=ratios.get)
        missed = sum(r > limit for r in ratios.values())
        self.add(f"{label}, instructions / distro without a direct call's, worst, "
                 f"`{worst}`" + (f" (missed by {missed} of {len(ratios)})" if missed else ""),
                 limit, ratios[worst])

    def faster(self, label, group, limit):
        self.add(f"{label}, times as fast as {self.best}, geometric mean", limit,
                 self.results.mean_against(group, self.best), at_least=True)


def emulated(goals):
    """Where only instructions are counted."""
    def scalars(case):
        return "{" not in case

    goals.fewer("closure call of scalars", "closure", 1 / 3, scalars)
    goals.fewer("closure call of 16-byte structs", "closure", 1 / 3,
                lambda case: not scalars(case))
    goals.fewer("`ffi_call`", "call", 1 / 2, lambda case: True)
    goals.fewer("prep plus one call of scalars", "prep+call", 1, scalars)


def i386(goals):
    """What i386 is to reach in place of x86-64's ratios."""
    def convention(case):
        return " int(int x " in case

    cases = list(filter(convention, goals.results.cases("closure")))
    times = {case: goals.results.get("closure", case, goals.this, "ns") for case in cases}
    slowest = max(cases, key=lambda case: times[case] or 0)
    goals.add(f"closure call of each convention, ns, worst, `{slowest}`", 5, times[slowest],
              form="{:.1f}")
    goals.faster("closure call", "closure", 2 * goals.factor(CLOSURES))
    goals.worst(f"`ffi_call` / {goals.best}", "call", goals.best,
                1 / (2 * goals.factor(CALLS)))
    goals.worst("`ffi_prep_cif` / distro", "prep", "distro", 1)


def x86_64(goals):
    goals.faster("closure call", "closure", 4 * goals.factor(CLOSURES))
    goals.worst("closure call / floor, time", "closure", "floor", 1.3)
    goals.worst("closure call / floor, instructions", "closure", "floor", 1.5,
                "instructions")
    goals.faster("`ffi_call`", "call", 4 * goals.factor(CALLS))
    goals.worst("`ffi_call` of scalars / floor", "call", "floor", 2,
                only=lambda case: "{" not in case)
    goals.worst("call plan / floor", "plan", "floor", 1.3)
    goals.worst("`ffi_prep_cif` / distro", "prep", "distro", 1)
    goals.faster("prep plus one call", "prep+call", 2 * goals.factor(CALLS))


def threads(goals):
    def get(case, key, peer=goals.this):
        return goals.results.get("threads", case, peer, key)

    for live in (1, 64, 192, 1000):
        goals.add(f"two threads that replace {live} against one", 1.9,
                  get(f"replace {live}", "scaling"), at_least=True)
    one, many = get("replace 1", "one_ns"), get("replace 64", "one_ns")
    goals.add("one thread that replaces 64 / 1", 1.3, many / one if one and many else None)
    for case in ("crowd", "come and go", "freed by another"):
        this, distro = get(case, "all_ns"), get(case, "all_ns", "distro")
        goals.add(f"threads, {case} / distro", 1, this / distro if this and distro else None)


def native(goals, slot):
    """What any machine is to reach on which things are timed."""
    life = goals.results.get("alloc+prep+free", "int(int)", goals.this, "ns")
    goals.add("alloc+prep+free, ns", 11, life, form="{:.1f}")
    goals.figure("a million closures: allocate, ns each", "bulk", "alloc_ns", 50)
    goals.figure("free in random order, ns each", "bulk", "free_ns", 30)
    first = goals.results.get("bulk", None, goals.this, "alloc_ns")
    again = goals.results.get("bulk", None, goals.this, "again_ns")
    goals.add("allocate after random frees / first", 3, again / first if again else None)
    # A slot and its share of a table's code and bits.
    goals.figure("resident bytes each", "bulk", "bytes", slot + 2)
    goals.figure("mappings per 1,000", "bulk", "mappings", 2)
    goals.figure("resident after freeing all, MB", "bulk", "left_mb", 2)
    goals.figure("most closures", "largest", "count", 20000000, True, "{:,.0f}")
    threads(goals)
    goals.figure("first closure, system calls", "syscalls", "closure", 0, form="{:.0f}")
    dlopen = goals.results.against("dlopen", None, "distro")
    goals.add("dlopen / distro", 1, 1 / dlopen if dlopen else None)
    memory = goals.results.against("memory", None, "distro", "kib")
    goals.add("resident memory with one closure / distro", 1, 1 / memory if memory else None)
    goals.figure("relocations", "file", "relocations", 20, form="{:.0f}")
    goals.figure("text without the table, bytes", "file", "code", 60 * 1024, form="{:,.0f}")


# What the sweep's mean and worst ratios to the distro's are to be: the set of signatures, the
# comparison, mean, worst.
SWEEP = {
    "x86_64": ("ns", [
        ("random", "call", 0.35, 1), ("random", "closure", 0.17, 0.8),
        ("random", "prep", 0.6, 1), ("random", "prep_closure, 3 closure", None, 1),
        ("random", "plan/call", 0.6, 1), ("gobject", "call", 0.2, 0.5),
        ("gobject", "closure", 0.18, 0.6), ("gobject", "plan/call", None, 1)]),
    "i386": ("ns", [
        ("random", "call", 0.5, 1), ("random", "closure", 0.4, 1),
        ("random", "prep_closure", 1.5, 4), ("random", "prep_closure, 3 closure", 0.6, 1),
        ("random", "plan/call", 0.6, 1)]),
    None: ("instructions", [
        ("random", "call", 1 / 3, 1), ("random", "closure", 1 / 4, 1),
        ("random", "plan/call", 0.6, 1)]),
}


def sweep(goals, machine):
    unit, wanted = SWEEP.get(machine, SWEEP[None])
    titles = {comparison.name: comparison.title for comparison in COMPARISONS}
    for name, case, mean, worst in wanted:
        group = f"sweep {name} {unit}"
        peer = goals.this if case == "plan/call" else "distro"
        label = f"sweep, {name}: {titles[case]}"
        for key, limit in (("mean", mean), ("worst", worst)):
            value = goals.results.get(group, case, peer, key)
            if limit and value:
                goals.add(f"{label}, {key}", limit, value)


def markdown(results, machine):
    goals = Goals(results)
    measured = report.Results(results)
    if machine in SWEEP:
        if measured.cases("closure"):
            (i386 if machine == "i386" else x86_64)(goals)
        if measured.cases("bulk"):
            native(goals, slot=32 if machine == "i386" else 64)
    elif measured.cases("direct"):
        emulated(goals)
    sweep(goals, machine)
    return report.table(goals.rows)
