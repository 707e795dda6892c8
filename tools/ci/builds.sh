# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top comes from tools/lib.sh
# Steps of run-tests: builds in other ways than those of steps.sh, whose functions these use.

set -euo pipefail

# With musl: built where there is no header but musl's, and the suite, whose programs see
# the kernel's headers, too.
suite_with_musl ()
{
  local headers=$PWD/headers
  (mkdir no-headers; cd no-headers; build CC=musl-gcc CXX=no)
  mkdir headers
  ln -s /usr/include/{linux,asm-generic} headers
  ln -s "/usr/include/$(gcc -print-multiarch)/asm" headers
  suite "$1" CC=musl-gcc CXX=no "CPPFLAGS=-idirafter $headers"
  readelf -dW .libs/libffi.so.8 | grep -F 'Shared library: [libc.so]'
}

# Programs with libffi.a and, unless MODE is static, with libffi.so, in a locked process:
#   smoke MODE BUILD COMPILER-AND-FLAGS...
smoke ()
{
  local library=$2/.libs
  # Its filter is for one instruction set.
  "${@:3}" -static -o wx-lock "$top/tools/wx-lock.c"
  "${@:3}" -I"$2/include" -static -o smoke-static "$top/tools/ci/smoke.c" "$library/libffi.a"
  ./wx-lock ./smoke-static
  [ "$1" != static ] || return 0
  "${@:3}" -I"$2/include" -o smoke-shared "$top/tools/ci/smoke.c" -L"$library" -lffi
  LD_LIBRARY_PATH=$library ./wx-lock ./smoke-shared
}

# i386 by -m32, without --host.
by_m32 ()
{
  local multilib=$PWD/multilib name
  # gcc-multilib excludes the cross compilers: a gcc that knows -m32 by one of them.
  cat >"$multilib" <<'EOF'
#!/bin/bash
name=gcc arguments=()
for argument; do
  if [ "$argument" = -m32 ]; then name=i686-linux-gnu-gcc; else arguments+=("$argument"); fi
done
exec "$name" "${arguments[@]}"
EOF
  chmod +x "$multilib"
  mkdir cc-m32 cflags-m32 clang-m32
  (cd cc-m32; build CC="$multilib -m32" CXX=no)
  (cd cflags-m32; build CC="$multilib" CXX=no CFLAGS='-O2 -m32' LDFLAGS=-m32)
  (cd clang-m32; build CC=clang CXX=no CFLAGS='-O2 -m32')
  for name in cc-m32 cflags-m32 clang-m32; do
    file -bL "$name/.libs/libffi.so.8" | grep -F 'Intel 80386'
    smoke static "$name" i686-linux-gnu-gcc -O2
  done
  CC="$multilib -m32" meson setup meson-m32 "$top"
  ninja -C meson-m32
  file -bL meson-m32/libffi.so.8 | grep -F 'Intel 80386'
}

