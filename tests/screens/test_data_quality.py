"""Data Quality as a person uses it: kinds, teams, the list, the child, and the file to work from."""

from datetime import date, datetime

import openpyxl
import pytest

from data.issues.model import COLUMNS
from fcl_tui.config.settings import Settings
from fcl_tui.reports.question.query import Query
from fcl_tui.terminal.app import FclApp
from screens.catalogue import screen_for
from screens.client_summary.screen import ClientSummaryScreen
from tests.screens.conftest import application, narrowed, settled, shows, text_of, until, view_of
from tests.screens.small_authority import AS_AT, ESCAPE, SmallSnapshot
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable


def problem(rule, person, severity="warning", table="cin_episodes", **more):
    return dict.fromkeys(COLUMNS) | {
        "source": "SSD [db]", "place": f"ssd_{table}", "row": f"ssd_{table}/{person}", "rule": rule,
        "severity": severity, "effect": "kept", "person_id": person, "ssd_table": table,
        "reason": "The referral is open and no worker is recorded for the child; add the worker.",
    } | more  # fmt: skip


OLD = [problem("no_worker", one) for one in ("101", "110")]
PROBLEMS = [
    *OLD,
    problem("no_worker", "104"),
    problem(
        "end_before_start", "102", "error", "cp_plans", column="cppl_cp_plan_end_date",
        value="2026-03-01 to 2026-02-01", reason="It ends before it starts; correct one of the two dates.",
    ),
    problem("sources_disagree", "102", "warning", "person", column="pers_dob", value="2012-02-28",
            effect="another value used", reason="Another value is used: 29/02/2012, from [SSD]."),
    problem("unknown_team", None, value=f"Pod [9]{ESCAPE}", column="cine_referral_team"),
    problem("orphan", "999", table="cp_visits"),
    problem("closure_not_given", "103", "note", reason="The list does not say when it was closed."),
]  # fmt: skip
FLAWED = SmallSnapshot(problems=PROBLEMS)
BEFORE = SmallSnapshot(problems=[*OLD, problem("no_team", "103")])


@pytest.fixture(autouse=True)
def before(monkeypatch):
    """The snapshot before this one."""
    monkeypatch.setattr("data.snapshots.history.snapshot_before", lambda snapshot: BEFORE)


def opened(snapshot=FLAWED):
    return application("data-quality", snapshot)


async def listing(pilot, **narrowed):
    """Go on to a list of the problems."""
    await settled(pilot)
    app = pilot.app
    question = Query("data-quality", "list").changed(**narrowed)
    await app.push_screen(screen_for("data-quality", app.session, query=question))
    await settled(pilot)


def table(app) -> ReportTable:
    return app.screen.query_one(ReportTable)


async def test_from_anywhere_by_its_key_and_only_once():
    app = application(snapshot=FLAWED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Data Quality" in text_of(app), "on the home screen, in its tier"
        await pilot.press("D")
        await until(pilot, lambda: shows(app, "data-quality"))
        await settled(pilot)
        depth = len(app.screen_stack)
        await pilot.press("D")
        await settled(pilot)
        assert len(app.screen_stack) == depth


async def test_the_palette_knows_it_by_name():
    from screens.palette import Actions

    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for words in ("data quality", "errors", "mistakes"):
            hits = [str(hit.text) async for hit in Actions(app.screen).search(words)]
            assert any("Data quality" in hit for hit in hits), words


async def test_kinds_with_shape_word_counts_and_what_has_changed():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = text_of(app).splitlines()
        assert "!! 1 error  ! 6 warnings  - 1 note   6 new, 1 gone since 23/11/2026" in lines[2]
        first = table(app).cursor_row()
        assert (first["rule"], first["issues"], first["new"]) == ("end_before_start", 1, 1)
        assert "!! Error" in lines[4]
        assert "! Warning" in text_of(app)
        assert "- Note" in text_of(app)
        assert "correct the start or the end date" in lines[-2]
        gone = [row for row in table(app).shown_frame().to_dicts() if row["rule"] == "no_team"]
        assert [(row["issues"], row["gone"]) for row in gone] == [(0, 1)]


async def test_from_a_kind_to_its_list_to_the_child_and_back_to_the_same_row():
    app = opened()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: view_of(app) == "list" and app.screen.settled)
        assert narrowed(app)["rule"] == "no_worker"
        assert table(app).total == 3
        seen = text_of(app)
        assert "Open case without a worker" in seen
        assert "SSD [db], ssd_cin_episodes/" in seen
        assert "no worker is recorded" in seen
        await pilot.press("down")
        child = table(app).cursor_row()["person_id"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: shows(app, "data-quality"))
        assert table(app).cursor_row()["person_id"] == child
        await pilot.press("escape")
        await until(pilot, lambda: view_of(app) == "kind")
        assert table(app).cursor_row()["rule"] == "no_worker"


@pytest.mark.parametrize(("rule", "said"), [("unknown_team", "names no child"), ("orphan", "no record here")])
async def test_a_problem_without_a_child_to_open_says_so(rule, said):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await listing(pilot, rule=rule)
        await pilot.press("enter")
        await until(pilot, lambda: said in text_of(app))
        assert shows(app, "data-quality")


@pytest.mark.parametrize(
    ("by", "first", "count"),
    [
        ("team", "Pod [b]Two", 2),
        ("worker", "Mary [/] Smith", 3),
        ("source", "SSD [db]", 8),
        ("severity", "error", 1),
    ],
)
async def test_side_by_side_and_into_the_kinds_of_one(by, first, count):
    app = opened()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*by, "enter")
        await until(pilot, lambda: shows(app, "data-quality") and app.screen.settled)
        assert view_of(app) == by
        row = next(row for row in table(app).shown_frame().to_dicts() if row[by] == first)
        assert row["issues"] == count
        assert table(app).select_key(row["row_key"])
        await pilot.press("enter")
        await until(pilot, lambda: view_of(app) == "kind" and app.screen.settled)
        assert narrowed(app)[by] == first
        assert table(app).shown_frame()["issues"].sum() == count
        await pilot.press("escape")
        await until(pilot, lambda: view_of(app) == by)
        assert table(app).cursor_row()["row_key"] == row["row_key"]


