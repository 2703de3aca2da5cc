"""Behind the door: what a listed reader's screens show, what they write down first, and what they refuse."""

from datetime import date

import polars as pl
import pytest

from data.errors import DataError
from data.office.access_log import AccessLog
from data.snapshots.reader import open_current
from fcl_tui.access.readers.access_list import Person, Roster, write
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen.restricted_records import Seal
from fcl_tui.access.seen.restricted_records import write as seal
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.config.settings import Settings
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.terminal.app import FclApp
from screens.client_summary.break_glass import ReasonDialog
from screens.client_summary.screen import ClientSummaryScreen
from screens.dialogs.mark import MarkDialog
from screens.find import FindScreen
from screens.home import HomeScreen
from screens.messages import ClientWanted
from tests.screens.conftest import settled, text_of, until, withheld
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader

TODAY = date.today()
REPORTS = ("my-day", "client-overview", "leaving-care", "assessments", "planner", "data-quality")
REASON = "child at the hospital now"


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    home = ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("home"), demo=True)
    sealed = ready.restricted(60, 3, TODAY)["person_id"].to_list()
    seal(home, {one: Seal("adoption", "olive") for one in sealed}, demo=True)
    return home


@pytest.fixture(scope="module")
def sealed(home):
    return [line.split(",")[0] for line in (home / "restricted-demo.csv").read_text().splitlines()[1:]]


@pytest.fixture(scope="module")
def held(home):
    """Open children with their team, by number."""
    scan = open_current(home).scan
    spells = scan("allocations").filter(open_on(TODAY), pl.col("role") == "allocated_worker")
    return latest_first(spells, "person_id").select("person_id", "team").collect()


@pytest.fixture(scope="module")
def team(held, sealed):
    known = held.filter(~pl.col("person_id").is_in(sealed))
    return known["team"].value_counts().sort("count", "team")["team"][-1]


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def opened(home, person: Person, first: str | None = None, **more) -> FclApp:
    """The application as `open_application` makes it, for one of the people listed."""
    write(
        home, Roster((Person("boss", "administrator"), Person("olive", "senior manager", all=True), person))
    )
    identity.forget()
    identity.declare(Identity(person.user, forced=True))
    settings = Settings(home)
    door = at_the_door(home, settings)
    return FclApp(door.snapshot(), settings, as_at=TODAY, first=first, door=door, **more)


def worker(team: str) -> Person:
    return Person("sam", "social worker", teams=(team,))


def manager() -> Person:
    return Person("sen", "senior manager", all=True)


def looks(home, who: str, *actions: str) -> list[tuple]:
    """The newest first: action, report, child, detail."""
    rows = AccessLog(home).rows(who=who, actions=list(actions) or None)
    return rows.select("action", "report", "person_id", "detail").rows()


def names_of_others(home, app) -> set[str]:
    """Names that only children have whom the reader may not see."""
    people = open_current(home).scan("people").collect()
    seen = app.session.snapshot.scan("people").collect()
    return set(people["name"].drop_nulls()) - set(seen["name"].drop_nulls())


def seen_rows(app) -> list[dict]:
    frame = app.screen.table.shown_frame()
    return [] if frame is None else frame.to_dicts()


def nothing_of(app, names: set[str]) -> None:
    text = text_of(app)
    assert [name for name in names if name in text] == []


def unwritable(monkeypatch) -> None:
    def refuse(self, look):
        raise DataError("The access log cannot be written now, so nothing is shown.")

    monkeypatch.setattr(AccessLog, "append", refuse)


@pytest.mark.parametrize("first", [one for one in REPORTS if one != "assessments"])
async def test_a_social_worker_sees_their_own_children_only_and_it_is_written_down(home, team, held, first):
    app = opened(home, worker(team), first)
    before = len(looks(home, "sam", "report"))
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        assert not app.screen.gate.withheld
        others = names_of_others(home, app)
        assert len(others) > 100
        nothing_of(app, others)
        theirs = set(app.session.snapshot.scan("people").collect()["person_id"])
        assert {row["person_id"] for row in seen_rows(app) if row.get("person_id")} <= theirs
        new = looks(home, "sam", "report")
        assert [row[1] for row in new[: len(new) - before]] == [first]
        await pilot.press("r")
        await settled(pilot)
        assert len(looks(home, "sam", "report")) == len(new)  # the same look is not written again


async def test_own_children_are_there_and_all_teams_are_said_to_be_the_remit(home, team, held):
    app = opened(home, worker(team), "client-overview")
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await until(pilot, lambda: app.screen.settled and app.screen.result.view.key == "child")
        theirs = set(held.filter(pl.col("team") == team)["person_id"])
        shown = {row["person_id"] for row in seen_rows(app)}
        assert shown
        assert shown & theirs
        assert "all your teams" in text_of(app)
        assert app.screen.exports.as_listed().parameters["remit"] == f"only your remit: {team}"
        assert app.session.who == "sam"


