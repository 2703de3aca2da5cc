"""Leaving care, assessments, client summary, find, home: what a person can do there."""

import pytest

from tests.screens.conftest import application, settled, text_of, until
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader


async def test_leaving_care_puts_what_needs_talking_about_first():
    app = application("leaving-care")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        assert table.cursor_row()["person_id"] == "108"
        seen = text_of(app)
        assert "Pat Adviser" in seen
        assert "no fixed abode" in seen
        assert "2 young people" in seen


async def test_leaving_care_says_why_a_date():
    app = application("leaving-care")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        assert "Why this date" in text_of(app)


async def test_from_a_team_to_the_assessments_behind_its_figure_to_the_child():
    app = application("assessments")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        row = table.cursor_row()
        assert row["team"] == "Pod One"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"completed", "enter")
        await until(pilot, lambda: not isinstance(app.screen, Menu))
        await settled(pilot)
        listed = app.screen.query_one(ReportTable)
        assert listed.row_count == row["completed"] == 4
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "person_id"))
        await settled(pilot)
        await pilot.press("escape", "escape")
        assert app.screen.query_one(ReportTable).cursor_row()["team"] == "Pod One"


async def test_every_figure_of_every_comparison_opens_as_many_assessments_as_it_says():
    app = application("assessments")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for by in ("team", "worker", "outcome", "month"):
            await pilot.press("b")
            await until(pilot, lambda: isinstance(app.screen, Menu))
            words = {"team": "teams", "worker": "workers", "outcome": "outcomes", "month": "months"}[by]
            await pilot.press(*words, "enter")
            await until(pilot, lambda: not isinstance(app.screen, Menu))
            await settled(pilot)
            screen = app.screen
            for row in list(screen.query_one(ReportTable).shown_frame().iter_rows(named=True)):
                for measure in screen.shown_view.measures:
                    if measure.opens and row.get(measure.key):
                        screen.drill.behind(measure.key, row)
                        await until(pilot, lambda: app.screen is not screen)
                        await settled(pilot)
                        count = app.screen.query_one(ReportTable).row_count
                        assert count == row[measure.key], (by, row, measure.key)
                        await pilot.press("escape")
                        await until(pilot, lambda: app.screen is screen)


@pytest.mark.parametrize("typed", ["obrien ann", "ANN o’brien", "101", "01/03/2015"])
async def test_find_by_name_number_or_birth_date(typed):
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f")
        for character in typed:
            await pilot.press("space" if character == " " else character)
        await until(pilot, lambda: app.screen.query_one(ReportTable).cursor_key == "101")
        await pilot.press("enter")
        await until(pilot, lambda: hasattr(app.screen, "person_id"))
        await settled(pilot)
        assert "[red]O'Brien[/], Ann" in text_of(app)


async def open_client(pilot, person_id):
    await settled(pilot)
    await pilot.press("f", *person_id)
    await until(pilot, lambda: pilot.app.screen.query_one(ReportTable).cursor_key == person_id)
    await pilot.press("enter")
    await until(pilot, lambda: hasattr(pilot.app.screen, "person_id"))
    await settled(pilot)


async def test_client_summary_facts_chronology_and_everything():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await open_client(pilot, "101")
        seen = text_of(app)
        assert "Child protection plan" in seen
        assert "Mary [/] Smith" in seen
        assert "Pod One" in seen
        significant = app.screen.table.row_count
        await pilot.press("e")
        await settled(pilot)
        everything = app.screen.table
        assert everything.row_count > significant
        assert "visit" in set(everything.shown_frame()["kind"])


async def test_client_summary_parts_keep_their_own_place():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await open_client(pilot, "101")
        await pilot.press("down", "down", "tab")
        assert app.screen.section == "relationships"
        await pilot.press("shift+tab")
        assert app.screen.table.cursor_index == 2


async def test_an_event_shows_the_row_it_came_from():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await open_client(pilot, "101")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        assert "ssd_" in text_of(app)


async def test_a_restricted_record_says_so(tmp_path):
    (tmp_path / "restricted.csv").write_text("person_id,reason\n101,adoption\n", encoding="utf-8")
    app = application(home=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_client(pilot, "101")
        assert "RESTRICTED RECORD" in text_of(app)


async def test_export_writes_exactly_what_is_listed(tmp_path):
    import openpyxl

    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"kaur", "enter")
        table = app.screen.query_one(ReportTable)
        await until(pilot, lambda: table.row_count < table.total)
        await pilot.press("x", "x")
        await until(pilot, lambda: list(tmp_path.glob("exports/*.xlsx")))
        path = next(tmp_path.glob("exports/*.xlsx"))
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)]
        assert len(rows) == table.row_count
        assert path.stat().st_mode & 0o077 == 0


async def test_home_lists_every_report_and_its_numbers_go_to_a_tier():
    from fcl_tui.reports.catalogue import REPORTS

    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        seen = text_of(app)
        assert all(report.title[:27] in seen for report in REPORTS)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert "Client Overview" in text_of(app)
        await pilot.press("4")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert "Front Door for Families" in text_of(app)


async def test_the_palette_finds_an_action_by_its_everyday_name():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        await pilot.press(*"chase")
        await until(pilot, lambda: "Overdue" in text_of(app))
        assert "creenshot" not in text_of(app)


async def test_an_unforeseen_fault_leaves_without_a_value_in_it(capsys):
    app = application("client-overview")
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)

            def fail() -> None:
                name = "Featherstonehaugh"
                raise ZeroDivisionError(name)

            app.screen.call_later(fail)
            await pilot.pause(0.1)
    assert app.return_code == 1
    assert not app._exit_renderables
    told = capsys.readouterr()
    assert "Featherstonehaugh" not in told.out + told.err


async def test_privacy_masks_the_pane_beside_the_young_people_at_once():
    app = application("leaving-care")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Adeyemi" in text_of(app)
        await pilot.press("p")
        await settled(pilot)
        assert "Adeyemi" not in text_of(app)
        assert "D’Souza" not in text_of(app)
