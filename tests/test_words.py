"""The wording check of `make lint`: what it finds, what it leaves alone, and that the tree passes."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / ".ci" / "words.py"


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(words, source):
    return [(line, phrase) for line, phrase, _ in words.faults(words.texts_of_code(source))]


def test_the_tree_is_in_plain_english(words):
    assert words.check(ROOT) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""One row a child."""', [(1, "One row a c")]),
        ('"""One row per child, one row a time."""', []),
        ('def a():\n    """First.\n\n    Mend it.\n    """', [(4, "Mend")]),
        ('x = 1\n"""Tell whoever looks after it."""', [(2, "whoever")]),
        ('MESSAGE = "Nobody is listed."', [(1, "Nobody")]),
        ('MESSAGE = f"{1} rows: nobody can say whose."', [(1, "nobody")]),
        ('def a():\n    """Where nobody holds the case."""', []),
        ('@app.command()\ndef a():\n    """Put somebody on the list."""', [(3, "somebody")]),
        ('KEY = "stood"', []),
        ('MESSAGE = "This is no date."', [(1, "is no date")]),
        ('MESSAGE = "There is no date of birth."', []),
        ("stood = mend = 1", []),
    ],
)
def test_what_is_found_in_code(words, source, expected):
    assert found(words, source) == expected


def test_a_page_is_read_as_text_with_its_line(words, tmp_path):
    page = tmp_path / "fcl_tui" / "guidance" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Page\n\nIt rests on a date.\n")
    assert [line.split(": ")[:2] for line in words.check(tmp_path)] == [
        ["fcl_tui/guidance/page.md:3", "'rests on'"]
    ]
    run = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "page.md:3" in run.stdout
    page.write_text("# Page\n\nIt is based on a date.\n")
    run = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)
    assert run.returncode == 0


def test_lint_runs_it():
    assert ".ci/words.py" in (ROOT / "Makefile").read_text()
