"""The marks the widgets draw, in two sets: UTF-8 and plain ASCII."""

from __future__ import annotations

import os
from collections.abc import Mapping

from data.dataclass import dataclass


@dataclass(frozen=True)
class Glyphs:
    """One set of marks; every mark is one cell wide."""

    ellipsis: str
    null: str
    newline: str
    unknown: str
    cursor: str
    ascending: str
    descending: str
    more_left: str
    more_right: str
    separator: str
    rule: str
    bar: str
    bar_part: str
    bar_target: str
    steps: str
    shades: str
    gap: str


UTF8 = Glyphs(
    ellipsis="…",
    null="–",
    newline="⏎",
    unknown="?",
    cursor="▸",
    ascending="▲",
    descending="▼",
    more_left="‹",
    more_right="›",
    separator="·",
    rule="─",
    bar="█",
    bar_part="▌",
    bar_target="│",
    steps="▁▂▃▄▅▆▇█",
    shades="░▒▓█",
    gap="·",
)
ASCII = Glyphs(
    ellipsis="~",
    null="-",
    newline="|",
    unknown="?",
    cursor=">",
    ascending="^",
    descending="v",
    more_left="<",
    more_right=">",
    separator="-",
    rule="-",
    bar="#",
    bar_part="=",
    bar_target="|",
    steps=".:-=+*%#",
    shades=".-=#",
    gap="_",
)


KEYS = {"up": "up", "down": "down", "left": "left", "right": "right", "backspace": "bksp", "enter": "enter"}
"""Names of keys for which Textual has a sign outside ASCII."""


def wants_ascii(environment: Mapping[str, str]) -> bool:
    """Say whether the user or the locale asks for plain ASCII.

    FCL_ASCII decides when set (0 or no turns it off); else the first of LC_ALL, LC_CTYPE and LANG that is
    set and names no UTF-8. Python itself sets LC_CTYPE to C.UTF-8 when LANG is C; that one is not believed.
    """
    asked = environment.get("FCL_ASCII", "").strip().casefold()
    if asked:
        return asked not in {"0", "no", "false", "off"}
    locale = _locale(environment)
    return bool(locale) and not names_utf8(environment)


def names_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the locale says that the terminal knows UTF-8."""
    return "utf" in _locale(environment).casefold()


def _locale(environment: Mapping[str, str]) -> str:
    language = environment.get("LANG", "")
    ctype = environment.get("LC_CTYPE", "")
    if ctype == "C.UTF-8" and language in {"C", "POSIX"}:
        ctype = ""
    return environment.get("LC_ALL") or ctype or language


_current = ASCII if wants_ascii(os.environ) else UTF8


def use_ascii(on: bool) -> None:
    """Choose the set that all widgets draw with from now on."""
    global _current  # noqa: PLW0603  (the one setting of this module)
    _current = ASCII if on else UTF8


def is_ascii() -> bool:
    """Whether everything but names is drawn in plain ASCII."""
    return _current is ASCII


def glyphs() -> Glyphs:
    """Return the set in use."""
    return _current