async def test_another_tier_is_shut_on_every_way_to_it(home, team):
    app = opened(home, worker(team))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        line = next(line for line in text_of(app).splitlines() if "Assessments" in line)
        assert "not for your role" in line
        await pilot.press("4")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert "not for your role" in text_of(app)
        assert app.screen.query_one(ReportTable).total == 0
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.action_report("assessments")
        await until(pilot, lambda: withheld(app))
        assert "Assessments is not for a social worker" in text_of(app)
        assert app.screen.table.shown_frame() is None
        assert looks(home, "sam", "refused")[0][1] == "assessments"
        app.pop_screen()
        app.action_report("my-day")
        await settled(pilot)
        assert "Chasing" not in text_of(app).splitlines()[2]
        assert tuple(app.screen.parts.reports) == ("my-day", "work-changes")


async def test_a_manager_has_the_third_tier_and_the_chasing(home):
    app = opened(home, manager(), "assessments")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert not app.screen.gate.withheld
        assert seen_rows(app)
        app.action_report("my-day")
        await settled(pilot)
        await pilot.press("shift+tab")
        await settled(pilot)
        assert app.screen.report.key == "chasing"
        assert looks(home, "sen", "report")[0][1] == "chasing"


async def test_an_analyst_has_data_quality_and_may_not_mark(home, team):
    app = opened(home, Person("ana", "analyst", all=True), "data-quality")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert not app.screen.gate.withheld
        app.action_report("my-day")
        await until(pilot, lambda: withheld(app))
        assert not app.session.door.may_mark


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_cannot_be_written_down_is_not_shown(home, team, monkeypatch, size):
    app = opened(home, worker(team), "client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        names = {row["name"] for row in seen_rows(app)}
        assert [name for name in names if name[:12] in text_of(app)]
        unwritable(monkeypatch)
        await pilot.press("d")  # another look: a new row of the log
        await until(pilot, lambda: app.screen.gate.withheld)
        text = text_of(app)
        assert "cannot be written now, so nothing is shown" in text
        assert [name for name in names if name[:8] in text] == []
        for key in ("y", "x", "w", "m", "enter", "space", "Y"):
            await pilot.press(key)
            await pilot.pause()
            assert app.screen.report_key == "client-overview"
        assert app.clipboard == ""
        monkeypatch.undo()
        await pilot.press("r")
        await until(pilot, lambda: not app.screen.gate.withheld)
        await settled(pilot)
        assert app.screen.focused is app.screen.table


@pytest.mark.parametrize("first", [one for one in REPORTS if one != "assessments"])
async def test_no_report_is_shown_without_a_row_of_the_log(home, team, monkeypatch, first):
    unwritable(monkeypatch)
    app = opened(home, worker(team), first)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.screen.gate.withheld)
        assert "so nothing is shown" in text_of(app)
        assert [table for table in app.screen.query(ReportTable) if table.shown_frame() is not None] == []


