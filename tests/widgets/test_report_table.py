"""What a reader does with the table, and what is on the screen then."""

import re

import polars as pl
import pytest
from textual import events
from textual.app import App
from textual.strip import Strip

from tests.widgets.widget_hosts import (
    CLIPBOARD,
    COLUMNS,
    HOSTILE,
    Host,
    assert_harmless,
    lines,
    rows,
    screen_text,
)
from widgets.cells.glyphs import use_ascii
from widgets.filter_bar import FilterBar
from widgets.table.report_table import ReportTable

SIZES = [(80, 24), (120, 40), (10, 3), (1, 1)]


async def filtered(pilot, text):
    """Filter and wait until the table says that it is done."""
    app = pilot.app
    before = len(app.said(ReportTable.Filtered))
    app.table.filter(text)
    for _ in range(500):
        await pilot.pause(0.01)
        if len(app.said(ReportTable.Filtered)) > before:
            return
    raise AssertionError("the filter never answered")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_never_reaches_the_terminal(size):
    async with Host().run_test(size=size) as pilot:
        table = pilot.app.table
        for key in ("j", "G", "g", "pagedown", "l", "l", "s", "escape"):
            await pilot.press(key)
            for y in range(table.size.height):
                strip = table.render_line(y)
                assert strip.cell_length == table.size.width
                assert_harmless(strip)
        text = screen_text(pilot.app)
        assert CLIPBOARD not in text
        assert "\x1b" not in text


async def test_text_is_shown_as_it_is_and_cut_to_its_column():
    async with Host().run_test(size=(80, 24)) as pilot:
        shown = [line[1:21] for line in lines(pilot.app.table)[1:11]]
        assert shown[:3] == ["[red]O'Brien[/]     ", "Ann [/] Lee         ", "Zoë?]52;c;aGk=?\\    "]
        assert shown[3].startswith("?eman? backwards?")
        assert re.match(r" x{20,}… ", lines(pilot.app.table)[7])
        assert shown[7].startswith("line one⏎line two t")
        assert shown[8].strip() == "–"
        assert len(HOSTILE) == 10


async def test_cells_read_as_the_field_reads_them():
    async with Host().run_test(size=(80, 24)) as pilot:
        first = lines(pilot.app.table)[1]
        assert first.startswith("▸[red]O'Brien[/]")
        assert "!! Overdue" in first
        assert "10 late" in first
        assert "01/01/2026" in first


async def test_keys_move_the_cursor_and_the_view():
    async with Host(rows(200)).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        for keys, row in (
            (["down", "j"], 2),
            (["up"], 1),
            (["pagedown"], 24),
            (["k"], 23),
            (["pageup"], 0),
            (["G"], 199),
            (["down"], 199),
            (["home"], 0),
            (["end", "up"], 198),
            (["g", "k"], 0),
        ):
            await pilot.press(*keys)
            assert table.cursor_index == row, keys
            assert any(line.startswith("▸") for line in lines(table)[1:])


async def test_opening_and_moving_are_told_and_a_burst_of_moves_once():
    async with Host(rows(200)).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        await pilot.pause()
        app.heard.clear()
        for _ in range(20):
            app.table.action_move(1)
        await pilot.pause()
        moves = app.said(ReportTable.Moved)
        assert moves[-1].key == "k20"
        assert len(moves) < 20
        assert not app.said(ReportTable.Opened)
        await pilot.press("enter")
        await pilot.pause()
        assert [event.key for event in app.said(ReportTable.Opened)] == ["k20"]
        assert app.table.cursor_row()["id"] == "k20"


async def test_new_rows_keep_the_row_and_its_place_on_the_screen():
    frame = rows(200)
    async with Host(frame).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        await pilot.press("pagedown", "pagedown", "down", "down", "right")
        await pilot.pause()
        key, top, header = table.cursor_key, table.scroll_offset.y, lines(table)[0]
        at = table.cursor_index - top
        table.show(frame.tail(180), COLUMNS, "id")
        await pilot.pause()
        assert table.cursor_key == key
        assert table.cursor_index - table.scroll_offset.y == at
        assert table.scroll_offset.y == top - 20
        assert lines(table)[0].split() == header.split()
        assert table.has_focus


