"""Every text can be read: its contrast, computed from the themes and from what is drawn."""

from collections.abc import Iterator
from itertools import product

import pytest
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.screen import ModalScreen

from fcl_tui.terminal.launch import colour_system
from screens.home import HomeScreen
from tests.screens.conftest import application, settled, text_of, until
from widgets.theme import ANSI, ANSI_RAG, ANSI_TIERS, DARK, RAG, TIERS, use_theme

LEAST = 4.5
"""Of the Web Content Accessibility Guidelines 2.2, criterion 1.4.3, for text"""
NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
SIXTEEN = [*NAMES, *(f"bright_{name}" for name in NAMES)]
PALETTES = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "putty": "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}
"""What terminals make of the sixteen colours"""


def _ratio(one: Color, other: Color) -> float:
    def luminance(color: Color) -> float:
        parts = [value / 255 for value in color.rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def of_number(number: int, palette: str) -> Color:
    return Color.parse(f"#{PALETTES[palette].split()[number]}")


def of_name(name: str, palette: str) -> Color:
    return of_number(SIXTEEN.index(name.removeprefix("ansi_")), palette)


def texts(theme, *more: dict[str, str]) -> dict[str, str]:
    """Every colour in which a theme has text, by what it is for."""
    found = {name: getattr(theme, name) for name in (
        "foreground", "primary", "secondary", "accent", "warning", "error", "success",
    )}  # fmt: skip
    for one in more:
        found |= one
    return found


GROUNDS = ("background", "surface", "panel")
DARK_TEXTS = texts(DARK, {"key": DARK.variables["footer-key-foreground"]}, TIERS, RAG)
ANSI_TEXTS = texts(ANSI, {"key": ANSI.variables["footer-key-foreground"]}, ANSI_TIERS, ANSI_RAG)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", DARK_TEXTS)
def test_every_colour_of_text_can_be_read_on_every_ground(text, ground):
    assert _ratio(Color.parse(DARK_TEXTS[text]), Color.parse(getattr(DARK, ground))) >= LEAST


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("text", ANSI_TEXTS)
def test_in_sixteen_colours_too_whatever_the_terminal_makes_of_them(text, palette):
    for ground in GROUNDS:
        colours = of_name(ANSI_TEXTS[text], palette), of_name(getattr(ANSI, ground), palette)
        assert _ratio(*colours) >= LEAST


def test_the_cursor_and_the_numbers_of_tiers_can_be_read():
    pairs = [(DARK.variables["block-cursor-foreground"], DARK.variables["block-cursor-background"])]
    pairs += [("#000000", colour) for colour in TIERS.values()]
    pairs += [(DARK.background, DARK.primary)]  # what is picked, the part that is shown
    assert all(_ratio(Color.parse(text), Color.parse(ground)) >= LEAST for text, ground in pairs)


@pytest.mark.parametrize("palette", PALETTES)
def test_what_stands_on_a_colour_can_be_read_in_sixteen(palette):
    on = ANSI.variables
    pairs = [(on[f"{one}-foreground"], on[f"{one}-background"]) for one in (
        "block-cursor", "input-cursor", "input-selection", "screen-selection",
    )]  # fmt: skip
    pairs += [("ansi_black", colour) for colour in ANSI_TIERS.values()]
    pairs += [(ANSI.background, ANSI.primary)]
    for text, ground in pairs:
        assert _ratio(of_name(text, palette), of_name(ground, palette)) >= LEAST


DRAWN = str.maketrans("", "", " ─│▁▂▃▄▅▆▇█▌▐▎▏▍▋▊▉░▒▓·")


def colours_of(style: Style, palette: str) -> list[Color]:
    """The colours of text and ground as a terminal shows them."""
    found = []
    for one in (style.color, style.bgcolor):
        if one is None or one.type is ColorType.DEFAULT:
            continue
        if one.triplet is not None:
            found.append(Color(*one.triplet))
        elif one.number is not None:
            found.append(of_number(one.number, palette))
    return found


def faint(app, palette: str) -> Iterator[tuple[str, str]]:
    """The texts on the screen, or in the window over it, that cannot be read."""
    area = app.screen.children[0].region if isinstance(app.screen, ModalScreen) else app.screen.region
    for strip in app.screen._compositor.render_strips()[area.y : area.bottom]:
        for text, style, _ in strip.crop(area.x, area.right):
            if not text.translate(DRAWN) or style is None:
                continue
            colours = colours_of(style, palette)
            # with one of the two left to the terminal, nobody knows what it makes of the other
            if style.dim or len(colours) == 1 or (len(colours) == 2 and _ratio(*colours) < LEAST):
                yield text.strip(), str(style)


def unseen(app) -> Iterator[str]:
    """The lines between parts, and around a window, that have the colour of their ground."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if set(text) & set("─│") and style is not None and style.color == style.bgcolor:
                yield f"{text.strip()} {style}"


KEYS = {
    None: [],
    "client-overview": [["space", "space"], ["m"], ["h"], ["escape", "escape", "question_mark"]],
    "my-day": [["tab"], ["tab"]],
    "assessments": [["P"], ["escape", "x"]],
    "planner": [["right", "enter"]],
    "looked-after": [["b"]],
    "data-quality": [["s"]],
}
"""Reports, and the keys after which the screen is looked at again"""


@pytest.mark.parametrize(("ansi", "first"), product((False, True), KEYS))
async def test_what_is_drawn_can_be_read(first, ansi):
    app = application(first)
    async with app.run_test(size=(120, 40)) as pilot:
        use_theme(app, ansi)
        await settled(pilot)
        if first is None:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "My day" in text_of(app))
        for keys in ([], *KEYS[first]):
            await pilot.press(*keys)
            await settled(pilot)
            for palette in PALETTES if ansi else ["xterm"]:
                assert not set(faint(app, palette))
            assert not set(unseen(app))
            if ansi and isinstance(app.screen, ModalScreen):
                assert text_of(app).count("│") >= 2 * app.screen.children[0].region.height - 2


@pytest.mark.parametrize(
    ("term", "colorterm", "system"),
    [
        ("xterm", "", "standard"),
        ("linux", "", "standard"),
        ("screen", "", "standard"),
        ("xterm", "truecolor", "256"),
        ("xterm-256color", "", "256"),
        ("tmux-256color", "", "256"),
    ],
)
def test_a_terminal_of_sixteen_colours_is_given_no_more(monkeypatch, term, colorterm, system):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    assert colour_system() == system
