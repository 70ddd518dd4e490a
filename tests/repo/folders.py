"""Every folder is described and every plugin is tested.

A library's folder has a README.md or a line in that of its parent, which names it `folder/`. A
plugin has a test and a line in plugins/README.md.
"""

import os

import repo_files

HOUSES = ("runtime/", "gui/", "plugins/")


def text_of(root, path):
    return "\n".join(repo_files.lines(root, path)) if os.path.exists(os.path.join(root, path)) \
        else ""


def rule(root):
    files = set(repo_files.tracked(root))
    libraries = sorted(os.path.dirname(path) for path in files
                       if path.startswith(HOUSES) and path.count("/") > 1
                       and path.endswith("/CMakeLists.txt"))
    broken = []
    for library in libraries:
        house, name = library.split("/", 1)
        line = f"`{name}/`" in text_of(root, f"{house}/README.md") \
            or f"`{name}`" in text_of(root, f"{house}/README.md")
        if house == "plugins":
            if not line:
                broken.append(f"{library}: no line about `{name}/` in plugins/README.md")
            if not any(path.startswith(f"tests/{library}/tst_") for path in files):
                broken.append(f"{library}: no test in tests/{library}")
        elif not line and f"{library}/README.md" not in files:
            broken.append(f"{library}: no README.md, and no line about `{name}/` in "
                          f"{house}/README.md")
    return broken


if __name__ == "__main__":
    repo_files.main(rule)
