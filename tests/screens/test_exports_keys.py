"""Writing and copying with the keys a person presses."""

import csv
import threading
from base64 import b64decode, b64encode

import docx
import openpyxl

import screens.report.files.exports as exporting
from fcl_tui.export.cells import columns_of
from screens.home import HomeScreen
from tests.screens.conftest import application, settled, text_of, until
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.tick_menu import TickMenu
from widgets.table.report_table import ReportTable


def files(folder, kind):
    return sorted((folder / "exports").glob(f"*.{kind}"))


async def open_summary(pilot):
    await settled(pilot)
    await pilot.press("f", *"101")
    await settled(pilot)
    await until(pilot, lambda: pilot.app.screen.query_one(ReportTable).row_count == 1)
    await pilot.press("enter")
    await until(pilot, lambda: type(pilot.app.screen).__name__ == "ClientSummaryScreen")
    await settled(pilot)


async def test_a_file_has_the_rows_columns_and_order_on_the_screen(tmp_path, size):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        table.sort("name", True)
        await pilot.press("slash", *"a", "enter", "x", "c")
        await until(pilot, lambda: files(tmp_path, "csv"))
        rows = list(csv.reader(files(tmp_path, "csv")[0].open(encoding="utf-8-sig", newline="")))
        told = columns_of(table.shown_frame(), tuple(table.chosen_columns()))
        assert rows[2] == [column.title for column in told]  # whatever fits this width
        assert {"Worker", "Team", "Id", "Days to due date", "Unit"} <= set(rows[2])
        at = rows[2].index("Name")
        assert [row[at].removeprefix("'") for row in rows[3:]] == [
            exporting.plain(name) for name in table.shown_frame()["name"].to_list()
        ]
        assert "filter: a" in rows[0][0]
        assert "sorted by: Name, descending" in rows[0][0]
        await pilot.press("x", "a")
        await until(pilot, lambda: files(tmp_path, "xlsx"))
        sheet = openpyxl.load_workbook(files(tmp_path, "xlsx")[0]).active
        assert {cell.value for cell in sheet[3]} >= {"Worker", "Team", "Id"}
        assert sheet.max_row == 3 + table.row_count