async def test_a_copy_and_a_file_are_written_down_or_refused(home, team, monkeypatch):
    app = opened(home, worker(team), "client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard != "")
        action, report, person, what = looks(home, "sam", "copied")[0]
        assert (report, what) == ("client-overview", "row")
        row = app.screen.table.cursor_row()  # on some days it is of a restricted record
        assert person == app.session.door.number(row["person_id"])
        copied = app.clipboard
        await pilot.press("x", "c")
        folder = app.session.exports
        await until(pilot, lambda: folder.exists() and len(list(folder.glob("*.csv"))) == 1)
        assert looks(home, "sam", "exported")[0][3].startswith("csv, ")
        unwritable(monkeypatch)
        await pilot.press("j", "y")
        await until(pilot, lambda: "cannot be written" in text_of(app))
        assert app.clipboard == copied
        await pilot.press("x", "c")
        await until(pilot, lambda: "cannot be written" in text_of(app))
        await app.workers.wait_for_complete()
        assert len(list(folder.glob("*"))) == 1


async def test_a_search_is_one_row_and_finds_nobody_outside(home, team, monkeypatch):
    app = opened(home, worker(team))
    before = len(looks(home, "sam", "searched"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))
        others = names_of_others(home, app)
        other = sorted(others)[0]
        app.screen.query_one("Input").value = other
        await until(pilot, lambda: "0 found" in text_of(app))
        assert looks(home, "sam", "searched")[0][3] == "by name or date of birth"
        app.screen.query_one("Input").value = other[:3]
        await until(pilot, lambda: f" {app.screen.query_one(ReportTable).total} found" in text_of(app))
        table = text_of(app).split("Find a client")[1].splitlines()[2:]
        assert [name for name in others if any(name in line for line in table)] == []
        assert len(looks(home, "sam", "searched")) == before + 1
        unwritable(monkeypatch)
        app.screen.query_one("Input").value = "xyz a"
        await until(pilot, lambda: "cannot be written" in text_of(app))
        app.screen.query_one("Input").value = "a"
        await until(pilot, lambda: "cannot be written" in text_of(app))
        assert not app.screen.query_one(ReportTable).display
        await pilot.press("enter")
        assert isinstance(app.screen, FindScreen)


async def test_a_child_is_opened_and_written_down_and_another_is_not_there(home, team, held):
    app = opened(home, worker(team))
    async with app.run_test(size=(120, 40)) as pilot:
        seen = set(app.session.snapshot.scan("people").collect()["person_id"])
        own = sorted(set(held.filter(pl.col("team") == team)["person_id"]) & seen)[0]
        other = sorted(set(held["person_id"]) - seen)[0]
        app.post_message(ClientWanted(own))
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
        await settled(pilot)
        assert not app.screen.gate.withheld
        assert looks(home, "sam")[0][:3] == ("opened", "client-summary", own)
        nothing_of(app, names_of_others(home, app))
        app.post_message(ClientWanted(other))
        await until(pilot, lambda: withheld(app))
        assert "No child in your remit has that number" in text_of(app)
        nothing_of(app, names_of_others(home, app))
        await pilot.press("B")
        assert isinstance(app.screen, ClientSummaryScreen)


async def test_a_restricted_record_is_opened_with_a_reason(home, sealed):
    app = opened(home, manager(), "client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shut = [row for row in seen_rows(app) if row["person_id"].startswith("R-")]
        assert {row["name"] for row in shut} == {"Restricted"}
        app.screen.table.select_key(shut[0]["item_id"])
        await pilot.press("m")
        await pilot.pause()
        assert not isinstance(app.screen, MarkDialog)
        assert "only people named on it can mark it" in text_of(app)
        await pilot.press("w")
        await until(pilot, lambda: "restricted record" in text_of(app))
        assert not isinstance(app.screen, Reader)
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "person_id", None) and app.screen.gate.withheld)
        assert "open to named people only" in text_of(app)
        assert "Open with a reason" in text_of(app)
        number = app.session.door.number(shut[0]["person_id"])
        assert number in sealed
        await pilot.press("B")
        await until(pilot, lambda: isinstance(app.screen, ReasonDialog))
        await pilot.press(*"because", "enter")
        assert "at least 10" in text_of(app)
        app.screen.query_one("Input").value = REASON
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "person_id", "") == number)
        await settled(pilot)
        assert not app.screen.gate.withheld
        name = open_current(home).scan("people").filter(pl.col("person_id") == number).collect()["name"][0]
        assert name in text_of(app)
        opened_, glass = looks(home, "sen", "opened", "broke glass")[:2]
        assert opened_[:3] == ("opened", "client-summary", number)
        assert glass == ("broke glass", "client-summary", number, REASON)
        assert number in app.session.restricted  # a calendar file leaves it out as before
        await pilot.press("escape")
        await settled(pilot)
        assert name in {row["name"] for row in seen_rows(app)}  # the list beneath has no token of it any more
        assert shut[0]["person_id"] not in {row["person_id"] for row in seen_rows(app)}


async def test_glass_that_cannot_be_written_down_is_not_broken_and_a_worker_has_no_key(
    home, sealed, monkeypatch
):
    app = opened(home, manager())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ClientWanted(sealed[0]))
        await until(pilot, lambda: withheld(app))
        unwritable(monkeypatch)
        await pilot.press("B")
        await until(pilot, lambda: isinstance(app.screen, ReasonDialog))
        app.screen.query_one("Input").value = REASON
        await pilot.press("enter")
        await until(pilot, lambda: "cannot be written" in text_of(app))
        assert app.screen.gate.withheld
        assert app.session.door.sealed(sealed[0])
    monkeypatch.undo()
    app = opened(home, Person("jo", "social worker", all=True))
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ClientWanted(sealed[0]))
        await until(pilot, lambda: withheld(app))
        await pilot.press("B")
        await pilot.pause()
        assert isinstance(app.screen, ClientSummaryScreen)
        assert "Ask its owner or your manager" in " ".join(text_of(app).split())


async def test_who_answers_for_a_record_is_told_at_the_start(home, team):
    app = opened(home, worker(team), notices=["Your restricted record 7 was opened by [b]sen, because: x"])
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Reader))
        assert "7 was opened by [b]sen" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_record_sealed_while_it_is_on_the_screen_leaves_every_screen_at_the_next_look(
    home, held, sealed, team
):
    one = held.filter((pl.col("team") == team) & ~pl.col("person_id").is_in(sealed))["person_id"][0]
    name = open_current(home).scan("people").filter(pl.col("person_id") == one).collect()["name"][0]
    before = (home / "restricted-demo.csv").read_text()
    app = opened(home, worker(team), "client-overview")
    try:
        async with app.run_test(size=(200, 60)) as pilot:
            await settled(pilot)
            app.post_message(ClientWanted(one))
            await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
            await settled(pilot)
            seal(home, {person: Seal("adoption", "olive") for person in [*sealed, one]}, demo=True)
            await pilot.press("r")
            await until(pilot, lambda: withheld(app))
            assert name not in text_of(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen.settled)
            assert one not in {row["person_id"] for row in seen_rows(app)}
            assert name not in text_of(app)
    finally:
        (home / "restricted-demo.csv").write_text(before)


async def test_who_is_taken_off_the_list_is_put_out_at_the_next_look(home, team):
    app = opened(home, worker(team), "client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        write(home, Roster((Person("boss", "administrator"),)))
        await pilot.press("r")
        await until(pilot, lambda: app.fault is not None)
    assert "not on the list" in str(app.fault)
