# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top comes from tools/lib.sh
# The step `newcomer' of run-tests: the suite in trees that lie elsewhere.

set -euo pipefail

# The source as git has it, or as it was unpacked: copy_source DIRECTORY
copy_source ()
{
  local list=(find . -path ./build -prune -o ! -type d -print0)
  if [ -e "$top/.git" ] && git -C "$top" ls-files >/dev/null 2>&1; then
    list=(git ls-files -z)
  fi
  mkdir -p "$1"
  (cd "$top" && "${list[@]}" | tar --null -T - -cf -) | tar -C "$1" -xf -
}

# The suite in a tree that is not this one:
#   suite_in TREE NAME [RUNTESTFLAGS=...] CONFIGURE-ARGUMENT...
suite_in ()
{
  local top=$1
  mkdir -p "$top/build/$2"
  ln -s "$top/build/$2/libffi.sum" "$2.sum" # where the runner counts results
  cd "$top/build/$2"
  suite "${@:3}"
  cd "$OLDPWD"
}

# In a tree that everybody may read and nobody may write to, by a user who has no home,
# no group and next to no environment.
suite_for_readers ()
{
  local there status=0
  [ "$(id -u)" -eq 0 ] || return 0 # then the other steps have shown that
  there=$(mktemp -d)
  chmod 755 "$there"
  copy_source "$there/source"
  "$there/source/autogen.sh"
  chmod -R a=rX "$there/source"
  mkdir "$there/build"
  chown 65534:65534 "$there/build"
  # shellcheck disable=SC2016 # the other user's shell expands these
  env -i PATH="$PATH" setpriv --reuid=65534 --regid=65534 --clear-groups sh -euc '
    umask 077
    cd "$1/build"
    ../source/configure --disable-static
    make
    make check "$2"' sh "$there" "$1" || status=$?
  cp "$there/build/libffi.sum" readers.sum
  rm -rf "$there"
  return "$status"
}

# As newcomers have it: in a directory called libffi, in a home that only its owner may
# enter; as an installation that many read; with a blank in its path, which DejaGnu does
# not take.  And whether each loads this library, where the distro's is at hand.
#   newcomer RUNTESTFLAGS=... BRIEFER-RUNTESTFLAGS=... CONFIGURE-ARGUMENT-FOR-I386...
newcomer ()
{
  local home=$PWD/home blank="$PWD/home/with a blank" said
  mkdir -m 0700 home
  copy_source home/libffi
  copy_source "$blank"
  "$home/libffi/autogen.sh"
  suite_in "$home/libffi" x86_64 "$1" --disable-static
  suite_in "$home/libffi" i686 "$2" --disable-static "${@:3}"
  LD_LIBRARY_PATH=$home/libffi/build/x86_64/.libs python3 -I \
    "$home/libffi/tools/ci/callbacks.py" "$home/libffi/build/x86_64/.libs/libffi.so.8"
  suite_for_readers "$2"

  unset TERM HOME # as in some containers
  "$blank/run-demo"
  said=$("$blank/run-tests" default 2>&1) && return 1
  grep -F 'cannot work in the directory' <<<"$said"
  cd "$blank/build/demo"
  said=$(make check 2>&1) && return 1
  grep -F 'DejaGnu cannot run in a directory of this name' <<<"$said"
}