async def test_errors_only_team_and_all_kinds_again():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        everything = table(app).total
        await pilot.press("d")
        await until(pilot, lambda: app.screen.settled and table(app).total == 1)
        assert "errors only" in text_of(app)
        await pilot.press("d")
        await until(pilot, lambda: app.screen.settled and table(app).total == everything)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"pod one", "enter")
        await until(pilot, lambda: shows(app, "data-quality") and app.screen.settled)
        assert narrowed(app) == {"team": "Pod One"}
        assert 0 < table(app).total < everything
        await pilot.press("D")
        await until(pilot, lambda: app.screen.settled and table(app).total == everything)


async def test_privacy_masks_names_and_what_values_tell():
    app = opened()
    async with app.run_test(size=(160, 40)) as pilot:
        await listing(pilot)
        assert table(app).select_key(next(
            row["row_key"] for row in table(app).shown_frame().to_dicts() if row["rule"] == "sources_disagree"
        ))  # fmt: skip
        await until(pilot, lambda: "29/02/2012" in text_of(app))
        assert "2012-02-28" in text_of(app)
        assert "O'Brien" in text_of(app)
        await pilot.press("p")
        await until(pilot, lambda: app.screen.settled and "O'Brien" not in text_of(app))
        await until(pilot, lambda: "2012" not in text_of(app))
        assert "(hidden)" in text_of(app)


async def test_the_filter_finds_and_hostile_text_never_acts():
    app = opened()
    async with app.run_test(size=(120, 40)) as pilot:
        await listing(pilot)
        await pilot.press("slash", *"pod 9")
        await until(pilot, lambda: table(app).row_count == 1)
        seen = text_of(app)
        assert "Pod [9]" in seen
        assert not any(ord(c) < 32 and c != "\n" for c in seen)


def sheet(path):
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


async def test_the_list_to_put_right_is_written_from_the_counts_and_from_a_list(tmp_path):
    app = FclApp(FLAWED, Settings(tmp_path), as_at=AS_AT, first="data-quality")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x", "x")
        await until(pilot, lambda: "8 rows written" in text_of(app))
        (path,) = (tmp_path / "exports").glob("*.xlsx")
        rows = sheet(path)
        path.unlink()
        assert len(rows) == len(PROBLEMS)
        assert [row["Team"] for row in rows] == sorted((row["Team"] for row in rows), key=lambda team: (
            team == "No child named", team))  # fmt: skip
        assert rows[-1]["Team"] == "No child named"
        wrong = next(row for row in rows if row["Kind"] == "Ends before it starts")
        assert (wrong["File"], wrong["Row"]) == ("SSD [db]", "ssd_cp_plans/102")
        assert wrong["Advice"].startswith("It ends before it starts")
        assert wrong["Date of birth"] == datetime(2012, 2, 29)
        assert wrong["Change"] == "new"
        await pilot.press("down", "enter")
        await until(pilot, lambda: view_of(app) == "list" and app.screen.settled)
        await pilot.press("x", "x")
        await until(pilot, lambda: "3 rows written" in text_of(app))
        (path,) = (tmp_path / "exports").glob("*.xlsx")
        assert {row["Kind"] for row in sheet(path)} == {"Open case without a worker"}


async def test_a_file_under_privacy_has_no_names(tmp_path):
    app = FclApp(FLAWED, Settings(tmp_path), as_at=AS_AT, first="data-quality")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("x", "x")
        await until(pilot, lambda: "rows written" in text_of(app))
        (path,) = (tmp_path / "exports").glob("*.xlsx")
        rows = sheet(path)
        assert {row["Date of birth"] for row in rows} == {None}
        assert not any("O'Brien" in str(row["Name"]) for row in rows)
        assert "2012-02-28" not in str(rows)


async def test_more_than_a_sheet_holds_is_said_and_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr("screens.report.files.documents.MOST", 7)
    app = FclApp(FLAWED, Settings(tmp_path), as_at=AS_AT, first="data-quality")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x", "x")
        await until(pilot, lambda: "do not fit" in text_of(app))
        assert not list(tmp_path.glob("exports/*"))


async def test_nothing_earlier_to_compare_with_is_said(monkeypatch):
    monkeypatch.setattr("data.snapshots.history.snapshot_before", lambda snapshot: None)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "nothing earlier" in text_of(app)
        assert table(app).cursor_row()["new"] is None


@pytest.mark.parametrize("small", [(1, 1), (40, 10)])
async def test_small_windows_and_an_authority_without_problems_carry_every_key(small, monkeypatch):
    monkeypatch.setattr("data.snapshots.history.snapshot_before", lambda snapshot: None)
    for snapshot in (SmallSnapshot(empty=True), FLAWED):
        app = opened(snapshot=snapshot)
        async with app.run_test(size=small) as pilot:
            await settled(pilot)
            await pilot.press("down", "d", "enter", "down", "D", "y", "d")
            assert shows(app, "data-quality")


def test_the_kinds_as_they_open(size, snap_compare):
    assert snap_compare(opened(), terminal_size=size, run_before=settled)


def test_the_list_by_team_and_worker(size, snap_compare):
    assert snap_compare(opened(), terminal_size=size, run_before=listing)


def test_the_day_of_the_small_authority():
    assert BEFORE.manifest.data_date == date(2026, 11, 23)
