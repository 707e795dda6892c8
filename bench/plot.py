# SPDX-License-Identifier: MIT
"""The results as a chart: horizontal bars grouped by signature, as SVG that is
readable on light and dark pages."""
from html import escape
import report

# Two columns; LEFT is for the labels of a column, RIGHT for the longest bar's value.
COLUMN, LEFT, RIGHT = 470, 170, 48
WIDTH = 2 * COLUMN
BAR, GAP, GROUP_GAP = 9, 2, 10

# A fixed colour for each peer, in drawing order.
COLOURS = {"floor": "#8a94a3", "ours": "#1f9d6b", "ours plan": "#74c69d",
           "distro": "#d9822b", "libffcall": "#7a6fd0"}
# What the legend calls them, if not by their own name.
NAMES = {"floor": "floor: written by hand", "ours": "this library",
         "ours plan": "its call plan", "distro": "the distribution's libffi",
         "libffcall": "GNU libffcall"}
OTHERS = ["#c2556b", "#3d87c9", "#9a7b4f"]

STYLE = """
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .value { font-size: 10px; fill: #59636e }
  .note { font-size: 11px; fill: #59636e }
  .page { fill: #ffffff; stroke: #d1d9e0 }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .value, .note { fill: #9198a1 }
    .page { fill: #0d1117; stroke: #3d444d }
    .grid { stroke: #3d444d }
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
        asked, name = (("plan", "ours") if peer == "ours plan" else (group, peer))
        if peer == "ours plan" and group != "call":
            continue
        value = results.get(asked, case, name, "ns")
        trouble = results.trouble(asked, case, name)
        if value is not None:
            out.append((peer, float(value)))
        elif trouble and trouble != "n/a":
            out.append((peer, trouble))
    return out


def svg(about, data):
    results = report.Results(data)
    present = [p for p in results.peers() if p != "near floor"]
    order = [p for p in COLOURS if p in present or p == "ours plan"]
    peers = order + [p for p in present if p not in order]
    if not any(results.get("plan", c, "ours", "ns") for c in results.cases("plan")):
        peers.remove("ours plan")
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
    return chart.svg(about.split(". ")[0] + ". Shorter is better.")
