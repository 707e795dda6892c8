# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For archive and archive-inside: packages of Debian's that are built with libffi.
#
# dependent SOURCE BUILD TESTS [PACKAGES]: shell commands, for the unpacked source.  BUILD is
# make_packages where the source is a Debian package's; else it is upstream's archive, as not
# every mirror has what Debian adds.  PACKAGES are needed in the place of what Debian's need.

dependents ()
{
  # A spec starts a compiler and gives it 10 s, which a busy machine may exceed.
  dependent ruby-ffi make_gem \
    'sed -i "s/timeout: 10)/timeout: 600)/" spec/ffi/spec_helper.rb; rspec -I lib spec' \
    'ruby-dev ruby-rspec rake'
  dependent wayland 'make_packages nodoc -B -Pnodoc' \
    'dh_auto_test --builddirectory=build/ --buildsystem=meson'
}
