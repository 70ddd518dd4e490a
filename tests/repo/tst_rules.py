"""Proves that each rule notices the mistake it is there for, and lets right things pass."""

import os
import tempfile
import unittest

import folders
import formatting
import layering
import sources
import words

HEADER = "// What it holds.\n#pragma once\n"


class Rules(unittest.TestCase):
    def complaints(self, rule, **files):
        """What rule says of a tree with these files; __ in a name stands for a slash."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                whole = os.path.join(root, path.replace("__", "/"))
                os.makedirs(os.path.dirname(whole), exist_ok=True)
                with open(whole, "w", encoding="utf-8") as file:
                    file.write(text)
            return rule(root)

    def one(self, rule, part, files):
        broken = self.complaints(rule, **files)
        self.assertEqual(len(broken), 1, broken)
        self.assertIn(part, broken[0])

    def test_lower_floors_may_be_used(self):
        self.assertEqual([], self.complaints(layering.rule, **{
            "runtime__trace__a.h": HEADER + '#include "runtime/term/value.h"\n',
            "gui__session__a.h": HEADER + '#include "plugins/api/host.h"\n#include <QObject>\n',
            "plugins__export_dot__a.h": HEADER + '#include "gui/graph/process_graph.h"\n',
            "plugins__source_embedded__a.h": HEADER + '#include "runtime/actor/process.h"\n',
            "gui__views__canvas__a.h": HEADER + "#include <QWidget>\n"}))

    def test_higher_floors_are_refused(self):
        self.one(layering.rule, "must not use runtime/trace",
                 {"runtime__term__a.h": HEADER + '#include "runtime/trace/event.h"\n'})

    def test_the_same_floor_is_refused(self):
        self.one(layering.rule, "must not use runtime/tracer",
                 {"runtime__actor__a.cpp": '#include "runtime/tracer/ring.h"\n'})

    def test_the_parts_of_the_views_have_floors_of_their_own(self):
        self.one(layering.rule, "must not use gui/views/window",
                 {"gui__views__canvas__a.cpp": '#include "gui/views/window/main_window.h"\n'})

    def test_plugins_know_neither_session_nor_each_other_nor_the_runtime(self):
        for used in ("gui/session", "plugins/layout_tree", "runtime/actor"):
            self.one(layering.rule, used,
                     {"plugins__export_dot__a.cpp": f'#include "{used}/a.h"\n'})

    def test_includes_start_at_the_root(self):
        self.one(layering.rule, "not spelled from the repository root",
                 {"runtime__term__a.cpp": '#include "value.h"\n'})

    def test_qt_is_refused_where_there_is_none(self):
        for folder in ("runtime__node", "gui__graph", "gui__explain", "gui__layout", "gui__scene"):
            for header in ("QString", "QtCore/qglobal.h", "qglobal.h"):
                self.one(layering.rule, "no Qt here",
                         {folder + "__a.h": HEADER + f"#include <{header}>\n"})

    def test_widgets_are_refused_below_the_views(self):
        self.one(layering.rule, "no widgets",
                 {"gui__session__a.h": HEADER + "#include <QOpenGLWidget>\n"})

    def test_cmake_claims_the_floor_of_the_table(self):
        self.one(layering.rule, "stands on floor 1",
                 {"runtime__term__CMakeLists.txt": "exitwave_library(runtime/term FLOOR 2)\n"})

    def test_unknown_folders_are_refused(self):
        self.one(layering.rule, "not in the table", {"runtime__attic__a.h": HEADER})

    def test_headers_say_what_they_hold(self):
        self.one(sources.rule, "first line",
                 {"runtime__base__a.h": "\n// Late.\n#pragma once\n"})
        self.one(sources.rule, "no #pragma once", {"runtime__base__a.h": "// What it holds.\n"})

    def test_long_files_are_refused(self):
        fits = "int a;\n" * sources.MAX_LINES
        self.assertEqual([], self.complaints(sources.rule, **{"runtime__base__b.cpp": fits}))
        self.one(sources.rule, "split it", {"runtime__base__b.cpp": fits + "int b;\n"})

    def test_forbidden_words_are_found_anywhere(self):
        for word in words.FORBIDDEN:
            self.one(words.rule, word, {"gui__notes.md": f"fine\nsee {word} here\n"})

    def test_libraries_are_described(self):
        library = {"runtime__term__CMakeLists.txt": ""}
        self.one(folders.rule, "no README.md", library)
        self.assertEqual([], self.complaints(
            folders.rule, **library, **{"runtime__README.md": "| `term/` | values |\n"}))
        self.assertEqual([], self.complaints(
            folders.rule, **library, **{"runtime__term__README.md": "Values.\n"}))

    def test_plugins_have_a_test_and_a_line(self):
        plugin = {"plugins__layout_x__CMakeLists.txt": ""}
        line = {"plugins__README.md": "`layout_x/` draws an x\n"}
        test = {"tests__plugins__layout_x__tst_layout_x.cpp": ""}
        self.one(folders.rule, "no line", {**plugin, **test})
        self.one(folders.rule, "no test", {**plugin, **line})
        self.assertEqual([], self.complaints(folders.rule, **plugin, **line, **test))

    def test_formatting_is_checked(self):
        self.one(formatting.rule, "runtime/base/b.cpp: run clang-format-14",
                 {".clang-format": "BasedOnStyle: WebKit\n",
                  "runtime__base__a.cpp": "int a = 1;\n",
                  "runtime__base__b.cpp": "int   b=1 ;\n"})


if __name__ == "__main__":
    unittest.main()
