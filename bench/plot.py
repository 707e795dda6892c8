# SPDX-License-Identifier: MIT
"""The results as a chart: horizontal bars grouped by signature, as SVG that is
readable on light and dark pages."""
from html import escape
import math

import report
from sweep.compare import COMPARISONS

# Two columns; LEFT is for the labels of a column, RIGHT for the longest bar's value.
COLUMN, LEFT, RIGHT = 470, 170, 48
WIDTH = 2 * COLUMN
BAR, GAP, GROUP_GAP = 9, 2, 10

# A fixed colour for each peer, in drawing order.
COLOURS = {"floor": "#8a94a3", "this": "#1f9d6b", "this plan": "#74c69d",
           "distro": "#d9822b", "libffcall": "#7a6fd0"}
# What the legend calls them, if not by their own name.
NAMES = {"floor": "floor: written by hand", "this": "this library",
         "this plan": "its call plan", "distro": "the distribution's libffi",
         "libffcall": "GNU libffcall"}
OTHERS = ["#c2556b", "#3d87c9", "#9a7b4f"]

STYLE = """
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .value { font-size: 10px; fill: #59636e }
  .note { font-size: 11px; fill: #59636e }
  .page { fill: #ffffff; stroke: #d1d9e0 }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .one { stroke: #d9822b; stroke-width: 1.5; stroke-dasharray: 3 2 }
  .mean { stroke: #1f2328; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .value, .note { fill: #9198a1 }
    .page { fill: #0d1117; stroke: #3d444d }
    .grid { stroke: #3d444d }
    .mean { stroke: #e6edf3 }
  }
"""


class Chart:
    """Collects SVG elements; a panel goes below the last one in its column."""

    def __init__(self, peers):
        self.bottom = [44, 44]
        self.parts = []
        spare = iter(OTHERS)
        self.colours = {p: COLOURS.get(p) or next(spare, "#888888") for p in peers}

    def text(self, x, y, text, kind="", anchor="start"):
        kind = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>'
                          f"{escape(text)}</text>")

    def box(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                          f'height="{height}" rx="2" fill="{colour}"/>')

    def legend(self):
        x = 16
        for peer, colour in self.colours.items():
            self.box(x, 18, 11, 11, colour)
            name = NAMES.get(peer, peer)
            self.text(x + 16, 28, name)
            x += 38 + 7 * len(name)

    def bar(self, x, y, scale, peer, value):
        """VALUE may be a word that stands in for a figure."""
        width = max(value * scale, 1) if isinstance(value, float) else 0
        if width:
            self.box(x, y, width, BAR, self.colours[peer])
        shown = f"{value:.1f}" if isinstance(value, float) else value
        self.text(x + width + 5, y + BAR - 1, shown, "value")

    def panel(self, column, title, rows):
        """ROWS: (label, [(peer, value or word)])."""
        left, y = column * COLUMN, self.bottom[column] + 20
        self.text(left + 16, y, title, "title")
        y += 12
        top, x = y, left + LEFT
        values = [v for _, bars in rows for _, v in bars if isinstance(v, float)]
        scale = (COLUMN - LEFT - RIGHT) / max(values, default=1)
        for label, bars in rows:
            self.text(x - 10, y + len(bars) * (BAR + GAP) / 2 + 3, label, anchor="end")
            for peer, value in bars:
                self.bar(x, y, scale, peer, value)
                y += BAR + GAP
            y += GROUP_GAP
        self.parts.append(f'<path class="grid" d="M{x - 1} {top - 3}V{y - GROUP_GAP + 3}"/>')
        self.bottom[column] = y

    def spread(self, column, title, rows, limits):
        """Distributions of ratios on a logarithmic axis: ROWS are (label, distribution).
        Thin: 1 % to 99 %; thick: 10 % to 90 %; the mark is the mean.  LIMITS are powers of
        two."""
        left, y = column * COLUMN + LEFT, self.bottom[column] + 20
        self.text(column * COLUMN + 16, y, title, "title")
        width, (low, high) = COLUMN - LEFT - RIGHT, limits

        def at(ratio):
            return left + (math.log2(ratio) - low) / (high - low) * width

        y += 22
        for power in range(low, high + 1):
            self.text(at(2 ** power), y, f"{2 ** power}" if power >= 0 else f"1/{2 ** -power}",
                      "value", "middle")
        top, y = y + 6, y + 16
        for label, d in rows:
            self.text(left - 10, y + 4, label, anchor="end")
            for first, last, thick in (("p1", "p99", 2), ("p10", "p90", BAR)):
                self.box(at(d[first]), y - thick / 2, max(at(d[last]) - at(d[first]), 2), thick,
                         self.colours["this"])
            self.parts.append(f'<path class="mean" d="M{at(d["mean"]):.1f} {y - 8:.1f}v16"/>')
            y += 2 * BAR + 2
        self.parts.append(f'<path class="one" d="M{at(1):.1f} {top}V{y - BAR:.1f}"/>')
        self.bottom[column] = y

    def svg(self, note):
        y = max(self.bottom) + 18
        self.text(16, y, note, "note")
        height = y + 16
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
                f'width="{WIDTH}" height="{height}" role="img" '
                f'aria-label="Benchmark results">\n<style>{STYLE}</style>\n'
                f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" '
                f'height="{height - 1}" rx="8"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


