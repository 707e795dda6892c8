# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top comes from tools/lib.sh
# The steps of run-tests.  Each runs in its own empty directory with errexit on; to
# skip itself it prints the reason and exits with 77.

set -euo pipefail

# Options of a build beside Debian's own libffi, for file lists that do not depend
# on the machine.
system_layout=(--prefix=/usr --libdir=/usr/lib)

# The value of VARIABLE=value among the arguments, or a default:
#   setting VARIABLE DEFAULT ARGUMENT...
setting ()
{
  local name=$1 value=$2 argument
  for argument in "${@:3}"; do
    case $argument in "$name="*) value=${argument#*=} ;; esac
  done
  printf '%s' "$value"
}

# Configure with the arguments and build; a warning is an error.
build ()
{
  local cflags
  cflags=$(setting CFLAGS '-g -O2' "$@")
  "$top/configure" "$@"
  make CFLAGS="$cflags -Werror" 2>&1 | tee make.out
  # What -Werror does not cover: the linker, the assembler, libtool.
  if grep -i 'warning:' make.out; then
    echo "the build printed warnings"
    return 1
  fi
}

# Whether the kernel runs programs for i386, which it may be built without.
runs_i386 ()
{
  echo 'int main (void) { return 0; }' >i386.c
  i686-linux-gnu-gcc -static i386.c -o i386.exe || exit 1
  ./i386.exe 2>i386.err
}

# Call FUNCTION ARGUMENT..., or skip the step where the kernel runs no programs for i386.
on_i386 ()
{
  if ! runs_i386; then
    echo 'skipped: this kernel runs no programs for i386; step i686 has an emulator'
    return 77
  fi
  "$@"
}

