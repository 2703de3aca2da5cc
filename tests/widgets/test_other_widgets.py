"""Status line, title, detail, charts, menu and reader: what a person sees."""

import datetime as dt

import polars as pl
import pytest
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget

from fcl_tui.terminal.app import FclApp
from tests.widgets.widget_hosts import CLIPBOARD, HOSTILE, assert_harmless, screen_text
from widgets.cells.glyphs import use_ascii
from widgets.charts import BarChart, DensityStrip, MonthColumns, density
from widgets.detail_pane import DetailPane
from widgets.menus.menu import Choice, Menu
from widgets.status_line import StatusLine
from widgets.table.report_table import ReportTable
from widgets.text.field import Field
from widgets.text.markdown import markdown_lines
from widgets.text.pane import TextPane
from widgets.text.phrases import PhraseLines, whole_phrases
from widgets.text.sentences import whole_sentences
from widgets.text.window import Reader
from widgets.theme import ANSI, DARK, VARIABLES, use_theme
from widgets.title_bar import TitleBar

STATUS = {
    "report": "Client Overview",
    "as_at": dt.date(2026, 6, 7),
    "team": "Pod 4, Whitehawk",
    "filter": "o'brien",
    "count": 12,
    "total": 2013,
    "data_date": dt.date(2026, 6, 6),
    "age": "1 day old",
}
MONTHS = pl.DataFrame(
    {
        "month": [dt.date(2025, 4 + i, 1) if i < 9 else dt.date(2026, i - 8, 1) for i in range(12)],
        "percent": [10.0, 20.0, 30.0, None, 50.0, 60.5, 70.0, 80.0, 90.0, 0.0, 1.0, 100.0],
    }
)
TEAMS = pl.DataFrame(
    {
        "team": ["North [/]", f"East{CLIPBOARD}", "West"],
        "percent": [91.2, 55.0, None],
        "state": ["on_target", "below_target", "no_figure"],
    }
)


class One(App[None]):
    """An app that shows one widget."""

    def __init__(self, widget: Widget, ansi: bool = False) -> None:
        super().__init__()
        self.widget, self.ansi = widget, ansi

    def get_theme_variable_defaults(self):
        return dict(VARIABLES)

    def compose(self):
        yield self.widget

    def on_mount(self):
        use_theme(self, self.ansi)


def drawn(widget: Widget) -> list[str]:
    """Return a widget's lines, after a look at each for harm and width."""
    strips: list[Strip] = [widget.render_line(y) for y in range(widget.size.height)]
    for strip in strips:
        assert_harmless(strip)
        assert strip.cell_length == widget.size.width
    return [strip.text for strip in strips]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
async def test_the_status_line_never_loses_the_day_it_speaks_for(width):
    async with One(StatusLine()).run_test(size=(width, 3)) as pilot:
        line = pilot.app.widget
        line.show(**STATUS)
        assert "as at 07/06/2026" in drawn(line)[0]
        if width >= 60:
            assert "data 06/06" in line.text
            assert "12" in line.text
        if width == 120:
            assert line.text == (
                'Client Overview · Pod 4, Whitehawk · filter "o\'brien" · 12 of 2,013 · as at 07/06/2026 · '
                "data 06/06/2026, 1 day old"
            )
        line.say("Loading visits 3 of 7")
        assert "as at 07/06/2026" in drawn(line)[0]
        line.show(**(STATUS | {"filter": HOSTILE[2], "team": HOSTILE[7], "warning": "OLD DATA"}))
        assert "as at 07/06/2026" in drawn(line)[0] or width < 30
        assert line.text.startswith("OLD DATA")


async def test_the_team_outlives_the_filter_in_the_status_line():
    async with One(StatusLine()).run_test(size=(80, 3)) as pilot:
        line = pilot.app.widget
        line.show(**STATUS)
        assert line.text == "Client Overview · Pod 4, Whit… · 12/2013 · as at 07/06/2026 · data 06/06/2026"


