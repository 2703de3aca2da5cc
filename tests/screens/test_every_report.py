"""What holds for the screen of every report that can be opened, on an authority with awkward names."""

import unicodedata
from pathlib import Path

import openpyxl
import pytest
from textual.pilot import Pilot

from data.office.access_log import AccessLog, Look
from data.office.views import SavedView
from fcl_tui.access.gate import Door
from fcl_tui.access.readers.reader import Reader as Person
from fcl_tui.access.readers.remit import Scope
from fcl_tui.cli.asking.session import answer
from fcl_tui.config.settings import Settings
from fcl_tui.export.cells import columns_of
from fcl_tui.reports import catalogue
from fcl_tui.reports.question.query import Query
from fcl_tui.terminal.app import FclApp
from screens.catalogue import screen_for
from screens.client_summary.screen import ClientSummaryScreen
from screens.help import HelpScreen
from screens.messages import ClientWanted, ViewWanted
from screens.planner.screen import PlannerScreen
from tests.screens.conftest import settled, shows, text_of, until
from tests.screens.small_authority import AS_AT, MARKUP, SmallManifest, SmallSnapshot, back
from tests.screens.test_data_quality import FLAWED, OLD
from widgets.menus.letter_menu import LetterMenu
from widgets.table.report_table import ReportTable
from widgets.text.pane import TextPane

REPORTS = [entry.key for entry in catalogue.every()]
CHILD = "101"
EARLIER = SmallSnapshot(none_of=("cin_visits",), problems=OLD)
EARLIER.manifest = SmallManifest(data_date=back(7))
SURNAMES = ("O'Brien", "Lee", "Nguyễn", "Featherstone", "cmd()", "Souza", "Adeyemi", "Kaur")
OF_NO_CHILD = ("access-log",)
OF_ONE_CHILD = ("client-summary", "review-summary")
OF_NO_TEAM = ("fostering-overview",)
"""Whose last view refuses a team"""
NO_ROW_HERE = ("missing-children", "audits")
"""Whose first list has no row in this authority, and says so"""
SILENT = {
    "client-summary": (("cin_assessments",), "not in this source"),
    "fostering-overview": (("cla_placement",), "not in this source"),
    "visits": (("cp_visits",), "not in this source"),
    "reviews": (("cla_reviews",), "not in this source"),
    "missing-children": (("missing",), "not in this source"),
    "client-overview": (("cp_visits",), "1 timescale not in this source"),
    "leaving-care": (("care_leavers",), "care leavers not in this source"),
    "caseload": (("involvements",), "who holds a case is not in this source"),
    "assessments": (("cin_assessments",), "assessments not in this source"),
    "due-items": (("cp_visits",), "1 timescale not in this source"),
    "my-day": (("cp_visits",), "1 timescale not in this source"),
    "chasing": (("cp_visits",), "1 timescale not in this source"),
    "planner": (("cp_visits",), "1 timescale not in this source"),
}
"""What a source may not carry, and what the report says then; the other reports list what there is."""


@pytest.fixture(autouse=True)
def before(monkeypatch):
    """There is a snapshot before this one."""
    monkeypatch.setattr("data.snapshots.history.snapshot_before", lambda snapshot: EARLIER)


def opened(key: str, home: Path, snapshot: SmallSnapshot = FLAWED) -> FclApp:
    """The application on a report; the log is for an administrator, the rest for one who may see all."""
    settings, door = Settings(home, name="me"), None
    if key in OF_NO_CHILD:
        AccessLog(home).append(Look("sam", "social worker", "10.0.0.9", "opened", "client-summary", CHILD))
        boss = Person("boss", "administrator", frozenset(("administrator",)), Scope(everyone=True))
        door = Door(home, settings, boss, logs=True)
        snapshot = door.narrowed(snapshot)
    first = None if key in OF_ONE_CHILD else key
    return FclApp(snapshot, settings, as_at=AS_AT, first=first, door=door)


async def there(pilot: Pilot[None], key: str) -> None:
    """The report is on the screen, with its answer."""
    if key in OF_ONE_CHILD:
        await settled(pilot)
        pilot.app.post_message(ClientWanted(CHILD))
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientSummaryScreen))
        if key == "review-summary":
            await settled(pilot)
            await pilot.press("R")
            await until(pilot, lambda: shows(pilot.app, key))
    await settled(pilot)


def whole(app: FclApp) -> str:
    """What is on the screen as one line: a long sentence is broken over several."""
    return " ".join(text_of(app).split())


