"""The form of an audit: sixteen keys for a whole audit, nothing typed is lost, moderated in three keys."""

import shutil
from datetime import date

import pytest

from data.office.quality import drafts
from data.snapshots.reader import open_current
from fcl_tui.access.quality import drawing, steps
from fcl_tui.access.quality.cases import case_of
from fcl_tui.access.quality.desk import Desk
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config.settings import read
from fcl_tui.quality import current
from fcl_tui.terminal.app import FclApp
from screens.messages import AuditWanted
from screens.quality.form import FormScreen
from screens.quality.text_dialog import TextDialog
from tests.screens.conftest import settled, text_of, until

TODAY = date.today()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, ready):
    """A home in which three audits are assigned to the reader."""
    home = ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("form"), demo=True)
    (home / "settings.toml").write_text('name = "me"\n[audits]\ncases = 6\n')
    desk = Desk(at_the_door(home), TODAY, True)
    drawing.keep(desk, drawing.preview(desk, "2026-27Q3"))
    for case_id in cases(home)["case_id"].to_list()[:3]:
        steps.assign(desk, case_of(desk, case_id), "me")
    return home


def cases(home):
    desk = Desk(at_the_door(home), TODAY, True)
    return current.cases(desk.tables(*current.NEEDED), TODAY).collect()


@pytest.fixture
def home(drawn, tmp_path):
    return shutil.copytree(drawn, tmp_path / "home")


def application(home):
    return FclApp(open_current(home), read(home), as_at=TODAY, first="audits", door=at_the_door(home))


async def opened(pilot, app, home, number=0):
    await settled(pilot)
    mine = cases(home).filter(state="assigned")["case_id"].to_list() or cases(home)["case_id"].to_list()
    app.post_message(AuditWanted(mine[number]))
    await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.settled)
    return mine[number]


def state_of(home, case_id):
    return cases(home).filter(case_id=case_id).row(0, named=True)


def kept(home, case_id):
    found = drafts.draft_of(Desk(at_the_door(home), TODAY, True).office, case_id, "me", "audit")
    return {} if found is None else found.body["entries"]


async def test_a_whole_audit_without_words_in_sixteen_keys(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        case_id = await opened(pilot, app, home)
        keys = ["3"] * 12 + ["2", "3", "S", "y"]
        assert len(keys) == 16
        for key in keys[:-1]:
            await pilot.press(key)
        await until(pilot, lambda: "Hand this audit in?" in text_of(app))
        await pilot.press("y")
        await until(pilot, lambda: state_of(home, case_id)["state"] == "submitted")
        row = state_of(home, case_id)
        assert (row["auditor_grade"], row["outcome"]) == (3, "improving")
        assert kept(home, case_id) == {}


async def test_enter_is_no_yes_and_pasted_keys_hand_nothing_in(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        case_id = await opened(pilot, app, home)
        await pilot.press(*["3"] * 12, "2", "3", "S")
        await until(pilot, lambda: "Hand this audit in?" in text_of(app))
        await pilot.press("enter", "s", "escape")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert state_of(home, case_id)["state"] in ("assigned", "in_progress")


async def test_what_is_missing_is_listed_and_enter_goes_there(home):
    app = application(home)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, home)
        await pilot.press("3", "2", "S")
        await until(pilot, lambda: "things are missing" in text_of(app))
        assert "Evidence: Child's voice" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.line == "voice"
        await pilot.press("tab")
        assert app.screen.line == "direct_work"


async def test_escape_keeps_what_was_written_and_undo_takes_one_change_back(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        case_id = await opened(pilot, app, home)
        await pilot.press("4", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, TextDialog))
        await pilot.press(*"S y 3 [/x]", "escape")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await until(pilot, lambda: kept(home, case_id).get("recording", {}).get("text") == "S y 3 [/x]")
        assert "[/x]" in text_of(app)
        await pilot.press("u")
        await until(pilot, lambda: kept(home, case_id)["recording"]["text"] == "")
        assert kept(home, case_id)["recording"]["value"] == 4


async def test_what_is_being_typed_is_kept_within_two_seconds_though_the_session_is_killed(home, monkeypatch):
    monkeypatch.setattr("screens.quality.text_dialog.SOON", 0.05)
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        case_id = await opened(pilot, app, home)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TextDialog))
        await pilot.press(*"The child said")
        await until(pilot, lambda: kept(home, case_id).get("recording", {}).get("text") == "The child said")
        assert isinstance(app.screen, TextDialog), "nothing was pressed to keep it"
    other = application(home)
    async with other.run_test(size=(80, 24)) as pilot:
        await opened_again(pilot, other, case_id)
        assert other.screen.entry("recording").text == "The child said"


async def test_what_was_typed_in_the_last_moment_is_kept_when_the_line_is_cut(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        case_id = await opened(pilot, app, home)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TextDialog))
        await pilot.press(*"The child sai")
        app.exit()  # as a hangup does
    assert kept(home, case_id)["recording"]["text"] == "The child sai"


async def opened_again(pilot, app, case_id):
    await settled(pilot)
    app.post_message(AuditWanted(case_id))
    await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.settled)


async def test_an_audit_is_moderated_in_three_keys_from_the_list(home):
    desk = Desk(at_the_door(home), TODAY, True)
    from tests.quality.conftest import graded

    case_id = cases(home).filter(state="assigned")["case_id"][0]
    case = steps.start(desk, case_of(desk, case_id))
    steps.submit(desk, case, graded(case.tool))
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: app.screen.table.row_count == 3)
        app.screen.table.select_key(case_id)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.settled)
        assert "auditor: Good" in text_of(app)
        await pilot.press("A")
        await until(pilot, lambda: "Agree: Good" in text_of(app))
        await pilot.press("y")
        await until(pilot, lambda: state_of(home, case_id)["state"] == "moderated")
        assert state_of(home, case_id)["grade"] == 3


async def test_digits_are_tiers_again_outside_the_form(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await until(pilot, lambda: "Worker and operational" in text_of(app))


async def test_the_child_opens_and_escape_comes_back_to_the_line(home):
    app = application(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, home)
        await pilot.press("down", "down", "c")
        await until(
            pilot, lambda: getattr(app.screen, "REPORT", "") == "client-summary" and app.screen.settled
        )
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.line == "direct_work"