# Build, and run the test suite: suite [RUNTESTFLAGS=...] CONFIGURE-ARGUMENT...
suite ()
{
  local flags
  flags=$(setting RUNTESTFLAGS '' "$@")
  case ${1-} in RUNTESTFLAGS=*) shift ;; esac
  build "$@"
  make check RUNTESTFLAGS="$flags"
  if ! grep -qs '^PASS: ' testsuite/*.sum libffi.sum; then
    echo "make check ran no test"
    return 1
  fi
}

# The tests in which threads meet, for the thread sanitizer; it cannot work where
# addresses are too random.
suite_of_threads ()
{
  local fixed=()
  if setarch -R true; then fixed=(setarch -R); fi
  build "$@" --disable-static
  "${fixed[@]}" make check RUNTESTFLAGS="FFI_OPTIONS=-O2 tramp.exp=threads* \
    trampapi.exp=threads* attack.exp=signal_handlers.c call.exp=*threads.c \
    closures.exp=*threads.c"
}

# For the memory sanitizer: the allocator and what it reads of the system.  It does not see
# what assembly stores, so values that were passed look to it as if nobody wrote them.
suite_of_memory ()
{
  build "$@" --disable-static
  make check RUNTESTFLAGS="FFI_OPTIONS=-O1 tramp.exp=*alloca*"
}

# The suite, after which every object of the library must have these marks in its notes:
#   suite_with_marks MARKS ARGUMENT...
suite_with_marks ()
{
  local marks=$1 object
  suite "${@:2}"
  while read -r object; do
    readelf -nW "$object" | grep -qF "$marks" \
      || { echo "not marked $marks: $object"; return 1; }
  done < <(find src -name '*.o')
}

# For indirect branch tracking and shadow stacks.
suite_with_landing_pads () { suite_with_marks 'IBT, SHSTK' "$@"; }

# The suite, or parts of it, with each size of pages that the emulator is told to have:
#   suite_with_page_sizes "SIZE RUNTESTFLAGS=..."... CONFIGURE-ARGUMENT...
suite_with_page_sizes ()
{
  local size sizes=()
  while [[ $1 != -* ]]; do
    sizes+=("$1")
    shift
  done
  build "$@"
  for size in "${sizes[@]}"; do
    make check RUNTESTFLAGS="${size#*=} QEMU_FLAGS='-p ${size%% *}'"
    grep -qs '^PASS: ' libffi.sum
    mv libffi.sum "pages-${size%% *}.sum"
  done
}

# The suite, and libffi.a inside programs without a dynamic loader.
suite_and_static_programs ()
{
  local link
  suite "$@"
  cc -O2 -Wall -Wextra -o wx-lock "$top/tools/wx-lock.c"
  for link in -static -static-pie; do
    cc -O2 -Wall -Wextra -Iinclude "$link" -o "smoke$link" "$top/tools/ci/smoke.c" \
      .libs/libffi.a
    file -b "smoke$link"
    ./wx-lock "./smoke$link"
  done
}

# The Python that Debian has for another architecture, on this library, and the
# instructions that calls take by it and by Debian's:
#   foreign_ctypes ARCHITECTURE EMULATOR CONFIGURE-ARGUMENT...
foreign_ctypes ()
{
  local python
  build "${@:3}" --disable-static
  # Debian has it since its release 13.
  if [ "$1" = riscv64 ]; then export FFI_SUITE=trixie; fi
  "$top/tools/foreign-root" . "$1" python3
  python=$(readlink -f root/usr/bin/python3)
  "$2" -L "$PWD/root" -E "LD_LIBRARY_PATH=$PWD/.libs" "$python" -I \
    "$top/tools/ci/callbacks.py" "$PWD/.libs/libffi.so.8"
  DISTRO_LIB=$(find root -name libffi.so.8) compare
}

# The tests of libffi itself on builds for processors NAME..., whose arguments for configure
# run-tests lists: foreign_suite NAME...
foreign_suite ()
{
  local name
  for name; do
    local -n arguments=$name
    mkdir -p "builds/$name"
    (cd "builds/$name"; build "${arguments[@]}" --disable-static)
  done
  "$top/tools/foreign-suite" . "${@/#/builds/}"
}

# The source archive is complete, tests included, and a build of it leaves nothing
# behind.
distcheck ()
{
  "$top/configure"
  make distcheck "$@" 2>&1 | tee make.out
  if ! grep '# of expected passes' make.out; then
    echo "the archive's make check ran no test"
    return 1
  fi
  if git -C "$top" ls-files >list; then
    comm -23 <(grep -v '^[.]git' list | LC_ALL=C sort) <(files_of libffi-*.tar.xz) >lacking
    if grep . lacking; then
      echo "the archive lacks these"
      return 1
    fi
  fi
}

# What `make install' puts where, and that pkg-config's answer works.
installed ()
{
  local root=$PWD/root link
  "$top/configure" "${system_layout[@]}"
  make
  export AM_UPDATE_INFO_DIR=no # of the system's, if it is there
  make install DESTDIR="$root"
  (cd "$root" && find . ! -type d | LC_ALL=C sort) >files
  diff -u "$top/tools/ci/installed-files" files

  export PKG_CONFIG_LIBDIR=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
  # The flags must name the directories, although they are a system's own.
  export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
  pkg-config --modversion libffi
  pkg-config --atleast-version=3.8.0 libffi
  readelf -dW "$root/usr/lib/libffi.so" | grep -F 'soname: [libffi.so.8]'
  cc -O2 -Wall -Wextra -o wx-lock "$top/tools/wx-lock.c"
  for link in -pie -static; do
    # shellcheck disable=SC2046 # flags are words
    cc -O2 -Wall -Wextra "$link" $(pkg-config --cflags libffi) -o "smoke$link" \
      "$top/tools/ci/smoke.c" $(pkg-config --libs libffi)
    LD_LIBRARY_PATH=$root/usr/lib ./wx-lock "./smoke$link"
  done
  LD_LIBRARY_PATH=$root/usr/lib ldd smoke-pie | grep -F "$root/usr/lib/libffi.so.8"
  make uninstall DESTDIR="$root"
  if find "$root" ! -type d | grep .; then
    echo "make uninstall left these"
    return 1
  fi
}

# fuzz SECONDS-FOR-EACH-TARGET
fuzz () { "$top/testsuite/libffi.fuzz/run" "$1"; }

# What comes with the module: its interface's header alone, in old and new C and C++ for
# every processor; the SELinux policy, with and without levels; the module by way of DKMS,
# for two kernels.
module ()
{
  local source=$top/kernel/trampfd compiler language levels suite kernel version
  for compiler in gcc i686-linux-gnu-gcc aarch64-linux-gnu-gcc arm-linux-gnueabihf-gcc; do
    for language in 'c -std=c90' 'c -std=c11' 'c++ -std=c++98' 'c++ -std=c++20'; do
      # shellcheck disable=SC2086 # two words
      "$compiler" -x $language -Wall -Wextra -Werror -fsyntax-only -I"$source/uapi" - \
        <<< '#include <linux/trampfd.h>'
    done
  done

  for levels in -M ''; do
    mkdir "selinux$levels"
    make -C "$source/selinux" check OUT="$PWD/selinux$levels" MLS="$levels"
  done

  version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$source/dkms.conf")
  mkdir source dkms
  cp -r "$source" "source/trampfd-$version"
  for suite in bookworm bookworm-backports; do
    if ! kernel=$(FFI_VM_SUITE=$suite "$top/tools/vm/fetch" amd64); then
      echo "skipped: the kernel packages of $suite cannot be downloaded"
      return 77
    fi
    dkms build "trampfd/$version" -k "$(cat "$kernel/version")/x86_64" --dkmstree "$PWD/dkms" \
      --sourcetree "$PWD/source" --kernelsourcedir "$kernel/headers"
    modinfo -F vermagic "dkms/trampfd/$version/$(cat "$kernel/version")/x86_64/module/trampfd.ko" \
      | grep -F "$(cat "$kernel/version") "
  done
}

# The patches that bring trampfd(2) into a kernel: they apply, each builds, and no checker has
# anything to say.
series ()
{
  if ! FFI_VM_SUITE=bookworm-backports "$top/tools/vm/fetch" amd64 linux-source-6.12:all; then
    echo "skipped: the kernel's source cannot be downloaded"
    return 77
  fi
  "$top/kernel/series/check" "$PWD/linux"
  rm -rf linux
}

# Debian's kernels for tools/vm are here: have_kernels SUITE:ARCHITECTURE...
have_kernels ()
{
  local kernel
  for kernel; do
    if ! FFI_VM_SUITE=${kernel%:*} "$top/tools/vm/fetch" "${kernel#*:}"; then
      echo "skipped: the kernel packages of $kernel cannot be downloaded"
      return 77
    fi
  done
}

# Under Debian's kernels, which are downloaded once: callbacks on trampfd, and under
# SELinux; the udev rule; the module's tests, and on amd64 the library's closures on it; the
# module's tests under a later kernel.
machines ()
{
  have_kernels {bookworm,bookworm-backports}:amd64 bookworm:{arm64,armhf}
  build --disable-static
  "$top/tools/vm/demo" "$PWD/.libs"
  "$top/tools/vm/lockdown" selinux "$PWD/.libs"
  "$top/tools/vm/udev"
  "$top/tools/vm/run" --quick --tables amd64
  "$top/tools/vm/run" --quick arm64 armhf
  "$top/tools/vm/overcommit"
  FFI_VM_SUITE=bookworm-backports "$top/tools/vm/run" --quick amd64
}

# A kernel with the system call, built once for each version and state of the series: its
# selftests, the library's closures and ctypes on the call, and what SELinux and IPE say.
system_call ()
{
  local kernel
  if ! FFI_VM_SUITE=bookworm-backports "$top/tools/vm/fetch" amd64 linux-source-6.12:all; then
    echo "skipped: the kernel's source cannot be downloaded"
    return 77
  fi
  kernel=$("$top/tools/vm/build-kernel" trampfd)
  "$top/tools/vm/selftests"
  build --disable-static CPPFLAGS="-D__NR_trampfd=$(cat "$kernel/number")"
  "$top/tools/vm/demo" "$PWD/.libs" trampfd
  "$top/tools/vm/lockdown" selinux "$PWD/.libs" trampfd
  "$top/tools/vm/lockdown" ipe "$PWD/.libs" trampfd
  "$top/tools/vm/lockdown" ipe "$PWD/.libs" trampfd-denied
  "$top/tools/vm/run" --kernel trampfd --quick --only none --tables
}

# All of the library's closures on the module, in each machine.
machines_library ()
{
  have_kernels bookworm:{amd64,arm64,armhf}
  "$top/tools/vm/run" --quick --library
}

# The module's tests under Debian's newest kernel, and on riscv64.
machines_newest () { "$top/tools/vm/newest"; }

demo () { "$top/run-demo"; }

# Do the benchmarks run, and is no result wrong?  The figures decide nothing here.
compare ()
{
  FFI_LIB=$PWD/.libs/libffi.so.8 FFI_INCLUDE=$PWD/include OUT=$PWD/results \
    "$top/bench/run" --quick
}

bench ()
{
  build "$@" --disable-static
  compare
}

# The project's files below the current directory: own_files FIND-EXPRESSION...
own_files ()
{
  find . \( -path ./build -o -path ./build-aux -o -path ./m4 -o -path ./.git \
    -o -name autom4te.cache -o -name aclocal.m4 -o -name Makefile.in -o -name 'configure*' -o -name 'config.*' -o -name libtool \
    -o -name fficonfig.h -o -path ./include/ffi.h -o -path ./include/ffitarget.h \) -prune \
    -o -type f \( "$@" \) -print
}

scripts ()
{
  local files
  cd "$top"
  mapfile -t files < <(
    own_files -name '*.sh'
    own_files ! -name '*.sh' -perm /111 -exec grep -qE -m1 '^#!.*/(ba|da)?sh\>' '{}' ';')
  printf '%s\n' "${files[@]}"
  shellcheck -x "${files[@]}"
}

