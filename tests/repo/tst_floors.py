"""Proves that CMake refuses a library that uses its own floor or a higher one.

Usage: tst_floors.py SOURCE_FOLDER CMAKE
"""

import os
import subprocess
import sys
import tempfile
import unittest

SOURCE, CMAKE = sys.argv.pop(1), sys.argv.pop(1)

PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(Floors LANGUAGES NONE)
include("{source}/installers/cmake/ExitwaveTargets.cmake")
add_library(exitwave_settings INTERFACE)
{calls}
exitwave_check_floors()
"""


class Floors(unittest.TestCase):
    def configure(self, *calls):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "CMakeLists.txt"), "w", encoding="utf-8") as file:
                file.write(PROJECT.format(source=SOURCE, calls="\n".join(calls)))
            run = subprocess.run([CMAKE, "-S", folder, "-B", os.path.join(folder, "build")],
                                 capture_output=True, text=True, timeout=60)
        return run.returncode, " ".join((run.stdout + run.stderr).split())

    def test_a_lower_floor_may_be_used_whatever_the_order_of_folders(self):
        status, said = self.configure("exitwave_library(gui/high FLOOR 2 DEPENDS low)",
                                      "exitwave_library(runtime/low FLOOR 1)")
        self.assertEqual(0, status, said)

    def test_a_higher_floor_is_refused(self):
        status, said = self.configure("exitwave_library(runtime/low FLOOR 1 DEPENDS high)",
                                      "exitwave_library(gui/high FLOOR 2)")
        self.assertNotEqual(0, status)
        self.assertIn("exitwave_low (floor 1) must not depend on high (floor 2)", said)

    def test_the_same_floor_is_refused(self):
        status, said = self.configure("exitwave_library(runtime/one FLOOR 3 DEPENDS other)",
                                      "exitwave_library(runtime/other FLOOR 3)")
        self.assertNotEqual(0, status)
        self.assertIn("must not depend on other (floor 3)", said)

    def test_a_library_that_nobody_describes_is_refused(self):
        status, said = self.configure("exitwave_library(runtime/one FLOOR 3 DEPENDS ghost)")
        self.assertNotEqual(0, status)
        self.assertIn("depends on ghost, which no folder describes", said)

    def test_a_misspelt_keyword_is_refused(self):
        status, said = self.configure("exitwave_library(runtime/one SOURCE a.cpp FLOOR 3)")
        self.assertNotEqual(0, status)
        self.assertIn("not understood", said)


if __name__ == "__main__":
    unittest.main()
