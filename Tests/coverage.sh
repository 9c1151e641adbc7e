#!/bin/bash
# Runs the unit tests and reports which share of the lines in Sources they execute. Less than 80 % is a failure.
set -u
cd "$(dirname "$0")/.." || exit 1
build=.build-coverage least=80
report=$build/tests.xml
passed=0 failed=0
rm -rf "${report%.xml}"*.xml $build/debug/codecov

swift build --build-tests --enable-code-coverage --scratch-path $build >$build.log 2>&1 || {
    tail -n 40 $build.log
    rm -f $build.log
    echo "0 passed, 1 failed"
    exit 1
}
rm -f $build.log
swift test --skip-build --enable-code-coverage --scratch-path $build --xunit-output $report >$build/tests.log 2>&1
code=$?
grep -E '^(✘|➜|↳|. Test run|error|Fatal)|^ *[0-9]+ [-+] ' $build/tests.log | grep -v '^↳ \(///\|Testing Library\|Target\)'

# A parameterized test counts as one.
xml=${report%.xml}-swift-testing.xml
if [ -f "$xml" ]; then
    total=$(grep -oE '<testsuite [^>]*tests="[0-9]+"' "$xml" | grep -oE '[0-9]+"$' | tr -d '"' | head -n 1)
    failed=$(grep -oE '<testcase [^>]*[^/]>' "$xml" | wc -l)
    passed=$((total - failed))
fi
[ $code = 0 ] || [ "$failed" != 0 ] || failed=1

binary=$(find $build/debug/ -maxdepth 1 -name '*.xctest')
# The tools of the Swift toolchain, because others cannot read its format. After a failure the profiles are not merged, so this merges them.
tools=$(dirname "$(readlink -f "$(command -v swift)")")
profile=$build/all.profdata
"$tools/llvm-profdata" merge -sparse $build/debug/codecov/*.profraw -o $profile
lines=$("$tools/llvm-cov" report "$binary" -instr-profile=$profile Sources | awk '$1 == "TOTAL" { print $10 }')
echo "coverage: $lines of the lines of Sources"
if awk -v lines="${lines%\%}" -v least=$least 'BEGIN { exit !(lines + 0 >= least) }'; then passed=$((passed + 1)); else
    echo "not ok: coverage is below $least%"
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