async def test_a_row_that_is_gone_leaves_the_cursor_on_the_nearest():
    frame = rows(100)
    async with Host(frame).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        assert table.select_key("k50")
        table.show(frame.filter(~pl.col("id").is_in(["k50", "k51", "k49"])), COLUMNS, "id")
        assert table.cursor_key == "k52"
        table.show(frame.clear(), COLUMNS, "id")
        await pilot.pause()
        assert table.cursor_key is None
        assert table.cursor_row() == {}
        assert "Nothing to show." in lines(table)[1]
        await pilot.press("enter", "down", "G", "s", "escape")
        table.show(frame, COLUMNS, "id")
        assert table.cursor_key == "k52"


async def test_another_list_begins_at_its_first_row_or_at_the_row_both_have():
    frame, others = rows(100), [*COLUMNS[:1], *COLUMNS[2:]]
    async with Host(frame).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        assert table.select_key("k50")
        table.show(frame.filter(pl.col("id") != "k50"), others, "id")
        await pilot.pause()
        assert (table.cursor_key, table.scroll_offset.y) == ("k0", 0)
        assert table.select_key("k60")
        table.show(frame, COLUMNS, "id")
        assert table.cursor_key == "k60"


async def test_a_filter_counts_hides_and_gives_the_row_back():
    async with Host(rows(300)).run_test(size=(80, 24)) as pilot:
        app, table = pilot.app, pilot.app.table
        table.select_key("k150")
        await filtered(pilot, "name 02")
        event = app.said(ReportTable.Filtered)[-1]
        assert 0 < event.count < event.total == 300
        await filtered(pilot, "no such name")
        assert table.row_count == 0
        await filtered(pilot, "")
        assert table.cursor_key == "k150"
        await filtered(pilot, "due soon")
        assert table.cursor_key == "k151"
        table.sort("due", True)
        assert table.cursor_key == "k151"


async def test_the_filter_and_sort_stay_over_new_rows():
    async with Host(rows(100)).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        await filtered(pilot, "overdue")
        table.sort("due", True)
        table.show(rows(90), COLUMNS, "id")
        assert table.filter_text == "overdue"
        assert table.sorted == ("due", True)
        assert table.row_count == 18
        shown = table.shown_frame()["due"].to_list()
        assert shown == sorted(shown, reverse=True)


async def test_choosing_a_column_to_sort_by():
    async with Host(rows(60)).run_test(size=(120, 40)) as pilot:
        app, table = pilot.app, pilot.app.table
        await pilot.press("s")
        assert "1 Name" in lines(table)[0]
        assert "4 Due" in lines(table)[0]
        await pilot.press("right", "right", "enter")
        assert table.sorted == ("days", False)
        assert "Days▲" in lines(table)[0]
        await pilot.press("s", "s")
        assert table.sorted == ("days", True)
        assert "Days▼" in lines(table)[0]
        await pilot.press("s", "4")
        assert table.sorted == ("due", False)
        await pilot.press("s", "n")
        assert table.sorted == ("name", False)
        await pilot.press("s", "right", "escape")
        assert table.sorted == ("name", False)
        row = table.cursor_index
        await pilot.press("s", "down")
        assert table.cursor_index == row + 1
        await pilot.pause()
        told = [(event.column, event.descending) for event in app.said(ReportTable.SortChanged)]
        assert told == [("days", False), ("days", True), ("due", False), ("name", False)]


async def test_the_sort_marks_are_plain_where_asked():
    use_ascii(True)
    async with Host().run_test(size=(120, 24)) as pilot:
        pilot.app.table.sort("due")
        assert "Due^" in lines(pilot.app.table)[0]
        pilot.app.table.sort("due", True)
        assert "Duev" in lines(pilot.app.table)[0]
        assert lines(pilot.app.table)[-1].startswith(">") or any(x[0] == ">" for x in lines(pilot.app.table))


async def test_sideways_keeps_the_frozen_column():
    async with Host().run_test(size=(60, 24)) as pilot:
        table = pilot.app.table
        assert lines(table)[0].endswith("› ")  # beside the scroll bar, not under it
        seen = lines(table)[0]
        for _ in range(10):
            await pilot.press("l")
            assert lines(table)[0][1:5] == "Name"
            seen += lines(table)[0]
        assert all(column.title in seen for column in COLUMNS)
        assert lines(table)[0].startswith("‹")
        assert "›" not in lines(table)[0]
        for _ in range(10):
            await pilot.press("h")
        assert not lines(table)[0].startswith("‹")


async def test_the_scroll_bar_covers_no_cell_of_a_column():
    async with Host(rows(100)).run_test(size=(120, 24)) as pilot:
        table = pilot.app.table
        assert table.show_vertical_scrollbar
        assert lines(table)[1].endswith("0 ")
        table.show(rows(5), COLUMNS, "id")
        await pilot.pause()
        assert lines(table)[1].endswith("0 ")  # and nothing moved when the bar went