# Sources have one form.  Comments say what they mean: none begins like that of something
# else, none asks, and the words that they can do without stay away.
format ()
{
  local files words
  cd "$top"
  # The kernel has a style of its own.
  mapfile -t files < <(own_files -name '*.[ch]' ! -path './kernel/*' \
    ! -exec grep -qE '^[[:space:]]*[.](macro|set)\>' '{}' ';')
  printf '%s\n' "${files[@]}"
  clang-format --dry-run -Werror "${files[@]}"

  words='\b[uU]sual(ly)?\b|\b(of|than|from|on|with|to|not|are|as|by) [o]urs\b'
  words+='|(/\*|#|//) The [s]ame\b|/\* [^*]*\? +\*/'
  mapfile -t files < <(own_files -size -200k ! -path './kernel/*' ! -path '*/corpus/*')
  ! grep -nIE "$words" "${files[@]}"
}

# What GCC's analyser finds in the library, for each processor; and misspelt words.
analysis ()
{
  local host files
  for host in "" {i686,aarch64,riscv64,powerpc64le,s390x}-linux-gnu arm-linux-gnueabihf; do
    mkdir "for-$host"
    (cd "for-$host"
      "$top/configure" ${host:+"--host=$host"} --disable-static
      make libffi.la CFLAGS='-g -O2 -fanalyzer -Werror')
  done
  cd "$top"
  mapfile -t files < <(own_files ! -path './man/*' ! -path '*/corpus/*' ! -name '*.svg' ! -name '*.facts')
  codespell --ignore-words-list te,datas,fo,fpr,damon,iput "${files[@]}"
}

