#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run the tests of trampfd(2) and report them in TAP.  The tests are of all forms; those
# with immediates are allowed meanwhile.

cd "$(dirname "$0")" || exit 1
immediates=/sys/module/trampfd/parameters/immediates
if ! [ -e $immediates ]; then
	echo "1..0 # SKIP the kernel has no trampfd"
	exit 4
fi
if ! [ -w $immediates ]; then
	echo "1..0 # SKIP root only"
	exit 4
fi
was=$(cat $immediates)
trap 'echo "$was" > $immediates' EXIT
echo Y > $immediates

# Each test is a program without a suffix.
tests=
for test in ./*; do
	case ${test#./} in
	*.* | Makefile | config | settings) ;;
	*) [ -f "$test" ] && [ -x "$test" ] && tests="$tests ${test#./}" ;;
	esac
done
# shellcheck disable=SC2086 # words
set -- $tests
echo "TAP version 13"
if [ $# -eq 0 ]; then
	echo "1..0 # SKIP no tests for this architecture"
	exit 4
fi
echo "1..$#"

number=0
failed=0
for test; do
	number=$((number + 1))
	output=$(timeout 120 "./$test" 2>&1)
	status=$?
	[ -z "$output" ] || echo "$output" | sed 's/^/# /'
	case $status in
	0) echo "ok $number $test" ;;
	4) echo "ok $number $test # SKIP" ;;
	*)
		echo "not ok $number $test # status $status"
		failed=1
		;;
	esac
done
exit $failed
