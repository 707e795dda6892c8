// SPDX-License-Identifier: MIT
// gjs: signals, callbacks that C code calls, and virtual functions.
const {Gio, GLib, GObject} = imports.gi;

const Source = GObject.registerClass({
    Signals: {
        'everything': {param_types: [GObject.TYPE_INT, GObject.TYPE_DOUBLE,
            GObject.TYPE_STRING, GObject.TYPE_BOOLEAN, GObject.TYPE_UINT]},
        'sum': {param_types: [GObject.TYPE_INT, GObject.TYPE_INT],
            return_type: GObject.TYPE_INT},
    },
}, class Source extends GObject.Object {});

const Item = GObject.registerClass(class Item extends GObject.Object {
    _init(value) { super._init(); this.value = value; }
});

const Model = GObject.registerClass({Implements: [Gio.ListModel]},
class Model extends GObject.Object {
    vfunc_get_item_type() { return Item.$gtype; }
    vfunc_get_n_items() { return 10; }
    vfunc_get_item(position) { return position < 10 ? new Item(position * position) : null; }
});

const source = new Source();
source.connect('everything', (s, ...args) => print('everything:', JSON.stringify(args)));
source.connect('sum', (s, a, b) => a + b);
source.emit('everything', -5, 2.5, 'text', true, 4000000000);
print('sum:', source.emit('sum', 40, 2));

const store = Gio.ListStore.new(Item);
for (let i = 0; i < 300; i++)
    store.append(new Item((i * 7919) % 1009));
store.sort((a, b) => a.value - b.value);
print('sorted:', store.get_item(0).value, store.get_item(299).value);

const model = new Model();
print('model:', [...Array(model.get_n_items()).keys()].map(i => model.get_item(i).value));

const loop = new GLib.MainLoop(null, false);
let ticks = 0;
for (let n = 0; n < 1000; n++)
    GLib.idle_add(GLib.PRIORITY_DEFAULT, () => {
        if (++ticks === 1000)
            loop.quit();
        return GLib.SOURCE_REMOVE;
    });
loop.run();
print('idle:', ticks);
