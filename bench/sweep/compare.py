# SPDX-License-Identifier: MIT
"""What the figures of a sweep say: ratios, their distribution, the worst signatures."""
import math


class Comparison:
    """THIS over OTHER, each {operation: how often}.  INSTEAD is what is compared with where
    a peer lacks OTHER; OWN: compared with the same library."""

    def __init__(self, name, title, this, other=None, *, instead=None, own=False):
        self.name, self.title, self.this, self.other = name, title, this, other or this
        self.instead, self.own = instead, own

    def ratio(self, figures, number, this, peer):
        """This library's over PEER's for the signature NUMBER, or None."""
        a = total(figures, number, this, self.this)
        b = total(figures, number, this if self.own else peer, self.other)
        if b is None and self.instead:
            b = total(figures, number, peer, self.instead)
        return a / b if a and b else None


def total(figures, number, peer, operations):
    """The sum of PEER's figures for OPERATIONS, or None if it has not all."""
    rows = [(figures.get((number, name), {}).get(peer), times)
            for name, times in operations.items()]
    if any(not isinstance(figure, float) or figure <= 0 for figure, _ in rows):
        return None
    return sum(figure * times for figure, times in rows)


COMPARISONS = [
    Comparison("call", "`ffi_call`", {"call": 1}),
    Comparison("plan", "call plan, or the peer's `ffi_call`", {"plan": 1},
               instead={"call": 1}),
    Comparison("plan/call", "call plan / its own `ffi_call`", {"plan": 1}, {"call": 1},
               own=True),
    Comparison("closure", "closure call", {"closure": 1}),
    Comparison("prep", "`ffi_prep_cif`", {"prep": 1}),
    Comparison("prep_closure", "`ffi_prep_closure_loc`", {"prep_closure": 1}),
    Comparison("prep_closure, 3 closure", "the sum of that and three closure calls",
               {"prep_closure": 1, "closure": 3}),
    Comparison("prep_closure+3", "prepared and called three times, again and again",
               {"prep_closure+3": 1}),
]


def quantile(pairs, part):
    """The value below which PART of the weight of (value, weight) PAIRS lies."""
    left = part * sum(weight for _, weight in pairs)
    for value, weight in sorted(pairs):
        left -= weight
        if left <= 0:
            return value
    return max(pairs)[0]


def distribution(pairs):
    """What the tables and the chart show of (ratio, weight) PAIRS."""
    weights = sum(weight for _, weight in pairs)
    mean = math.exp(sum(math.log(v) * weight for v, weight in pairs) / weights)
    parts = {f"p{part}": quantile(pairs, part / 100) for part in (1, 10, 50, 90, 99)}
    return {"n": len(pairs), "mean": mean, "least": min(pairs)[0], **parts,
            "worst": max(pairs)[0], "slower": sum(value > 1 for value, _ in pairs)}


def distributions(cases, figures, this, peers, unit):
    """Results of every set of CASES, comparison and peer."""
    results = []
    for name in dict.fromkeys(case.set for case in cases):
        for comparison in COMPARISONS:
            for peer in [this] if comparison.own else peers:
                pairs = []
                for number, case in enumerate(cases):
                    ratio = comparison.ratio(figures, number, this, peer)
                    if case.set == name and ratio:
                        pairs.append((ratio, case.weight))
                if pairs:
                    results.append({"group": f"sweep {name} {unit}", "peer": peer,
                                    "case": comparison.name, **distribution(pairs)})
    return results


def troubles(cases, figures):
    """(text, operation, peer, word) of every figure that is wrong or a crash."""
    return [(cases[number].text, operation, peer, figure)
            for (number, operation), row in figures.items()
            for peer, figure in row.items() if figure in ("wrong", "crash")]


def worst(cases, figures, this, peer, comparison, count):
    """The COUNT numbers of CASES with the highest ratios."""
    ratios = {number: comparison.ratio(figures, number, this, peer)
              for number in range(len(cases))}
    numbers = [number for number, ratio in ratios.items() if ratio]
    return sorted(numbers, key=ratios.get, reverse=True)[:count]
