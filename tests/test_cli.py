"""The command line as scripts use it: what is printed, what the exit code says, what is imported."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date

import pytest

from tests.console_script import run

AS_AT = "2026-11-23"


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    """A home with a small demo authority in use."""
    return ready.demonstrated(80, 7, date(2026, 11, 23), tmp_path_factory.mktemp("home"))


REPORTS = {
    "client-overview": "person_id name date_of_birth age status team worker rule item last_date due_date "
    "state days unit statutory",
    "leaving-care": "person_id name age eligibility personal_adviser team in_touch latest_contact "
    "contact_due pathway_plan_date pathway_review_due accommodation accommodation_suitable activity eet "
    "state",
    "assessments": "team worker completed in_time percent_in_time target median_days p90_days open open_0_20 "
    "open_21_35 open_36_45 open_over_45",
    "planner": "date weekday items overdue working_day bank_holiday on_leave hint",
    "due-items": "person_id rule cycle started due_date done_date state days_late reason source_rows",
}


@pytest.mark.parametrize("report", REPORTS)
def test_json_is_one_object_with_the_agreed_columns(home, capfdbinary, report):
    code, out, _ = run(capfdbinary, "report", report, "--home", home, "--as-at", AS_AT, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert set(told) == {"report", "as_at", "snapshot", "parameters", "columns", "rows", "left_out"}
    assert told["report"] == report
    assert told["as_at"] == AS_AT
    assert set(told["snapshot"]) == {"id", "data_date"}
    wanted = REPORTS[report].split()
    assert told["columns"][: len(wanted)] == wanted
    assert told["rows"]
    assert all(set(row) == set(told["columns"]) for row in told["rows"])
    assert all({"count", "reason"} <= set(left) for left in told["left_out"])


def test_the_planner_counts_the_items_it_lists_and_names_nobody_in_a_calendar(home, capfdbinary, tmp_path):
    asked = ("report", "planner", "--home", home, "--as-at", AS_AT)
    days = json.loads(run(capfdbinary, *asked, "--format", "json")[1])["rows"]
    items = json.loads(run(capfdbinary, *asked, "--detail", "--format", "json")[1])["rows"]
    assert len(days) == 57
    assert sum(day["items"] for day in days) == len(items) > 0
    path = tmp_path / "planner.ics"
    code, out, _ = run(capfdbinary, *asked, "--format", "ics", "-o", path)
    text = path.read_text().replace("\n ", "")
    assert (code, out) == (0, "")
    assert path.stat().st_mode & 0o777 == 0o600
    assert 0 < text.count("BEGIN:VEVENT") <= len(items)
    assert not [row["name"] for row in items if row["name"] and row["name"] in text]


def test_client_summary_has_its_parts(home, capfdbinary):
    _, out, _ = run(
        capfdbinary, "report", "client-overview", "--home", home, "--as-at", AS_AT, "--format", "json"
    )
    person = json.loads(out)["rows"][0]["person_id"]
    code, out, _ = run(
        capfdbinary, "report", "client-summary", "--client", person, "--home", home, "--as-at", AS_AT,
        "--format", "json", "--everything",
    )  # fmt: skip
    told = json.loads(out)
    assert code == 0
    assert told["overview"]["person_id"] == person
    assert told["rows"] == told["chronology"]
    assert told["columns"][:7] == ["date", "event", "kind", "detail", "worker", "significant", "source_row"]
    assert isinstance(told["relationships"], list)
    assert isinstance(told["assessments"], list)
    assert told["due"]
    code, out, _ = run(capfdbinary, "why", person, told["due"][0]["rule"], "--home", home, "--as-at", AS_AT)
    assert code == 0
    assert len(out.splitlines()) > 3


def test_due_items_says_how_many_it_does_not_list_and_why_explains_the_past_too(home, capfdbinary):
    asked = ("report", "due-items", "--home", home, "--as-at", AS_AT, "--format", "json")
    now, past = (json.loads(run(capfdbinary, *asked, *more)[1]) for more in ((), ("--history",)))
    told = {left["reason"].partition(" (")[0]: left["count"] for left in now["left_out"]}
    states = [row["state"] for row in past["rows"]]
    assert told["not required on that day"] == states.count("not_required")
    finished = sum(states.count(state) for state in ("on_time", "late", "missed"))
    dateless = len([row for row in past["rows"] if row["state"] is None and row["done_date"]])
    assert told["done or missed by that day"] == finished + dateless > 0
    assert len(now["rows"]) + sum(told[key] for key in told if key.endswith("that day")) == len(states)
    assert not [left for left in past["left_out"] if "--history" in left["reason"]]
    late = next(row for row in past["rows"] if row["state"] == "late")
    code, out, _ = run(
        capfdbinary, "why", late["person_id"], late["item_id"], "--home", home, "--as-at", AS_AT
    )
    assert code == 0
    assert "late." in out.splitlines()[1]


def test_find_takes_names_in_any_order(home, capfdbinary):
    _, out, _ = run(
        capfdbinary, "report", "client-overview", "--home", home, "--as-at", AS_AT, "--format", "json"
    )
    row = next(
        row
        for row in json.loads(out)["rows"]
        if row["name"] and row["name"].isascii() and ", " in row["name"]
    )
    surname, forename = row["name"].split(", ")
    code, out, _ = run(
        capfdbinary,
        "find",
        forename.upper(),
        surname.lower(),
        "--home",
        home,
        "--as-at",
        AS_AT,
        "--format",
        "json",
    )
    assert code == 0
    assert row["person_id"] in [found["person_id"] for found in json.loads(out)["rows"]]


@pytest.mark.parametrize("kind", ["table", "csv"])
def test_text_never_acts_on_a_terminal_or_a_spreadsheet(home, capfdbinary, kind):
    code, out, _ = run(
        capfdbinary,
        "report",
        "client-overview",
        "--by",
        "child",
        "--home",
        home,
        "--as-at",
        AS_AT,
        "--format",
        kind,
    )
    assert code == 0
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
    else:
        assert not [c for c in out if ord(c) < 32 and c != "\n"]
        assert "as at 23/11/2026" in out.splitlines()[0]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_files_are_whole_private_and_say_as_at(home, capfdbinary, tmp_path, kind):
    path = tmp_path / f"out.{kind}"
    code, _, err = run(
        capfdbinary, "report", "leaving-care", "--home", home, "--as-at", AS_AT, "--format", kind, "-o", path
    )
    assert code == 0
    assert str(path) in err
    assert path.stat().st_mode & 0o077 == 0
    if kind == "xlsx":
        import openpyxl

        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert "as at 23/11/2026" in sheet["A1"].value
        assert sheet.freeze_panes == "A4"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    else:
        import docx

        document = docx.Document(str(path))
        assert any("as at 23/11/2026" in paragraph.text for paragraph in document.paragraphs)
        assert len(document.tables[0].rows) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "nothing"], "There is no report"),
        (["report", "client-summary"], "--client"),
        (["report", "client-summary", "--client", "no-such"], "No child"),
        (["report", "client-overview", "--team", "No such team"], "There is no team"),
        (["report", "client-overview", "--by", "month"], "--by"),
        (["report", "client-overview", "--format", "pdf"], "format"),
        (["report", "client-overview", "-o", "/no/such/folder/x.csv"], "cannot be written"),
        (["why", "no-such", "cp_visit"], "No child in this snapshot has that number"),
    ],
)
def test_a_wrong_request_is_one_sentence_and_exit_1(home, capfdbinary, words, said):
    code, out, err = run(capfdbinary, *words, "--home", home)
    assert code == 1
    assert said in err
    assert not out
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "source",
    ["nowhere.xlsx", "sqlite:////no/such/file.db", "bogus://x/y", "postgresql+psycopg://127.0.0.1:1/x"],
)
def test_a_source_that_cannot_be_read_leaves_the_snapshot_in_use(home, capfdbinary, source):
    before = (home / "snapshots" / "current").read_text()
    code, _, err = run(capfdbinary, "load", source, "--home", home)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert (home / "snapshots" / "current").read_text() == before


def test_no_snapshot_yet_says_what_to_do(tmp_path, capfdbinary):
    code, _, err = run(capfdbinary, "report", "client-overview", "--home", tmp_path)
    assert code == 1
    assert "fcl-tui load" in err


def test_usage_is_exit_2(capfdbinary):
    code, _, err = run(capfdbinary, "why")
    assert code == 2
    assert "Usage" in err


def test_check_lists_problems_and_its_exit_code_tells_errors(home, capfdbinary):
    code, out, _ = run(capfdbinary, "check", "--home", home, "--format", "json")
    errors = [row for row in json.loads(out)["rows"] if row["severity"] == "error"]
    assert code == (1 if errors else 0)


def test_doctor_finds_a_damaged_snapshot(tmp_path, capfdbinary):
    from fcl_tui.cli.demo.made import demonstrate

    demonstrate(tmp_path, children=5, seed=1, as_at=date(2026, 11, 23), write=None, open_it=False)
    code, out, _ = run(capfdbinary, "doctor", "--home", tmp_path)
    assert code == 0
    assert "files are whole" in out
    current = (tmp_path / "snapshots" / "current").read_text().strip()
    path = tmp_path / "snapshots" / current / "tables" / "person.parquet"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    code, out, _ = run(capfdbinary, "doctor", "--home", tmp_path)
    assert code == 1
    assert "person.parquet" in out


def test_a_demo_never_takes_the_place_of_real_data(tmp_path, capfdbinary):
    run(capfdbinary, "demo", "--children", 5, "--no-open", "--write", f"sqlite:///{tmp_path / 'ssd.db'}")
    home = tmp_path / "home"
    assert run(capfdbinary, "load", f"sqlite:///{tmp_path / 'ssd.db'}", "--home", home)[0] == 0
    before = (home / "snapshots" / "current").read_text()
    assert run(capfdbinary, "demo", "--children", 5, "--no-open", "--home", home)[0] == 0
    assert (home / "snapshots" / "current").read_text() == before
    assert (home / "demo" / "snapshots" / "current").exists()


def test_a_mistake_in_the_settings_is_named(tmp_path, capfdbinary):
    (tmp_path / "settings.toml").write_text('keep_snapshots = "many"\n', encoding="utf-8")
    code, _, err = run(capfdbinary, "report", "client-overview", "--home", tmp_path)
    assert code == 1
    assert "keep_snapshots" in err


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        (["--help"], ("textual", "polars", "sqlalchemy", "rich.console")),
        (["--version"], ("textual", "polars", "sqlalchemy")),
        (["report", "client-overview"], ("textual", "sqlalchemy")),
    ],
)
def test_what_each_command_may_import(home, tmp_path, words, forbidden):
    (tmp_path / "snapshots").symlink_to(home / "snapshots")  # and no office database
    code = (
        "import sys, contextlib, io\n"
        f"sys.argv = ['fcl-tui', *{words!r}]\n"
        "from fcl_tui.cli.main import main\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())), contextlib.suppress(SystemExit):\n"
        "    main()\n"
        f"print([name for name in {forbidden!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"FCL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().endswith("[]"), done.stdout[-300:]


def test_marks_come_after_the_agreed_columns_and_in_a_list_of_their_own(home, capfdbinary):
    from data.office.marks import same
    from fcl_tui.access.office import office_of
    from fcl_tui.config.settings import read

    asked = ("report", "client-overview", "--home", home, "--as-at", AS_AT, "--format", "json")
    before = json.loads(run(capfdbinary, *asked)[1])
    item = before["rows"][0]["item_id"]
    office = office_of(read(home), demo=True)
    office.save(same([item], "handed", "me", whom="\x1b]52;c;aGk=\x1b\\Ann"))
    told = json.loads(run(capfdbinary, *asked)[1])
    assert told["columns"] == before["columns"]
    assert told["columns"][-4:] == ["mark", "mark_by", "mark_at", "mark_note"]
    assert told["rows"][0]["mark_by"] == "me"
    code, out, _ = run(capfdbinary, "marks", "--home", home, "--as-at", AS_AT)
    assert code == 0
    assert "handed to" in out
    assert "\x1b" not in out
    assert run(capfdbinary, "marks", "--history", "--home", home, "--format", "csv")[0] == 0
    office.home.joinpath("office.db").unlink()