async def test_columns_fit_again_when_the_window_changes():
    async with Host().run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        await pilot.press("G")
        assert "Items" in lines(table)[0]
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert "Items" not in lines(table)[0]
        assert len(lines(table)[0]) == table.size.width
        assert any(line.startswith("▸") for line in lines(table))


async def test_headings_of_groups_are_skipped_by_the_cursor():
    async with Host(rows(60), group_by="team").run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        assert lines(table)[1].strip() == "Team 0 (20)"
        assert table.row_count == 60
        await pilot.press(*["down"] * 20)
        assert table.cursor_key == "k20"
        shown = lines(table)
        assert shown[22].strip() == "Team 1 (20)"
        assert shown[23].startswith("▸Name 0020")
        await pilot.press("G")
        assert lines(table)[-1].startswith("▸Name 0059")
        await pilot.press("g")
        assert lines(table)[1].strip() == "Team 0 (20)"


async def test_moving_the_cursor_draws_two_lines():
    async with Host(rows(100)).run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        await pilot.press("down")
        drawn: list[int] = []
        render = table.render_line

        def spy(y: int) -> Strip:
            drawn.append(y)
            return render(y)

        table.render_line = spy  # type: ignore[method-assign]
        await pilot.press("down")
        await pilot.pause()
        assert sorted(set(drawn)) == [2, 3]
        drawn.clear()
        await pilot.press("k")
        await pilot.pause()
        assert sorted(set(drawn)) == [2, 3]
        drawn.clear()
        await pilot.pause(0.2)
        assert drawn == []


async def test_a_row_has_few_styles():
    async with Host().run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        assert len(list(table.render_line(1))) == 1  # the cursor
        assert len(list(table.render_line(3))) == 3
        assert len(list(table.render_line(4))) == 1  # not required: quiet, as the rest of the row


async def test_every_part_has_its_own_look():
    async with Host(rows(40), group_by="team").run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        await pilot.press("down")
        header, group, row, cursor = (list(table.render_line(y))[0].style for y in (0, 1, 2, 3))
        assert len({header, group, row, cursor}) == 4
        states = {list(table.render_line(y))[1].style.color for y in (2, 4)}
        assert len(states | {row.color}) == 3
        pilot.app.set_focus(None)
        await pilot.pause()
        assert list(table.render_line(3))[0].style not in {header, group, row, cursor}
        assert table.render_line(3).text.startswith("▸")


@pytest.mark.parametrize("no_color", [None, "1"])
async def test_it_reads_without_colour(no_color, monkeypatch):
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    async with Host().run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        text = screen_text(pilot.app)
        assert [word in text for word in ("!! Overdue", "! Due soon", "OK", "- Not required")] == [True] * 4
        assert text.count("▸") == 1


async def test_a_million_rows_are_read_as_they_are_looked_at():
    frame = pl.DataFrame({"id": pl.int_range(1_000_000, eager=True).cast(pl.String)}).with_columns(
        name=pl.format("Name {}", "id"), state=pl.lit("due")
    )
    async with Host(frame).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        assert len(table._window) <= 400
        await pilot.press("G")
        assert table.cursor_key == "999999"
        assert "Name 999999" in lines(table)[-1]
        assert len(table._window) <= 400
        await filtered(pilot, "name 99999")
        assert table.row_count == 19
        await filtered(pilot, "")
        assert table.cursor_key == "999999"


async def test_new_rows_during_a_slow_filter_are_not_lost():
    many = pl.concat([rows(30_000)])
    async with Host(many).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        table.filter("name")
        table.show(many.head(25_000), COLUMNS, "id")
        table.filter("name 001")
        table.filter("name 0011")
        for _ in range(500):
            await pilot.pause(0.01)
            if not table._busy:
                break
        assert table.total == 25_000
        assert table.filter_text == "name 0011"
        expected = many.head(25_000).filter(pl.col("name").str.contains("0011"))
        assert table.row_count == expected.height


async def test_the_mouse_can_do_what_the_keys_do():
    async with Host().run_test(size=(80, 24)) as pilot:
        app, table = pilot.app, pilot.app.table
        await pilot.click(ReportTable, offset=(5, 4))
        assert table.cursor_index == 3
        await pilot.click(ReportTable, offset=(5, 4))
        await pilot.pause()
        assert [event.key for event in app.said(ReportTable.Opened)] == ["k3"]
        await pilot.click(ReportTable, offset=(2, 0))
        assert table.sorted == ("name", False)


