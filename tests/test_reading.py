"""A report for a screen reader: lines in reading order, each value after its heading, nothing drawn."""

from datetime import date

import polars as pl
import pytest

from fcl_tui.export.reading import _heading, as_reading
from fcl_tui.reports.answer import Answer
from widgets.cells.column import Column

COLUMNS = (
    Column("standing", "State", 12, kind="state"),
    Column("name", "Name", 12),
    Column("trend", "12 months", 12, kind="trend"),
)


def answer(**more) -> Answer:
    rows = pl.DataFrame(
        {
            "standing": ["overdue|3 wd late", "due_soon|1 d left"],
            "name": ["Lee [/b], Ann\x1b[2J", None],
            "trend": ["81.0 60.5 100.0", None],
        }
    )
    shared = {
        "report": "x",
        "title": "Overview",
        "as_at": date(2026, 11, 28),
        "data_date": date(2026, 11, 27),
    }
    return Answer(snapshot_id="s", **{"rows": rows, "table": COLUMNS} | shared | more)


def test_each_row_is_a_line_with_its_values_after_their_headings():
    lines = as_reading(answer()).splitlines()
    assert lines[1:] == [
        "2 rows.",
        "1 of 2. State: 3 working days late. Name: Lee [/b], Ann?[2J. 12 months: 81, 60.5, 100.",
        "2 of 2. State: 1 day left.",
    ]


def test_what_a_screen_says_over_the_rows_comes_first_and_what_is_left_out_last():
    left_out = [{"count": 1, "what": "children", "reason": "are in no team"}]
    lines = as_reading(
        answer(top="!! 25 overdue   121 clients\nBefore: 3 wd", left_out=left_out)
    ).splitlines()
    assert lines[0].startswith("Overview · as at 28/11/2026")
    assert lines[1:4] == ["25 overdue, 121 clients.", "Before: 3 working days.", "2 rows."]
    assert lines[-1] == "Left out: 1 child is in no team."


def test_the_parts_of_a_client_are_read_before_the_rows_and_none_twice():
    one = answer()
    parts = {
        "overview": {"name": "Lee", "last_seen": None},
        "same": one.rows,
        "due": pl.DataFrame({"a": [1]}),
    }
    lines = as_reading(answer(parts=parts)).splitlines()
    assert lines[1:5] == ["Name: Lee.", "Due: 1 row.", "1 of 1. A: 1.", "2 rows."]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("In 45 wd", "In 45 working days"),
        (">20 d", "Over 20 days"),
        ("3+ in year", "3 or more in year"),
        ("3+ workers", "3 or more workers"),
        ("In 4 w", "In 4 weeks"),
        ("LAC", "Looked after"),
        ("Worker", "Worker"),
        ("", ""),
    ],
)
def test_a_heading_that_is_short_for_a_screen_is_read_in_full(title, told):
    assert _heading(title) == told


def test_a_bar_in_shades_is_read_as_its_figures_each_with_what_it_is_and_none_twice():
    parts = (Column("to_7", "1 to 7 days late", 8, kind="number"), Column("more", "Over 7 wd", 8))
    bar = Column("late", "Late", 8, kind="bands", in_files=parts)
    rows = pl.DataFrame({"late": ["6 1"], "to_7": [6], "more": [1]})
    line = as_reading(answer(rows=rows, table=(bar, Column("more", "more", 4)))).splitlines()[2]
    assert line == "1 of 1. 1 to 7 days late: 6. Over 7 working days: 1."
    line = as_reading(answer(rows=rows.select("late"), table=(bar,))).splitlines()[2]
    assert line == "1 of 1. Late: 6, 1."


def test_what_is_short_on_a_screen_is_read_in_full():
    table = (
        Column("short", "Visit", 9, in_files=(Column("kind", "Kind", 18),)),
        Column("late", "Late", 4, kind="number", in_files=(Column("late", "Days late", 9, kind="number"),)),
        Column("item", "Due item", 9, in_files=(Column("rule", "Rule", 18, kind="code"),)),
    )
    rows = pl.DataFrame(
        {
            "short": ["CIN visit"],
            "kind": ["Child in need"],
            "late": [37],
            "item": ["CIN"],
            "rule": ["cin_visit"],
        }
    )
    line = as_reading(answer(rows=rows, table=table)).splitlines()[2]
    assert line == "1 of 1. Kind: Child in need. Days late: 37. Due item: CIN."