# The manual pages have the right form, and there is one for every exported symbol;
# the manual is made without a warning.  The test suite runs the examples of both.
manual ()
{
  local wanted
  cd "$top"
  mandoc -Tlint -Wwarning man/*.[1-8]
  man/install-links --list man/*.[1-8] | cut -d ' ' -f 1 | LC_ALL=C sort >"$OLDPWD/named"
  wanted=$(cat libffi*.map | sed 's/#.*//' | tr -s '; {}' '\n' | grep -x 'ffi_[a-z0-9_]*' \
    | LC_ALL=C sort -u)
  [ -n "$wanted" ]
  if comm -23 <(printf '%s\n' "$wanted") "$OLDPWD/named" | grep .; then
    echo "no manual page describes these symbols"
    return 1
  fi
  cd "$OLDPWD"
  "$top/configure"
  make info html 2>&1 | tee make.out
  if grep -i 'warning:' make.out; then return 1; fi
}

# Symbols of a library: one line each, with the version.
exported () { nm -D --defined-only --with-symbol-versions "$1" | cut -d ' ' -f 2- | sort; }

# The library built by meson: with_meson DIRECTORY MESON-ARGUMENT...
with_meson ()
{
  meson setup --fatal-meson-warnings --werror --prefix=/usr --libdir=lib \
    -Ddefault_library=both "${@:2}" "$1" "$top"
  ninja -C "$1"
}

