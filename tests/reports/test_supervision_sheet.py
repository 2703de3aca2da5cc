"""The supervision sheet of a worker; who is newly qualified, and a setting that names nobody."""

import io
from datetime import date, datetime, time, timedelta

import polars as pl
import pytest
from docx import Document

from fcl_tui.export.worker_sheet import worker_sheet
from fcl_tui.records.supervising.sheet import last_arranged, often_gone
from fcl_tui.records.supervising.workers import SHAPE, named_newly
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.catalogue import load
from fcl_tui.reports.context import Supervised
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.run import run
from tests.asking import ask, context
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved, item, referral

DAY = timedelta(days=1)
STARTED = "miss_missing_episode_start_date"
SINCE = date(2025, 6, 2)


def told(worker, ago, kind="personal", state="held", who=()):
    return {
        "worker": worker, "supervisor": "Mo", "day": AS_AT - ago * DAY, "kind": kind, "state": state,
        "children": list(who),
    }  # fmt: skip


def authority():
    held = {"1": "Ann Ash", "2": "Ann Ash", "3": "Bob Birch"}
    staff = {
        "prof_professional_id": "Ann Ash",
        "prof_staff_id": "S77",
        "prof_professional_name": "Ann Ash",
    }
    gone = {"miss_person_id": "2", "miss_missing_episode_type": "M"}
    return Authority(
        person=[child(one, forename=f"[Red] {one}") for one in held],
        professionals=[staff],
        cin_episodes=[referral(one, SINCE) for one in held],
        cla_episodes=[episode("2", SINCE)],
        involvements=[
            involved(one, worker, SINCE, invo_professional_team="T1") for one, worker in held.items()
        ]
        + [involved("1", worker, SINCE, SINCE + 200 * DAY) for worker in ("Cy", "Di")],
        missing=[gone | {STARTED: datetime.combine(AS_AT - ago * DAY, time())} for ago in (0, 10, 89)],
        due=[
            item("1", "cin_visit", AS_AT - 40 * DAY, AS_AT - 11 * DAY),
            item("1", "assessment_45wd", AS_AT - 40 * DAY, AS_AT + 5 * DAY, cycle=1),
            item("2", "health_review", AS_AT - 90 * DAY, AS_AT + 9 * DAY),
        ],
    )  # fmt: skip


ROWS = [
    told("Ann Ash", 30, who="1"), told("Ann Ash", 9, state="booked"), told("Ann Ash", -5, state="booked"),
    told("Bob Birch", 3, who="3"),
]  # fmt: skip


def sheets(rows=ROWS, settings=None, **typed):
    known = {
        "supervisions": lambda: Supervised(pl.LazyFrame(rows, schema=SHAPE)),
        "settings": settings or {},
    }
    return run(
        load("staff-supervision"),
        context(authority().scan, **known),
        Query("staff-supervision", "sheet", typed),
    )


def test_a_sheet_holds_caseload_overdue_concerns_and_what_was_booked_last_time():
    first, second = sheets(worker="Ann Ash").rows.to_dicts()
    assert (first["person_id"], first["overdue"]) == ("1", 1)
    assert first["overdue_items"] == f"Child in need visit ({AS_AT - 11 * DAY:%d/%m/%Y})"
    assert first["next_due"] == f"Assessment finished ({AS_AT + 5 * DAY:%d/%m/%Y})"
    assert (first["concerns"], first["last_discussed"]) == ("3 case workers in the year", AS_AT - 30 * DAY)
    assert (second["person_id"], second["concerns"]) == ("2", "missing now, missing 3 times of late")
    assert (second["overdue"], second["overdue_items"], second["discussed"]) == (0, None, "never discussed")
    assert first["supervision_state"] == "overdue"
    assert (first["last_held"], first["next_booked"]) == (AS_AT - 30 * DAY, AS_AT + 5 * DAY)
    assert first["arranged"] == f"{AS_AT - 9 * DAY:%d/%m/%Y} booked, not entered as held"


@pytest.mark.parametrize(
    ("rows", "arranged"),
    [
        ([told("A", 9, state="booked"), told("A", 5)], None),
        ([told("A", 5), told("A", 5, "case", "booked")], None),
        ([told("A", 0, state="booked")], None),
        ([told("A", 8), told("A", 5, state="cancelled")], f"{AS_AT - 5 * DAY:%d/%m/%Y} cancelled"),
        ([told("A", 5, "group", "cancelled")], None),
    ],
)
def test_what_was_arranged_counts_only_while_it_was_not_made_up_for(rows, arranged):
    found = last_arranged(pl.LazyFrame(rows, schema=SHAPE), AS_AT).collect()
    assert found["arranged"].to_list() in ([arranged], [] if arranged is None else [arranged])


def test_often_missing_counts_from_the_day_after_the_days_before():
    starts = [AS_AT - ago * DAY for ago in (89, 90)]
    rows = pl.LazyFrame(
        {"person_id": ["1", "1"], "kind": ["missing"] * 2, "start_day": starts, "running": [False, True]}
    )
    assert often_gone(rows, AS_AT, 2, 90).collect().row(0) == ("1", True, 1, False)


def test_the_paper_holds_the_worker_and_no_other_and_says_what_is_late():
    result = sheets(worker="Ann Ash")
    answer = Answer(
        "staff-supervision", "Staff Supervision", AS_AT, "s", AS_AT, result.given, authority="Anywhere"
    )
    document = Document(io.BytesIO(worker_sheet(answer)))
    lines = "\n".join(one.text for one in document.paragraphs)
    assert "Ann Ash · T1" in lines
    assert "Bob Birch" not in lines
    assert f"booked for {AS_AT + 5 * DAY:%d/%m/%Y} · last arranged:" in lines
    assert "2 children: 1 overdue items of 1 children" in lines
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[0].split("\n")[0] for row in cells[1:]] == ["Lee, [Red] 1", "Lee, [Red] 2"]
    assert cells[1][1].startswith("Overdue: Child in need visit")


@pytest.mark.parametrize(
    ("said", "worker"),
    [("ann  ASH", "Ann Ash"), ("s77", "Ann Ash"), ("Cy", "Cy"), ("Nobody", None), ("", None)],
)
def test_the_newly_qualified_are_named_by_name_or_number(said, worker):
    found = named_newly(authority().scan, (said,)).collect()
    assert found.rows() == [(said, worker)]


def test_the_newly_qualified_stand_alone_and_a_name_of_nobody_is_said():
    settings = {"newly_qualified": ("bob birch", "Nobody Here")}
    known = {
        "supervisions": lambda: Supervised(pl.LazyFrame(ROWS, schema=SHAPE)), "settings": settings,
    }  # fmt: skip
    result = ask("staff-supervision", authority().scan, by="newly", known=known)
    assert result.rows["worker"].to_list() == ["Bob Birch"]
    assert result.rows["due"].to_list() == [AS_AT + 11 * DAY]
    assert result.headline.startswith("newly qualified: 1 workers: 1 supervised in time")
    everyone = ask("staff-supervision", authority().scan, known=known).headline
    assert everyone.endswith("newly qualified: 1 of 1 in time")
    (line,) = result.left_out.to_dicts()
    assert (line["count"], line["what"]) == (1, "workers")
    assert line["reason"].endswith("Nobody Here")
    assert "newly qualified" not in ask("staff-supervision", authority().scan).headline
