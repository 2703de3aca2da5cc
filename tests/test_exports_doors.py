"""One declaration of columns: the same file from a key on the screen and from the command line."""

import io
from datetime import date, datetime

import docx
import openpyxl
import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.config.settings import read
from fcl_tui.export import content
from fcl_tui.export.cells import columns_of
from fcl_tui.export.document import fitted
from fcl_tui.records.child.court import in_plain_words, numbered
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.operational.client_overview import ITEM_COLUMNS
from fcl_tui.reports.spec import Chart
from widgets.cells.column import Column

DAY = date(2026, 11, 27)
TEAMS = (
    Column("team", "Team", 20, frozen=True),
    Column("state", "Against target", 12, kind="state"),
    Column("share", "In 45 wd", 8, kind="percent"),
    Column("median", "Median", 6, kind="number"),
    Column("open", "Open", 6, kind="number"),
)
ROWS = pl.DataFrame(
    {
        "team": ["Pod 1", "Pod 2"],
        "state": ["on_target", "below_target"],
        "share": [92.123456, 50.0],
        "median": [31.5, 40.0],
        "open": [3, 4],
        "p90_days": [44.0, 70.0],
    }
)
ITEMS = pl.DataFrame(
    {
        "state": ["overdue", "due"],
        "days": [-27, 3],
        "unit": ["wd", "m"],
        "standing": ["Late 27 wd", "3 d left"],
        "days_shown": ["27 wd late", "3 d left"],
        "name": ["Bell, Ann", "Ali, Bo"],
        "item": ["Child protection visit", "Pathway plan review"],
        "item_short": ["CP visit", "Pathway review"],
        "due_date": [date(2026, 10, 20), date(2026, 11, 30)],
        "worker": ["Pat Jones", None],
    }
)


def answer(rows: pl.DataFrame, **more) -> Answer:
    told = {
        "report": "assessments", "title": "Assessments", "as_at": DAY, "snapshot_id": "s1",
        "data_date": DAY, "rows": rows, "who": "Pat", "exported": datetime(2026, 11, 27, 9, 5),
    }  # fmt: skip
    return Answer(**(told | more))


def cells(made: Answer, number: int = 0):
    book = openpyxl.load_workbook(io.BytesIO(content(made, "xlsx")))
    return book.worksheets[number]


def test_a_workbook_from_the_command_line_is_that_of_the_screen_cell_by_cell():
    by_command = cells(answer(ROWS.drop("p90_days"), table=TEAMS, shown=ROWS))
    by_key = cells(answer(ROWS.select(one.key for one in TEAMS), columns=TEAMS))
    told = [[(cell.value, cell.number_format) for cell in row] for row in by_command.iter_rows(min_row=3)]
    assert told == [[(cell.value, cell.number_format) for cell in row] for row in by_key.iter_rows(min_row=3)]
    assert [cell[0] for cell in told[0]] == ["Team", "Against target", "In 45 wd", "Median", "Open"]
    assert told[1][2] == (92.123456, '0.0"%"')
    assert told[1][3] == (31.5, "0.0")
    assert told[1][4] == (3, "General")
    assert by_command.auto_filter.ref == by_key.auto_filter.ref


def test_days_are_a_number_and_a_unit_in_files_and_words_in_a_terminal():
    sheet = cells(answer(ITEMS, table=ITEM_COLUMNS, shown=ITEMS))
    rows = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows[0] == ["State", "Days to due date", "Unit", "Name", "Due item", "Due", "Worker"]
    assert rows[1][:3] == ["Overdue", -27, "working days"]
    assert rows[2][:3] == ["OK", 3, "calendar days"]
    assert "Late 27 wd" in content(answer(ITEMS, table=ITEM_COLUMNS, shown=ITEMS), "table").decode()


