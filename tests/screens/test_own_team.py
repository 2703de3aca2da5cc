"""The team a reader chose last is theirs on every list, also tomorrow, and nobody else's."""

import pytest

from data.demo import DemoSource
from data.office.day_counts import KEPT
from data.office.own_team import keep_team, kept_team
from fcl_tui.access.office import office_of
from fcl_tui.config.current_snapshot import snapshot_in_use
from fcl_tui.config.settings import Settings
from fcl_tui.loading.load import load
from fcl_tui.terminal.app import FclApp
from screens.catalogue import screen_for
from tests.screens.conftest import settled, text_of, until
from tests.screens.small_authority import AS_AT
from widgets.menus.menu import Menu

TEAM = "Pod 7"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load([DemoSource(children=60, seed=5, as_at=AS_AT)], home, data_date=AS_AT, demo=True)
    return home


@pytest.fixture
def home(loaded):
    for name in ("office.db", KEPT):
        (loaded / "demo-office" / name).unlink(missing_ok=True)
    return loaded


def opened(home, first: str | None = None, name: str = "jo") -> FclApp:
    settings = Settings(home, name=name)
    return FclApp(snapshot_in_use(settings), settings, as_at=AS_AT, first=first)


def office(home):
    return office_of(Settings(home), demo=True)


async def some_team(app, pilot) -> str:
    """Choose the second team of the menu."""
    await pilot.press("t")
    await until(pilot, lambda: "Which team?" in text_of(app))
    await pilot.press("down", "enter")
    await settled(pilot)
    return app.screen.query_now.text("team")


async def test_the_team_is_kept_for_the_next_list_and_the_next_morning(home):
    app = opened(home, "client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_now.text("team") is None
        team = await some_team(app, pilot)
        assert team is not None
        await pilot.press("escape", "T")
        await settled(pilot)
        await until(pilot, lambda: app.screen.query_now.text("team") == team)
        assert all(query.text("team") == team for query in app.screen.parts.queries.values())
        await until(pilot, lambda: kept_team(office(home), app.session.who) == team)
    for report in ("client-overview", "planner"):
        again = opened(home, report)
        async with again.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert again.screen.query_now.text("team") == team
            assert team[:11] in text_of(again)


async def test_all_teams_drops_it(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home, "client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_now.text("team") == "Leaving Care"
        await pilot.press("t")
        await until(pilot, lambda: "Which team?" in text_of(app))
        await pilot.press(*"all teams", "enter")
        await settled(pilot)
        assert app.screen.query_now.text("team") is None
        await until(pilot, lambda: kept_team(office(home), "jo") is None)


async def test_it_is_nobody_elses_and_a_team_without_anyone_is_none(home):
    keep_team(office(home), "jo", "Leaving Care")
    keep_team(office(home), "mo", "A team of long ago")
    for name, team in (("jo", "Leaving Care"), ("mo", None), ("al", None)):
        app = opened(home, "client-overview", name)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert app.screen.query_now.text("team") == team


async def test_what_was_asked_for_is_not_narrowed(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.session.team_known)
        screen = screen_for("client-overview", app.session, {})
        app.push_screen(screen)
        await settled(pilot)
        assert screen.query_now.text("team") is None


async def test_a_report_of_teams_opens_on_the_workers_of_the_team(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home, "caseload")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert (app.screen.query_now.view, app.screen.query_now.text("team")) == ("worker", "Leaving Care")


async def test_strategic_reports_are_of_the_whole_service_and_change_no_team(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home, "child-protection")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_now.text("team") is None
        team = await some_team(app, pilot)
        assert team != "Leaving Care"
    assert kept_team(office(home), "jo") == "Leaving Care"


async def test_a_report_without_anyone_of_the_team_says_so_and_how_to_drop_it(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home, "assessments")
    async with app.run_test(size=(60, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_now.text("team") == "Leaving Care"
        said = " ".join(text_of(app).split())
        assert "No assessments here: Leaving Care. t shows another team, or all." in said


async def test_a_view_without_teams_gives_the_team_back(home):
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home, "fostering-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for view, team in (("carers", None), ("team", "Leaving Care")):
            await pilot.press("b")
            await until(pilot, lambda: isinstance(app.screen, Menu))
            await pilot.press(*view, "enter")
            await settled(pilot)
            assert (app.screen.query_now.view, app.screen.query_now.text("team")) == (view, team)
