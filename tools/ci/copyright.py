# SPDX-License-Identifier: MIT
"""Does debian/copyright say what the files of an unpacked source archive say?

usage: copyright.py DIRECTORY

A file with an SPDX line has the licence that its stanza names; one without, which
somebody else's copyright notice is in, is in a stanza with that holder, whose licence its
text has; and no stanza is about nothing.
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
HOLDERS = ("Free Software Foundation", "X Consortium")


def stanzas(text):
    """Pairs of patterns and fields, in the order of the file."""
    for paragraph in text.split("\n\n"):
        fields = dict(re.findall(r"^(\S+): *(.*)", paragraph, re.M))
        if "Files" in fields:
            yield fields["Files"].split(), fields


def text_of(path):
    return re.sub(r"[\s#%]+|\bdnl\b", " ", path.read_text("utf-8", "replace"))


def complaint(path, fields):
    text = text_of(path)
    licence = fields["License"]
    spdx = re.search(r"SPDX-License-Identifier: (GPL-2\.0 WITH \S+|[\w.+-]+)", text[:2000])
    if spdx:
        if NAMES.get(spdx[1]) != licence:
            return f"says {spdx[1]}, debian/copyright {licence}"
        return None
    for holder in HOLDERS:
        if re.search(rf"Copyright.{{0,200}}?{holder}", text) and holder not in fields["Copyright"]:
            return f"is of the {holder}, debian/copyright says {fields['Copyright']}"
    for name, words in WORDS.items():
        if licence.startswith(name) and words not in text:
            return f"has no {words!r}, debian/copyright says {licence}"
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
