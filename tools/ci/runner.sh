# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # top, logs and packages come from the includer
# Runs the steps of run-tests and counts what they and the test suites say.

set -euo pipefail

failures='FAIL|XPASS|KPASS|UNRESOLVED|ERROR' # DejaGnu's words; all of them fail
skips='UNSUPPORTED|UNTESTED|XFAIL|KFAIL'

# The results of a step's test suites, if it has any; one that never began has no directory.
results_of ()
{
  find "$top/build/$1" -maxdepth 2 -name '*.sum' -exec cat {} + 2>/dev/null || true
}

count () { grep -cE "^($1):" || true; }

# Run one step, in a shell of its own; its verdict, its duration and the processor time
# that it took end up in build/logs/NAME.status.
run_step ()
{
  local name=$1 log=$logs/$1.log start=$SECONDS status verdict tests taken processor
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
  taken=$((SECONDS - start))
  times >"$logs/$name.status" # of this shell and, in the second line, of what it ran
  processor=$(awk -F '[ms ]+' 'NR == 2 { print int ($1 * 60 + $2 + $3 * 60 + $4) }' \
    "$logs/$name.status")
  echo "$verdict $taken $processor" >"$logs/$name.status"
  tests=$(results_of "$name" | count PASS)
  [ "$tests" -eq 0 ] && tests='' || tests=" ($tests tests passed)"
  printf '[%4d s] %-7s %-11s %4d s%s\n' "$SECONDS" "$verdict" "$name" \
    "$taken" "$tests"
}

# Start a step as soon as a place is free, or skip it if the run's time is over by then.
start_step ()
{
  started+=("$1")
  while [ "$(jobs -rp | wc -l)" -ge "$places" ]; do
    wait -n || true
  done
  if [ "$SECONDS" -lt "$limit" ]; then
    run_step "$@" &
  else
    echo "no time was left after $((limit / 60)) minutes: ./run-tests $1" >"$logs/$1.log"
    echo 'skipped 0 0' >"$logs/$1.status"
  fi
}

is_selected () { [[ " $selected " == *" $1 "* ]]; }

# A step of each run: step NAME FUNCTION ARGUMENT...
step ()
{
  if [ "$mode" = list ]; then
    say "$1"
  elif [ -z "$selected" ] || is_selected "$1"; then
    start_step "$@"
  fi
}

# A step that runs only with --all or by its name: step_of_all NAME REASON FUNCTION ARGUMENT...
step_of_all ()
{
  if [ "$mode" = list ]; then
    printf '%-18s only with --all: %s\n' "$1" "$2"
  elif [ "$mode" = all ] || is_selected "$1"; then
    start_step "$1" "${@:3}"
  fi
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
    read -r verdict _ 2>/dev/null <"$logs/$name.status" || verdict=failed
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

# Where the time went: the steps that took most of it.
tell_durations ()
{
  local name verdict taken processor all
  for name in "${started[@]}"; do
    read -r verdict taken processor 2>/dev/null <"$logs/$name.status" || continue
    echo "$taken $processor $name"
  done >"$logs/durations"
  [ "${#started[@]}" -gt 1 ] || return 0
  say
  say "The slowest steps    seconds    of a processor"
  sort -rn "$logs/durations" | head -n 12 | while read -r taken processor name; do
    printf '  %-16s %9d %17d\n' "$name" "$taken" "$processor"
  done
  all=$(awk '{ sum += $2 } END { print sum + 0 }' "$logs/durations")
  printf '  %-16s %9d %17d\n' "all ${#started[@]}" "$SECONDS" "$all"
}

# run_steps [--list | --all | STEP...]
run_steps ()
{
  local mode=list selected='' places=${JOBS:-2} started=() known names name limit=999999
  known=$(steps)
  names=$(awk '{ print $1 }' <<<"$known")
  mode=some
  case $* in
    '') limit=${LIMIT:-2700} ;;
    --list) say "$known"; return ;;
    --all) mode=all ;;
    *)
      for name; do
        grep -qxF -e "$name" <<<"$names" \
          || die "there is no step '$name'; ./run-tests --list names them"
      done
      selected=$* ;;
  esac
  rm -f "$logs"/*.status "$logs/durations"
  if ! (install_missing "${packages[@]}" && bootstrap); then
    say
    say "0 passed, 1 failed"
    exit 1
  fi
  steps
  wait
  tell_durations
  summarize
}
