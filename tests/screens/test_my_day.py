"""My day with the keys a person presses: to chase, what changed, the chasing, and what may not stop it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.office import FILE
from data.office.looks import Look, add_look, last_look
from data.office.marks import Mark, same
from data.office.office import Office
from fcl_tui.config.settings import Settings
from fcl_tui.reports.operational.my_day import FIRST_LOOK
from fcl_tui.terminal.app import FclApp
from screens.client_summary.screen import ClientSummaryScreen
from screens.dialogs.mark import MarkDialog
from tests.screens.conftest import WHOLE, settled, shows, text_of, until, view_of
from tests.screens.small_authority import AS_AT, NO_HOME, SmallManifest, SmallSnapshot, back
from widgets.table.report_table import ReportTable

ME = "Jo [/] Smith"
BEFORE = SmallSnapshot()
BEFORE.manifest = SmallManifest(data_date=back(7))
VISIT = "101|cp_visit|P101|5"


def opened(home: Path = NO_HOME, snapshot=WHOLE, first: str | None = "my-day") -> FclApp:
    return FclApp(snapshot, Settings(home, name=ME), as_at=AS_AT, first=first)


@pytest.fixture
def before(monkeypatch):
    """There is a snapshot before this one, seven days older."""
    monkeypatch.setattr("data.snapshots.history.snapshot_before", lambda snapshot: BEFORE)


def table(app) -> ReportTable:
    return app.screen.table


def rows(app) -> list[dict]:
    return table(app).shown_frame().to_dicts()


def group_of(app, item: str) -> str | None:
    return next((row["group"] for row in rows(app) if row["item_id"] == item), None)


async def part(pilot, times: int) -> None:
    """Go on to another part, and wait for its answer."""
    await settled(pilot)
    for _ in range(times):
        await pilot.press("tab")
        await settled(pilot)


def look(on: date, hour: int = 9, snapshot: str = WHOLE.id) -> Look:
    local = datetime(on.year, on.month, on.day, hour).astimezone()
    return Look(ME, local.astimezone(UTC).replace(tzinfo=None), snapshot)


def marked(home: Path, items: list[str]) -> None:
    """One mark of each kind that My day lists, and one that is in hand."""
    at = datetime(2026, 11, 20, 9)
    for item, kind, more in zip(
        items,
        ("booked", "snoozed", "booked", "handed", "chased"),
        (
            {"day": date(2026, 11, 20), "note": "by [phone]"},
            {"day": AS_AT},
            {"day": AS_AT},
            {"whom": "jo"},
            {"whom": "Mary"},
        ),
        strict=True,
    ):
        Office(home).save([Mark(item, kind, "Al [b]", made_at=at, **more)])


async def overdue_items(pilot) -> list[str]:
    await settled(pilot)
    return [row["item_id"] for row in rows(pilot.app) if row["state"] == "overdue"]


async def test_from_anywhere_by_its_key_and_first_on_the_home_screen():
    app = opened(first=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "My day" in text_of(app).splitlines()[2]
        await pilot.press("T")
        await until(pilot, lambda: shows(app, "my-day"))
        await part(pilot, 1)
        depth = len(app.screen_stack)
        await pilot.press("T")
        await settled(pilot)
        assert (len(app.screen_stack), view_of(app)) == (depth, "chase")
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "my-day"))


async def test_each_mark_in_its_group_and_what_is_in_hand_said_below(tmp_path):
    first = opened(tmp_path)
    async with first.run_test(size=(120, 40)) as pilot:
        items = (await overdue_items(pilot))[:5]
    marked(tmp_path, items)
    app = opened(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: "1 missed" in text_of(app))
        wanted = ("broken", "back", "booked_today", "handed", None)
        assert tuple(group_of(app, item) for item in items) == wanted
        seen = text_of(app)
        for heading in ("Missed bookings", "Back from snooze", "Booked for today", "Handed to me"):
            assert f"{heading} (1)" in seen
        assert "booked 20/11" in seen
        assert "1 item overdue, already dealt with (chased" in seen
        assert [row["item_id"] for row in rows(app)[:4]] == items[:4]


async def test_chased_here_it_leaves_the_list_and_undone_it_is_back(tmp_path):
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, before = table(app).cursor_key, table(app).row_count
        await pilot.press("m", "c", "enter")
        await until(pilot, lambda: table(app).row_count == before - 1)
        assert group_of(app, item) is None
        await pilot.press("u")
        await until(pilot, lambda: shows(app, "my-day"))
        await until(pilot, lambda: table(app).row_count == before)
        assert group_of(app, item) is not None


async def test_new_is_counted_from_the_last_look_and_not_from_this_mornings(tmp_path):
    office = Office(tmp_path)
    add_look(office, look(back(2)))
    add_look(office, look(AS_AT, 0))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: "since you looked on 21/11/2026 at 09:00" in text_of(app))
        # overdue since the 18th: known on the 21st, whoever looked this morning
        assert group_of(app, VISIT) == "untouched"
    app = opened(tmp_path / "elsewhere")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert FIRST_LOOK in text_of(app)
        assert group_of(app, VISIT) == "untouched"


async def test_a_look_whose_data_is_gone_is_reckoned_from_todays_and_says_so(tmp_path):
    add_look(Office(tmp_path), look(back(2), snapshot="20260101T000000000000Z"))
    app = opened(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: "that day's data is gone" in text_of(app))
        assert group_of(app, VISIT) == "untouched"


async def test_that_i_looked_is_kept_for_tomorrow_and_only_for_the_day_itself(tmp_path, monkeypatch):
    tomorrow = date(2026, 11, 24)
    monkeypatch.setattr("data.office.looks.look_now", lambda who, snapshot: look(tomorrow, 8))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.workers.wait_for_complete()
    assert not (tmp_path / FILE).exists(), "the list of another day is no look at today's work"
    monkeypatch.setattr("data.office.looks.look_now", lambda who, snapshot: look(AS_AT, 8, snapshot))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: last_look(Office(tmp_path), ME, tomorrow) is not None)
    assert last_look(Office(tmp_path), ME, tomorrow) == look(AS_AT, 8)


async def test_a_damaged_office_database_stops_no_reading(tmp_path):
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert table(app).row_count > 0
        assert "first look here" in text_of(app)
        await pilot.press("tab")
        await settled(pilot)
        assert view_of(app) == "changes"


async def test_a_slow_office_database_is_not_waited_for(tmp_path, monkeypatch):
    import threading

    may_answer = threading.Event()

    def slow(office, who, before):
        may_answer.wait(30)
        return look(back(2))

    monkeypatch.setattr("screens.report.marking.last_visit.AWAIT_LOOK", 0.01)
    monkeypatch.setattr("data.office.looks.last_look", slow)
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "first look here" in text_of(app)
        may_answer.set()
        await until(pilot, lambda: "since you looked on 21/11/2026" in text_of(app))


async def test_what_changed_lists_marks_and_opens_but_marks_nothing_that_is_over(before, tmp_path):
    app = opened(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await part(pilot, 1)
        assert "16/11/2026 to 23/11/2026: " in text_of(app)
        found = {row["item_id"]: row for row in rows(app)}
        assert found[VISIT]["detail"] == "became overdue 18/11/2026"
        assert "Became overdue (" in text_of(app)
        over = next(row for row in rows(app) if not row["owed"])
        table(app).select_key(over["row_key"])
        await pilot.press("m")
        assert "No longer due: nothing to mark" in text_of(app)
        assert not isinstance(app.screen, MarkDialog)
        table(app).select_key(f"overdue|{VISIT}")
        await pilot.press("m", "c", "enter")
        await until(pilot, lambda: Office(tmp_path).read().marks.height == 1)
        assert Office(tmp_path).read().marks["item_id"].to_list() == [VISIT]
        await until(pilot, lambda: shows(app, "my-day"))
        await until(pilot, lambda: "chased" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))


async def test_with_one_snapshot_there_is_nothing_to_compare_and_m_is_harmless():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await part(pilot, 1)
        assert "No earlier data of the same kind to compare with yet" in text_of(app)
        await pilot.press("m", "space", "w", "enter")
        assert shows(app, "my-day")


async def test_every_figure_of_the_chasing_leads_to_exactly_its_items(tmp_path):
    office = Office(tmp_path)
    office.save(same([VISIT], "chased", ME))
    app = opened(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await part(pilot, 2)
        await until(pilot, lambda: any(row["chased"] for row in rows(app)))
        for row in rows(app):
            table(app).select_key(row["row_key"])
            await pilot.press("enter")
            await until(pilot, lambda: shows(app, "chasing"))
            await settled(pilot)
            listed = [one["stand"] for one in rows(app)]
            assert len(listed) == row["overdue"]
            for stand in ("untouched", "chased", "booked"):
                assert listed.count(stand) == row[stand]
            await pilot.press("escape")
            await until(pilot, lambda: shows(app, "my-day"))
        await pilot.press("b")
        await settled(pilot)
        await until(pilot, lambda: "worker" not in rows(app)[0])
        assert sum(row["chased"] for row in rows(app)) == 1
        await pilot.press("m")
        assert shows(app, "my-day")


async def test_team_and_worker_narrow_every_part(before):
    app = opened()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        whole = table(app).row_count
        await pilot.press("t")
        await until(pilot, lambda: type(app.screen).__name__ == "Menu")
        await pilot.press(*"pod one", "enter")
        await until(pilot, lambda: shows(app, "my-day"))
        await settled(pilot)
        await until(pilot, lambda: table(app).row_count < whole)
        assert {row["team"] for row in rows(app)} == {"Pod One"}
        await part(pilot, 1)
        assert {row["team"] for row in rows(app)} == {"Pod One"}
        await part(pilot, 1)
        assert {row["team"] for row in rows(app)} == {"Pod One"}


async def test_privacy_leaves_no_name_in_any_part(before):
    app = opened()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        for _ in range(3):
            for name in ("Kaur", "Adeyemi", "O'Brien", "Featherstone"):
                assert name not in text_of(app)
            await part(pilot, 1)


def test_to_chase(size, snap_compare, tmp_path):
    marked(
        tmp_path,
        [
            VISIT,
            "105|cin_visit|2|2",
            "108|pathway_review|2|1",
            "104|cla_visit|L104|8",
            "109|pathway_assessment|eligible|1",
        ],
    )
    assert snap_compare(opened(tmp_path), terminal_size=size, run_before=with_marks_read)


async def with_marks_read(pilot):
    await settled(pilot)
    await until(pilot, lambda: pilot.app.session.seen is not None)
    await until(pilot, lambda: "missed" in text_of(pilot.app))
    await settled(pilot)


def test_what_changed(size, snap_compare, before):
    async def second(pilot):
        await part(pilot, 1)

    assert snap_compare(opened(), terminal_size=size, run_before=second)


def test_the_chasing(size, snap_compare):
    async def third(pilot):
        await part(pilot, 2)

    assert snap_compare(opened(), terminal_size=size, run_before=third)


def test_the_items_behind_a_figure(size, snap_compare):
    async def behind(pilot):
        await part(pilot, 2)
        await pilot.press("enter")
        await until(pilot, lambda: shows(pilot.app, "chasing"))
        await settled(pilot)

    assert snap_compare(opened(), terminal_size=size, run_before=behind)


def test_nothing_to_chase(size, snap_compare):
    app = opened(snapshot=SmallSnapshot(empty=True))
    assert snap_compare(app, terminal_size=size, run_before=settled)