def words_of(app: FclApp) -> str:
    """The lines above and below the list, also where the window is too small for all of a line."""
    return " ".join(str(line.render()) for line in app.screen.query("#left-out, #totals, #facts"))


def views_of(app: FclApp, key: str):
    """A screen of each view of a report, those behind figures too."""
    for view in catalogue.load(key).views:
        values = {"client": CHILD} if key in OF_ONE_CHILD else {}
        yield view.key, screen_for(key, app.session, query=Query(key, view.key).changed(**values))


@pytest.mark.parametrize("key", REPORTS)
async def test_it_opens_with_title_day_and_names_as_they_are(key, size, tmp_path):
    app = opened(key, tmp_path)
    async with app.run_test(size=size) as pilot:
        await there(pilot, key)
        seen = text_of(app)
        assert catalogue.report(key).title in seen.splitlines()[0]
        assert f"as at {AS_AT:%d/%m/%Y}" in seen.splitlines()[1]
        assert app.focused is not None
        assert not [c for c in seen if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]
        if "[red]" in seen:
            assert MARKUP[:12] in seen
        if not isinstance(app.screen, PlannerScreen):
            assert app.screen.table.row_count > 0 or key in NO_ROW_HERE
            assert key not in NO_ROW_HERE or catalogue.load(key).first.empty in seen
            assert app.screen.table.has_focus
        assert app.fault is None


