# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For archive and archive-inside: packages of Debian's that are built with libffi.
#
# dependent SOURCE BUILD TESTS [PACKAGES]: shell commands, for the unpacked source.  BUILD begins with
# make_packages or make_packages_patched where the source is a Debian package's; else it is
# upstream's archive, as not every mirror has what Debian adds.  PACKAGES are needed in the
# place of what Debian's need.

dependents ()
{
  dependent newlisp 'make_packages parallel=2 -B' 'make check; ./newlisp qa-specific-tests/qa-libffi'
  # A spec starts a compiler and gives it 10 s, which a busy machine may exceed.
  dependent ruby-ffi make_gem \
    'sed -i "s/timeout: 10)/timeout: 600)/" spec/ffi/spec_helper.rb; rspec -I lib spec' \
    'ruby-dev ruby-rspec rake'
  dependent wayland 'make_packages nodoc -B -Pnodoc' \
    'dh_auto_test --builddirectory=build/ --buildsystem=meson'
  dependent lua-lgi 'make LUA=lua5.3 LUA_CFLAGS=-I/usr/include/lua5.3' \
    'xvfb-run -a make check LUA=lua5.3 LUA_CFLAGS=-I/usr/include/lua5.3' \
    'lua5.3 liblua5.3-dev libgirepository1.0-dev libcairo2-dev gir1.2-gtk-3.0 dbus xvfb xauth'
  dependent python-cffi 'make_packages nodoc -B -Pnodoc' \
    'DH_INTERNAL_OPTIONS=-O--buildsystem=pybuild debian/rules override_dh_auto_test'
  dependent pygobject 'make_packages nodoc -B -Pnodoc' \
    'PYBUILD_BEFORE_TEST="{interpreter} {dir}/setup.py build_tests" xvfb-run -a dh_auto_test --buildsystem=pybuild'
  dependent gobject-introspection 'make_packages nodoc -B -Pnodoc' dh_auto_test
  dependent ocaml-ctypes 'make_packages_patched ocaml-ctypes parallel=2 -B' 'make test'
  dependent polyml 'make_packages parallel=2 -B' 'make check'
  # threadtests yields in loops, for ten minutes on a busy machine.
  dependent glib2.0 'sed -i /threadtests/d gobject/tests/meson.build
      meson setup build -Dlibmount=disabled -Dselinux=disabled; ninja -C build gobject/gobject-query' \
    'meson test -C build --suite gobject -t 10' 'meson libpcre2-dev zlib1g-dev python3 libffi-dev'
}