with_flags ()
{
  local flags name
  for flags in '' -O0 '-Os -fno-plt' '-O3 -flto'; do
    name=flags${flags// /}
    mkdir "$name"
    (cd "$name"; "$top/configure" CFLAGS="$flags"; make)
    # shellcheck disable=SC2086 # words
    smoke both "$name" gcc $flags
  done
}

# Flags that make is given reach assembly, too.
flags_of_make ()
{
  mkdir made
  (cd made; "$top/configure" CFLAGS=-O1; make -n CFLAGS=-O3) | grep -e '-c .*[.]S' >assembled
  [ "$(grep -c -e ' -O3 ' assembled)" -gt 5 ]
  if grep -v -e ' -O3 ' assembled; then return 1; fi
}

# configure must refuse, and say why: refused MESSAGE ARGUMENT...
refused ()
{
  rm -rf refused
  mkdir refused
  if (cd refused; "$top/configure" "${@:2}" >out 2>&1); then
    echo "configured, although: $1"
    return 1
  fi
  grep -F "error: $1" refused/out || { tail -n 5 refused/out; return 1; }
}

refusals ()
{
  local arm=--host=arm-linux-gnueabi i386=--host=i686-linux-gnu
  refused 'no port for x32' CFLAGS=-mx32
  refused 'no port for x32' CC='gcc -mx32'
  refused 'no port for AArch64 with 32-bit' --host=aarch64-linux-gnu CFLAGS=-mabi=ilp32
  refused 'no port for big-endian' --host=armeb-linux-gnueabi CC='arm-linux-gnueabi-gcc -mbig-endian'
  refused 'no port for Arm processors' $arm CFLAGS=-march=armv4t
  refused 'no port for Arm processors' $arm CFLAGS='-march=armv7-m -mthumb'
  refused 'no port for processors without cmpxchg' $i386 CFLAGS='-O2 -march=i386'
  refused 'no port for PowerPC' --host=powerpc64-linux-gnu CC='powerpc64le-linux-gnu-gcc -mbig -mabi=elfv1'
  refused 'libffi needs floating point' CFLAGS=-mgeneral-regs-only
  refused 'atomic operations are calls' $arm CC='clang --target=arm-linux-gnueabi' CFLAGS='-march=armv5t -marm'
  refused 'aarch64-linux-gnu-gcc -g -O2 makes code for AARCH64' $arm CC=aarch64-linux-gnu-gcc
  refused 'libtool cannot install' "--prefix=$PWD/with a blank"
}

files_of () { tar tf "$1" | sed 's,^[^/]*/,,' | LC_ALL=C sort; }

# The source archive is the same from any build, also from one in a source directory with a
# blank in its name; a build elsewhere writes nothing among the sources.
source_directories ()
{
  mkdir out from blank 'a blank' sources
  (cd out; "$top/configure"; make dist)
  tar xf out/libffi-*.tar.xz -C 'a blank' --strip-components=1
  (cd blank; ! '../a blank/configure' 2>&1) | grep -F 'unsafe srcdir'
  (cd 'a blank'; ./configure)
  make -C 'a blank'
  make -C 'a blank' dist
  smoke both 'a blank' gcc
  diff <(files_of out/libffi-*.tar.xz) <(files_of 'a blank'/libffi-*.tar.xz)

  tar xf out/libffi-*.tar.xz -C sources --strip-components=1
  find sources -exec touch -d '1 hour ago' {} +
  touch -d '1 minute ago' stamp
  (cd from; ../sources/configure; make; make dist)
  if find sources -newer stamp | grep .; then
    echo "the build wrote these among the sources"
    return 1
  fi
}

# A meson project with libffi as a subproject gets the kind of library that it asks for.
subproject ()
{
  local kind
  mkdir -p parent/subprojects/libffi
  tar xf out/libffi-*.tar.xz -C parent/subprojects/libffi --strip-components=1
  cat >parent/subprojects/libffi.wrap <<'EOF'
[wrap-file]
directory = libffi
[provide]
dependency_names = libffi
EOF
  cat >parent/meson.build <<'EOF'
project('parent', 'c')
ffi = dependency('libffi', version: '>= 3.8.0')
executable('program', 'program.c', dependencies: ffi, install: true)
shared_module('plugin', 'program.c', dependencies: ffi, install: true)
EOF
  cp "$top/tools/ci/smoke.c" parent/program.c
  for kind in static shared both; do
    meson setup "in-$kind" parent --wrap-mode=forcefallback "--default-library=$kind" \
      --prefix=/usr --libdir=lib
    DESTDIR=$PWD/root-$kind meson install -C "in-$kind"
    "in-$kind/program"
    { find "root-$kind/usr/include" "root-$kind/usr/lib" ! -type d -name '*ffi*' -printf '%f\n'
      LC_ALL=C ldd "in-$kind/program" | awk '/libffi/ { print "needs " $1 }'; } | sort >"got-$kind"
    { printf '%s\n' ffi.h ffi_tramp.h ffi_types.h ffitarget.h libffi.pc libffi_nested.{a,pc}
      [ $kind = shared ] || echo libffi.a
      [ $kind = static ] || printf '%s\n' libffi.so libffi.so.8 libffi.so.8.5.0 'needs libffi.so.8'
    } | sort >"expected-$kind"
    diff "expected-$kind" "got-$kind"
  done
}

builds ()
{
  if runs_i386; then by_m32; else echo 'skipped: -m32: this kernel runs no programs for i386'; fi
  with_flags
  flags_of_make
  refusals
  source_directories
  subproject
}
