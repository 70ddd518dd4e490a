#!/usr/bin/env bash
# Frame times of the canvas, from a release build, on a virtual display.
# bash tests/bench/run.sh canvas; BUILD_DIR names another build folder than build/release.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
build=${BUILD_DIR:-$root/build/release}
if [[ ! -f $build/build.ninja ]]; then
    (cd "$root" && cmake --preset release > /dev/null)
fi
cmake --build "$build" --target bench_canvas > /dev/null
QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1 \
    xvfb-run -a -s "-screen 0 1920x1200x24" "$build/bin/benchmarks/bench_canvas"
