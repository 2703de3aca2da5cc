"""Home shows what waits and what works: the day's counts, the reader's views, the tiers."""

import pytest

from data.office.access_log import REPORT, AccessLog
from data.office.day_counts import KEPT
from data.office.own_team import keep_team
from data.office.views import SavedView, save
from fcl_tui.reports.catalogue import of_tier
from screens import home_counts
from screens.find import FindScreen
from screens.home import HomeScreen, ReportList
from screens.report.screen import DeclaredScreen
from tests.screens.conftest import application, settled, text_of, until
from tests.screens.test_own_team import home, loaded, office, opened  # noqa: F401  fixtures
from widgets.too_small import HEIGHT, WIDTH


def chasing(app):
    return "to chase" in text_of(app)


async def test_the_day_says_how_much_waits_as_the_report_counts_it(home, size):  # noqa: F811
    app = opened(home)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: chasing(app))
        line = next(one for one in text_of(app).splitlines() if "to chase" in one)
        assert isinstance(app.focused, ReportList)
        await pilot.press("T")
        await settled(pilot)
        rows = app.screen.result.rows
        late = rows.filter(rows["state"] == "overdue").height
        assert f"{rows.height} to chase, {late} overdue" in line


async def test_the_counts_are_of_ones_own_team_and_in_the_access_log(home, monkeypatch):  # noqa: F811
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home)
    written = []
    monkeypatch.setattr(app.session.door, "record", lambda action, **told: written.append((action, told)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: chasing(app))
        assert "overdue, Leaving Care" in text_of(app)
        assert "your team: Leaving Care" in text_of(app)
    told = {"report": "my-day", "detail": "team Leaving Care, counts on the home screen"}
    assert written == [(REPORT, told)]


async def test_what_cannot_be_written_down_is_not_counted(home, monkeypatch):  # noqa: F811
    from data.errors import DataError

    app = opened(home)
    asked = []

    def refuse(action, **told):
        asked.append(action)
        raise DataError("no")

    monkeypatch.setattr(app.session.door, "record", refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(asked) and not [one for one in app.workers if one.is_running])
        assert not chasing(app)


async def test_saved_views_stand_under_the_day_and_v_shows_them(home):  # noqa: F811
    state = {"view": {"by": "item", "overdue": True}, "which": None, "filter": "", "sort": None}
    for name in ("Monday", "Visits late"):
        save(office(home), SavedView(name, "client-overview", "jo", state))
    save(office(home), SavedView("Of another", "client-overview", "mo", state))
    app = opened(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Visits late" in text_of(app))
        lines = text_of(app).splitlines()
        assert "My day" in lines[2]
        assert "Monday" in lines[3]
        assert "view of Client Overview" in lines[3]
        assert "Of another" not in text_of(app)
        await pilot.press("v", "2")
        await settled(pilot)
        assert isinstance(app.screen, DeclaredScreen)
        assert app.screen.views.in_words().startswith("view Visits late")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.screen.views.in_words().startswith("view Monday")


async def test_the_number_of_a_tier_shows_the_whole_tier(size):
    app = application()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("4")
        await until(pilot, lambda: all(one.title[:27] in text_of(app) for one in of_tier(4)))
        seen = text_of(app)
        assert "…" not in "".join(line for line in seen.splitlines() if "?" in line)


async def test_a_tier_key_opens_its_only_report_or_moves_the_cursor():
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        listed = app.screen.query_one(ReportList)
        assert listed.get_option_at_index(listed.highlighted).id == "client-overview"
        await pilot.press("1")
        await pilot.pause()
        assert listed.get_option_at_index(listed.highlighted).id == "client-summary"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))


@pytest.mark.parametrize("first", [None, "client-overview"])
@pytest.mark.parametrize("small", [(WIDTH - 5, 24), (80, HEIGHT - 1)])
async def test_a_window_too_small_says_the_size_that_is_needed(first, small):
    app = application(first)
    async with app.run_test(size=small) as pilot:
        await settled(pilot)
        assert text_of(app).startswith(f"Too small: {small[0]}x{small[1]}. Needs")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "Too small" not in text_of(app))
        assert "as at" in text_of(app)


async def test_what_was_counted_is_not_counted_again_until_something_has_changed(home, monkeypatch):  # noqa: F811
    async def opening():
        app = opened(home)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: chasing(app))
            return next(one for one in text_of(app).splitlines() if "to chase" in one), app.session.team

    counted = []
    own = home_counts.counted
    monkeypatch.setattr(home_counts, "counted", lambda session: counted.append(session) or own(session))
    first = await opening()
    assert await opening() == first
    assert len(counted) == 1
    keep_team(office(home), "jo", "Leaving Care")
    line, team = await opening()
    assert "Leaving Care" in line
    assert team == "Leaving Care"
    assert (line, team) == await opening()
    assert len(counted) == 2
    (home / "settings.toml").write_text("chase_days = 4\n", encoding="utf-8")
    await opening()
    assert len(counted) == 3
    (office(home).home / KEPT).write_text('{"of": "', encoding="utf-8")  # cut off
    await opening()
    assert len(counted) == 4


async def test_where_looks_are_written_down_every_count_is(home, monkeypatch):  # noqa: F811
    (office(home).home / KEPT).unlink(missing_ok=True)
    app = opened(home)
    session = app.session
    session.door.log = AccessLog(home)
    written = []
    monkeypatch.setattr(session.door, "record", lambda action, **told: written.append(action))
    assert home_counts.waiting(session) == home_counts.waiting(session)
    assert written == [REPORT, REPORT]
    assert not (office(home).home / KEPT).exists()