def bars(results, group, case, peers):
    """The bars of a case; the call plan is one among those of ffi_call."""
    out = []
    for peer in peers:
        asked, name = (("plan", "this") if peer == "this plan" else (group, peer))
        if peer == "this plan" and group != "call":
            continue
        value = results.get(asked, case, name, "ns")
        trouble = results.trouble(asked, case, name)
        if value is not None:
            out.append((peer, float(value)))
        elif trouble and trouble != "n/a":
            out.append((peer, trouble))
    return out


# Of the sweep, what the chart shows, and its labels.
SPREADS = {"call": "ffi_call", "plan": "call plan", "closure": "closure call",
           "prep": "ffi_prep_cif", "prep_closure": "prepare a closure",
           "prep_closure, 3 closure": "that and 3 calls"}
assert SPREADS.keys() <= {comparison.name for comparison in COMPARISONS}


def spreads(results, name):
    """(label, distribution) of a set of signatures, against the distribution's library."""
    group = f"sweep {name} ns"
    return [(label, results.by_name[group, case, "distro"]) for case, label in SPREADS.items()
            if (group, case, "distro") in results.by_name]


def limits(*rows):
    """The powers of two that all ratios lie between."""
    values = [d[key] for row in rows for _, d in row for key in ("p1", "p99")] + [1]
    return math.floor(math.log2(min(values))), math.ceil(math.log2(max(values)))


def svg(about, data):
    results = report.Results(data)
    present = [p for p in results.peers() if p != "near floor"]
    order = [p for p in COLOURS if p in present or p == "this plan"]
    peers = order + [p for p in present if p not in order]
    if not any(results.get("plan", c, "this", "ns") for c in results.cases("plan")):
        peers.remove("this plan")
    chart = Chart(peers)
    chart.legend()
    for column, group, title in ((0, "closure", "Call of a closure, ns"),
                                 (1, "call", "ffi_call, ns")):
        chart.panel(column, title, [(case, bars(results, group, case, peers))
                                    for case in results.cases(group)])
    life = bars(results, "alloc+prep+free", "int(int)", peers)
    chart.panel(0, "A closure's life, ns", [("alloc + prep + free", life)])
    rows = []
    for key, label in (("alloc_ns", "allocate"), ("free_ns", "free, random order")):
        values = [(p, results.get("bulk", None, p, key)) for p in peers]
        rows.append((label, [(p, float(v)) for p, v in values if v is not None]))
    chart.panel(0, "A million closures, ns each", rows)
    random, gobject = spreads(results, "random"), spreads(results, "gobject")
    chart.bottom = [max(chart.bottom)] * 2
    for column, rows, whose in ((0, random, "Random"), (1, gobject, "GObject's")):
        if rows:
            chart.spread(column, f"{whose} signatures: this / the distribution's", rows,
                         limits(random, gobject))
    return chart.svg(about.split(". ")[0] + ". Shorter is better. Ratios: 1 to 99 % of the "
                     "signatures, 10 to 90 %, and the mean.")