def test_what_is_chosen_by_name_is_written_and_csv_and_json_keep_the_machine_s_names():
    made = answer(ROWS, table=TEAMS, shown=ROWS)
    chosen = answer(ROWS, table=TEAMS, shown=ROWS, chosen_columns="team,p90_days")
    assert [cell.value for cell in cells(chosen)[3]] == ["Team", "P90 days"]
    assert content(made, "csv").decode("utf-8-sig").startswith("team,state,share,median,open,p90_days")
    assert b'"p90_days"' in content(made, "json")
    with pytest.raises(DataError, match="There is no column 'nonsense'"):
        content(answer(ROWS, table=TEAMS, chosen_columns="nonsense"), "xlsx")


def test_a_word_table_has_the_declared_columns_and_breaks_no_word():
    made = answer(ITEMS, table=ITEM_COLUMNS, shown=ITEMS)
    (table,) = docx.Document(io.BytesIO(content(made, "docx"))).tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told[0] == ["State", "Days to due date", "Unit", "Name", "Due item", "Due", "Worker"]
    assert told[1] == [
        "Overdue", "-27", "working days", "Bell, Ann", "Child protection visit", "20/10/2026", "Pat Jones",
    ]  # fmt: skip
    points, widths = fitted(["Assessment"] * 12, [["Worker", "10/10/2026"]] * 12)
    assert sum(widths) <= 262
    assert points < 9


def test_a_report_with_a_chart_has_it_in_the_workbook():
    months = pl.DataFrame({"month": [date(2026, 9, 1), date(2026, 10, 1)], "rate": [80.0, None]})
    chart = Chart(kind="months", frame="months", label="month", value="rate", unit="percent", most=100.0)
    made = answer(ROWS, table=TEAMS, chart=chart, chart_rows=months, chart_target=90.0)
    sheet = cells(made, 1)
    assert sheet.title == "Chart"
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows == [
        ["Month", "Rate", "Target"],
        [datetime(2026, 9, 1), 80, 90],
        [datetime(2026, 10, 1), None, 90],
    ]
    assert len(sheet._charts) == 1


def test_the_authority_and_the_marking_stand_in_every_file(tmp_path):
    (tmp_path / "settings.toml").write_text(
        'authority_name = "Anytown & Co"\nprotective_marking = "OFFICIAL-SENSITIVE"\n'
    )
    told = read(tmp_path)
    made = answer(ROWS, table=TEAMS, authority=told.authority_name, marking=told.protective_marking)
    sheet = cells(made)
    assert sheet["A1"].value.startswith("OFFICIAL-SENSITIVE · Anytown & Co · Assessments")
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
    document = docx.Document(io.BytesIO(content(made, "docx")))
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE · Anytown & Co"
    for kind in ("table", "text"):
        assert content(made, kind).decode().startswith("OFFICIAL-SENSITIVE · Anytown & Co")


def test_a_column_stays_as_it_is_where_the_rows_lack_what_a_file_would_have():
    told = columns_of(ITEMS.drop("unit"), ITEM_COLUMNS)
    assert [one.key for one in told][:2] == ["standing", "name"]


def event(day, kind, name, detail, worker):
    return {
        "date": day, "kind": kind, "event": name, "detail": detail, "worker": worker, "source": "SSD",
        "source_row": f"ssd_x/{kind}",
    }  # fmt: skip


def test_a_court_chronology_reads_in_plain_words_and_folds_the_workers_of_a_day():
    first, second = date(2024, 1, 25), date(2024, 2, 1)
    events = pl.LazyFrame(
        [
            event(first, "conference", "Conference", "protection plan made: yes; cp", None),
            event(first, "worker", "Worker ended", "case worker; absence", "Ann Lee"),
            event(first, "worker", "Worker began", "case worker; transfer as normal process", "Bo Ray"),
            event(second, "legal", "Legal status", "C2 full care order", None),
            event(second, "referral", "Referral", "no further action; no further action", "Bo Ray"),
        ]
    )  # fmt: skip
    told = in_plain_words(numbered(events)).collect()
    assert told.select("date", "event", "detail", "numbers").rows() == [
        (first, "Conference", "A child protection plan was made", "1"),
        (first, "Change of worker", "Ann Lee was no longer case worker. Bo Ray became case worker.", "2, 3"),
        (second, "Legal status", "Full care order", "4"),
        (second, "Referral", "No further action", "5"),
    ]
