# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# program NAME PACKAGES COMMAND...; for tools/programs/run and compare.

programs ()
{
  program ctypes    'libpython3.11-testsuite'  python3 ctypes_tests.py
  program cffi      'python3-cffi'             python3 python_cffi.py
  program pygobject 'python3-gi'               python3 gobject.py
  program gjs       'gjs'                      gjs gjs.js
  program fiddle    'ruby'                     ruby fiddle.rb
  program ruby-ffi  'ruby-ffi'                 ruby ruby_ffi.rb
  program platypus  'libffi-platypus-perl'     perl platypus.pl
  program guile     'guile-3.0'                guile --no-auto-compile guile.scm
  program p11-kit   'libp11-kit-dev p11-kit-modules' compiled p11kit.c p11-kit-1
  program wayland   'libwayland-dev'           compiled wayland.c wayland-client wayland-server
  program jna       'default-jdk-headless libjna-java' java -cp /usr/share/java/jna.jar Jna.java
  program php       'php-cli'                  php -d ffi.enable=1 php.php
  program lli       'llvm'                     lli -jit-kind=mcjit -force-interpreter -opaque-pointers lli.ll
  program ecl       'ecl'                      env GC_DONT_GC=1 ecl --norc --load ecl.lisp
  program ecl-fixed 'ecl'                      preloaded closure_is_code.c env GC_DONT_GC=1 ecl --norc --load ecl.lisp
}

# ECL 21.2.1 calls the closure pointer; see doc/programs.md.
# shellcheck disable=SC2034 # for compare
differ=(ecl)
