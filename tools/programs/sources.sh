# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For rebuild-inside and archive-inside: Debian's sources.

# Have apt know the sources of what it knows the packages of.
know_sources ()
{
  local lines
  lines=$(find /etc/apt -name '*.list' ! -name sources-too.list \
    -exec sed -n 's/^deb /deb-src /p' '{}' +)
  printf '%s\n' "$lines" >/etc/apt/sources.list.d/sources-too.list
  apt-get -qq update
}

# Fetch the files of SOURCE whose names match PATTERN: fetch_source SOURCE PATTERN
fetch_source ()
{
  apt-get -qq source --print-uris "$1" \
    | sed -nE "s/^'(.*$2)' ([^ ]*) [0-9]* (.*)/\1 \2 \3/p" \
    | xargs -r -n 3 /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root download-file >/dev/null
}

# Make the packages of the source in this directory; their tests are run later:
#   make_packages DEB_BUILD_OPTION DPKG-BUILDPACKAGE-OPTION...
make_packages () { DEB_BUILD_OPTIONS="nocheck $1" dpkg-buildpackage -us -uc "${@:2}"; }

# Make Ruby's gem ffi in this directory, whose specs use what is built there.
make_gem ()
{
  (cd ext/ffi_c || exit
    ruby extconf.rb --enable-system-libffi && make -j2 && cp ffi_c.so ../../lib)
}
