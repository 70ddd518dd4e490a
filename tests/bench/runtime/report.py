#!/usr/bin/env python3
"""report.py RESULTS.jsonl: medians of CPU nanoseconds per operation, ours beside the BEAM's better one."""
import json
import statistics
import sys

WHAT = {
    "W1": "spawn + normal exit",
    "W2": "spawn_link, parent crashes, all die",
    "W5": "spawn_link + crash + EXIT message",
    "W6": "message (ping-pong)",
    "W8": "link + unlink",
}

runs = {}
for line in open(sys.argv[1], encoding="utf-8"):
    run = json.loads(line)
    key = (run["w"], run["peer"], run["workers"], run["traced"])
    runs.setdefault(key, []).append(run["cpu_ns_per_op"])
median = {key: statistics.median(values) for key, values in runs.items()}


def best(workload, peer, traced):
    found = [(v, k[2]) for k, v in median.items() if k[0] == workload and k[1] == peer and k[3] == traced]
    return min(found) if found else (None, None)


print(f"{'':4}{'':38}{'ours':>10}{'traced':>10}{'BEAM best':>12}{'factor':>9}   (CPU ns per operation, medians)")
for workload, text in WHAT.items():
    ours, ourWorkers = best(workload, "exitwave", False)
    traced, _ = best(workload, "exitwave", True)
    beam, beamWorkers = best(workload, "beam", False)
    if ours is None:
        continue
    line = f"{workload:4}{text:38}{ours:>10.0f}{traced if traced is not None else float('nan'):>10.0f}"
    if beam is not None:
        line += f"{beam:>12.0f}{beam / ours:>8.1f}x   ours: {ourWorkers} worker(s), BEAM: +S {beamWorkers}"
    print(line)
