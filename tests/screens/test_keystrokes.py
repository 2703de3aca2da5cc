"""The keys that a tired officer presses from Home, counted: none of these tasks may come to need more."""

from datetime import timedelta
from pathlib import Path

import docx
import polars as pl
import pytest

from data.office.own_team import keep_team
from fcl_tui.access.office import office_of
from fcl_tui.config.current_snapshot import snapshot_in_use
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.client_summary.screen import ClientSummaryScreen
from screens.find import FindScreen
from screens.home import HomeScreen
from screens.messages import ClientWanted
from screens.planner.screen import PlannerScreen
from tests.screens.conftest import narrowed, settled, shows, text_of, until, view_of
from tests.screens.small_authority import AS_AT
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, ready):
    return ready.loaded(60, 5, AS_AT, tmp_path_factory.mktemp("home"), demo=True)


@pytest.fixture
def home(loaded):
    (loaded / "demo-office" / "office.db").unlink(missing_ok=True)
    return loaded


def application(home: Path, team: str | None = None) -> FclApp:
    settings = Settings(home, name="jo")
    app = FclApp(snapshot_in_use(settings), settings, as_at=AS_AT)
    if team is not None:
        keep_team(office_of(settings, demo=True), app.session.who, team)
    return app


class Keys:
    """Presses keys as a person does, waiting for what each brings, and counts them."""

    def __init__(self, pilot) -> None:
        self._pilot, self.count = pilot, 0

    async def __call__(self, *keys: str) -> None:
        for key in keys:
            await self._pilot.press(key)
            await settled(self._pilot)
            self.count += 1


async def overview(app: FclApp, pilot) -> None:
    """The Client Overview, from Home."""
    await Keys(pilot)("2", "enter")
    await until(pilot, lambda: shows(app, "client-overview"))
    await settled(pilot)


def table_of(app: FclApp) -> ReportTable:
    return app.screen.query_one(ReportTable)


def busiest(rows) -> str:
    """The team with most due items."""
    return rows["team"].drop_nulls().value_counts(sort=True, name="n")["team"][0]


@pytest.fixture
async def team(home) -> str:
    """A team with work, as its officer would have chosen it the day before."""
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        rows = table_of(app).shown_frame()
        return busiest(rows.filter(rows["state"] == "overdue"))


async def test_the_overdue_of_my_team_are_two_keys_from_home(home, team):
    app = application(home, team)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("2", "enter")
        await until(pilot, lambda: shows(app, "client-overview"))
        await settled(pilot)
        assert press.count == 2
        rows = table_of(app).shown_frame()
        assert set(rows["team"]) == {team}
        late = (rows["state"] == "overdue").to_list()
        assert late == sorted(late, reverse=True)
        assert f"!! {sum(late)} overdue" in text_of(app)


async def test_my_day_for_my_team_is_one_key(home, team):
    app = application(home, team)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("T")
        await until(pilot, lambda: shows(app, "my-day"))
        await settled(pilot)
        assert press.count == 1
        assert set(table_of(app).shown_frame()["team"]) == {team}