async def test_filter_as_you_type():
    async with Host(rows(100)).run_test(size=(80, 24)) as pilot:
        app, table = pilot.app, pilot.app.table
        bar = app.query_one(FilterBar)
        assert not bar.display
        bar.open()
        await pilot.press(*"name 0042")
        await pilot.pause()
        assert table.row_count == 1
        assert "1 of 100" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert table.has_focus
        assert bar.display
        assert table.filter_text == "name 0042"
        bar.open()
        await pilot.press("escape")
        await pilot.pause()
        assert not bar.display
        assert table.row_count == 100
        assert table.has_focus


async def test_pasted_escape_codes_are_cleaned_in_the_filter():
    async with Host().run_test(size=(80, 24)) as pilot:
        bar = pilot.app.query_one(FilterBar)
        bar.set_text(CLIPBOARD)
        await pilot.pause()
        assert "\x1b" not in bar.text
        assert "\x1b" not in screen_text(pilot.app)


async def test_new_rows_draw_only_the_lines_that_differ():
    frame = rows(100)
    async with Host(frame).run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        await pilot.press("down")
        await pilot.pause()
        asked: list[tuple[int, ...]] = []
        refresh = table.refresh

        def spy(*regions, **options):
            asked.extend((region.y, region.height) for region in regions)
            assert regions or options.get("layout") is False or not options
            return refresh(*regions, **options)

        table.refresh = spy  # type: ignore[method-assign]
        changed = frame.with_columns(name=pl.when(pl.col("id") == "k5").then(pl.lit("New")).otherwise("name"))
        table.show(changed, COLUMNS, "id")
        assert asked == [(0, 1), (6, 1)]
        await pilot.pause()
        assert "New" in lines(table)[6]


async def test_rows_given_before_it_is_on_the_screen_are_shown():
    class Early(App[None]):
        def compose(self):
            table = ReportTable()
            table.show(rows(5), COLUMNS, "id")
            yield table

    async with Early().run_test(size=(80, 24)) as pilot:
        table = pilot.app.query_one(ReportTable)
        assert table.row_count == 5
        assert table.cursor_key == "k0"
        assert lines(table)[1].startswith("▸[red]O'Brien[/]")


async def test_columns_that_the_frame_lacks_are_left_out():
    async with Host(rows(5).drop("due", "worker")).run_test(size=(120, 40)) as pilot:
        assert [column.key for column in pilot.app.table.shown_columns()] == [
            "name",
            "state",
            "days",
            "team",
            "items",
        ]
        assert pilot.app.table.shown_frame().columns[0] == "id"


async def test_a_key_that_repeats_or_is_null_is_no_end():
    frame = rows(20).with_columns(id=pl.when(pl.col("days") > 0).then(pl.lit("same")).otherwise(None))
    async with Host(frame).run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "enter", "G", "enter", "s", "enter")
        pilot.app.table.show(frame, COLUMNS, "id")
        await pilot.pause()
        assert pilot.app.table.row_count == 20


async def test_half_a_page_comes_into_view_on_a_slow_line(monkeypatch):
    monkeypatch.setattr(ReportTable, "half_page_scroll", True)
    async with Host(rows(200)).run_test(size=(80, 24)) as pilot:
        table = pilot.app.table
        await pilot.press(*["down"] * 23)
        assert (table.cursor_index, table.scroll_offset.y) == (23, 12)
        await pilot.press(*["down"] * 5)
        assert table.scroll_offset.y == 12
        await pilot.press("G")
        assert lines(table)[-1].startswith("▸")
        await pilot.press("g")
        assert table.scroll_offset.y == 0


def burst(app, *keys):
    """Send keys as a slow line does: all in one read."""
    for key in keys:
        character = key if len(key) == 1 else None
        app.post_message(events.Key(key, character))


async def test_keys_in_a_burst_keep_their_order():
    async with Host(rows(60)).run_test(size=(120, 40)) as pilot:
        table = pilot.app.table
        burst(pilot.app, "down", "down", "s", "4", "down", "s", "4", "enter")
        for _ in range(100):
            await pilot.pause(0.01)
            if pilot.app.said(ReportTable.Opened):
                break
        assert table.sorted == ("due", True)
        assert [event.key for event in pilot.app.said(ReportTable.Opened)] == ["k3"]


async def test_letters_do_not_choose_once_choosing_is_over():
    async with Host(rows(60)).run_test(size=(120, 40)) as pilot:
        await pilot.press("4", "n", "t", "escape", "right")
        assert pilot.app.table.sorted is None
