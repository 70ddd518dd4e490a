"""What the rules look at: the files of the repository, and how a rule reports."""

import os
import subprocess
import sys

GENERATED = ("build", ".git", ".cache", "__pycache__")


def tracked(root):
    """Paths of all files git knows in root, or of all files where root is no checkout."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z"],
        capture_output=True, text=True)
    if listing.returncode == 0 and os.path.exists(os.path.join(root, ".git")):
        paths = [path for path in listing.stdout.split("\0") if path]
        return [path for path in paths if os.path.isfile(os.path.join(root, path))]
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in GENERATED)
        found += [os.path.relpath(os.path.join(folder, name), root) for name in sorted(names)]
    return found


def code(root):
    """Paths of the C++ files."""
    return [path for path in tracked(root) if path.endswith((".h", ".cpp"))]


def lines(root, path):
    """The lines of one text file; a byte that is no UTF-8 is a question mark."""
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read().splitlines()


def main(rule):
    """Runs rule(root), prints each broken place, and ends with 1 if there is any."""
    root = sys.argv[1] if len(sys.argv) > 1 else os.getcwd()
    broken = rule(root)
    for complaint in broken:
        print(complaint)
    print(f"{len(broken)} broken" if broken else "kept")
    sys.exit(1 if broken else 0)
