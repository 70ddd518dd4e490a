"""Makes a root folder that holds the packages some package depends on, and nothing else.

Usage: clean_root.py ROOT "DEPENDS FIELD"

The files are copied from this machine, as dpkg knows them, so that a root takes seconds and no
network. What Depends forgets is not there, and the program that needs it does not start. What it
cannot show is a package of this machine whose files somebody changed by hand.
"""

import os
import re
import shutil
import subprocess
import sys

# What dpkg does not know because the packages' own scripts made it.
MADE_BY_SCRIPTS = ["/etc/passwd", "/etc/group", "/etc/fonts/fonts.conf", "/etc/ld.so.conf"]
# Nothing starts for want of these, and copying them takes time.
LEFT_OUT = re.compile(r"^/usr/share/(doc|man|locale|info|i18n)/")


def names(field):
    """The names in a dependency field, alternatives and all."""
    return re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]*)", field)


def installed():
    """What is installed here: {package: (dependencies, is essential)}, {virtual: provider}."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package}\t${db:Status-Status}\t${Depends},${Pre-Depends}"
         "\t${Provides}\t${Essential}\n"], capture_output=True, text=True, check=True).stdout
    packages, providers = {}, {}
    for line in listing.splitlines():
        name, status, depends, provides, essential = line.split("\t")
        if status == "installed":
            packages[name] = (names(depends), essential == "yes")
            for virtual in names(provides):
                providers.setdefault(virtual, name)
    return packages, providers


def closure(depends):
    """All packages of this machine that a system with these dependencies has."""
    packages, providers = installed()
    queue = names(depends) + [name for name, (_, essential) in packages.items() if essential]
    found = set()
    while queue:
        name = queue.pop()
        name = name if name in packages else providers.get(name)
        if name and name not in found:
            found.add(name)
            queue += packages[name][0]
    return sorted(found)


def copy_files(packages, root):
    listed = subprocess.run(["dpkg-query", "-L", *packages], capture_output=True, text=True).stdout
    paths = sorted({path for path in listed.splitlines()
                    if path.startswith("/") and path != "/." and os.path.lexists(path)
                    and not LEFT_OUT.match(path)})
    # Debian's merged /usr: these links must be there before a file comes through them.
    for link in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        if os.path.islink("/" + link):
            os.makedirs(f"{root}/usr/{link}", exist_ok=True)
            os.symlink(f"usr/{link}", f"{root}/{link}")
    real_paths = "\0".join(path[1:] for path in paths if not (
        os.path.islink(path) and os.path.dirname(path) == "/"))
    pack = subprocess.Popen(["tar", "-C", "/", "--no-recursion", "--null", "-c", "-T", "-"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    unpack = subprocess.Popen(["tar", "-C", root, "--keep-directory-symlink", "-x"],
                              stdin=pack.stdout)
    pack.stdout.close()
    pack.stdin.write(real_paths.encode())
    pack.stdin.close()
    if pack.wait() != 0 or unpack.wait() != 0:
        sys.exit("tar could not copy the files of the packages")


def write_database(packages, root):
    """What dpkg wants to know of the packages in the root: that they are there, and their files."""
    folder = f"{root}/var/lib/dpkg"
    for part in ("info", "updates", "triggers"):
        os.makedirs(f"{folder}/{part}", exist_ok=True)
    status = subprocess.run(["dpkg-query", "-s", *packages], capture_output=True, text=True,
                            check=True).stdout
    with open(f"{folder}/status", "w", encoding="utf-8") as file:
        file.write(status)
    for entry in os.listdir("/var/lib/dpkg/info"):
        name, kind = os.path.splitext(entry)
        if kind == ".list" and name.split(":")[0] in packages:
            shutil.copy(f"/var/lib/dpkg/info/{entry}", f"{folder}/info/{entry}")
    shutil.copy("/var/lib/dpkg/info/format", f"{folder}/info/format")


def main():
    root, depends = sys.argv[1:]
    os.makedirs(root)
    packages = closure(depends)
    copy_files(packages, root)
    for path in filter(os.path.exists, MADE_BY_SCRIPTS):
        os.makedirs(root + os.path.dirname(path), exist_ok=True)
        shutil.copy(path, root + path)
    write_database(packages, root)
    for folder in ("tmp", "dev", "proc", "root", "var/tmp"):
        os.makedirs(f"{root}/{folder}", exist_ok=True)
    os.chmod(f"{root}/tmp", 0o1777)
    subprocess.run(["ldconfig", "-r", root], check=True)
    print(f"a clean root of {len(packages)} packages")


if __name__ == "__main__":
    main()
