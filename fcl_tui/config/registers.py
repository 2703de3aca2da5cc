"""Registers beside audits as CSV: observations, feedback, learning reviews, complaints, recommendations,
learning.

The headings are the columns kept; the guidance of the report is the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.errors import DataError
from data.office.quality.shapes import LENGTHS, LONGEST, TABLES
from fcl_tui.config.csv_list import day_in, faulty, rows_of

THEMES = "words, separated by semicolons"
CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "observations": {"setting": ("visit", "conference", "core_group", "supervision", "meeting", "other")},
    "feedback": {
        "from_whom": ("child", "parent", "carer", "partner"),
        "tone": ("positive", "mixed", "negative"),
    },
    "learning_reviews": {
        "kind": (
            "rapid_review", "child_safeguarding_practice_review", "serious_case_review", "local",
            "appreciative",
        )
    },
    "complaints": {
        "stage": ("1", "2", "3", "ombudsman"),
        "outcome": ("upheld", "partly", "not_upheld", "withdrawn", "resolved"),
    },
    "recommendations": {"rating": ("high", "medium", "low")},
    "learning_points": {"audience": ("social_work", "slt", "board")},
}  # fmt: skip
"""The registers, and the values that some of their columns take"""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "observations": ("day", "worker", "observer", "setting"),
    "feedback": ("day", "from_whom", "tone"),
    "learning_reviews": ("kind", "title"),
    "complaints": ("reference", "received", "stage"),
    "recommendations": ("text", "owner"),
    "learning_points": ("theme", "text"),
}
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0", "")


def headings(register: str) -> tuple[str, ...]:
    """The columns a file may have. DataError: there is no such register."""
    if register not in CHOICES:
        raise DataError(f"There is no register {register!r}. There are: {', '.join(CHOICES)}.")
    return tuple(one for one, kind in TABLES[register].items() if kind not in ("key", "id"))


def read(register: str, path: Path) -> list[dict[str, Any]]:
    """The rows of a file, the whole of it or nothing.

    Raises:
        DataError: there is no such register, the file cannot be read, or a value cannot be understood.
    """
    known = headings(register)
    try:
        told = rows_of(path, known, NEEDED[register])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DataError(f"{path} is not there. Give the file, saved as CSV UTF-8.") from error
    return [_row(register, path, line, cells) for line, cells in told]


def _row(register: str, path: Path, line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, kind in TABLES[register].items():
        text = " ".join(cells.get(name, "").split())
        if kind in ("key", "id"):
            continue
        if not text and name in NEEDED[register]:
            raise faulty(path, line, name, "", "is empty. Fill it in.")
        row[name] = _value(register, path, line, name, kind, text)
    return row


def _value(register: str, path: Path, line: int, name: str, kind: str, text: str) -> Any:
    if kind == "day":
        return day_in(path, line, name, text)
    if kind == "bool":
        if text.casefold() not in (*YES, *NO):
            raise faulty(path, line, name, text, "is neither yes nor no.")
        return text.casefold() in YES
    choice = CHOICES[register].get(name)
    if choice is not None and text:
        folded = text.casefold().replace(" ", "_")
        if folded not in choice:
            raise faulty(path, line, name, text, f"is not one of: {', '.join(choice)}.")
        return folded
    most = LENGTHS.get(kind, LONGEST)
    if len(text) > most:
        raise faulty(path, line, name, text, f"is too long. Write at most {most:,} characters.")
    return text or None
