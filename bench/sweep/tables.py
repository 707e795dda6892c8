# SPDX-License-Identifier: MIT
"""The sweep's results as Markdown."""
import report

from sweep.compare import COMPARISONS

SETS = {"random": "random signatures",
        "gobject": "signatures of GObject's libraries, each as often as it occurs",
        "given": "given signatures"}
COLUMNS = [("mean", "geometric mean"), ("p90", "90 %"), ("p99", "99 %"), ("worst", "worst")]


def distributions(results, name, unit):
    """A table of one set of signatures, or None."""
    group = f"sweep {name} {unit}"
    rows = [[f"{unit}, this / other", "peer", "n", *(head for _, head in COLUMNS), "slower"]]
    for comparison in COMPARISONS:
        for peer in results.peers():
            def get(key, case=comparison.name, of=peer):
                return results.get(group, case, of, key)
            if get("n"):
                rows.append([comparison.title, "" if comparison.own else peer,
                             f"{get('n')}", *(f"{get(key):.2f}" for key, _ in COLUMNS),
                             f"{get('slower')}"])
    return report.table(rows) if len(rows) > 1 else None


# What the summary has of the comparisons.
SUMMARY = ["call", "plan", "closure", "prep", "prep_closure, 3 closure"]


def summary(data, peer="distro"):
    """A few lines that compare with one PEER, by time; or nothing."""
    results = report.Results(data)
    rows = [["time / the distribution's", "random: mean", "99 %", "worst",
             "GObject: mean", "99 %", "worst"]]
    titles = {"plan": "call plan, to `ffi_call`", "closure": "call of a closure",
              "prep_closure, 3 closure": "a closure prepared and called three times"}
    for comparison in COMPARISONS:
        figures = [results.get(f"sweep {name} ns", comparison.name, peer, key)
                   for name in ("random", "gobject") for key in ("mean", "p99", "worst")]
        if comparison.name in SUMMARY and None not in figures:
            rows.append([titles.get(comparison.name, comparison.title),
                         *(f"{figure:.2f}" for figure in figures)])
    return report.table(rows) if len(rows) > 1 else ""


def shortened(text):
    return text if len(text) <= 100 else text[:97] + "..."


def worst(data, comparison):
    rows = [["ratio", "minimised", "signature"]]
    for result in data:
        if result["group"] == "sweep worst" and result["case"] == comparison.name:
            rows.append([f"{result['ratio']:.2f}", f"`{shortened(result['minimised'])}`",
                         f"`{shortened(result['signature'])}`"])
    return report.table(rows) if len(rows) > 1 else None


def given(data):
    """Every figure of signatures that were given."""
    figures = [result for result in data if result["group"] == "sweep figures"]
    peers = list(dict.fromkeys(peer for result in figures for peer in result["figures"]))
    rows = [["signature", "operation", "", *peers]]
    for result in figures:
        row = result["figures"]
        rows.append([f"`{shortened(result['case'])}`", result["operation"], result["unit"]]
                    + [f"{row[p]:.1f}" if isinstance(row.get(p), float) else row.get(p, "")
                       for p in peers])
    return report.table(rows) if figures else None


def troubles(data, most=20):
    """Some of the signatures that a libffi gets wrong, which therefore have no figure."""
    found = [result for result in data if result["group"] == "sweep trouble"
             and result["peer"] != "libffcall"]
    rows = [["peer", "", "operation and signature"]]
    rows += [[r["peer"], r["trouble"], f"`{shortened(r['case'])}`"] for r in found[:most]]
    return report.table(rows) if found else None


def markdown(data):
    results = report.Results(data)
    parts = []
    table = troubles(data)
    if table:
        parts += ["### Sweep: not as the compiler's own call, so not measured\n", table]
    for name, title in SETS.items():
        for unit in ("ns", "instructions"):
            table = distributions(results, name, unit)
            if table:
                parts += [f"### Sweep: {title}, {unit}\n", table]
    table = given(data)
    if table:
        parts += ["### Each figure\n", table]
    for comparison in COMPARISONS:
        table = worst(data, comparison)
        if table:
            parts += [f"### Worst: {comparison.title}, against the first other\n", table]
    return "\n".join(parts)
