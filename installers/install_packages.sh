# Read by other scripts with `source`: needPackages SECTION... makes sure that the packages of
# these sections of packages.txt are installed. As root it installs what is missing; otherwise
# it says what to run and returns 1. Asks dpkg only, so it takes no time when all is there.

packageList="$(dirname "${BASH_SOURCE[0]}")/packages.txt"

# The package names of one section, one a line.
packagesOf() {
    awk -v section="[$1]" '
        /^#/ || NF == 0 { next }
        /^\[/ { inside = ($0 == section); next }
        inside { print $1 }' "$packageList"
}

# Those of the named packages that are not installed.
missingPackages() {
    local package
    for package in "$@"; do
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            echo "$package"
        fi
    done
}

needPackages() {
    local section names=() missing=()
    if ! command -v dpkg-query apt-get >/dev/null; then
        echo "This script installs Debian packages, and this system has no apt-get." >&2
        echo "Install what $packageList lists by your system's own means, then use the" >&2
        echo "presets of CMakePresets.json: cmake --workflow --preset dev" >&2
        return 1
    fi
    for section in "$@"; do
        mapfile -t -O "${#names[@]}" names < <(packagesOf "$section")
    done
    mapfile -t missing < <(missingPackages "${names[@]}")
    [ "${#missing[@]}" -eq 0 ] && return 0

    if [ "$(id -u)" -ne 0 ]; then
        echo "${#missing[@]} packages are missing, and only root can install them. Please run" >&2
        echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        echo "and start this script again." >&2
        return 1
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q || return 1
    apt-get install -q -y --no-install-recommends "${missing[@]}"
}
