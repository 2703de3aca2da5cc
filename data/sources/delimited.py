"""Tables as text: comma, semicolon, tab or pipe between cells, quotes around some, some rows broken."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from data.dataclass import dataclass
from data.sources.plain_text import Opener, Survey, open_text

if TYPE_CHECKING:
    import polars as pl

    from data.issues.model import Severity

DELIMITERS = (",", ";", "\t", "|")
TOP = 20
"""How many rows are looked through for the headings."""

_SPAN = 500
"""Lines that one quoted cell may reach over."""

_FOOTER = re.compile(r"\(?\d+ rows? (affected|selected)\)?|completion time: .*", re.IGNORECASE)
"""What database tools write below a table."""

Rule = Literal["too_many_cells", "too_few_cells", "cut_short", "stray_quote", "footer"]

FAULTS: dict[tuple[Rule, bool], tuple[Severity, str]] = {
    ("too_many_cells", True): (
        "error",
        "The row has more cells than the headings, so its cells may be in the wrong columns; put quotes "
        "around the cell that holds the separator.",
    ),
    ("too_few_cells", True): (
        "error",
        "The row has one cell where the headings have several; export the file again.",
    ),
    ("too_few_cells", False): (
        "warning",
        "The row has fewer cells than the headings; the last columns were taken as blank.",
    ),
    ("cut_short", True): ("error", "The file ends within this row; export it again."),
    ("stray_quote", True): (
        "error",
        "A quote in this line is not closed, so its cells cannot be separated; write it twice or remove it.",
    ),
    ("stray_quote", False): (
        "warning",
        "The row has a quote out of place; its cells were read all the same.",
    ),
    ("footer", True): ("note", "The line is a message of the tool that wrote the file, not a row."),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong with one row."""

    row: int
    rule: Rule
    held: bool
    text: str


@dataclass
class Chunk:
    """Some rows, each with as many cells as the headings."""

    cells: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """the number of each, as a spreadsheet shows it"""
    faults: list[Fault] = field(default_factory=list)

    @property
    def held(self) -> int:
        """How many rows are not among `cells`."""
        return sum(fault.held for fault in self.faults)


