"""Home shows what waits and what works: the day's counts, the reader's views, the tiers."""

import pytest
from textual.color import Color

from data.office.access_log import REPORT
from data.office.own_team import keep_team
from data.office.views import SavedView, save
from fcl_tui.reports.catalogue import of_tier
from screens.find import FindScreen
from screens.home import HomeScreen, ReportList
from screens.report.screen import DeclaredScreen
from tests.screens.conftest import application, settled, text_of, until
from tests.screens.test_own_team import home, loaded, office, opened  # noqa: F401  fixtures
from widgets.theme import DARK, RAG, TIERS
from widgets.too_small import HEIGHT, WIDTH

LEAST = 4.5
"""Of the Web Content Accessibility Guidelines 2.2, criterion 1.4.3, for text"""


def chasing(app):
    return "to chase" in text_of(app)


async def test_the_day_says_how_much_waits_as_the_report_counts_it(home, size):  # noqa: F811
    app = opened(home)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: chasing(app))
        line = next(one for one in text_of(app).splitlines() if "to chase" in one)
        assert isinstance(app.focused, ReportList)
        await pilot.press("T")
        await settled(pilot)
        rows = app.screen.result.rows
        late = rows.filter(rows["state"] == "overdue").height
        assert f"{rows.height} to chase, {late} overdue" in line


async def test_the_counts_are_of_ones_own_team_and_in_the_access_log(home, monkeypatch):  # noqa: F811
    keep_team(office(home), "jo", "Leaving Care")
    app = opened(home)
    written = []
    monkeypatch.setattr(app.session.door, "record", lambda action, **told: written.append((action, told)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: chasing(app))
        assert "overdue, Leaving Care" in text_of(app)
        assert "your team: Leaving Care" in text_of(app)
    told = {"report": "my-day", "detail": "team Leaving Care, counts on the home screen"}
    assert written == [(REPORT, told)]


async def test_what_cannot_be_written_down_is_not_counted(home, monkeypatch):  # noqa: F811
    from data.errors import DataError

    app = opened(home)
    asked = []

    def refuse(action, **told):
        asked.append(action)
        raise DataError("no")

    monkeypatch.setattr(app.session.door, "record", refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(asked) and not [one for one in app.workers if one.is_running])
        assert not chasing(app)


async def test_saved_views_stand_under_the_day_and_v_shows_them(home):  # noqa: F811
    state = {"view": {"by": "item", "overdue": True}, "which": None, "filter": "", "sort": None}
    for name in ("Monday", "Visits late"):
        save(office(home), SavedView(name, "client-overview", "jo", state))
    save(office(home), SavedView("Of another", "client-overview", "mo", state))
    app = opened(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Visits late" in text_of(app))
        lines = text_of(app).splitlines()
        assert "My day" in lines[2]
        assert "Monday" in lines[3]
        assert "view of Client Overview" in lines[3]
        assert "Of another" not in text_of(app)
        await pilot.press("v", "2")
        await settled(pilot)
        assert isinstance(app.screen, DeclaredScreen)
        assert app.screen.views.in_words().startswith("view Visits late")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.screen.views.in_words().startswith("view Monday")


async def test_the_number_of_a_tier_shows_the_whole_tier(size):
    app = application()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("4")
        await until(pilot, lambda: "Performance Board" in text_of(app))
        seen = text_of(app)
        assert all(one.title[:27] in seen for one in of_tier(4))
        assert "…" not in "".join(line for line in seen.splitlines() if "?" in line)


async def test_a_tier_key_opens_its_only_report_or_moves_the_cursor():
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        listed = app.screen.query_one(ReportList)
        assert listed.get_option_at_index(listed.highlighted).id == "client-overview"
        await pilot.press("1")
        await pilot.pause()
        assert listed.get_option_at_index(listed.highlighted).id == "client-summary"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))


@pytest.mark.parametrize("first", [None, "client-overview"])
@pytest.mark.parametrize("small", [(WIDTH - 5, 24), (80, HEIGHT - 1)])
async def test_a_window_too_small_says_the_size_that_is_needed(first, small):
    app = application(first)
    async with app.run_test(size=small) as pilot:
        await settled(pilot)
        assert text_of(app).startswith(f"Too small: {small[0]}x{small[1]}. Needs")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "Too small" not in text_of(app))
        assert "as at" in text_of(app)


def _ratio(one: Color, other: Color) -> float:
    def luminance(color: Color) -> float:
        parts = [value / 255 for value in color.rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = {"background": DARK.background, "surface": DARK.surface, "panel": DARK.panel}
TEXTS = {
    "foreground": DARK.foreground, "primary": DARK.primary, "secondary": DARK.secondary,
    "accent": DARK.accent, "warning": DARK.warning, "error": DARK.error, "success": DARK.success,
    "key": DARK.variables["footer-key-foreground"], **TIERS, **RAG,
}  # fmt: skip


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_colour_of_text_can_be_read_on_every_ground(text, ground):
    assert _ratio(Color.parse(TEXTS[text]), Color.parse(GROUNDS[ground])) >= LEAST


def test_the_cursor_and_the_numbers_of_tiers_can_be_read():
    pairs = [(DARK.variables["block-cursor-foreground"], DARK.variables["block-cursor-background"])]
    pairs += [("#000000", colour) for colour in TIERS.values()]
    assert all(_ratio(Color.parse(text), Color.parse(ground)) >= LEAST for text, ground in pairs)


@pytest.mark.parametrize("first", [None, "client-overview", "my-day", "assessments"])
async def test_what_is_drawn_can_be_read(first):
    app = application(first)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        faint = set()
        for strip in app.screen._compositor.render_strips():
            for text, style, _ in strip:
                if not text.strip(" ─│▁▂▃▄▅▆▇█▌▐▎▏▍▋▊▉") or style is None or style.bgcolor is None:
                    continue
                colours = [one.triplet for one in (style.color, style.bgcolor) if one and one.triplet]
                if style.dim or (
                    len(colours) == 2 and _ratio(*(Color(*colour) for colour in colours)) < LEAST
                ):
                    faint.add((text.strip(), str(style)))
        assert not faint
