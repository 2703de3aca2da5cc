"""The Board on the command line: 51 rows, frozen figures beside newer data, packs, values due."""

import io
import json
import shutil
import zipfile
from datetime import date

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from data.demo import DemoSource
from data.errors import DataError
from fcl_tui.cli.asking.session import answer
from fcl_tui.cli.main import app
from fcl_tui.export import content
from fcl_tui.loading.load import load

DAY = date(2026, 11, 23)
COLUMNS = [
    "no", "name", "unit", "period", "value", "numerator", "denominator", "status", "green", "amber", "rag",
    "direction", "benchmark_england", "benchmark_neighbours", "exception",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    home = ready.loaded(90, 7, DAY, tmp_path_factory.mktemp("board") / "home")
    (home / "settings.toml").write_text('name = "kay"\nprotective_marking = "OFFICIAL"\n')
    return home


def run(home, *words, code=0):
    """What a command says; the sentence of its DataError when it fails."""
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    if isinstance(done.exception, DataError):
        assert code == done.exception.exit_code == 1
        return str(done.exception)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(scope="module")
def used(home, tmp_path_factory):
    """A few values, targets, an exception report, a meeting whose figures are frozen, then newer data."""
    path = tmp_path_factory.mktemp("files") / "values.csv"
    path.write_text(
        "kpi,period,value,numerator,denominator,status,source,published_on,note\n"
        "1,2026-27Q1,90,,,,Ofsted,,\n1,2026-27Q2,80,,,,Ofsted,,\n5,2024/25AY,,,,not_published,DfE,,\n"
        "48,2026-27Q2,3,,,,NHS,,\n2,2026-27Q2,,190,200,,Ofsted,,=1+1\n"
    )
    targets = path.with_name("targets.csv")
    targets.write_text(
        "kpi,year,green,amber,rationale\n1,2026-27FY,95,85,England\n2,2026-27FY,95,90,England\n"
        "48,2026-27FY,9,9,In the name\n"
    )
    assert run(home, "kpi", "load", "--preview", str(path)).endswith("Nothing was saved.\n")
    assert "5 new, 0 changed" in run(home, "kpi", "load", str(path))
    assert "Saved: 3 targets" in run(home, "kpi", "targets", "--file", str(targets))
    run(home, "board", "request", "1", "Red, and =worse")
    run(home, "board", "meeting", "open", "2026-12-10")
    assert "Frozen: 51" in run(home, "board", "meeting", "freeze", "--as-at", str(DAY))
    load([DemoSource(children=160, seed=8, as_at=DAY)], home, data_date=DAY, accept=True)
    return home


@pytest.fixture(scope="module")
def told(used):
    return json.loads(run(used, "report", "board", "--as-at", str(DAY), "--format", "json"))


def test_fifty_one_rows_with_exactly_these_columns(told):
    assert told["columns"] == COLUMNS
    assert [row["no"] for row in told["rows"]] == list(range(1, 52))
    assert {row["rag"] for row in told["rows"]} <= {"green", "amber", "red", "grey"}
    by_no = {row["no"]: row for row in told["rows"]}
    assert (by_no[1]["rag"], by_no[1]["direction"], by_no[1]["exception"]) == ("red", "worse", "requested")
    assert (by_no[2]["value"], by_no[2]["rag"]) == (95.0, "green")  # on the boundary
    assert (by_no[5]["status"], by_no[5]["value"]) == ("not_published", None)
    assert by_no[30]["value"] > 0  # from the case data
    assert by_no[30]["status"] == "final"


def test_exception_reports_stand_newest_first_however_many_there_are(home, tmp_path):
    many = shutil.copytree(home, tmp_path / "home")
    asked = [3, 44, 7, 21, 12, 50, 9, 33]  # not 1, which others of these tests ask for in the same home
    for number in asked:
        run(many, "board", "request", str(number), "Red")
    listed = answer(many, "board", {"by": "exceptions"}, as_at=DAY).rows
    assert listed["no"].to_list()[: len(asked)] == asked[::-1]
    assert listed["requested_at"].is_sorted(descending=True)


def test_a_computed_value_has_the_rows_behind_it(used, told):
    shown = {row["no"]: row for row in told["rows"]}[30]
    measured = json.loads(
        run(used, "report", "board", "--detail", "--kpi", "30", "--as-at", str(DAY), "--format", "json")
    )
    assert len(measured["rows"]) == shown["value"]


def test_a_frozen_quarter_shows_both_figures_on_newer_data(used, told):
    both = answer(used, "board", {"by": "reported"}, as_at=DAY).rows
    row = both.filter(both["no"] == 30).to_dicts()[0]
    now = {one["no"]: one["value"] for one in told["rows"]}[30]
    assert row["now_value"] == now
    assert row["reported_value"] != now
    assert row["revised"] == "revised"
    same = both.filter(both["no"] == 1).to_dicts()[0]
    assert (same["reported_value"], same["now_value"], same["revised"]) == (80.0, 80.0, None)


def test_figures_are_frozen_once(used):
    assert "frozen already" in run(used, "board", "meeting", "freeze", "--as-at", str(DAY), code=1)


@pytest.mark.parametrize("words", [("one", "--kpi", "52"), ("one", "--kpi", "x")])
def test_a_number_that_is_none_is_refused(used, words):
    assert "There is no indicator" in run(used, "report", "board", "--by", *words, code=1)


def test_values_due_and_the_template_to_fill_in(used):
    due = run(used, "kpi", "due", "--as-at", str(DAY), "--format", "csv")
    assert due.splitlines()[0].startswith("no,name,due_period,due_on,days_late")
    template = run(used, "kpi", "template", "--as-at", str(DAY)).splitlines()
    assert template[0] == "kpi,period,value,numerator,denominator,status,source,published_on,note,name"
    assert not any(line.startswith(("1,", "2,")) for line in template[1:])  # entered
    assert any(line.startswith("14,2026-27Q2,") for line in template)


def test_the_pack_in_word_says_the_colour_in_a_word_and_has_a_page_for_what_is_red(used):
    body = content(answer(used, "board", {}, as_at=DAY, format_="docx"), "docx")
    document = Document(io.BytesIO(body))
    section = document.sections[0]
    assert section.page_width > section.page_height
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert any(one.startswith("1 Council-run childcare") and one.endswith("Red") for one in headings)
    assert not any(one.startswith("2 Registered") for one in headings)
    lines = next(table for table in document.tables if len(table.rows) > 51)
    told = {row.cells[0].text: row.cells[7].text for row in lines.rows}
    assert (told["1"], told["2"], told["48"]) == ("Red", "Green", "Green")
    assert "OFFICIAL" in section.header.paragraphs[0].text
    assert any("Red, and =worse" in one.text for one in document.paragraphs)


def test_a_leadership_team_gets_its_own_and_no_small_values(used):
    body = content(answer(used, "board", {"forum": "health-send"}, as_at=DAY, format_="docx"), "docx")
    lines = max(Document(io.BytesIO(body)).tables, key=lambda table: len(table.rows))
    told = {row.cells[0].text: [cell.text for cell in row.cells] for row in lines.rows}
    numbers = [int(no) for no in told if no.isdigit()]
    assert numbers == [6, 9, 40, 41, *range(44, 52)]
    assert told["48"][4] == "1 to 5"
    assert told["48"][7] == "Suppressed"


def test_the_workbook_has_tidy_values_native_charts_and_no_formula(used):
    body = content(answer(used, "board", {}, as_at=DAY, format_="xlsx"), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book.sheetnames == [
        "Board", "Values", "Chart data", "Charts", "Targets", "Benchmarks", "Exceptions", "Notes"
    ]  # fmt: skip
    assert book["Board"].max_row == 3 + 51
    values = list(book["Values"].iter_rows(values_only=True))
    column = values[0].index("note")
    assert "=1+1" in [row[column] for row in values]
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) > 5
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in parts.read(name) for name in sheets)


def test_a_note_of_thanks_becomes_a_letter(used, tmp_path):
    subject = run(used, "board", "thank", "2", "Early years team", "Best of eight").split()[4].rstrip(".")
    run(used, "board", "sign", subject, "Executive director")
    path = tmp_path / "letter.docx"
    run(used, "board", "letter", subject, "-o", str(path))
    told = [one.text for one in Document(path).paragraphs]
    assert {"Early years team", "Best of eight", "Executive director"} <= set(told)
    assert answer(used, "board", {"by": "thanks"}, as_at=DAY).rows["state"].to_list() == ["sent"]
