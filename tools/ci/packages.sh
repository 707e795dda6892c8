# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top comes from tools/lib.sh
# Steps of run-tests: packages that a distribution's maintainer could upload.

set -euo pipefail

# What NAME.symbols of libffi8 in FILE.deb says: symbol@version, and the version that has it.
symbols_of () { dpkg-deb --ctrl-tarfile "$1" | tar xO ./symbols | sed -n 's/^ //p'; }

# The files of a package in DIRECTORY/root: unpack FILE.deb DIRECTORY
unpack ()
{
  mkdir -p "$2"
  dpkg-deb -R "$1" "$2"
}

# A library with the symbols of a list, symbol@version in each line: stub_library OUT <LIST
stub_library ()
{
  sed 's/ .*//' | awk -F@ -v source="$1.c" -v map="$1.map" '
    $1 != $2 { names[$2] = names[$2] " " $1 ";"; print "char " $1 ";" >source }
    END { for (node in names) print node " { global:" names[node] " };" >map }'
  cc -shared -nostdlib -Wl,-soname,libffi.so.8 -Wl,--version-script="$1.map" -o "$1" "$1.c"
}

# Each library has the symbols that its package says, and dpkg-gensymbols, as the rules call
# it, sees when one is gone.
symbols_listed ()
{
  local package architecture symbol
  for package in once/libffi8_*.deb; do
    rm -rf listed
    unpack "$package" listed
    diff <(symbols_of "$package" | sed -n 's/ .*//p' | LC_ALL=C sort) \
      <(nm -D --defined-only --with-symbol-versions listed/usr/lib/*/libffi.so.8 \
        | sed -E 's/.* //; s/@@/@/; /@/!s/.*/&@&/' | LC_ALL=C sort)
  done
  for architecture in amd64 i386; do
    mkdir -p "lost-$architecture"
    symbols_of once/libffi8_*_"$architecture".deb >"symbols-$architecture"
    stub_library "lost-$architecture/whole" <"symbols-$architecture"
    listed "$architecture" whole
    for symbol in ffi_call ffi_type_complex_double ffi_call_plan_size ffi_tramp_alloc; do
      sed "/^$symbol@/d" "symbols-$architecture" | stub_library "lost-$architecture/$symbol"
      if listed "$architecture" "$symbol"; then
        echo "$architecture: nobody sees that $symbol is gone"
        return 1
      fi
    done
  done
}

# listed ARCHITECTURE STUB: is it as debian/libffi8.symbols wants it?
listed ()
{
  dpkg-gensymbols -plibffi8 -v3.8.0+trampfd1-1 -c4 "-a$1" "-elost-$1/$2" "-Olost-$1/$2.symbols" \
    "-I$top/debian/libffi8.symbols" >"lost-$1/$2.log" 2>&1
}

# A program with a use of EXPRESSION needs VERSION of libffi8, and no later one:
#   needs VERSION EXPRESSION
needs ()
{
  local got
  printf '#include <ffi.h>\n#include <ffi_tramp.h>\nvoid *use = (void *) %s;\nint main (void) { return use == 0; }\n' \
    "$2" >uses.c
  cc -Wall -o uses -Ibuilt/usr/include/x86_64-linux-gnu uses.c -Lbuilt/usr/lib/x86_64-linux-gnu -lffi
  got=$(cd of && dpkg-shlibdeps -S../built -O -e../uses | tr , '\n' | sed -n 's/.*libffi8/libffi8/p')
  [ "$got" = "libffi8 (>= $1)" ] || { echo "$2 needs $got, not $1"; return 1; }
  # The installer's packages may need any symbol of libffi's own.
  (cd of && dpkg-shlibdeps -S../built -tudeb -O -e../uses) | grep -F 'libffi8-udeb (>= 3.8.0)'
}

dependencies_minimal ()
{
  mkdir -p of/debian
  cp once/source/debian/control of/debian
  unpack once/libffi8_*_amd64.deb built
  dpkg-deb -x once/libffi-dev_*_amd64.deb built
  needs 3.4 ffi_call
  needs 3.5 ffi_get_version
  needs 3.7 ffi_call_plan_invoke
  needs 3.7 '&ffi_type_uint128'
  needs 3.8 ffi_call_plan_size
  needs 3.8.0+trampfd1 ffi_tramp_alloc
}

# debian/copyright says what the files say; and a file by somebody else, or without a word
# of its licence, would be seen.
copyright_known ()
{
  local foreign word=Copyright # apart from the year, so that this file has no such notice
  python3 "$top/tools/ci/copyright.py" shipped
  for foreign in "/* $word (C) 2001 Jane Doe.  */" '/* SPDX-License-Identifier: Zlib */' 'int x;'; do
    echo "$foreign" >shipped/src/foreign.c
    if python3 "$top/tools/ci/copyright.py" shipped >foreign.log; then
      echo "nobody sees $foreign"
      return 1
    fi
    grep '^src/foreign.c ' foreign.log
  done
  rm shipped/src/foreign.c
}

# field NAME PACKAGE-FILE
field () { dpkg-deb -f "$2" "$1"; }

# What the packages' fields must say.
fields_true ()
{
  local package version libc architecture
  for package in once/{libffi8,ffi-tramp}_*.deb once/*.udeb; do
    rm -rf fields
    unpack "$package" fields
    # Not all are programs.
    version=$({ find fields/usr -type f -exec readelf -VW '{}' + 2>errors || :; } \
      | sed -nE 's/.*Name: GLIBC_(2\.[0-9]+)( .*|$)/\1/p' | sort -uV | tail -n 1)
    libc="libc6 (>= $version)"
    # In a list without symbols glibc's own version is the least.
    if [[ $package == *.udeb ]]; then libc='libc6-udeb (>= '; fi
    if ! field Depends "$package" | grep -F "$libc"; then
      echo "$package needs glibc $version, and says:"
      field Depends "$package"
      return 1
    fi
  done
  for package in once/libffi8_*.deb; do
    dpkg-deb --ctrl-tarfile "$package" | tar xO ./shlibs \
      | diff - <(printf '%s\n' 'libffi 8 libffi8 (>= 3.8.0)' 'udeb: libffi 8 libffi8-udeb (>= 3.8.0)')
  done
  # An answer about the machine's own architecture is not one about another.
  for package in once/ffi-tramp_*.deb; do [ "$(field Multi-Arch "$package")" != foreign ]; done
  # Architectures are named in several places.
  [ "$(grep '^Architecture: .* ' once/source/debian/control | sort -u | wc -l)" -eq 1 ]
  for architecture in $(sed -n 's/^Architecture: \(.* .*\)/\1/p' once/source/debian/control | head -n 1); do
    grep "libc6-dev-$architecture-cross \[$architecture\] <cross>" once/source/debian/control
  done

  version=$(field Version once/trampfd-dkms_*.deb)
  version=${version%-*}
  unpack once/trampfd-dkms_*.deb dkms
  grep -Fx "PACKAGE_VERSION=\"$version\"" "dkms/usr/src/trampfd-$version/dkms.conf"
  grep -Fx "DKMS_VERSION=$version" dkms/DEBIAN/postinst
  # Since Debian 13, no package may have files in these directories, which are links into /usr.
  for package in once/*.{deb,udeb}; do
    if dpkg-deb -c "$package" | grep -E ' \./(bin|lib[^/]*|sbin)/'; then return 1; fi
  done
  # Loading the module is the administrator's choice.
  if find dkms -path '*modules-load.d*' | grep .; then return 1; fi
}

# Everything names whoever MAINTAINER says: made_by 'NAME <ADDRESS>'
made_by ()
{
  local file
  dpkg-source --no-check -x made/*.dsc made/source
  for file in made/*.deb made/*.udeb; do [ "$(field Maintainer "$file")" = "$1" ]; done
  [ "$(dpkg-parsechangelog -l made/source/debian/changelog -S Maintainer)" = "$1" ]
  grep -Fx "Maintainer: $1" made/*.dsc
  grep -Fx "Maintainer: $1" made/*.changes
  if grep -rF .invalid made/source/debian; then return 1; fi
}

# Built twice alike, the second time from another directory, without a complaint of
# lintian's, these architectures cross-built; with the ABI of the distro's; and a system
# switched to them and back: debian ARCHITECTURE...
debian ()
{
  local archive package changes
  export DEB_BUILD_OPTIONS=nocheck
  "$top/configure" --disable-static
  make dist
  archive=$(echo libffi-*.tar.xz)
  "$top/tools/deb/build" "$archive" once amd64 i386 "$@"
  dpkg-source -x once/*.dsc once/source
  (umask 027; TZ=Pacific/Auckland "$top/tools/deb/build" --check-clean "$archive" again/deeper)
  for package in again/deeper/*.{deb,udeb,dsc,debian.tar.xz}; do
    cmp "$package" "once/${package##*/}"
  done

  for changes in once/*.changes; do
    lintian --allow-root --fail-on warning --info --display-info "$changes"
  done
  mkdir shipped
  tar xf "$archive" -C shipped --strip-components=1
  copyright_known
  symbols_listed
  dependencies_minimal
  fields_true
  abidiff --no-added-syms /usr/lib/x86_64-linux-gnu/libffi.so.8 \
    built/usr/lib/x86_64-linux-gnu/libffi.so.8

  unshare --mount true || { echo "may not mount, so makes no system to switch"; exit 77; }
  mkdir there
  tar xf "$archive" -C there --strip-components=1
  mkdir there/deb
  cp once/*.deb there/deb
  "$top/tools/deb/in-chroot" 'python3 gcc libc6-dev pkg-config debsums libffi-dev libffi-dev:i386
p11-kit:i386' there 'tools/deb/switch deb'
}

# The rest of the architectures, and packages by somebody else.
debian_all ()
{
  local me='Maria Muster <maria@example.org>'
  debian arm64 armhf ppc64el riscv64 s390x
  MAINTAINER=$me "$top/tools/deb/build" libffi-*.tar.xz made
  made_by "$me"
}

# Fails unless the paths that it reads, one in each line, are what `make install' installs, but
# for libtool's file.
as_installed ()
{
  sed -E 's,^\.?/?,./,' | LC_ALL=C sort -u | diff <(grep -v '\.la$' "$top/tools/ci/installed-files") -
}

# What makepkg makes for Arch.  It wants no root; Debian has it without pacman, which it would
# ask what is installed.
arch_package ()
{
  mkdir arch
  cp "$top/tools/arch/PKGBUILD" libffi-*.tar.xz arch
  local as=()
  if [ "$(id -u)" -eq 0 ]; then
    chown -R 65534:65534 arch
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  fi
  (cd arch
    "${as[@]}" env HOME="$PWD" PACMAN=true PKGEXT=.pkg.tar PACKAGER='Maria Muster <maria@example.org>' \
      makepkg --nodeps --nocheck --noconfirm)
  tar tf arch/libffi-3.8.0*-1-*.pkg.tar >arch/files
  grep -v -e '/$' -e '^\.' -e /licenses/ arch/files | sed 's/\.gz$//' | as_installed
  grep -x usr/share/licenses/libffi/LICENSE arch/files
  tar xOf arch/libffi-*.pkg.tar .PKGINFO | grep -Fx "pkgver = $1-1"
}

# The paths are moved from the package to the part of it that is being made: amove PATH...
amove ()
{
  local path
  for path; do
    mkdir -p "$subpkgdir/${path%/*}"
    mv "$pkgdir/$path" "$subpkgdir/$path"
  done
}

# What APKBUILD makes for Alpine, with the C library that Alpine has: this does what abuild,
# which Debian has not, does with its functions, each in a shell of its own.
alpine_packages ()
{
  local part CC=musl-gcc CBUILD CHOST srcdir=$PWD/alpine pkgdir=$PWD/apk/libffi subpkgdir
  CBUILD=$(gcc -dumpmachine) CHOST=$CBUILD
  export CC
  mkdir alpine
  tar xf libffi-*.tar.xz -C alpine
  # shellcheck source=tools/alpine/APKBUILD
  . "$top/tools/alpine/APKBUILD"
  [ "$_version" = "$1" ]
  [ "$pkgver" = "${1%+trampfd*}_p${1#*+trampfd}" ]
  for part in build package; do (cd "$builddir"; "$part"); done
  for part in $subpackages; do
    part=${part%:noarch}
    subpkgdir=$PWD/apk/${part%:*}
    part=${part##*:}
    (cd "$builddir"; "${part#"$pkgname-"}")
  done
  (cd apk; find . -type f -o -type l) | LC_ALL=C sort >alpine/files
  sed 's,^\./[^/]*,.,' alpine/files | grep -v /licenses/ | as_installed
  # The library alone is left for the package, and it is musl's.
  grep '^\./libffi/' alpine/files | diff - <(printf './libffi/usr/lib/libffi.so.%s\n' 8 8.5.0)
  readelf -dW apk/libffi/usr/lib/libffi.so.8 | grep -F 'library: [libc.so]'
}

# Recipes of other distributions, as far as Debian has what judges them.
other_packages ()
{
  local version
  install_missing makepkg libarchive-tools
  shellcheck "$top/tools/alpine/APKBUILD" "$top/tools/arch/PKGBUILD"
  "$top/configure" --disable-static
  make dist
  version=$(sed -n 's/^PACKAGE_VERSION = //p' Makefile)
  arch_package "$version"
  alpine_packages "$version"
}

# Packages for Fedora, as far as Debian's tools can build and judge them.
rpm_packages ()
{
  "$top/configure" --disable-static
  make dist
  rpmbuild -ta --nodeps --without check --define "_topdir $PWD/rpm" \
    --define "packager Maria Muster <maria@example.org>" libffi-*.tar.xz
  find rpm -name '*.rpm' | sed 's,.*/,,; s/-3\..*//' | LC_ALL=C sort \
    | diff - <(printf '%s\n' ffi-tramp libffi libffi libffi-devel libffi-doc libffi-static)
  rpm -qp --provides rpm/RPMS/*/libffi-3*.rpm >provides
  grep -F 'libffi.so.8(LIBFFI_BASE_8.0)' provides
  # The guidelines want this of a static library that has no shared one.
  rpm -qp --provides rpm/RPMS/*/libffi-devel-*.rpm | grep -F 'libffi_nested-static = '
  rpm -qp --qf '%{license}\n' rpm/SRPMS/*.rpm rpm/RPMS/*/*.rpm | sort -u | diff - <(echo MIT)
  # It succeeds whatever it finds.
  rpmlint -c "$top/tools/rpm/rpmlint.toml" rpm/SRPMS rpm/RPMS "$top/libffi.spec" | tee rpmlint.out
  if grep -E ': [EW]: ' rpmlint.out; then return 1; fi
}
