"""What each command may import, told by the modules it has loaded and not by the clock."""

import json
import subprocess
import sys

import pytest

from tests.test_terminal import home as home  # noqa: PLC0414  (a fixture)

HEAVY = {"textual", "rich", "polars", "sqlalchemy", "alembic", "holidays", "docx", "xlsxwriter", "icalendar"}
AFTER = """
import atexit, json, sys
def tell():
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
atexit.register(tell)
from fcl_tui.start import main
sys.argv = ["fcl-tui", *sys.argv[1:]]
main()
"""


def loaded(*words):
    run = subprocess.run([sys.executable, "-c", AFTER, *words], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("report", "--help")])
def test_help_and_version_import_nothing_heavy(words):
    assert loaded(*words) & HEAVY == set()


@pytest.mark.parametrize(
    "words",
    [
        ("find", "obrien", "--format", "json"),
        ("report", "client-overview", "--format", "csv"),
        ("report", "client-summary", "--client", "101", "--format", "json"),
        ("report", "assessments"),
        ("rules",),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_answers_on_the_command_line_import_polars_and_no_screen(home, words):
    first, *rest = words
    seen = loaded(first, *rest, "--home", str(home), "--as-at", "2026-11-23") & HEAVY
    assert "polars" in seen
    assert seen <= {"polars", "rich"}, "rich for the width of characters alone"


def test_the_first_letter_in_find_needs_no_library_of_databases(home):
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from data.snapshots.reader import open_current; from fcl_tui.access.seen.search import found;"
        "snapshot = open_current(Path(sys.argv[1])); door = type('Door', (), {'sealed': lambda *_: False})();"
        "print(found(door, snapshot.scan, 'o', date(2026, 11, 23), 9, snapshot).collect().height);"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 0


def test_text_paths_and_days_on_the_command_line_need_no_validation_library(home):
    given = ("--home", str(home), "--as-at", "23/11/2026")
    for words in (("find", "obrien"), ("report", "client-summary", "--client", "101", "--format", "json")):
        assert "pydantic" not in loaded(*words, *given)
    made = ("demo", "--children", "5", "--no-open", "--home", str(home / "made"))
    assert "pydantic" in loaded(*made), "a number does, so the test can fail"


@pytest.mark.parametrize(("form", "library"), [("docx", "docx"), ("xlsx", "xlsxwriter")])
def test_a_file_imports_the_library_of_its_own_form_alone(home, tmp_path, form, library):
    to = ("--format", form, "-o", str(tmp_path / f"list.{form}"))
    seen = loaded("find", "obrien", *to, "--home", str(home), "--as-at", "2026-11-23") & HEAVY
    assert seen <= {"polars", "rich", library}


def test_the_first_paint_needs_the_standard_library_alone():
    code = (
        "import json, sys; from fcl_tui.terminal.first_paint import paint_early; paint_early([]);"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(run.stdout)) & (HEAVY | {"typer", "asyncio"}) == set()


def test_opening_needs_no_parser_of_the_command_line(tmp_path):
    """Without a terminal it says so and ends; the way there is the same."""
    run = subprocess.run(
        [sys.executable, "-c", AFTER, "--home", str(tmp_path), "--as-at", "2026-11-23"],
        capture_output=True,
        text=True,
        check=False,
    )
    told, seen = run.stderr.splitlines()
    assert run.returncode == 2
    assert "not a terminal" in told
    assert set(json.loads(seen)) & {"typer", "pydantic", "textual", "polars"} == set()


def test_the_application_opens_without_data_and_database_libraries():
    code = (
        "import json, sys; import fcl_tui.terminal.app, screens.report.screen;"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(run.stdout)) & (HEAVY - {"textual", "rich"}) == set()


def test_a_list_of_restricted_records_is_looked_up_when_it_is_asked_for(home, tmp_path):
    """Home shows nothing of a child: with a list it opens as soon as without one."""
    code = (
        "import json, sys; from pathlib import Path\n"
        "from fcl_tui.access.gate import Door; from fcl_tui.config.settings import read\n"
        "home = Path(sys.argv[1]); door = Door(home, read(home), logs=False); door.snapshot(screens=True)\n"
        "before = 'polars' in sys.modules\n"
        "print(json.dumps([before, '00101' in door.restricted, '101' in door.restricted, "
        "door.restricted.person_ids, 'polars' in sys.modules]))"
    )
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o700)
    (mine / "snapshots").symlink_to(home / "snapshots")
    manifest = json.loads(next((home / "snapshots").glob("*/manifest.json")).read_text(encoding="utf-8"))
    name = "restricted-demo.csv" if manifest.get("demo") else "restricted.csv"
    (mine / name).write_text("person_id\n00101\n", encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", code, str(mine)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [False, False, True, ["101"], True]