@dataclass(frozen=True)
class Delimited:
    """A text file whose separator and headings are known."""

    opener: Opener
    survey: Survey
    delimiter: str
    heading_row: int
    """as a spreadsheet shows it: the first row is 1, blank lines count, a quoted line end does not"""
    headings: tuple[str, ...]

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The rows below the headings, about `size` lines at a time."""
        with open_text(self.opener, self.survey.encoding) as file:
            lines = iter(file)
            _first(lines, self.delimiter, self.heading_row)
            number, rest = self.heading_row + 1, list[str]()
            while rest or (more := list(islice(lines, size))):
                if rest:
                    more = rest + list(islice(lines, size))
                _complete(more, lines)
                following = next(lines, None)
                chunk, done, lines_done = self._parsed(more, number, at_end=following is None)
                yield chunk
                number += done
                rest = more[lines_done:] + ([following] if following is not None else [])

    def _parsed(self, lines: list[str], number: int, *, at_end: bool) -> tuple[Chunk, int, int]:
        """The chunk, how many rows were numbered, and how many lines were read."""
        width = len(self.headings)
        try:
            rows = list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return self._one_by_one(lines, number, at_end=at_end)
        if {*map(len, rows)} <= {width}:
            return Chunk(rows, list(range(number, number + len(rows)))), len(rows), len(lines)
        if len(rows) != len(lines):
            return self._one_by_one(lines, number, at_end=at_end)
        return self._sorted_out([(row, False) for row in rows], number, at_end=at_end), len(rows), len(lines)

    def _one_by_one(self, lines: list[str], number: int, *, at_end: bool) -> tuple[Chunk, int, int]:
        """Where quotes do not match up: a line that cannot be read costs that line, not those after it."""
        found: list[tuple[list[str] | str, bool]] = []
        at = 0
        while at < len(lines):
            span = lines[at : at + _SPAN]
            reader = csv.reader(span, delimiter=self.delimiter, strict=True)
            try:
                row = next(reader)
            except csv.Error:
                if not at_end and at and len(span) < _SPAN:
                    break  # the cell may go on in the lines to come
                row = []
            if row and (reader.line_num == 1 or len(row) == len(self.headings)):
                found.append((row, False))
                at += reader.line_num
                continue
            if not span[0].strip():
                found.append(([], False))
            else:
                again = _lenient(span[0], self.delimiter)
                found.append((again, True) if len(again) == len(self.headings) else (span[0], True))
            at += 1
        return self._sorted_out(found, number, at_end=at_end), len(found), at

    def _sorted_out(
        self, found: Sequence[tuple[list[str] | str, bool]], number: int, *, at_end: bool
    ) -> Chunk:
        """Rows of the right width, with what is wrong with the others."""
        width, chunk = len(self.headings), Chunk()
        for at, (row, odd) in enumerate(found):
            if isinstance(row, str):
                chunk.faults.append(Fault(number + at, "stray_quote", True, row.rstrip("\r\n")))
                continue
            if not any(cell.strip() for cell in row):
                continue
            last = at_end and at == len(found) - 1 and not self.survey.ends_with_line
            fault = _fault(row, width, cut=last) or (("stray_quote", False) if odd else None)
            if fault:
                chunk.faults.append(Fault(number + at, *fault, self.delimiter.join(row)))
            if not fault or not fault[1]:
                chunk.cells.append((row + [""] * (width - len(row)))[:width])
                chunk.rows.append(number + at)
        return chunk


def _fault(row: Sequence[str], width: int, *, cut: bool) -> tuple[Rule, bool] | None:
    if len(row) > width:
        return ("too_many_cells", True) if any(cell.strip() for cell in row[width:]) else None
    if len(row) == width:
        return None
    said = [cell for cell in row if cell.strip()]
    if len(said) == 1 and _FOOTER.fullmatch(said[0].strip()):
        return "footer", True
    if cut:
        return "cut_short", True
    return "too_few_cells", len(row) == 1


def _lenient(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell beyond all measure
        return []


def _complete(lines: list[str], more: Iterator[str]) -> None:
    """Take as many lines more as the last quoted cell needs."""
    odd = sum(line.count('"') for line in lines) % 2
    for _ in range(_SPAN if odd else 0):
        line = next(more, None)
        if line is None:
            return
        lines.append(line)
        if line.count('"') % 2:
            return


def _first(lines: Iterator[str], delimiter: str, count: int) -> list[list[str]]:
    """The first rows, taken from the lines and no further."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    for _ in range(count):
        try:
            rows.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            rows.append([])
    return rows


def find_headings(opener: Opener, survey: Survey, score: Callable[[Sequence[str]], int]) -> Delimited:
    """Find the separator and the row of headings: those whose cells have the best score.

    Where no row has any, the first row that is not blank, split where it has the most cells.
    """
    best: tuple[int, int, int] | None = None
    found = Delimited(opener, survey, DELIMITERS[0], 1, ())
    for delimiter in DELIMITERS:
        with open_text(opener, survey.encoding) as file:
            rows = _first(iter(file), delimiter, TOP)
        for at, row in enumerate(rows):
            cells = tuple(_heading(cell) for cell in row)
            if not any(cells):
                continue
            points = score(cells)
            rank = (points, -at, len(cells))
            if best is None or rank > best:
                best, found = rank, Delimited(opener, survey, delimiter, at + 1, _without_end(cells))
    return found


def _without_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the blank headings that separators at the end of each line make."""
    width = max(at for at, cell in enumerate(cells, 1) if cell)
    return cells[:width]


def _heading(cell: str) -> str:
    return cell.replace("\0", "").replace("\ufeff", "").strip().strip('[]"`').strip()


def frame_of(chunk: Chunk) -> pl.DataFrame:
    """The chunk as String columns c0, c1, …, and `row` (Int64); rows without any text are left out."""
    import polars as pl

    cells = [
        pl.Series(f"c{at}", column, dtype=pl.String)
        for at, column in enumerate(zip(*chunk.cells, strict=True))
    ]
    frame = pl.DataFrame([*cells, pl.Series("row", chunk.rows, dtype=pl.Int64)])
    if not cells:
        return frame
    said = pl.any_horizontal(pl.col(series.name).str.strip_chars().str.len_chars() > 0 for series in cells)
    return frame.filter(said)
