# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top, logs and packages come from the includer
# Runs the steps of run-tests and counts what they and the test suites say.

set -euo pipefail

failures='FAIL|XPASS|KPASS|UNRESOLVED|ERROR' # DejaGnu's words; all of them fail
skips='UNSUPPORTED|UNTESTED|XFAIL|KFAIL'

# The results of a step's test suites, if it has any.
results_of () { find "$top/build/$1" -maxdepth 2 -name '*.sum' -exec cat {} + 2>/dev/null; }

count () { grep -cE "^($1):" || true; }

# Run one step; its verdict and duration end up in build/logs/NAME.status.
run_step ()
{
  local name=$1 log=$logs/$1.log start=$SECONDS status verdict tests
  shift
  rm -rf "$top/build/$name"
  mkdir -p "$top/build/$name"
  set +e # not `if': that would switch it off inside the step, too
  (set -e; cd "$top/build/$name"; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  case $status in
    0) verdict=passed ;;
    77) verdict=skipped ;;
    *) verdict=failed ;;
  esac
  echo "$verdict" >"$logs/$name.status"
  tests=$(results_of "$name" | count PASS)
  [ "$tests" -eq 0 ] && tests='' || tests=" ($tests tests passed)"
  printf '[%4d s] %-7s %-11s %4d s%s\n' "$SECONDS" "$verdict" "$name" \
    $((SECONDS - start)) "$tests"
}

# Start a step as soon as a place is free.
step ()
{
  if [ "$mode" = list ]; then
    say "$1"
    return
  fi
  if [ -n "$selected" ] && [[ " $selected " != *" $1 "* ]]; then
    return
  fi
  started+=("$1")
  while [ "$(jobs -rp | wc -l)" -ge "$places" ]; do
    wait -n || true
  done
  run_step "$@" &
}

# A step that runs only when it is named.
step_if_named ()
{
  if [ "$mode" = list ] || [ -n "$selected" ]; then step "$@"; fi
}

# One failed step: its failed tests if it has any, and the end of its log.
explain ()
{
  say "--- $1 (build/logs/$1.log)"
  results_of "$1" | grep -E "^($failures):" | head -n 40 || true
  tail -n 25 "$logs/$1.log"
}

summarize ()
{
  local name verdict passed=0 failed=0 skipped=0 sum
  for name in "${started[@]}"; do
    verdict=$(cat "$logs/$name.status" 2>/dev/null) || verdict=failed
    sum=$(results_of "$name")
    passed=$((passed + $(count PASS <<<"$sum")))
    failed=$((failed + $(count "$failures" <<<"$sum")))
    skipped=$((skipped + $(count "$skips" <<<"$sum")))
    case $verdict in
      passed) passed=$((passed + 1)) ;;
      failed) failed=$((failed + 1)); explain "$name" ;;
      skipped)
        skipped=$((skipped + 1))
        say "skipped: step $name: $(tail -n 1 "$logs/$name.log")"
        ;;
    esac
    sed -nE "s/^($skips): /skipped: $name: \\1: /p" <<<"$sum"
  done
  say
  if [ "$skipped" -gt 0 ]; then
    say "$passed passed, $failed failed, $skipped skipped"
  else
    say "$passed passed, $failed failed"
  fi
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

run_steps ()
{
  local mode=list selected="$*" places=${JOBS:-2} started=() known name
  known=$(steps)
  if [ "${1-}" = --list ]; then
    say "$known"
    return
  fi
  for name; do
    grep -qxF -e "$name" <<<"$known" \
      || die "there is no step '$name'; ./run-tests --list names them"
  done
  rm -f "$logs"/*.status
  if ! (install_missing "${packages[@]}" && bootstrap); then
    say
    say "0 passed, 1 failed"
    exit 1
  fi
  mode=run
  steps
  wait
  summarize
}
