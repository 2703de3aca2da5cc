"""What a person can do on the Client Overview, with the keys a person presses."""

from tests.screens.conftest import application, settled, text_of, until
from tests.screens.small_authority import SmallSnapshot
from widgets.filter_bar import FilterBar
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader


async def test_opens_on_the_most_overdue_with_the_cursor_live():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        assert table.has_focus
        assert table.cursor_row()["state"] == "overdue"
        assert "as at 23/11/2026" in text_of(app)


async def test_hostile_names_are_shown_as_they_are_and_never_act():
    app = application("client-overview")
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        seen = text_of(app)
        assert "[red]O'Brien[/], Ann" in seen
        assert "Lee [/b]" in seen
        assert "=cmd(), Ann" in seen
        assert not any(ord(c) < 32 and c != "\n" for c in seen)
        assert "\u202e" not in seen


async def test_every_key_of_the_screen_survives_every_child():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        for _ in range(table.row_count):
            await pilot.press("w")
            await until(pilot, lambda: isinstance(app.screen, Reader))
            await pilot.press("escape", "down")
        assert table.cursor_index == table.row_count - 1


async def test_filter_counts_and_escape_brings_everything_back():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        whole = table.row_count
        await pilot.press("slash", *"obrien")
        await until(pilot, lambda: table.row_count < whole)
        assert {row["person_id"] for row in table.shown_frame().iter_rows(named=True)} == {"101"}
        assert f"{table.row_count} of {whole}" in text_of(app) or f"{table.row_count}/{whole}" in text_of(app)
        await pilot.press("enter")
        assert table.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: table.row_count == whole)
        assert not app.screen.query_one(FilterBar).text


async def test_one_escape_while_typing_gives_all_rows_and_the_keys_back():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        whole = table.row_count
        await pilot.press("slash", *"zzzz")
        await until(pilot, lambda: "Nothing matches 'zzzz'" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: table.row_count == whole)
        assert table.has_focus
        await pilot.press("d")
        await settled(pilot)
        assert set(table.shown_frame()["state"]) == {"overdue"}


async def test_overdue_only_and_back_keeps_the_child_under_the_cursor():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        await pilot.press("down", "down")
        here = table.cursor_key
        await pilot.press("d")
        await settled(pilot)
        assert set(table.shown_frame()["state"]) == {"overdue"}
        await pilot.press("d")
        await settled(pilot)
        assert table.cursor_key == here


async def test_a_team_narrows_rows_and_totals_alike():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"pod one", "enter")
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        assert set(table.shown_frame()["team"]) == {"Pod One"}
        overdue = int((table.shown_frame()["state"] == "overdue").sum())
        assert f"!! {overdue} overdue" in text_of(app)
        assert "Pod One" in text_of(app)


async def test_a_worker_with_markup_in_the_name_can_be_chosen():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"mary", "enter")
        await settled(pilot)
        assert set(app.screen.query_one(ReportTable).shown_frame()["worker"]) == {"Mary [/] Smith"}


async def test_one_row_a_child_lists_every_open_client():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        people = table.shown_frame()["person_id"].to_list()
        assert sorted(people) == [str(n) for n in range(101, 111)]


async def test_enter_opens_the_child_and_escape_comes_back_to_the_same_row():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        overview = app.screen
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: app.screen is not overview)
        await settled(pilot)
        assert app.screen.person_id == overview.query_one(ReportTable).cursor_row()["person_id"]
        await pilot.press("escape")
        assert app.screen is overview
        assert overview.query_one(ReportTable).cursor_index == 3


async def test_privacy_masks_names_and_birth_dates_everywhere():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        seen = text_of(app)
        assert "Featherstonehaugh" not in seen
        assert "Kaur" not in seen
        assert "31/01/2010" not in seen


async def test_a_source_that_is_silent_never_looks_as_if_nothing_were_due():
    snapshot = SmallSnapshot(none_of=("cp_visits", "cp_reviews", "cin_visits", "cla_visits", "cin_plans"))
    app = application("client-overview", snapshot)
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert "not in this source" in text_of(app)


class Broken(SmallSnapshot):
    broken = False

    def scan(self, name):
        if self.broken:
            raise OSError("Featherstonehaugh")
        return super().scan(name)


async def test_of_a_list_that_cannot_be_read_nothing_is_counted():
    snapshot = Broken()
    snapshot.broken = True
    app = application("client-overview", snapshot)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "could not be read" in text_of(app)
        assert "0 of 0" not in text_of(app)
        snapshot.broken = False
        await pilot.press("r")
        await settled(pilot)
        count = app.screen.query_one(ReportTable).row_count
        assert f"{count:,} of {count:,}" in text_of(app)


async def test_a_failing_snapshot_is_a_sentence_not_a_crash():
    snapshot = Broken()
    app = application("client-overview", snapshot)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        snapshot.broken = True
        await pilot.press("r")
        await settled(pilot)
        assert "could not be read" in text_of(app)
        snapshot.broken = False
        await pilot.press("r")
        await settled(pilot)
        assert app.screen.query_one(ReportTable).row_count > 0


async def test_a_team_is_found_by_its_name_and_not_by_its_number_of_clients():
    from widgets.menus.menu import Choice

    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        chosen = []
        teams = [
            Choice("a", "Assessment Pod 7", "1"),
            Choice("b", "Pod 3", "77 clients"),
            Choice("c", "Pod 7", "2"),
        ]
        app.push_screen(Menu("Which team?", teams), chosen.append)
        await pilot.press(*"pod", "space", "7", "enter")
        await until(pilot, lambda: chosen)
        assert chosen == ["c"]
