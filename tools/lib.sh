# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What run-demo and run-tests share.

set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$top/build/logs

# Neither a caller's make nor her locale or umask may change what is built and read here.
unset MAKEFLAGS MFLAGS MAKELEVEL CDPATH
export LC_ALL=C.UTF-8
umask 022

say () { printf '%s\n' "$*"; }

die ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# place_is_fit CHARACTERS: stop at once if the path of this tree has a character that
# would be taken for something else on its way through make, compilers' and linkers'
# options, LD_LIBRARY_PATH and DejaGnu.  CHARACTERS are fit besides.
place_is_fit ()
{
  local fit='[:alnum:]/._+@~'$1
  [[ $top == *[!$fit-]* ]] || return 0
  die "cannot work in the directory $(printf '%q' "$top"): move it to a path that has
only letters, digits and / . _ + @ ~ -"
}

mkdir -p "$logs" || die "needs a checkout that it may write to"

# logged NAME COMMAND...: output to build/logs/NAME.log; ends the script on failure.
logged ()
{
  local log=$logs/$1.log status
  shift
  set +e # not `if': that would switch it off inside a function COMMAND, too
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  [ "$status" -eq 0 ] && return
  tail -n 30 "$log" >&2
  die "failed: $* (build/logs/${log##*/})"
}

# install_missing PACKAGE...: apt-get install those that are not there yet.
install_missing ()
{
  local package missing=()
  for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] \
      || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || die "install these packages, or run as root: ${missing[*]}"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  logged apt-update apt-get -q update
  logged apt-install apt-get -q install -y --no-install-recommends "${missing[@]}"
}

# Make configure and what belongs to it.  By force, as autom4te takes what it made within
# the same second for up to date: then m4/ is missing in the archive.
bootstrap () { logged autoreconf autoreconf --force --install "$top"; }

# Unless they are there and no older: others may be building by them.
bootstrap_once ()
{
  if [ "$top/configure" -nt "$top/configure.ac" ] && [ "$top/Makefile.in" -nt "$top/Makefile.am" ]; then
    return
  fi
  bootstrap
}