async def test_the_status_line_says_words_while_it_waits():
    async with One(StatusLine()).run_test(size=(80, 3)) as pilot:
        line = pilot.app.widget
        line.show(**STATUS)
        line.say("Loading")
        assert line.text.startswith("Loading · Pod 4")
        assert "as at 07/06/2026" in line.text
        line.show(**STATUS)
        assert "Client Overview" in line.text


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_how_many_are_selected_is_always_there_and_phrases_go_whole(width):
    async with One(StatusLine()).run_test(size=(width, 3)) as pilot:
        line = pilot.app.widget
        also = ["overdue only", "only marked by me"]
        line.show(**STATUS | {"data_date": STATUS["as_at"]}, also=also, selected="10 selected")
        for said in ("", "1 item marked; u takes it back"):
            line.say(said)
            assert "10 selected" in line.text
            assert "07/06/2026" in line.text
            assert line.text.count("/06/2026") == 1
            assert all(f" · {words}" in line.text or words[:6] not in line.text for words in also[:1])
        assert width < 80 or line.text.startswith("1 item marked; u takes it back · 10 selected")


@pytest.mark.parametrize("width", range(12, 90, 7))
async def test_a_line_over_a_list_leaves_whole_phrases_out(width):
    text = "!! 23 overdue   ! due in 7 days 11, in 14 38   120 clients   overdue: visit 8, review 6"
    told = whole_phrases(text, width)
    assert len(told) <= width
    if len(told) < len(text) and width > 18:
        kept = told.removesuffix(" …")
        assert text.startswith(kept)
        assert text[len(kept) :].startswith((", ", "   "))
        assert told.endswith(" …")


async def test_the_title_bar_names_the_tier_in_a_number_and_a_word():
    async with One(TitleBar("Assessments [b]", tier=3, tier_name="Management", note="DEMO")).run_test(
        size=(80, 3)
    ) as pilot:
        bar = pilot.app.widget
        text = drawn(bar)[0]
        assert text.startswith(" 3  Management  Assessments [b] ")
        assert text.endswith(" DEMO ")
        await pilot.resize_terminal(22, 3)
        await pilot.pause()
        assert drawn(bar)[0].startswith(" 3  Assessments [b]")


async def test_the_detail_pane_wraps_and_scrolls():
    async with One(DetailPane()).run_test(size=(40, 10)) as pilot:
        pane = pilot.app.widget
        facts = {
            "Name": HOSTILE[0],
            "Born": dt.date(2015, 2, 1),
            "Note": "word " * 20 + "\nnext",
            "None": None,
        }
        pane.show_facts("Zoë", [*facts.items(), ("Bad", CLIPBOARD)], ["one", HOSTILE[3]])
        await pilot.pause()
        drawn(pane)
        assert "Name  [red]O'Brien[/]" in pane.text
        assert "Born  01/02/2015" in pane.text
        assert "\n      next\n" in pane.text
        assert "None  –" in pane.text
        pane.focus()
        await pilot.press("G")
        assert "?eman? backwards?" in "".join(drawn(pane))
        await pilot.press("g")
        assert "Zoë" in drawn(pane)[0]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", [12, 40, 80, 120])
async def test_bars_have_figures_and_states_in_words(width, ascii_only):
    use_ascii(ascii_only)
    async with One(BarChart()).run_test(size=(width, 10)) as pilot:
        chart = pilot.app.widget
        chart.show(TEAMS, "team", "percent", kind="percent", target=85.0, most=100.0, state="state")
        await pilot.pause()
        lines = drawn(chart)
        assert len(lines) == 3
        if width >= 80:
            assert "91.2% OK On target" in lines[0]
            assert "55.0% !! Off target" in lines[1]
            assert "No figure" in lines[2]
            bar = "#" if ascii_only else "█"
            assert lines[0].count(bar) > lines[1].count(bar) > lines[2].count(bar) == 0
        if ascii_only:
            assert all(line.isascii() for line in lines)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", [(80, 12), (120, 20), (40, 8), (10, 3), (3, 1)])
