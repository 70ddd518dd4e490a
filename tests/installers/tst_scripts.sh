#!/usr/bin/env bash
# The scripts for people: their syntax, their answers to wrong use, their list of packages.
# Usage: tst_scripts.sh SOURCE_FOLDER
set -euo pipefail
cd "$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

for script in installers/*.sh tests/run.sh tests/installers/*.sh .ci/run; do
    bash -n "$script" || fail "syntax of $script"
done
grep -q 'bash tests/run.sh$' .ci/run || fail ".ci/run does not call tests/run.sh"

# Wrong use is answered with the usage and exit code 2, before anything is installed or built.
status=0
bash installers/quickstart.sh --nonsense >"$work/out" 2>&1 || status=$?
[ "$status" -eq 2 ] && grep -q '^Usage: ' "$work/out" || fail "quickstart.sh --nonsense: $status"

source installers/install_packages.sh
for section in build run test; do
    [ "$(packagesOf "$section" | wc -l)" -ge 3 ] || fail "packages.txt has no section $section"
done
[ -z "$(packagesOf build | sort | uniq -d)" ] || fail "a package is listed twice"
[ "$(missingPackages bash no-such-package dpkg)" = no-such-package ] ||
    fail "missingPackages does not find what is missing"

# A missing package is an order to people who are not root, and nothing else happens.
packageList="$work/packages.txt"
printf '[build]\nno-such-package\nbash\n' >"$packageList"
id() { echo 1000; }
if needPackages build >"$work/out" 2>&1; then
    fail "needPackages went on without a package"
fi
grep -q 'sudo apt-get install --no-install-recommends no-such-package$' "$work/out" ||
    fail "needPackages does not say what to run: $(cat "$work/out")"

# README names every package that is built with or tested with.
packageList=installers/packages.txt
for package in $(packagesOf build) $(packagesOf run) $(packagesOf test); do
    grep -qF "\`$package\`" README.md || fail "README.md does not say what $package is for"
done
echo "all well"
