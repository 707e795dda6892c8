-- SPDX-License-Identifier: MIT
-- Lua's lgi: functions, callbacks that C code calls, signals.
local lgi = require 'lgi'
local GLib, GObject, Gio = lgi.GLib, lgi.GObject, lgi.Gio

print('utf8:', GLib.utf8_strup('größe', -1))
print('checksum:', GLib.compute_checksum_for_string('SHA256', 'text', -1))

local store = Gio.ListStore.new(Gio.SimpleAction)
for i = 0, 299 do
  store:append(Gio.SimpleAction.new(string.format('%04d', i * 7919 % 1009)))
end
print('store:', store:get_n_items(), store:get_item(0).name, store:get_item(299).name)

local activated = 0
local actions = {}
for i = 1, 1000 do
  actions[i] = Gio.SimpleAction.new('n', GLib.VariantType.new('i'))
  actions[i].on_activate = function(_, parameter) activated = activated + parameter.value end
end
for i = 1, 1000 do actions[i]:activate(GLib.Variant('i', i)) end
print('signals:', activated)

local loop, ticks = GLib.MainLoop.new(nil, false), 0
for _ = 1, 1000 do
  GLib.idle_add(GLib.PRIORITY_DEFAULT, function()
    ticks = ticks + 1
    if ticks == 1000 then loop:quit() end
    return false
  end)
end
loop:run()
print('idle:', ticks)
