"""The Board on the screen: one key from home, an exception report in three keys, the pack in two."""

from datetime import date

import pytest
from textual.widgets import TextArea

from data.office import board
from data.office.office import Office
from fcl_tui.config.settings import Settings
from fcl_tui.reports.question.query import Query
from fcl_tui.terminal.app import FclApp
from screens.dialogs.paste import PasteDialog
from screens.home import HomeScreen
from screens.messages import ReportWanted
from tests.screens.conftest import WHOLE, settled, shows, text_of, until, view_of
from tests.screens.small_authority import AS_AT
from widgets.menus.letter_menu import LetterMenu
from widgets.text.window import Reader


def value(no, period, end, figure, **more):
    blank = dict.fromkeys(
        ("numerator", "denominator", "source", "published_on", "note", "file_sha256", "file_row")
    )
    return blank | {
        "no": no, "definition_version": 1, "period": period, "period_end": end, "value": figure,
        "status": "final", "origin": "typed",
    } | more  # fmt: skip


@pytest.fixture
def home(tmp_path):
    """Two values of one indicator, red; a hostile source."""
    values = [
        value(1, "2026-27Q1", date(2026, 6, 30), 90.0),
        value(1, "2026-27Q2", date(2026, 9, 30), 80.0, source="[red]x[/] \x1b]52;c;aGk=\x1b\\"),
    ]
    target = {"no": 1, "year": "2026-27FY", "period": None, "green": 95.0, "amber": 85.0}
    target |= {"rationale": "[/] why", "benchmark_used": None, "approved_by": None}
    board.add(Office(tmp_path), {"values": values, "targets": [target]}, "ann")
    return tmp_path


def application(home, first="board"):
    return FclApp(WHOLE, Settings(home, name="kay"), as_at=AS_AT, first=first)


def events(home):
    return board.read(Office(home), ["events"])["events"].to_dicts()


async def test_the_board_is_one_key_from_home_and_an_exception_report_three_and_its_reason(home):
    app = application(home, first=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("B")
        await until(pilot, lambda: shows(app, "board"))
        await settled(pilot)
        assert "!! Red" in text_of(app)
        assert "2026-27Q2: 0 of 1 green (0%), 1 red (0 improving)" in text_of(app)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, LetterMenu))
        await pilot.press("e", *"worse twice", "enter")
        await until(pilot, lambda: len(events(home)) == 1)
        [asked] = events(home)
        assert (asked["kind"], asked["event"], asked["no"]) == ("exception", "requested", 1)
        assert asked["made_by"] == "kay"
        assert '"reason": "worse twice"' in asked["body"]
        await until(pilot, lambda: app.screen.table.cursor_row().get("exception") == "requested")


async def test_only_red_and_amber_then_one_indicator_and_back(home, size):
    app = application(home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert app.screen.table.row_count == 51
        await pilot.press("d")
        await until(pilot, lambda: app.screen.table.row_count == 1)
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: view_of(app) == "one")
        await settled(pilot)
        told = text_of(app)
        assert "1 Council-run childcare" in told
        assert all(name in told for name in ("2026-27Q2", "2026-27Q1"))
        assert "\x1b]52" not in told
        await pilot.press("escape")
        await until(pilot, lambda: view_of(app) == "indicator")
        assert app.screen.table.row_count == 1


async def test_w_says_everything_of_an_indicator(home):
    app = application(home)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        told = text_of(app)
        for words in (
            "Value: 80.0%",
            "green at least 95, amber at least 85",
            "[/] why",
            "Counts: council-run",
        ):
            assert words in told
        assert "no due items" not in told


async def test_the_pack_is_two_keys(home, monkeypatch):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        folder = app.screen.session.exports = home / "exports"
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, LetterMenu))
        await pilot.press("p")
        await until(pilot, lambda: folder.exists() and any(folder.glob("*.docx")))
        [path] = folder.glob("*.docx")
        from docx import Document

        assert len(max(Document(path).tables, key=lambda table: len(table.rows)).rows) > 51


async def test_values_due_are_typed_one_after_the_other(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.post_message(ReportWanted("board", query=Query("board", "due")))
        await until(pilot, lambda: view_of(app) == "due" and app.screen.table.shown_frame() is not None)
        numbers = app.screen.table.shown_frame()["no"].to_list()
        first = numbers.index(app.screen.table.cursor_row()["no"])
        numbers = numbers[first : first + 3]
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, LetterMenu))
        await pilot.press("v")
        for no in numbers:
            await until(pilot, lambda: f"{no} " in text_of(app) and "or 159/200" in text_of(app))
            await until(
                pilot, lambda: app.screen.query_one("#name-title").render().plain.startswith(f" {no} ")
            )
            await pilot.press(*"not_published", "enter")
        await until(pilot, lambda: board.read(Office(home), ["values"])["values"].height == 5)
        await pilot.press("escape")
        entered = board.read(Office(home), ["values"])["values"].tail(3)
        assert entered["status"].to_list() == ["not_published"] * 3
        assert entered["made_by"].unique().to_list() == ["kay"]
        assert entered["no"].to_list() == numbers


async def test_a_meeting_is_opened_and_its_figures_frozen(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("M")
        await until(pilot, lambda: isinstance(app.screen, LetterMenu))
        await pilot.press("o", *"10/12/2026", "enter")
        await until(pilot, lambda: len(events(home)) == 1)
        await settled(pilot)
        await pilot.press("M", "f")
        await until(pilot, lambda: board.read(Office(home), ["frozen"])["frozen"].height == 51)
        frozen = board.read(Office(home), ["frozen"])["frozen"].filter(no=1).to_dicts()[0]
        assert (frozen["value"], frozen["rag"], frozen["snapshot_id"]) == (80.0, "red", WHOLE.id)


async def test_a_block_is_pasted_looked_at_and_saved_whole(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for block, sign in (("26\t2026-27Q2\t84\n99\t2026-27Q2\t1", "'99'"), ("26\t2026-27Q2\t84", "1 new")):
            await pilot.press("m")
            await until(pilot, lambda: isinstance(app.screen, LetterMenu))
            await pilot.press("p")
            await until(pilot, lambda: isinstance(app.screen, PasteDialog))
            app.screen.query_one(TextArea).text = block
            await pilot.press("ctrl+o")
            await until(pilot, lambda: sign in text_of(app))  # noqa: B023
            assert board.read(Office(home), ["values"])["values"].height == 2
            if sign == "'99'":
                await pilot.press("escape")
                await until(pilot, lambda: shows(app, "board"))
        await pilot.press("enter")
        await until(pilot, lambda: board.read(Office(home), ["values"])["values"].height == 3)


async def test_a_key_without_a_row_says_what_it_needs(home):
    app = application(home)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"zzzz", "enter")
        await until(pilot, lambda: "Nothing matches" in text_of(app))
        await pilot.press("m")
        await until(pilot, lambda: "choose an indicator" in text_of(app))
