# SPDX-License-Identifier: MIT
"""Does debian/copyright say what the files of an unpacked source archive say?

usage: copyright.py DIRECTORY

A file with an SPDX line has the licence that its stanza names, and code has such a line
unless its stanza is that of another licence's text.  Whoever a copyright notice names is a
holder in the file's stanza.  No stanza is about nothing.
"""

import fnmatch
import pathlib
import re
import sys

NAMES = {"MIT": "Expat", "GPL-2.0": "GPL-2",
         "GPL-2.0 WITH Linux-syscall-note": "GPL-2-with-syscall-note"}
# Words of the text that a licence, by the beginning of its name, has in every file.
WORDS = {"GPL-2+": "version 2", "GPL-3+": "version 3", "FSFULLR": "with or without modifications",
         "FSFUL": "unlimited permission", "X11": "X CONSORTIUM"}
# The first two words of who a notice names, after its years.
HOLDER = re.compile(r"[Cc]opyright (?:\([Cc]\) |© )?[\d, –-]{4,}(?:by )?(\w+ \w+)")
CODE = {".S", ".am", ".ac", ".awk", ".c", ".cc", ".exp", ".h", ".hs", ".lisp", ".map", ".md",
        ".pl", ".py", ".rb", ".sh", ".texi"}


def stanzas(text):
    """Pairs of patterns and fields, in the order of the file."""
    for paragraph in text.split("\n\n"):
        fields = dict(re.findall(r"^(\S+): *(.*(?:\n .*)*)", paragraph, re.M))
        if "Files" in fields:
            yield fields["Files"].split(), fields


def text_of(path):
    return re.sub(r"[\s#%]+|\bdnl\b", " ", path.read_text("utf-8", "replace"))


def complaint(path, fields):
    text = text_of(path)
    licence = fields["License"]
    for holder in HOLDER.findall(text):
        if holder not in fields["Copyright"]:
            return f"is of the {holder}, debian/copyright says {fields['Copyright']}"
    spdx = re.search(r"SPDX-License-Identifier: (GPL-2\.0 WITH \S+|[\w.+-]+)", text[:2000])
    if spdx:
        if NAMES.get(spdx[1]) != licence:
            return f"says {spdx[1]}, debian/copyright {licence}"
        return None
    for name, words in WORDS.items():
        if licence.startswith(name) and words not in text:
            return f"has no {words!r}, debian/copyright says {licence}"
    if licence in NAMES.values() and (path.suffix in CODE or path.read_bytes().startswith(b"#!")):
        return "has no SPDX line"
    return None


def main(directory):
    top = pathlib.Path(directory)
    known = list(stanzas((top / "debian/copyright").read_text()))
    idle = {pattern for patterns, _ in known for pattern in patterns}
    bad = checked = 0
    for path in sorted(top.rglob("*")):
        name = str(path.relative_to(top))
        # These two are about licences.
        if not path.is_file() or name in ("debian/copyright", "tools/ci/copyright.py"):
            continue
        matching = [(pattern, fields) for patterns, fields in known for pattern in patterns
                    if fnmatch.fnmatchcase(name, pattern)]
        idle -= {pattern for pattern, _ in matching}
        checked += 1
        wrong = complaint(path, matching[-1][1]) if matching else "is in no stanza"
        if wrong:
            print(f"{name} {wrong}")
            bad += 1
    for pattern in sorted(idle):
        print(f"no file is {pattern}")
    print(f"{checked} files, {bad} of them wrong")
    return bad != 0 or bool(idle) or checked < 100


sys.exit(main(sys.argv[1]))