async def test_month_columns(size, ascii_only):
    use_ascii(ascii_only)
    async with One(MonthColumns()).run_test(size=size) as pilot:
        chart = pilot.app.widget
        chart.styles.height = size[1]
        chart.show(MONTHS, "month", "percent", kind="percent", target=85.0, most=100.0)
        await pilot.pause()
        lines = drawn(chart)
        if size[0] >= 80:
            assert "Apr" in lines[-2]
            assert "2025" in lines[-1]
            assert "2026" in lines[-1]
            assert "60.5%" in lines[-3]
            assert "aim 85" in "".join(lines)
            full = "#" if ascii_only else "█"
            assert lines[0].rstrip()[-1] == full
            assert ("_" if ascii_only else "·") in lines[-4]  # the month without a figure


def test_density_counts_each_day_once_and_only_inside():
    days = pl.Series(
        [dt.date(2020, 1, 1), dt.date(2020, 1, 10), None, dt.date(2020, 1, 10), dt.date(2019, 12, 31)]
    )
    counts = density(days, dt.date(2020, 1, 1), dt.date(2020, 1, 10), 5)
    assert counts == [1, 0, 0, 0, 2]
    assert density(days, dt.date(2020, 1, 2), dt.date(2020, 1, 1), 5) == [0] * 5


async def test_the_strip_shows_gaps_years_and_the_place():
    async with One(DensityStrip()).run_test(size=(60, 4)) as pilot:
        strip = pilot.app.widget
        strip.show(pl.Series([dt.date(2020, 1, 1)] * 9 + [dt.date(2024, 12, 31)]))
        strip.mark(dt.date(2022, 7, 1))
        marks, years = drawn(strip)
        assert marks[0] == "█"
        assert marks[-1] == "▁"
        assert set(marks[1:-1]) == {"·"}
        assert years.startswith("2020")
        assert "2024" in years
        assert years.index("^") == 29
        strip.show(pl.Series([], dtype=pl.Date))
        assert drawn(strip)[0].strip() == ""


async def choose(pilot, menu: Menu) -> list[str | None]:
    answers: list[str | None] = []
    await pilot.app.push_screen(menu, answers.append)
    await pilot.pause()
    return answers


CHOICES = [Choice("n", "North [/]", "12"), Choice("e", "Éast", "5"), Choice("x", CLIPBOARD)]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], "e"),
        ([*"east", "enter"], "e"),
        (["up", "enter"], "n"),
        (["down", "enter"], "x"),
        (["escape"], None),
    ],
)
async def test_the_menu_narrows_picks_and_cancels(keys, answer):
    async with One(TextPane()).run_test(size=(80, 24)) as pilot:
        answers = await choose(pilot, Menu("Team [b]", CHOICES, "e"))
        text = screen_text(pilot.app)
        assert "North [/]" in text
        assert "\x1b" not in text
        await pilot.press(*keys)
        await pilot.pause()
        assert answers == [answer]
        assert not isinstance(pilot.app.screen, Menu)


async def test_nothing_is_picked_where_nothing_matches():
    async with One(TextPane()).run_test(size=(80, 24)) as pilot:
        answers = await choose(pilot, Menu("Team", CHOICES))
        await pilot.press(*"zzz", "enter")
        await pilot.pause()
        assert "Nothing matches." in screen_text(pilot.app)
        assert answers == []
        assert pilot.app.screen.query_one(ReportTable).row_count == 0


async def test_the_reader_shows_lines_and_goes_away():
    async with One(TextPane()).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(Reader("Why [b]", f"line one\n{CLIPBOARD}\n[link=file:///x]"))
        await pilot.pause()
        text = screen_text(pilot.app)
        assert "Why [b]" in text
        assert "?]52;c;aGk=?\\" in text
        assert "[link=file:///x]" in text
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, Reader)


