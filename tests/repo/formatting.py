"""Every C++ file looks as clang-format says."""

import os
import shutil
import subprocess
import sys

import repo_files

SKIPPED = 77


def rule(root):
    tool = shutil.which("clang-format-14")
    if not tool:
        print("skipped: clang-format-14 is not installed (Debian package clang-format-14)")
        sys.exit(SKIPPED)
    files = repo_files.code(root)
    broken = []
    for start in range(0, len(files), 50):
        check = subprocess.run(
            [tool, "--dry-run", "--Werror", "--ferror-limit=1", *files[start:start + 50]],
            cwd=root, capture_output=True, text=True)
        if check.returncode != 0:
            broken += sorted({line.split(":")[0] + ": run clang-format-14 -i on it"
                              for line in check.stderr.splitlines() if ": error:" in line})
    return broken


if __name__ == "__main__":
    repo_files.main(rule)