async def test_ten_items_are_handed_over_in_twelve_keys_at_most(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("2", "enter")
        await until(pilot, lambda: shows(app, "client-overview"))
        await settled(pilot)
        ten = table_of(app).shown_frame()["item_id"][:10].to_list()
        await press("asterisk", "t")
        assert "10 selected" in text_of(app)
        await press("m", "h")
        await until(pilot, lambda: app.screen._names)
        await press("a", "n", "enter")
        assert press.count == 9
        await until(pilot, lambda: table_of(app).shown_frame()["mark"].drop_nulls().len() == 10)
        rows = table_of(app).shown_frame()
        assert set(rows.filter(rows["mark"].is_not_null())["item_id"]) == set(ten)


async def test_all_of_a_worker_are_selected_in_two_keys(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        rows = table_of(app).shown_frame()
        await Keys(pilot)("asterisk")
        count = rows.filter(rows["worker"] == rows["worker"][0]).height
        assert f"w  All of {rows['worker'][0]}: {count}" in text_of(app)
        await Keys(pilot)("w")
        assert f"{count} selected" in text_of(app)


async def test_the_supervision_sheets_of_an_adviser_are_five_keys(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("2", "down", "enter")
        await until(pilot, lambda: shows(app, "leaving-care"))
        await settled(pilot)
        rows = table_of(app).shown_frame()
        adviser = rows["personal_adviser"][0]
        assert rows["personal_adviser"].n_unique() > 1
        await press("x", "p")
        assert press.count == 5
        await until(pilot, lambda: files(home))
        document = docx.Document(str(files(home)[0]))
        assert len(document.tables) == rows.filter(rows["personal_adviser"] == adviser).height
        assert any(adviser in one.text for one in document.paragraphs)


def files(home: Path) -> list[Path]:
    return sorted((home / "exports").glob("leaving-care-*.docx"))


async def test_last_quarter_is_three_keys(home, size):
    app = application(home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await Keys(pilot)("3", "down", "enter")
        await until(pilot, lambda: shows(app, "assessments"))
        await settled(pilot)
        press = Keys(pilot)
        await press("P", "q", "enter")
        assert press.count == 3
        assert app.screen.query_now.text("period") == "last-quarter"
        await until(pilot, lambda: "last quarter" in text_of(app))


async def test_the_next_visit_and_review_are_in_the_header_of_a_client(home, size):
    app = application(home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        rows = table_of(app).shown_frame()
        wanted = rows.filter(rows["rule"].str.contains("review"), rows["due_date"] > AS_AT)
        app.post_message(ClientWanted(wanted["person_id"][0]))
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
        await settled(pilot)
        await until(pilot, lambda: f"{wanted['due_date'][0]:%d/%m/%Y}" in text_of(app))
        above = text_of(app).partition("[Chronology")[0]
        assert "eview" in above or "Pathway plan" in above
        assert f"{wanted['due_date'][0]:%d/%m/%Y}" in above


async def test_a_saved_view_is_two_keys_the_next_morning(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        await Keys(pilot)("d", "v", "s", *"Monday", "enter")
        await until(pilot, lambda: "Saved as Monday" in text_of(app))
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Monday" in text_of(app))
        press = Keys(pilot)
        await press("down", "enter")
        await until(pilot, lambda: shows(app, "client-overview"))
        await settled(pilot)
        assert press.count == 2
        assert set(table_of(app).shown_frame()["state"]) == {"overdue"}


async def test_a_view_is_saved_in_three_keys_under_a_name_that_says_what_it_shows(home, team):
    app = application(home, team)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        await pilot.press("d")
        await settled(pilot)
        press = Keys(pilot)
        for name in (f"{team}, overdue only", f"{team}, overdue only 2"):
            app.screen.views.shown = None  # as if this one had never been saved
            await press("v", "s", "enter")
            await until(pilot, lambda name=name: f"Saved as {name};" in text_of(app))
        assert press.count == 6


async def test_one_item_is_asked_chased_put_off_noted_and_written_out_in_a_few_keys(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        table = table_of(app)
        key = table.cursor_key

        def mark() -> str | None:
            return table.shown_frame().filter(pl.col("item_id") == key)["mark"][0]

        async def counted(*keys: str) -> int:
            press = Keys(pilot)
            await press(*keys)
            return press.count

        assert await counted("w") == 1
        await until(pilot, lambda: isinstance(app.screen, Reader))
        await pilot.press("escape")
        assert await counted("m", "c", "enter") == 3  # nothing need be typed
        await until(pilot, lambda: (mark() or "").startswith("chased"))
        table.select_key(key)
        assert await counted("u") == 1
        await until(pilot, lambda: mark() is None)
        assert await counted("m", "s", "f", "enter") == 4
        await until(pilot, lambda: (mark() or "").startswith("snoozed"))
        friday = AS_AT + timedelta(days=(4 - AS_AT.weekday() - 1) % 7 + 1)
        assert app.session.seen.marks.filter(pl.col("item_id") == key)["day"].to_list()[-1] == friday
        assert await counted("n", *"ring", "enter") == 2 + len("ring")
        await until(pilot, lambda: "ring" in app.session.seen.marks["note"].to_list())
        assert await counted("x", "x") == 2
        await until(pilot, lambda: list((home / "exports").glob("client-overview-*.xlsx")))
        assert await counted("a") == 1
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen))


async def test_teams_their_workers_and_who_was_late_are_a_few_keys_from_home(home, team):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("3", "enter")
        await until(pilot, lambda: shows(app, "caseload"))
        await settled(pilot)
        assert (press.count, view_of(app)) == (2, "team")
        await press("enter", "enter")
        await until(pilot, lambda: view_of(app) == "worker")
        assert press.count == 4
        await settled(pilot)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        press = Keys(pilot)
        await press("3", "down", "enter")
        await until(pilot, lambda: shows(app, "assessments"))
        await settled(pilot)
        rows = table_of(app).shown_frame()
        late = rows["late"][0]
        assert late
        await press("enter", "down", "enter")  # the second line, after the workers of the team
        await until(pilot, lambda: app.screen.query_now.drill is not None)
        await settled(pilot)
        assert press.count == 6
        assert table_of(app).row_count == late


async def test_the_workers_of_my_team_are_two_keys(home, team):
    app = application(home, team)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("3", "enter")
        await until(pilot, lambda: shows(app, "caseload"))
        await settled(pilot)
        assert press.count == 2
        assert (view_of(app), narrowed(app)["team"]) == ("worker", team)
        assert "Worker " in text_of(app)


async def test_the_chasing_of_my_team_is_three_keys(home, team):
    app = application(home, team)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press = Keys(pilot)
        await press("T", "tab", "tab")
        await until(pilot, lambda: app.screen.report.key == "chasing")
        await settled(pilot)
        assert press.count == 3
        assert narrowed(app)["team"] == team


async def test_a_misspelt_child_is_found_and_the_court_chronology_is_two_keys_more(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await overview(app, pilot)
        rows = table_of(app).shown_frame()
        name = next(
            one for one in rows["name"] if one.partition(",")[0].isascii() and len(one.partition(",")[0]) > 6
        )
        surname, _, forename = name.partition(", ")
        wrong = surname[:3] + surname[4:]
        await Keys(pilot)("f", *wrong.lower(), "space", *forename[:2].lower())
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, FindScreen) and (table_of(app).cursor_row() or {}).get("name") == name
            ),
        )
        await pilot.press("enter", "enter")  # once more: it is no exact match
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
        await settled(pilot)
        above = text_of(app).partition("[Chronology")[0]
        assert surname in above
        assert "  seen " in above
        press = Keys(pilot)
        await press("x", "w")
        assert press.count == 2
        await until(pilot, lambda: list((home / "exports").glob("client-summary-*.docx")))
