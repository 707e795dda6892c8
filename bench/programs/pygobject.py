# SPDX-License-Identifier: MIT
"""PyGObject: calls of GLib's functions, a list sorted with a Python comparator, or signals."""
import sys

from gi.repository import Gio, GLib

what, count = sys.argv[1], int(sys.argv[2])

if what == "calls":
    total = 0
    for i in range(count):
        total += GLib.utf8_strlen("callback", 8) + GLib.bit_storage(i)
    print(total)
elif what == "callbacks":
    store = Gio.ListStore()
    for i in range(count):
        store.append(Gio.SimpleAction.new(str(i * 7919 % 65521), None))

    def compare(a, b, _data):
        x, y = int(a.get_name()), int(b.get_name())
        return (x > y) - (x < y)

    store.sort(compare, None)
    print([int(store.get_item(i).get_name()) for i in (0, count // 2, count - 1)])
else:
    seen = []
    action = Gio.SimpleAction.new("action", GLib.VariantType("i"))
    action.connect("activate", lambda action, parameter: seen.append(parameter))
    value = GLib.Variant("i", 7)
    for _ in range(count):
        action.activate(value)
    print(len(seen), seen[-1].get_int32())
