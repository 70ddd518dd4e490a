#!/usr/bin/env bash
# From a bare Debian 12 to a running Exitwave: installs the packages that are missing (as root),
# builds the preset release, and starts the lesson on how a crash spreads along links.
# Without a display it runs the same under a virtual one and leaves a picture of the graph right
# after the crash, exitwave-quickstart.png, in the current folder.
# Usage: bash installers/quickstart.sh [--picture]
#   --picture   take the picture even if there is a display
set -euo pipefail
callersFolder="$PWD"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly callersFolder root
source "$root/installers/install_packages.sh"

wantPicture=false
case "${1-}" in
"") ;;
--picture) wantPicture=true ;;
*)
    sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0" >&2
    exit 2
    ;;
esac

needPackages build run

# Shows what the build says only when it fails.
build() {
    local log
    log="$(mktemp)"
    cd "$root"
    echo "Building Exitwave (the first time this takes some minutes) ..."
    if ! cmake --preset release -DEXITWAVE_BUILD_TESTS=OFF -DEXITWAVE_BUILD_BENCHMARKS=OFF \
        >"$log" 2>&1 || ! cmake --build --preset release >>"$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "The build failed; the whole log is in $log" >&2
        return 1
    fi
    rm -f "$log"
}
build

readonly lesson=linked
readonly exitwave="$root/build/release/bin/exitwave"
if [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] && ! $wantPicture; then
    echo "Starting $exitwave --lesson $lesson"
    exec "$exitwave" --lesson "$lesson"
fi

picture="$callersFolder/exitwave-quickstart.png"
if [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    echo "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the lesson runs"
    echo "under a virtual one."
fi
rm -f "$picture"
LIBGL_ALWAYS_SOFTWARE=1 QT_QPA_PLATFORM=xcb \
    xvfb-run -a -s "-screen 0 1920x1200x24" \
    "$exitwave" --lesson "$lesson" --at crash --screenshot "$picture"
if [ ! -s "$picture" ]; then
    echo "Exitwave ended without leaving $picture" >&2
    exit 1
fi
echo "The picture right after the crash: $picture"
echo "With a display: $exitwave --lesson $lesson"
