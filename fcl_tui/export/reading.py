"""An answer for a screen reader: a row a line, each value after its heading, no columns to keep in mind."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.export.cells import columns_of, left_out_line, shown_of, words
from fcl_tui.reports.answer import Answer
from widgets.cells.column import DRAWN, Column
from widgets.cells.plain import plain

if TYPE_CHECKING:
    import polars as pl

DAYS = re.compile(r"\b(\d+) (wd|d)\b")
UNITS = {"wd": "working days", "d": "days"}
SPOKEN = UNITS | {
    "w": "weeks", "h": "hours", "mi": "miles", "mths": "months", "mth": "months",
    "Pts/FTE": "Points per full-time equivalent", "FTE": "full-time equivalents", "vs": "against",
    "LAC": "Looked after", "CP": "Child protection", "CIN": "Child in need plan", "CL": "Care leavers",
    "Short": "Short breaks", "%": "per cent", "Outst.": "Outstanding", "Inad.": "Inadequate",
    "impr.": "improvement", "Req.": "Requires", "Temp.": "Temporary", "RHI": "Return interview",
}  # fmt: skip
"""Words of headings that are short for a narrow screen"""
MORE = re.compile(r"^(\d+)\+$")


def as_reading(answer: Answer) -> str:
    """What it is, what a screen says over the rows, how many, then "2 of 20. Name: Lee, Ann. Due: ..."."""
    frame = answer.rows if answer.shown is None else answer.shown
    told = [plain(answer.headline)]
    told += [f"{_in_one(line)}." for line in answer.top.split("\n") if line.strip()]
    for name, part in answer.parts.items():
        if isinstance(part, dict):
            told.append(_facts(part))
        elif not part.equals(answer.rows):
            told += _rows(part, columns_of(part, answer.part_columns.get(name, ())), _named(name))
    told += _rows(frame, tuple(_in_parts(frame, shown_of(frame, answer.table))))
    if answer.left_out:
        told.append(f"{left_out_line(answer)}.")
    return "\n".join(told) + "\n"


def _named(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").capitalize()


def _facts(part: Mapping[str, Any]) -> str:
    """What is known of one, in a line."""
    told = [f"{_named(name)}: {plain(value)}" for name, value in part.items() if value not in (None, "")]
    return f"{'. '.join(told)}."


def _rows(frame: "pl.DataFrame", columns: tuple[Column, ...], name: str = "") -> list[str]:
    """How many rows, of which part if it is one, then a line each."""
    count = frame.height
    cells = [
        [
            f"{_heading(column.title)}: {_spoken(column, value)}" if value is not None else ""
            for value in frame[column.key].to_list()
        ]
        for column in columns
    ]
    return [
        f"{name}: {amount(count, 'rows')}." if name else f"{amount(count, 'rows')}.",
        *(
            f"{number} of {count}. {'. '.join(part for part in row if part)}."
            for number, row in enumerate(zip(*cells, strict=True), start=1)
        ),
    ]


def _in_parts(frame: "pl.DataFrame", columns: tuple[Column, ...]) -> Iterator[Column]:
    """The columns, each once: for a bar in shades its figures, for short words of a screen those in full."""
    drawn = {part.key for one in columns if one.kind == "bands" for part in columns_of(frame, (one,))}
    for column in columns:
        if column.key in drawn and column.kind != "bands":
            continue
        whole = columns_of(frame, (column,))
        in_full = len(whole) == 1 and (whole[0].kind == "text" or whole[0].key == column.key)
        yield from whole if column.kind == "bands" or in_full else (column,)


def _heading(title: str) -> str:
    """A heading in full: In 45 working days; Over 20 days; 3 or more in year."""
    words = [
        MORE.sub(r"\1 or more", SPOKEN.get(word, f"over {word[1:]}" if word[:1] == ">" else word))
        for word in plain(title).split()
    ]
    told = " ".join(words)
    return told[:1].upper() + told[1:]


def _spoken(column: Column, value: Any) -> str:
    """A value as it is said: a list of figures with commas, units in full."""
    if column.kind in DRAWN:
        return ", ".join(one.removesuffix(".0") for one in words(column, value).split())
    text = words(column, value)
    return _units(text) if column.kind in ("state", "days") else text


def _units(text: str) -> str:
    return DAYS.sub(lambda found: amount(int(found[1]), UNITS[found[2]]), text)


def _in_one(line: str) -> str:
    """A line over the rows as one sentence: wide gaps are commas, the signs of states are not read out."""
    phrases = re.split(r" {2,}| · ", _units(plain(line.strip())))
    return ", ".join(phrase.removeprefix("!! ").removeprefix("! ").removesuffix(".") for phrase in phrases)
