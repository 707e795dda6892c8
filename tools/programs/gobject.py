# SPDX-License-Identifier: MIT
"""PyGObject: signals with arguments of every kind, callbacks and virtual functions."""

from gi.repository import Gio, GLib, GObject


class Source(GObject.Object):
    size = GObject.Property(type=int, default=0)

    @GObject.Signal(arg_types=(int, float, str, bool, GObject.TYPE_INT64, object))
    def everything(self, *args):
        pass

    @GObject.Signal(return_type=int, arg_types=(int, GObject.TYPE_UINT64))
    def sum(self, a, b):
        return a + b


class Item(GObject.Object):
    def __init__(self, value):
        super().__init__()
        self.value = value


class Model(GObject.Object, Gio.ListModel):
    """An interface whose functions C code calls."""

    def do_get_item_type(self):
        return Item.__gtype__

    def do_get_n_items(self):
        return 10

    def do_get_item(self, position):
        return Item(position * position) if position < 10 else None


source = Source()
source.connect("everything", lambda _, *args: print("everything:", args))
source.connect("notify::size", lambda s, p: print("notify:", p.name, s.size))
source.emit("everything", -5, 2.5, "text", True, -(1 << 40), ("a", "tuple"))
source.size = 17
print("sum:", source.emit("sum", 40, 2))

store = Gio.ListStore.new(Item)
for i in range(300):
    store.append(Item((i * 7919) % 1009))
store.sort(lambda a, b, *_: a.value - b.value)
values = [item.value for item in store]
assert values == sorted(values)
print("sorted:", values[:5])

model = Model()
print("model:", [model.get_item(i).value for i in range(model.get_n_items())])

loop = GLib.MainLoop()
ticks = []


def tick(n):
    ticks.append(n)
    if len(ticks) == 1000:
        loop.quit()
    return GLib.SOURCE_REMOVE


for n in range(1000):
    GLib.idle_add(tick, n)
loop.run()
print("idle:", len(ticks), ticks == list(range(1000)))

# Held by GLib until it is told to drop them.
table = [source.connect("everything", lambda *args, i=i: ticks.append(i)) for i in range(2000)]
source.emit("everything", 1, 1.0, "", False, 1, None)
print("handlers:", len(ticks))
