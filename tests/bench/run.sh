#!/usr/bin/env bash
# Runs a group of benchmarks: bash tests/bench/run.sh runtime [ARGUMENTS]
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
group=${1:-}
if [ -z "$group" ] || [ ! -f "$folder/$group/run.sh" ]; then
    echo "usage: bash tests/bench/run.sh GROUP [ARGUMENTS]; groups:" >&2
    for script in "$folder"/*/run.sh; do echo "  $(basename "$(dirname "$script")")" >&2; done
    exit 2
fi
shift
exec bash "$folder/$group/run.sh" "$@"
