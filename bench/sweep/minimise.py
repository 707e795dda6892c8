# SPDX-License-Identifier: MIT
"""Makes the worst signatures small: each step tries simpler ones and keeps the simplest
that is nearly as bad."""
from signatures import simpler_signatures

from sweep import compare

NEARLY = 0.9
STEPS = 8
CANDIDATES = 12  # for each signature in each step


class Search:
    """One of the worst signatures by a COMPARISON; RATIO is what it had."""

    def __init__(self, comparison, signature, ratio):
        self.comparison, self.first, self.ratio = comparison, signature, ratio
        self.signature, self.refused, self.done = signature, set(), False

    def candidates(self, target):
        out = [s for s in simpler_signatures(self.signature, target)
               if str(s) not in self.refused and "{}" not in str(s)]
        return out[:CANDIDATES]

    def take(self, ratios):
        """RATIOS: (candidate, ratio), the simplest first."""
        for candidate, ratio in ratios:
            if ratio and ratio >= NEARLY * self.ratio:
                self.signature = candidate
                return
            self.refused.add(str(candidate))
        self.done = not ratios


def minimise(searches, target, measure, this, peer):
    """Do all SEARCHES at once; MEASURE gives the figures of some signatures and
    operations."""
    for _ in range(STEPS):
        active = [search for search in searches if not search.done]
        tried = {search: search.candidates(target) for search in active}
        numbers, signatures = {}, []
        for candidate in (c for tries in tried.values() for c in tries):
            if str(candidate) not in numbers:
                numbers[str(candidate)] = len(signatures)
                signatures.append(candidate)
        if not signatures:
            return
        operations = {name for search in active for part in
                      (search.comparison.this, search.comparison.other,
                       search.comparison.instead or {}) for name in part}
        figures = measure(signatures, operations)
        for search, tries in tried.items():
            search.take([(c, search.comparison.ratio(figures, numbers[str(c)], this, peer))
                         for c in tries])


def worst(cases, figures, target, measure, this, peer, count):
    """Results: the COUNT worst of CASES by each comparison, minimised, against PEER."""
    searches = []
    for comparison in compare.COMPARISONS:
        for number in compare.worst(cases, figures, this, peer, comparison, count):
            searches.append(Search(comparison, cases[number].signature,
                                   comparison.ratio(figures, number, this, peer)))
    if measure:
        minimise(searches, target, measure, this, peer)
    return [{"group": "sweep worst", "case": search.comparison.name, "peer": peer,
             "ratio": search.ratio, "signature": text(search.first),
             "minimised": text(search.signature)} for search in searches]


def text(signature):
    return str(signature).split(" ", 1)[1]
