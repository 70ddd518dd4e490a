"""The package's texts are well formed, and the manual pages tell every option the programs have.

Usage: tst_documents.py SOURCE_FOLDER FOLDER_OF_PROGRAMS
"""

import os
import re
import shutil
import subprocess
import sys
import unittest
from xml.etree import ElementTree

SOURCE, PROGRAMS = sys.argv.pop(1), sys.argv.pop(1)
PAGES = ("exitwave", "exitwave-cli", "exitwave-node")
PACKAGE = os.path.join(SOURCE, "installers", "package")
APP = os.path.join(PACKAGE, "org.exitwave.Exitwave")


def output(*command):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def man_page(name):
    return text(os.path.join(SOURCE, "installers", "man", name + ".1"))


def options(help_text):
    return set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", help_text))


class Documents(unittest.TestCase):
    def test_man_pages_are_well_formed(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not installed")
        for name in PAGES:
            page = os.path.join(SOURCE, "installers", "man", name + ".1")
            lint = output("mandoc", "-Tlint", "-W", "warning", page)
            self.assertEqual("", lint.stdout + lint.stderr)

    def test_man_pages_and_help_tell_the_same_options(self):
        for name in PAGES:
            program = os.path.join(PROGRAMS, name)
            shown = output(program, "--help").stdout
            self.assertIn("--help", shown, name)
            for command in re.findall(r"^\.It Cm ([a-z]+)", man_page(name), re.MULTILINE):
                if name != "exitwave":
                    shown += output(program, command, "--help").stdout
            documented = set(re.findall(r"Fl Fl ([a-z][a-z-]+)", man_page(name)))
            # Qt adds --help-all to every program; the page need not speak of it.
            self.assertEqual(documented, options(shown) - {"help-all"}, name)

    def test_desktop_entry_is_valid(self):
        if not shutil.which("desktop-file-validate"):
            self.skipTest("desktop-file-validate is not installed")
        check = output("desktop-file-validate", APP + ".desktop")
        self.assertEqual("", check.stdout + check.stderr)

    def test_metainfo_is_valid(self):
        if not shutil.which("appstreamcli"):
            self.skipTest("appstreamcli is not installed")
        check = output("appstreamcli", "validate", "--no-net", APP + ".metainfo.xml")
        self.assertEqual(0, check.returncode, check.stdout)

    def test_all_texts_speak_of_the_same_version_and_type(self):
        version = re.search(r"project\(Exitwave VERSION ([\d.]+)",
                            text(os.path.join(SOURCE, "CMakeLists.txt"))).group(1)
        metainfo = ElementTree.parse(APP + ".metainfo.xml").getroot()
        self.assertEqual(version, metainfo.find("releases/release").get("version"))
        self.assertTrue(text(os.path.join(PACKAGE, "changelog")).startswith(
            f"exitwave ({version}) "))
        mime = ElementTree.parse(APP + ".mime.xml").getroot()
        mime_type = mime[0].get("type")
        self.assertIn(f"MimeType={mime_type};", text(APP + ".desktop"))
        self.assertEqual(mime_type, metainfo.find("provides/mediatype").text)

    def test_the_icon_is_a_picture(self):
        icon = ElementTree.parse(os.path.join(SOURCE, "resources", "icons", "exitwave.svg"))
        self.assertTrue(icon.getroot().tag.endswith("svg"))


if __name__ == "__main__":
    unittest.main()
