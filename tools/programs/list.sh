# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For tools/programs/run and compare: program NAME PACKAGES COMMAND...

programs ()
{
  program ctypes    'libpython3.11-testsuite'  python3 ctypes_tests.py
  program cffi      'python3-cffi'             python3 python_cffi.py
  program pygobject 'python3-gi'               python3 gobject.py
  program gjs       'gjs'                      gjs gjs.js
  program gjs-nojit 'gjs'                      env GJS_DISABLE_JIT=1 gjs gjs.js
  program fiddle    'ruby'                     ruby fiddle.rb
  program ruby-ffi  'ruby-ffi'                 ruby ruby_ffi.rb
  program platypus  'libffi-platypus-perl'     perl platypus.pl
  program perl-gi   'libglib-object-introspection-perl' perl introspection.pl
  program lgi       'lua-lgi lua5.3'           lua5.3 lgi.lua
  program guile     'guile-3.0'                guile --no-auto-compile guile.scm
  program guile-vm  'guile-3.0'                env GUILE_JIT_THRESHOLD=-1 guile --no-auto-compile guile.scm
  program p11-kit   'libp11-kit-dev p11-kit' compiled p11kit.c p11-kit-1
  program wayland   'libwayland-dev'           compiled wayland.c wayland-client wayland-server
  program jna       'default-jdk-headless libjna-java' java -cp /usr/share/java/jna.jar Jna.java
  program jna-int   'default-jdk-headless libjna-java' java -Xint -cp /usr/share/java/jna.jar Jna.java
  program jna-zero  'default-jdk-headless libjna-java openjdk-17-jre-zero' java -zero -cp /usr/share/java/jna.jar Jna.java
  program php       'php-cli'                  php -d ffi.enable=1 php.php
  program lli       'llvm'                     lli -jit-kind=mcjit -force-interpreter -opaque-pointers lli.ll
  program newlisp   'newlisp'                  newlisp newlisp.lsp
  program picolisp  'picolisp'                 pil picolisp.l
  program ghc       'ghc'                      compiled ghc.hs
  program ecl       'ecl'                      env GC_DONT_GC=1 ecl --norc --load ecl.lisp
  program ecl-fixed 'ecl'                      preloaded closure_is_code.c env GC_DONT_GC=1 ecl --norc --load ecl.lisp
}

# What falls short on this library, and why: cannot NAME 'LOCK...' REASON
# shellcheck disable=SC2016 # backticks are Markdown's
reasons ()
{
  local both='locked strict'
  cannot cffi "$both" 'its closures are in pages of its own, writable and executable: `patches/python-cffi.patch`'
  cannot gjs "$both" 'SpiderMonkey compiles; it ends when it starts'
  cannot gjs-nojit "$both" 'SpiderMonkey allocates memory for code though it shall not compile'
  cannot ruby-ffi "$both" 'it writes closures and methods to pages of its own, then makes them executable: `patches/ruby-ffi.patch`'
  cannot guile "$both" 'its JIT; `guile-vm` is Guile without'
  cannot jna "$both" 'HotSpot compiles; it ends when it starts'
  cannot jna-int "$both" 'the interpreter of HotSpot is code that it writes when it starts'
  cannot jna-zero "$both" 'Zero interprets, but allocates memory for code as the other VM does'
  cannot ghc "$both" 'wrappers are code that the runtime writes; it takes nothing from libffi but types'
  cannot ecl 'unlocked locked strict' 'calls the closure where it should call its code: `patches/ecl.patch`; `ecl-fixed` is helped by `closure_is_code.c`'
}
