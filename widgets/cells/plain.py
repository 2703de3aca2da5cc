"""Text from the data, made safe to write to a terminal and cut to cells."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Literal

from rich.cells import cell_len, set_cell_size

from widgets.cells.glyphs import glyphs

Align = Literal["left", "right", "centre"]

ACTS_ON_TERMINAL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
JOINERS = frozenset("\u200c\u200d")  # zero width non-joiner and joiner: part of names in some scripts
NUMBERED = re.compile(r"(?<=[^\W\d]) [1-9]\d?$")
"""The number of a team, a pod or an option after its name"""
ROOM_FOR_NUMBER = 9
NEWLINES = frozenset("\n\u2028\u2029\x85\x0b\x0c")


def plain(value: object) -> str:
    """Turn a value into one line that is neither markup nor escape codes.

    None becomes the null mark, a date dd/mm/yyyy, a date and time dd/mm/yyyy hh:mm, True and False
    Yes and No. Line breaks become a visible mark, tabs a space, and every other character that would act
    on the terminal or reorder the text a question mark.
    """
    if isinstance(value, str):
        return value if value.isprintable() else _cleaned(value)
    if value is None:
        return glyphs().null
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return _cleaned(str(value))


def plain_lines(value: object) -> list[str]:
    """Turn a value into safe lines, broken where the value breaks."""
    if not isinstance(value, str):
        return [plain(value)]
    return [plain(line) for line in value.splitlines()] or [""]


def fit(text: str, width: int, align: Align = "left") -> str:
    """Cut or pad safe text to exactly `width` cells, with an ellipsis where it was cut.

    A number at its end stays: Children in Care 1 and 2 are two teams.
    """
    if width <= 0:
        return ""
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        number = NUMBERED.search(text)
        end = number[0] if number is not None and width >= ROOM_FOR_NUMBER else ""
        return set_cell_size(text, width - 1 - len(end)) + glyphs().ellipsis + end
    spare = width - length
    if align == "right":
        return " " * spare + text
    if align == "centre":
        return " " * (spare // 2) + text + " " * (spare - spare // 2)
    return text + " " * spare


def wrap(text: str, width: int) -> list[str]:
    """Break one safe line at spaces into lines of at most `width` cells; longer words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if cell_len(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        line = word
        while cell_len(line) > width > 1:
            head = set_cell_size(line, width).rstrip(" ") or line[0]
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def _cleaned(text: str) -> str:
    marks = glyphs()
    one_break = text.replace("\r\n", "\n")
    return "".join(_shown(character, marks.newline, marks.unknown) for character in one_break)


def _shown(character: str, newline: str, unknown: str) -> str:
    if character in NEWLINES:
        return newline
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) in ACTS_ON_TERMINAL and character not in JOINERS:
        return unknown
    return character
