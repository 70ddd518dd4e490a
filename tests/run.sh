#!/usr/bin/env bash
# Installs what the tests need, builds everything, and runs every test:
#   1. the preset dev: all tests, the repository's rules and the package among them
#   2. the preset tsan: the tests of threads under ThreadSanitizer
# Usage: bash tests/run.sh          Ends with 0 when all is well, with 1 otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source installers/install_packages.sh
needPackages build run test

export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 CMAKE_COLOR_DIAGNOSTICS=OFF
logs="$(mktemp -d)"
trap 'rm -rf "$logs"' EXIT
failed=()

# The tests whose subject is what several threads do at once.
readonly threadLabels='^runtime/(base|actor|tracer)$'

# configureAndBuild PRESET: shows the tail of the log only when something went wrong.
configureAndBuild() {
    local started=$SECONDS
    if cmake --preset "$1" >"$logs/$1-configure" 2>&1 &&
        cmake --build --preset "$1" >"$logs/$1-build" 2>&1; then
        echo "$1: built in $((SECONDS - started)) s"
        return 0
    fi
    echo "$1: the build failed"
    tail -n 60 "$logs/$1-configure"
    [ ! -f "$logs/$1-build" ] || grep -A 12 -E 'FAILED|error|Error' "$logs/$1-build" | head -n 120
    failed+=("$1 build")
    return 1
}

# runTests PRESET [ctest options]
runTests() {
    local preset=$1 started=$SECONDS
    shift
    if ctest --preset "$preset" -j 2 --output-on-failure --no-label-summary "$@" \
        2>&1 | tee "$logs/$preset-test"; then
        echo "$preset: tests ran in $((SECONDS - started)) s"
    else
        failed+=("$preset tests")
    fi
}

if configureAndBuild dev; then
    runTests dev
fi
if configureAndBuild tsan; then
    runTests tsan -L "$threadLabels"
fi

echo
grep -h -E 'tests passed|\(Failed\)|\(Timeout\)|Not Run|\(Skipped\)' "$logs"/*-test || true
echo "All together: $((SECONDS / 60)) min $((SECONDS % 60)) s"
if [ "${#failed[@]}" -ne 0 ]; then
    echo "FAILED: ${failed[*]}"
    exit 1
fi
echo "All tests passed."