@pytest.mark.parametrize("key", [key for key in REPORTS if key not in OF_ONE_CHILD])
async def test_an_authority_without_anyone_is_said_and_carries_every_key(key, tmp_path):
    app = opened(key, tmp_path, SmallSnapshot(empty=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await there(pilot, key)
        report, screen = catalogue.load(key), app.screen
        if key not in OF_NO_CHILD and not isinstance(screen, PlannerScreen) and not screen.table.total:
            assert report.first.empty in text_of(app) or screen.result is None
        for binding in sorted(screen._bindings.key_to_bindings):
            if binding in ("escape", "question_mark"):
                continue
            await pilot.press(binding)
            await pilot.pause()
            for _ in range(3):
                if app.screen is not screen:
                    await pilot.press("escape")
                    await pilot.pause()
            assert app.fault is None, binding
        await settled(pilot)


@pytest.mark.parametrize("key", REPORTS)
async def test_under_privacy_no_surname_is_on_the_screen_of_any_view(key, tmp_path):
    app = opened(key, tmp_path)
    async with app.run_test(size=(160, 50)) as pilot:
        await there(pilot, key)
        await pilot.press("p")
        await settled(pilot)
        if key == "client-summary":
            for _ in range(4):
                assert not [name for name in SURNAMES if name in text_of(app)]
                await pilot.press("tab")
                await pilot.pause()
            return
        for view, screen in views_of(app, key):
            await app.push_screen(screen)
            await settled(pilot)
            seen = text_of(app)
            assert not [name for name in SURNAMES if name in seen], view
            assert not [row for row in _births() if row in seen], view
            await pilot.press("end")
            assert not [name for name in SURNAMES if name in text_of(app)], view
            await app.pop_screen()


def _births() -> list[str]:
    born = FLAWED.scan("people").collect()["date_of_birth"].drop_nulls()
    return [f"{day:%d/%m/%Y}" for day in born]


@pytest.mark.parametrize("key", sorted(SILENT))
async def test_what_the_source_cannot_tell_is_said(key, tmp_path):
    tables, said = SILENT[key]
    app = opened(key, tmp_path, SmallSnapshot(none_of=tables))
    async with app.run_test(size=(120, 40)) as pilot:
        await there(pilot, key)
        assert said in " ".join(words_of(app).split())
        assert said.split()[-1] in whole(app)


def test_every_report_has_said_what_it_cannot_tell_or_lists_only_what_there_is():
    others = {"data-quality", "work-changes", "access-log", "review-summary", "staff-supervision", "audits"}
    others |= {one.key for one in catalogue.of_tier(4)}  # each figure says so: tests.official, test_board
    assert set(REPORTS) - set(SILENT) == others


@pytest.mark.parametrize("key", [key for key in REPORTS if key != "access-log"])  # it grows by each question
async def test_its_rows_are_those_of_the_command_line(key, tmp_path, monkeypatch):
    monkeypatch.setattr(Door, "snapshot", lambda self, **_: self.narrowed(FLAWED))
    app = opened(key, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await there(pilot, key)
        typed = {"client": CHILD} if key in OF_ONE_CHILD else {}
        theirs = answer(tmp_path, key, typed, as_at=AS_AT)
        screen = app.screen
        if isinstance(screen, ClientSummaryScreen):
            ours = (
                screen.table.shown_frame().select("date", "event", "worker").sort("date", "event", "worker")
            )
            assert ours.equals(theirs.rows.select("date", "event", "worker").sort("date", "event", "worker"))
            return
        if isinstance(screen, PlannerScreen):
            counts = dict(theirs.rows.select("day", "items").iter_rows())
            assert {row["day"]: row["items"] for row in screen._found.days.to_dicts()} == counts
            return
        assert screen.result.given.equals(theirs.rows)
        if screen.shown_view.group_by is None:
            keys = screen.table.shown_frame()[screen.shown_view.row_key].to_list()
            assert keys == screen.result.rows[screen.shown_view.row_key].to_list()
        assert screen.table.total == theirs.rows.height


@pytest.mark.parametrize("key", [key for key in REPORTS if key not in NO_ROW_HERE])
async def test_it_is_filtered_sorted_and_written_as_listed(key, tmp_path):
    app = opened(key, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await there(pilot, key)
        if isinstance(app.screen, PlannerScreen):
            await pilot.press("up", "enter")
        screen, table = app.screen, app.screen.table
        listed = table.total
        assert listed > 0
        column = next(one for one in table.shown_columns() if one.kind in ("text", "code") or one.frozen)
        await pilot.press("slash", *"zzzz")
        await until(pilot, lambda: table.row_count == 0)
        assert "0 of" in text_of(app) or f"0/{listed}" in text_of(app)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: table.row_count == listed)
        table.sort(column.key, True)
        await pilot.pause()
        backwards = table.shown_frame()[column.key].to_list()
        table.sort(column.key)
        await pilot.pause()
        assert sorted(map(str, backwards)) == sorted(map(str, table.shown_frame()[column.key].to_list()))
        if key in OF_NO_CHILD:
            return  # the log as a file: test_access_log
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, LetterMenu))
        await pilot.press("s" if key == "data-quality" else "x")
        folder = app.session.exports
        await until(pilot, lambda: folder.exists() and list(folder.glob("*.xlsx")))
        (path,) = folder.glob("*.xlsx")
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        chosen = columns_of(table.shown_frame(), tuple(table.export_columns()))  # not only those that fit
        shown = [one.title for one in chosen]
        assert list(rows[0])[-len(shown) :] == shown  # before them the heading that the rows are under
        assert len(rows) - 1 == listed
        assert f"as at {AS_AT:%d/%m/%Y}" in str(sheet["A1"].value)
        assert app.screen is screen


@pytest.mark.parametrize("key", [key for key in REPORTS if key not in OF_ONE_CHILD])
async def test_a_saved_view_shows_what_was_saved(key, tmp_path):
    app = opened(key, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await there(pilot, key)
        first, report = app.screen, catalogue.load(key)
        values = {"team": "Pod One"} if report.parameter("team") is not None else {}
        if report.parameter("overdue") is not None:
            values["overdue"] = True
        view = report.switchable[0 if key in OF_NO_TEAM else -1].key
        screen = screen_for(key, app.session, query=Query(key, view).changed(**values))
        await app.push_screen(screen)
        await settled(pilot)
        state, rows = screen.views.get_state(), screen.table.shown_frame()
        assert state is not None
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is first)
        app.post_message(ViewWanted(SavedView("Mine", key, "me", state), first.say))
        await until(pilot, lambda: app.screen is not first)
        await settled(pilot)
        await until(pilot, lambda: app.screen.views.finished)
        assert app.screen.views.get_state() == state
        assert app.screen.views.in_words() == "view Mine"
        if key not in OF_NO_CHILD:
            assert app.screen.table.shown_frame().equals(rows)
        assert app.screen.query_now.view == view
        assert dict(app.screen.query_now.values) == values


@pytest.mark.parametrize("key", REPORTS)
async def test_help_opens_with_the_keys_and_the_guidance_of_the_report(key, tmp_path):
    app = opened(key, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await there(pilot, key)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        told = [str(getattr(line, "text", line)) for line in app.screen.query_one(TextPane)._lines]
        page = catalogue.guidance(catalogue.report(key).guidance)
        heading = page.splitlines()[0].removeprefix("# ")
        assert told.count(heading) == 1
        assert app.screen.query_one(ReportTable).shown_frame().height
        assert f"Help: {catalogue.report(key).title}" in text_of(app)
