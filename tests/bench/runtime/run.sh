#!/usr/bin/env bash
# Measures the process runtime beside the BEAM: the same workloads, round by round in turn, so that
# what else the machine does hits both. Each run is a process of its own.
#   bash tests/bench/run.sh runtime [ROUNDS] [WORKLOAD ...]
# The BEAM runs with one and with two schedulers, and so do we; the better one counts. Results go to
# build/bench/runtime.jsonl, the table to stdout.
set -euo pipefail
cd "$(dirname "$0")/../../.."
rounds=${1:-5}
shift || true
workloads=("$@")
[ ${#workloads[@]} -gt 0 ] || workloads=(W1 W2 W5 W6 W8)
declare -A counts=([W1]=500000 [W2]=300000 [W5]=500000 [W6]=500000 [W8]=500000)

build=build/bench
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DEXITWAVE_RUNTIME_ONLY=ON >/dev/null
ninja -C $build bench_runtime >/dev/null
ours=$build/bin/benchmarks/bench_runtime
beam=
if command -v erlc >/dev/null && command -v erl >/dev/null; then
    erlc -o $build tests/bench/runtime/beam/bench.erl
    beam=yes
else
    echo "No Erlang here (apt-get install erlang-base): only our own figures follow." >&2
fi

results=$build/runtime.jsonl
: >$results
for ((round = 1; round <= rounds; round++)); do
    for workload in "${workloads[@]}"; do
        count=${counts[$workload]}
        for workers in 1 2; do
            $ours "$workload" "$count" $workers >>$results
            if [ -n "$beam" ]; then
                erl +S $workers:$workers +P 4000000 -noshell -noinput -pa $build \
                    -s bench main "$workload" "$count" >>$results
            fi
        done
        $ours "$workload" "$count" 1 trace >>$results
    done
done
python3 tests/bench/runtime/report.py $results
