"""Every library stands on a floor of the house and uses lower floors only.

FLOORS is the table of the architecture. What a folder's CMakeLists.txt claims must agree with it,
and every #include is checked against it, because an include path would let a file reach any header
whatever CMake links.
"""

import os
import re

import repo_files

FLOORS = {
    "runtime/base": 0,
    "runtime/term": 1,
    "runtime/trace": 2,
    "runtime/actor": 3,
    "runtime/tracer": 3,
    "gui/graph": 3,
    "runtime/lessons": 4,
    "gui/explain": 4,
    "gui/layout": 4,
    "runtime/embedded": 5,
    "gui/scene": 5,
    "plugins/api": 5,
    "runtime/node": 6,
    "gui/session": 6,
    "gui/views/canvas": 7,
    "gui/views/timeline": 7,
    "gui/views/window": 8,
    "gui/cli": 8,
    "gui/app": 9,
}
PLUGIN_FLOOR = 6

# Plugins see plugins/api and what it speaks of; the sources have the runtime behind them.
PLUGINS_MAY_USE = {"runtime/base", "runtime/term", "runtime/trace", "gui/graph", "gui/explain",
                   "gui/layout", "plugins/api"}
PLUGINS_MAY_USE_MORE = {
    "plugins/source_embedded": {"runtime/actor", "runtime/tracer", "runtime/lessons",
                                "runtime/embedded"},
    "plugins/source_node": {"runtime/tracer"},
}

QT_FREE = ("runtime/", "gui/graph/", "gui/explain/", "gui/layout/", "gui/scene/")
WIDGET_FLOOR = 7

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
QT_HEADER = re.compile(r"^(Q[A-Z]\w*|Qt\w*)(/|$)|^q[a-z0-9]+\.h$")
WIDGET_HEADER = re.compile(
    r"^(QtWidgets|QtOpenGL|QtOpenGLWidgets)(/|$)|^Q(\w*Widget|\w*Window|\w*Dialog|OpenGL\w*)$")


def library_of(path):
    """The library a path is in, as runtime/base, or None outside of the house."""
    parts = path.split("/")
    if parts[0] not in ("runtime", "gui", "plugins"):
        return None
    depth = 3 if path.startswith("gui/views/") else 2
    return "/".join(parts[:depth]) if len(parts) > depth else None


def floor_of(library):
    """The floor of a library, or None for a folder that stands in no table."""
    if library in FLOORS:
        return FLOORS[library]
    return PLUGIN_FLOOR if library.startswith("plugins/") else None


def refusal(user, used):
    """Why a file of the library user must not include one of used, or None if it may."""
    if user == used:
        return None
    above, below = floor_of(user), floor_of(used)
    if below is None:
        return f"{used} stands on no floor"
    if user.startswith("plugins/") and user != "plugins/api":
        allowed = PLUGINS_MAY_USE | PLUGINS_MAY_USE_MORE.get(user, set())
        return None if used in allowed else f"a plugin knows plugins/api and below, not {used}"
    if below >= above:
        return f"{user} (floor {above}) must not use {used} (floor {below})"
    return None


def include_complaints(root, path, library):
    broken = []
    for number, line in enumerate(repo_files.lines(root, path), start=1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        where = f"{path}:{number}: "
        if quote == '"' and not name.startswith(("runtime/", "gui/", "plugins/", "generated/")) \
                and not name.endswith(".moc"):
            broken.append(where + f'"{name}" is not spelled from the repository root')
        used = library_of(name) if quote == '"' else None
        why = refusal(library, used) if used else None
        if why:
            broken.append(where + why)
        if QT_HEADER.match(name) and path.startswith(QT_FREE):
            broken.append(where + f"no Qt here: {name}")
        if WIDGET_HEADER.match(name) and floor_of(library) < WIDGET_FLOOR:
            broken.append(where + f"no widgets and no OpenGL below gui/views: {name}")
    return broken


def cmake_complaints(root, path, library):
    text = "\n".join(repo_files.lines(root, path))
    return [f"{path}: FLOOR {floor}, but {library} stands on floor {floor_of(library)}"
            for floor in re.findall(r"\bFLOOR\s+(\d+)", text) if int(floor) != floor_of(library)]


def rule(root):
    broken = []
    for path in repo_files.tracked(root):
        library = library_of(path)
        if not library:
            continue
        is_code = path.endswith((".h", ".cpp"))
        is_cmake = os.path.basename(path) == "CMakeLists.txt"
        if not (is_code or is_cmake):
            continue
        if floor_of(library) is None:
            broken.append(f"{path}: {library} is not in the table of tests/repo/layering.py")
        elif is_code:
            broken += include_complaints(root, path, library)
        else:
            broken += cmake_complaints(root, path, library)
    return broken


if __name__ == "__main__":
    repo_files.main(rule)
