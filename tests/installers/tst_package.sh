#!/usr/bin/env bash
# Makes the Debian package, installs it in a clean root, and starts what is in it.
# clean_root.py says what a clean root is, and what it proves.
#
# Usage: tst_package.sh SOURCE_FOLDER BUILD_FOLDER    Skipped (77) unless run by root.
set -euo pipefail
readonly source=$1 build=$2
if [ "$(id -u)" -ne 0 ]; then
    echo "skipped: only root can install a package in another root"
    exit 77
fi
work="$(mktemp -d)"
readonly work root="$work/root"
cleanUp() {
    ! mountpoint -q "$root/proc" || umount -l "$root/proc"
    rm -rf --one-file-system "$work"
}
trap cleanUp EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# --- make it ---
(cd "$build" && cpack -G DEB -B "$work/deb") >"$work/cpack.log" 2>&1 ||
    { cat "$work/cpack.log" && fail "cpack"; }
deb="$(echo "$work"/deb/*.deb)"
echo "made $(basename "$deb"), $(stat -c %s "$deb") bytes"
dpkg-deb --field "$deb" Package Version Architecture Depends Recommends

contents="$(dpkg-deb --contents "$deb" | awk '{ print $6 }')"
wanted=(bin/exitwave bin/exitwave-cli bin/exitwave-node
    share/applications/org.exitwave.Exitwave.desktop
    share/icons/hicolor/scalable/apps/exitwave.svg
    share/metainfo/org.exitwave.Exitwave.metainfo.xml
    share/mime/packages/org.exitwave.Exitwave.mime.xml
    share/doc/exitwave/copyright share/doc/exitwave/changelog.gz
    share/man/man1/exitwave.1.gz share/man/man1/exitwave-cli.1.gz
    share/man/man1/exitwave-node.1.gz)
for plugin in $(sed -n 's/^exitwave_plugin(\([a-z0-9_]*\).*/\1/p' \
    "$source"/plugins/*/CMakeLists.txt); do
    wanted+=("lib/exitwave/plugins/$plugin.so")
done
for path in "${wanted[@]}"; do
    grep -qx "./usr/$path" <<<"$contents" || fail "the package has no /usr/$path"
done

# --- install it ---
python3 -B "$(dirname "$0")/clean_root.py" "$root" "$(dpkg-deb --field "$deb" Depends)"
dpkg --root="$root" --install "$deb" || fail "dpkg does not install it"
[ "$(dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${db:Status-Status}' exitwave)" = installed ] ||
    fail "it is not installed"
[ -e "$root/dev/null" ] || mknod -m 666 "$root/dev/null" c 1 3
mknod -m 666 "$root/dev/urandom" c 1 9 2>/dev/null || true
# Not every container may mount; the programs start without /proc too.
mount -t proc proc "$root/proc" 2>/dev/null || true

# --- start it ---
inRoot() {
    timeout 60 chroot "$root" /usr/bin/env -i PATH=/usr/bin HOME=/root LANG=C.UTF-8 \
        XDG_RUNTIME_DIR=/tmp QT_QPA_PLATFORM=offscreen LIBGL_ALWAYS_SOFTWARE=1 "$@"
}
# starts TEXT COMMAND...: the command ends well and its output has the text.
starts() {
    local text=$1 output
    shift
    output="$(inRoot "$@" 2>&1)" || fail "$* ended with $?: $output"
    grep -qF -- "$text" <<<"$output" || fail "$* does not say \"$text\" but: $output"
    echo "ok: $*"
}
version="$(dpkg-deb --field "$deb" Version)"
starts "$version" exitwave --version
starts "$version" exitwave-node --version
starts "$version" exitwave-cli --version
starts linked exitwave-node list
starts events exitwave-cli --help
starts "" exitwave-node lesson linked --seed 1 --record /tmp/linked.ewt
starts oops exitwave-cli events /tmp/linked.ewt --json
starts "" exitwave --screenshot /tmp/linked.png --open /tmp/linked.ewt --at crash
file "$root/tmp/linked.png" | grep -q 'PNG image data' || fail "the screenshot is no PNG picture"

# --- the desktop knows it ---
update-mime-database "$root/usr/share/mime"
grep -q 'application/x-exitwave-trace:\*.ewt' "$root/usr/share/mime/globs2" ||
    fail "*.ewt has no MIME type"
grep -q 'application/x-exitwave-trace' "$root/usr/share/mime/magic" ||
    fail "traces have no magic number"
dpkg --root="$root" --purge exitwave || fail "dpkg does not remove it"
[ ! -e "$root/usr/bin/exitwave" ] && [ ! -e "$root/usr/lib/exitwave" ] || fail "removal left files"
echo "made, installed, started, removed"
