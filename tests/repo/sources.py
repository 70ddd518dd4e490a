"""Every C++ file is short, and every header begins by saying what it holds."""

import repo_files

MAX_LINES = 450


def rule(root):
    broken = []
    for path in repo_files.code(root):
        lines = repo_files.lines(root, path)
        if len(lines) > MAX_LINES:
            broken.append(f"{path}: {len(lines)} lines, more than {MAX_LINES}: split it")
        if not path.endswith(".h"):
            continue
        if not lines or not lines[0].startswith("// "):
            broken.append(f"{path}:1: the first line of a header says what the file holds")
        if "#pragma once" not in lines:
            broken.append(f"{path}: no #pragma once")
    return broken


if __name__ == "__main__":
    repo_files.main(rule)