# Three ways to build for one machine, by configure, by meson and by cc on a list of
# files; and some tests of the second:
#   ways_agree NAME COMPILER TESTS CONFIGURE-ARGUMENT... -- MESON-ARGUMENT...
ways_agree ()
{
  local name=$1 compiler=$2 tests=$3 arguments=() file
  for file in "${@:4}"; do [ "$file" != -- ] || break; arguments+=("$file"); done
  mkdir "$name"
  cd "$name"
  "$top/configure" "${system_layout[@]}" "${arguments[@]}"
  make
  make install DESTDIR="$PWD/root"
  # shellcheck disable=SC2046 # words
  "$compiler" -O2 -shared -fPIC $(make -s list-flags) $(make -s list-sources) -o plain.so
  with_meson meson "${@:$((5 + ${#arguments[@]}))}"
  DESTDIR=$PWD/root-meson meson install -C meson
  for file in plain.so root-meson/usr/lib/libffi.so.8; do
    diff <(exported .libs/libffi.so.8) <(exported "$file")
  done
  exported plain.so | grep -F 'ffi_call@@LIBFFI_BASE_8.0'
  for file in ffi.h ffitarget.h ffi_tramp.h ffi_types.h; do cmp {root,root-meson}/usr/include/"$file"; done
  for file in root root-meson; do
    export PKG_CONFIG_LIBDIR=$file/usr/lib/pkgconfig
    pkg-config --modversion --print-provides libffi
    pkg-config --define-variable=prefix=/moved --variable=toolexeclibdir libffi
    pkg-config --define-variable=prefix=/moved --cflags --libs libffi
    (cd "$file/usr" && find lib ! -type d ! -name '*.la' | LC_ALL=C sort)
  done | sort | uniq -c | awk '$1 != 2 { print; bad = 1 } END { exit bad }'
  if [ -n "$tests" ]; then
    RUNTESTFLAGS="FFI_OPTIONS=-O0 $tests" meson test -C meson --verbose
  fi
  cd ..
}

# meson.build and the lists for plain cc make the library that configure makes, for this
# machine and for those that have a file in tools/meson: meson_and_cc MACHINE...
meson_and_cc ()
{
  local machine arguments
  ways_agree x86_64 gcc tramp.exp --
  for machine; do
    case $machine in
      i686) arguments=("${i686[@]}") ;;
      armhf) arguments=("${armhf[@]}") ;;
      *) arguments=("--host=$machine-linux-gnu") ;;
    esac
    ways_agree "$machine" "${arguments[0]#--host=}-gcc" '' "${arguments[@]}" -- \
      --cross-file "$top/tools/meson/$machine.ini" "-Dc_link_args=$(setting LDFLAGS '' "${arguments[@]}")"
  done
}

# What tools/SCRIPT does with the source archive: in_archive SCRIPT
in_archive ()
{
  "$top/configure" --disable-static
  make dist
  "$top/tools/$1" libffi-*.tar.xz
}

# Programs that use libffi, with the distribution's and with this library in its place.
programs ()
{
  "$top/configure" --disable-static
  make dist
  DEB_BUILD_OPTIONS=nocheck "$top/tools/deb/build" libffi-*.tar.xz deb
  "$top/tools/programs/run" deb
}
