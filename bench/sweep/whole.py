# SPDX-License-Identifier: MIT
"""The sweep as a whole: draw, measure, compare, minimise."""
import os

from sweep import compare, draw, minimise, running

WORST = 10


class Plan:
    """How much is done: COUNT random signatures of SEED, GOBJECT of its file's (None: all),
    or those given as TEXTS; ROUNDS processes; which OPERATIONS (empty: all)."""

    def __init__(self, *, seed=1, count=250, gobject=None, texts=(), rounds=7,
                 operations=(), minimised=True):
        self.seed, self.count, self.gobject, self.texts = seed, count, gobject, texts
        self.rounds, self.operations, self.minimised = rounds, operations, minimised

    def cases(self, target):
        if self.texts:
            return [draw.given_case(target, text) for text in self.texts]
        return (draw.random_cases(target, self.seed, self.count)
                + draw.gobject_cases(target, self.gobject))


def figures_of(cases, figures, unit):
    """Results: every figure as it is, for those who look closer."""
    return [{"group": "sweep figures", "case": cases[number].text, "operation": operation,
             "unit": unit, "peer": "all", "figures": row}
            for (number, operation), row in figures.items()]


def measure(plan, machine, peers, includes, ffcall, plugin, directory):
    """Results of a sweep by PLAN.  PEERS are measure.Peer, the first of which is this library; its
    times and counts are compared with each other one's."""
    names = [peer.name for peer in peers]
    this, others = names[0], names[1:]
    target = draw.target_of(machine)
    if target is None:
        return []
    cases = plan.cases(target)
    sweep = running.Sweep(machine, [peer.spec() for peer in peers], includes, ffcall)
    path = sweep.build(os.path.join(directory, "sweep"), [case.signature for case in cases])
    results = [{"group": "sweep", "case": "drawn", "peer": this, "seed": plan.seed,
                "n": len(cases)}]

    def add(figures, unit):
        results.extend(compare.distributions(cases, figures, this, others, unit))
        if plan.texts:
            results.extend(figures_of(cases, figures, unit))
        for text, operation, peer, word in compare.troubles(cases, figures):
            results.append({"group": "sweep trouble", "case": f"{operation} {text}",
                            "peer": peer, "trouble": word})
        return figures

    figures, measured = None, None
    counter = plugin if machine.counting(plugin, "") else None
    if counter:
        figures = add(sweep.measure(path, 1, plan.operations, counter), "instructions")
    if not machine.emulator:
        figures, counter = add(sweep.measure(path, plan.rounds, plan.operations), "ns"), None
    if plan.minimised:
        def measured(signatures, operations):
            small = sweep.build(os.path.join(directory, "sweep-small"), signatures)
            return sweep.measure(small, 2, operations, counter)
    if others and not plan.texts:
        results += minimise.worst(cases, figures, target, measured, this, others[0], WORST)
    return results