async def test_names_hidden_on_the_screen_are_hidden_in_files_and_copies(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.session.masked = True  # the list on the screen still has the names
        await pilot.press("x", "c")
        await until(pilot, lambda: files(tmp_path, "csv"))
        text = files(tmp_path, "csv")[0].read_text(encoding="utf-8-sig")
        assert "NAMES MASKED" in text
        assert "Kaur" not in text
        await pilot.press("Y", "l")
        await until(pilot, lambda: "Sent masked" in text_of(app))
        assert "Kaur" not in app.clipboard
        await pilot.press("y")
        assert "Kaur" not in app.clipboard


async def test_row_cell_and_list_are_copied_without_a_control_character():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one(ReportTable)
        await pilot.press("Y", "l")
        await until(pilot, lambda: "Sent: list" in text_of(app))
        lines = app.clipboard.split("\n")
        assert len(lines) == 1 + table.row_count
        assert lines[0].split("\t") == [column.title for column in table.shown_columns()]
        assert not any(ord(c) < 32 and c not in "\t\n" for c in app.clipboard)
        assert "some terminals refuse" in text_of(app)
        at = [column.key for column in table.shown_columns()].index("item_short") + 1
        await pilot.press("Y", str(at))
        await until(pilot, lambda: not isinstance(app.screen, LetterMenu))
        assert app.clipboard == table.cursor_row()["item_short"]
        await pilot.press("y")
        assert app.clipboard == lines[1]
        assert b64decode(b64encode(app.clipboard.encode())).decode() == lines[1]


async def test_a_list_too_long_for_a_clipboard_is_refused(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_COPIED", 200)
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("Y", "l")
        await until(pilot, lambda: "Nothing copied" in text_of(app))
        assert app.clipboard == ""


async def test_an_x_in_the_filter_or_the_sort_is_an_x(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", "x", "Y")
        assert app.screen.query_filter() == "xY"
        await pilot.press("escape", "escape", "s", "x")
        assert not isinstance(app.screen, LetterMenu)
        await pilot.press("escape", "x", "escape")
        assert not (tmp_path / "exports").exists()


async def test_a_chronology_for_court_from_home(tmp_path):
    app = application(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_summary(pilot)
        await pilot.press("x", "w")
        await until(pilot, lambda: files(tmp_path, "docx"))
        document = docx.Document(str(files(tmp_path, "docx")[0]))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "[red]O'Brien[/]" in text
        assert "Significant events" in text
        assert "101" not in files(tmp_path, "docx")[0].name.split("as-at")[0]


async def test_chosen_kinds_are_ticked(tmp_path):
    app = application(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_summary(pilot)
        await pilot.press("x", "k")
        await until(
            pilot, lambda: isinstance(app.screen, TickMenu) and app.screen.query_one(ReportTable).row_count
        )
        await pilot.press("down", "space", "space", "enter")
        await until(pilot, lambda: files(tmp_path, "docx"))
        document = docx.Document(str(files(tmp_path, "docx")[0]))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "Chosen kinds of event only: referral, assessment." in text


async def test_the_supervision_sheet(tmp_path):
    app = application("leaving-care", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x", "w")
        await until(pilot, lambda: files(tmp_path, "docx"))
        document = docx.Document(str(files(tmp_path, "docx")[0]))
        assert len(document.tables) == app.screen.query_one(ReportTable).row_count
        assert document.tables[0].rows[0].cells[0].text.split(",")[0]


def test_the_window_of_kinds_of_files(size, snap_compare):
    async def asked(pilot):
        await open_summary(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, LetterMenu))

    assert snap_compare(application(), terminal_size=size, run_before=asked)


def test_the_window_of_kinds_of_events(size, snap_compare):
    async def asked(pilot):
        await open_summary(pilot)
        await pilot.press("x", "k")
        await until(pilot, lambda: isinstance(pilot.app.screen, TickMenu))
        await until(pilot, lambda: pilot.app.screen.query_one(ReportTable).row_count)
        await pilot.press("space")

    assert snap_compare(application(), terminal_size=size, run_before=asked)


def test_the_window_of_copies(size, snap_compare):
    async def asked(pilot):
        await settled(pilot)
        await pilot.press("Y")
        await until(pilot, lambda: isinstance(pilot.app.screen, LetterMenu))

    assert snap_compare(application("client-overview"), terminal_size=size, run_before=asked)


async def test_keys_work_while_the_office_database_hangs(tmp_path):
    import threading

    answers = threading.Event()
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        office = app.session.office
        write = office._write

        def hang(marks):
            assert answers.wait(20)
            write(marks)

        office._write = hang
        try:
            table = app.screen.query_one(ReportTable)
            await pilot.press("m", "c", "enter", "down")
            await until(pilot, lambda: table.cursor_index == 1)
            await pilot.press("slash", *"kaur", "enter")
            await until(pilot, lambda: table.row_count < table.total)
            assert (tmp_path / "office-journal.jsonl").stat().st_size
        finally:
            answers.set()
        await until(pilot, lambda: app.session.seen is not None and app.session.seen.marks.height == 1)
        assert app.session.seen.unsaved == 0


async def test_a_file_wished_for_is_written_and_told_of_although_its_screen_was_left(tmp_path, monkeypatch):
    from screens.report.files import documents

    gone = threading.Event()
    run_for = documents._published

    def later(*args):
        assert gone.wait(20)
        run_for(*args)

    monkeypatch.setattr(documents, "_published", later)
    app = application("caseload", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x", "p")
        await until(pilot, lambda: "Writing the list" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        gone.set()
        await until(pilot, lambda: files(tmp_path, "xlsx"))
        await until(pilot, lambda: "Caseload: " in text_of(app))
        assert "rows written" in text_of(app), text_of(app)
        assert files(tmp_path, "xlsx")