def test_guidance_reads_without_its_marks():
    text = (
        "# Head\n\nSome **bold** and *soft* `code` [x](http://a)\nmore\n\n- one\n  two\n1. three\n\n"
        "|a|b|\n|-|-|\n|1|2|\n\n```\n# raw\n```\n> quoted"
    )
    lines = [(line.lead + line.text, line.look) for line in markdown_lines(text)]
    assert lines == [
        ("Head", "heading"),
        ("", "text"),
        ("Some bold and soft code x (http://a) more", "text"),
        ("", "text"),
        ("- one two", "text"),
        ("1. three", "text"),
        ("", "text"),
        ("a  b", "text"),
        ("1  2", "text"),
        ("", "text"),
        ("    # raw", "text"),
        ("  quoted", "quiet"),
    ]


def test_snake_case_and_sums_keep_their_marks():
    assert markdown_lines("a_b_c and 2 * 3 * 4")[0].text == "a_b_c and 2 * 3 * 4"


@pytest.mark.parametrize("ansi", [False, True])
async def test_every_widget_stands_under_both_themes(ansi):
    async with One(ReportTable(), ansi).run_test(size=(80, 24)) as pilot:
        assert pilot.app.theme == (ANSI if ansi else DARK).name
        pilot.app.widget.show(TEAMS, [], "team")
        await pilot.pause()
        drawn(pilot.app.widget)


def test_sentences_under_a_list_are_whole_or_counted():
    some = ["12 items without a date", "3 children in no family group", "1 row held back for its problem"]
    told = whole_sentences(some, 80, "{} more in the file (x)")
    assert " ".join(told.split()) == "; ".join(some)
    told = whole_sentences(some, 30, "{} more in the file (x)")
    assert " ".join(told.split()) == f"{some[0]}; {some[1]}; 1 more in the file (x)"
    long = ["word " * 30 + "end", "another"]
    told = whole_sentences(long, 40, "{} more in the file (x)")
    assert " ".join(told.split()) == f"{long[0]}; 1 more in the file (x)"


async def test_a_sentence_over_a_list_goes_on_in_the_next_line_rather_than_being_cut():
    sentence = "Children in an episode of care that began on or before the day and had not ended by it"
    async with One(PhraseLines()).run_test(size=(60, 5)) as pilot:
        lines = pilot.app.widget
        lines.say(f"Children looked after\n{sentence}")
        await pilot.pause()
        told = [line.strip() for line in str(lines.render()).split("\n")]
        assert told[0] == "Children looked after"
        assert " ".join(told[1:]) == sentence


async def test_sentences_over_a_list_end_whole_and_say_that_there_is_more():
    told = (
        "Children in an episode of care that began on or before the day and had not ended by it, under 18. "
        "Short breaks (V3, V4) are left out; a child without a legal status is counted"
    )
    async with One(PhraseLines()).run_test(size=(80, 5)) as pilot:
        pilot.app.widget.say(told)
        await pilot.pause()
        lines = str(pilot.app.widget.render()).split("\n")
        assert len(lines) == 2
        assert all(len(line) <= 80 for line in lines)
        assert " ".join(line.strip() for line in lines) == f"{told.split(';', maxsplit=1)[0]} …"


@pytest.mark.parametrize("typed", ["", "smith"])
async def test_a_field_is_seen_without_a_colour_for_its_ground(typed):
    async with One(Field(), ansi=True).run_test(size=(30, 3)) as pilot:
        pilot.app.widget.value = typed
        pilot.app.stylesheet.add_source(FclApp.CSS, read_from=("app", ""))
        pilot.app.refresh_css()
        await pilot.pause()
        strip = pilot.app.widget.render_line(0)
        assert strip.cell_length >= 30
        lined = sum(segment.cell_length for segment in strip if segment.style and segment.style.underline)
        assert lined >= 29, "all but the cursor"
