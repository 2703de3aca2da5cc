"""The calendar of weeks: keys, figures, marks, and that it never draws past its edge."""

from datetime import date, timedelta

import polars as pl
import pytest
from textual.app import App, ComposeResult

from tests.widgets.widget_hosts import assert_harmless, screen_text
from widgets.cells.glyphs import use_ascii
from widgets.charts.week_cells import compact, step_of, widths
from widgets.charts.week_grid import WeekGrid
from widgets.theme import VARIABLES, use_theme

MONDAY = date(2026, 11, 23)


def days(first=MONDAY, counts=None, length=56, marks=None):
    dates = [first + timedelta(days=n) for n in range(length)]
    return pl.DataFrame(
        {
            "date": dates,
            "count": [(counts or {}).get(day, n % 9) for n, day in enumerate(dates)],
            "mark": [(marks or {}).get(day, "W" if day.weekday() > 4 else None) for day in dates],
        },
        schema={"date": pl.Date, "count": pl.Int64, "mark": pl.String},
    )


class Host(App[None]):
    """One calendar; remembers what it said."""

    def __init__(self, frame=None, **options):
        super().__init__()
        self.frame = days() if frame is None else frame
        self.options = {"top": "12 due before", "top_count": 12} | options
        self.moved: list[str] = []
        self.opened: list[str] = []

    def get_theme_variable_defaults(self):
        return dict(VARIABLES)

    def compose(self) -> ComposeResult:
        yield WeekGrid()

    def on_mount(self):
        use_theme(self)
        self.grid.show(self.frame, **self.options)
        self.grid.focus()

    @property
    def grid(self):
        return self.query_one(WeekGrid)

    def on_week_grid_moved(self, event):
        self.moved.append(event.day)

    def on_week_grid_opened(self, event):
        self.opened.append(event.day)


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("", "2026-11-23"),
        ("right", "2026-11-24"),
        ("l l h", "2026-11-24"),
        ("down", "2026-11-30"),
        ("j j k", "2026-11-30"),
        ("pagedown pagedown pageup", "2026-11-30"),
        ("left", "earlier"),
        ("up", "earlier"),
        ("up up left", "earlier"),
        ("up right", "2026-11-23"),
        ("right right up down", "2026-11-25"),
        ("right right up down down", "2026-12-02"),
        ("end", "2027-01-17"),
        ("G right down", "2027-01-17"),
        ("G g", "2026-11-23"),
        ("right right right right right right right", "2026-11-30"),
    ],
)
async def test_keys_go_from_day_to_day_and_week_to_week(keys, day):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.grid.day == day
        await pilot.press("enter")
        await pilot.pause()
        assert app.opened == [day]
        if keys and app.moved:
            assert app.moved[-1] == day


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("", "2026-11-25"),
        ("left", "earlier"),
        ("down h h up", "2026-11-25"),  # Monday of the second week: there is no Monday in the first
        ("up down", "2026-11-25"),
        ("end", "2027-01-19"),
        ("end up end k right right down", "2027-01-19"),
    ],
)
async def test_a_first_week_that_has_begun_and_a_last_that_is_not_whole(keys, day):
    app = Host(days(date(2026, 11, 25)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys.split())
        assert app.grid.day == day
        assert app.grid.weeks == 9


async def test_a_day_reads_its_number_letter_bar_and_figure():
    christmas = date(2026, 12, 25)
    frame = days(counts={MONDAY: 0, christmas: 40}, marks={christmas: "H"})
    app = Host(frame)
    async with app.run_test(size=(80, 24)):
        text = screen_text(app).splitlines()
        assert text[0].split() == ["Week", "of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert text[1].startswith("Earlier  12 due before")
        assert text[2].startswith("23 Nov  ▸23  · ")
        assert "25H █40" in text[6]
        assert text[6].startswith("21 Dec")
        assert "26W" in text[6]


async def test_shape_alone_tells_the_load_in_ascii_too():
    use_ascii(True)
    app = Host(days(counts={MONDAY + timedelta(days=n): n * 20 for n in range(5)}))
    async with app.run_test(size=(80, 24)):
        line = screen_text(app).splitlines()[2]
        assert line.isascii()
        assert [word for word in line.split() if word[-1].isdigit()][1:] != []
        bars = [line[8 + 11 * n + 5] for n in range(5)]
        assert bars == ["_", *sorted(set(bars[1:]), key=".:-=+*%#".index)]


async def test_replacing_the_days_keeps_the_day_and_a_lost_day_goes_to_the_first():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "right")
        app.grid.show(days(), top="", top_count=0)
        assert app.grid.day == "2026-12-01"
        app.grid.show(days(date(2027, 3, 1)))
        assert app.grid.day == "2027-03-01"
        await pilot.press("up")
        app.grid.show(days(date(2027, 3, 1)))
        assert app.grid.day == "earlier"
        app.grid.show(days().clear())
        await pilot.press("down", "right", "end", "home")


async def test_a_click_goes_to_the_day_and_a_second_opens_it():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(WeekGrid, offset=(8 + 11 + 2, 3))
        assert app.grid.day == "2026-12-01"
        await pilot.click(WeekGrid, offset=(8 + 11 + 2, 3))
        assert app.opened == ["2026-12-01"]
        await pilot.click(WeekGrid, offset=(20, 1))
        assert app.grid.day == "earlier"
        await pilot.click(WeekGrid, offset=(2, 3))
        assert app.grid.day == "earlier"


@pytest.mark.parametrize("width", [1, 7, 20, 43, 60, 64, 72, 80, 120, 240])
@pytest.mark.parametrize("count", [0, 7, 999, 1_500, 123_456, 98_765_432])
async def test_every_line_is_as_wide_as_the_widget_and_harmless(width, count):
    frame = days(counts={MONDAY + timedelta(days=n): count for n in range(14)})
    app = Host(frame, top="\x1b]52;c;aGk=\x1b\\[red]", top_count=count)
    async with app.run_test(size=(width, 14)):
        for y in range(app.grid.size.height):
            strip = app.grid.render_line(y)
            assert strip.cell_length == width
            assert_harmless(strip)


def test_figures_are_cut_to_words_not_to_wrong_digits():
    assert [compact(n, 3) for n in (0, 999, 1_000, 12_345, 123_456, 1_234_567)] == [
        "0", "999", "1k", "12k", "…", "1m",
    ]  # fmt: skip
    assert compact(1_234, 5) == "1,234"
    assert compact(1_234, 4) == "1234"


def test_more_never_has_a_smaller_bar_and_the_most_fills_it():
    for most in (1, 7, 8, 9, 50, 4_000):
        steps = [step_of(count, most) for count in range(1, most + 1)]
        assert steps == sorted(steps)
        assert steps[-1] == min(7, most - 1)


def test_the_week_fits_where_there_is_room_and_the_weekend_is_narrow():
    for room in range(35, 300):
        cells = widths(room)
        assert sum(cells) <= room
        assert cells[5] == cells[6] <= cells[0]
    assert list(widths(72)) == [11] * 5 + [8] * 2


@pytest.mark.parametrize("size", [(80, 14), (60, 14)])
def test_the_weeks(snap_compare, size):
    christmas = date(2026, 12, 25)
    frame = days(date(2026, 11, 25), counts={christmas: 60}, marks={christmas: "H", date(2026, 12, 8): "L"})
    assert snap_compare(Host(frame), terminal_size=size, press=["down", "right"])
