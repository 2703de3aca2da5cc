"""Read the eleven lists from a workbook's sheets and report every row that is held back."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.issues.model import Severity
from data.sources.annex_a.cells import broken_rows, cell_issues
from data.sources.annex_a.headers import LISTS, Headings, best_headings, columns, place
from data.sources.annex_a.numbers import join_numbers
from data.sources.annex_a.problems import issue, row_issues
from data.sources.annex_a.rows import usable, with_names
from data.sources.annex_a.text_list import TEXTS, TextList
from data.sources.annex_a.workbook import MAX_COLUMNS, Sheet, Workbook
from data.sources.base import PlaceCount, Progress

TITLE_ROWS = 60
"""How many rows are looked through for the headings."""


@dataclass(frozen=True)
class Rows:
    """The usable rows of one list.

    `frame`: String columns under the official headings (those the sheet has), plus `child` (never
    null), `source_row` ("List 7/row 12"), and team_id, worker_id, adviser_id with team, worker, adviser
    (the names as people write them) where the list has them.
    """

    list_no: int
    sheet: str
    headings: Headings
    frame: pl.DataFrame


class Candidate(NamedTuple):
    """A sheet that is a list."""

    sheet: Sheet
    at: int
    """the position of the headings among its rows"""
    headings: Headings

    @property
    def worth(self) -> tuple[bool, bool, int]:
        """Of two sheets for a list: one that is seen, one with rows, one with more of the columns."""
        return not self.sheet.hidden, self.sheet.cells.height > self.at + 1, len(self.headings.found)


@dataclass
class Lists:
    """All that was read from one workbook, or from several."""

    several: bool = False
    """from several: places are then named with their file"""
    books: dict[int, str] = field(default_factory=dict)
    """the file of each list"""

    rows: dict[int, Rows] = field(default_factory=dict)
    counts: list[PlaceCount] = field(default_factory=list)
    issues: list[pl.DataFrame] = field(default_factory=list)

    def has(self, list_no: int, heading: str) -> bool:
        """Whether the workbook has this list with this column."""
        return list_no in self.rows and heading in self.rows[list_no].headings.found


def read_lists(paths: Sequence[Path], progress: Progress) -> Lists:
    """Read every list of one workbook, or of several that together are an Annex A.

    Raises:
        DataError: a file is not a readable workbook, or no sheet of any is an Annex A list.
    """
    lists = Lists(several=len(paths) > 1)
    best: dict[int, Candidate] = {}
    for path in paths:
        _choose(opened(path), lists, best)
    if not best:
        names = " and ".join(path.name for path in paths)
        raise DataError(
            f"None of the sheets of {names} is an Annex A list (1 to 11): neither a sheet's name nor its "
            "headings say so. Check that this is the Annex A workbook."
        )
    for list_no in LISTS:
        if list_no in best:
            sheet, at, headings = best[list_no]
            lists.books[list_no] = sheet.book
            _read(lists, sheet, at, headings)
            progress(place(list_no), lists.counts[-1].rows_in, None)
            continue
        lists.issues.append(
            issue(
                "missing_list", place(list_no), "note", "kept",
                f"{place(list_no)} ({columns(list_no)[0].title}) is not in this workbook, so what it would "
                "say is not known.",
            )
        )  # fmt: skip
    frames, told = join_numbers({n: rows.frame for n, rows in lists.rows.items() if n != 11})
    lists.rows = {n: replace(rows, frame=frames.get(n, rows.frame)) for n, rows in lists.rows.items()}
    lists.issues.extend(told)
    return lists


def candidates(workbook: Workbook | TextList) -> Iterator[tuple[Sheet, tuple[int, Headings] | None]]:
    """Each sheet, and the row of its headings with what list they are, where it is one."""
    for sheet in workbook.sheets():
        yield sheet, best_headings(sheet.top(TITLE_ROWS), sheet.name)


def opened(path: Path) -> Workbook | TextList:
    """A workbook, or a list saved as CSV. Raises DataError when it cannot be read."""
    return TextList(path) if path.suffix.lower() in TEXTS else Workbook(path)


def _choose(workbook: Workbook | TextList, lists: Lists, best: dict[int, Candidate]) -> None:
    """Give each list the sheet that fits it best; say what happened to the others."""
    if workbook.links_outside:
        reason = "Formulas take values from other files; the values last saved in the workbook were read."
        lists.issues.append(issue("links_outside", workbook.path.name, "note", "kept", reason))
    for sheet, answer in candidates(workbook):
        if answer is None:
            if sheet.cells.height:
                where = f"{sheet.book}: {sheet.name}" if lists.several else sheet.name
                lists.issues.append(
                    issue(
                        "unknown_sheet", where, "note", "kept",
                        "This sheet is none of the eleven lists (by name or headings), so it was not read.",
                    )
                )  # fmt: skip
            continue
        mine = Candidate(sheet, *answer)
        list_no = mine.headings.list_no
        rival = best.get(list_no)
        if rival is None:
            best[list_no] = mine
        elif mine.worth > rival.worth:
            best[list_no] = mine
            _hold_sheet(lists, rival, mine.sheet)
        else:
            _hold_sheet(lists, mine, rival.sheet)


def _hold_sheet(lists: Lists, held: Candidate, chosen: Sheet) -> None:
    sheet, list_no = held.sheet, held.headings.list_no
    of, other = (f" of {each.book}" if lists.several else "" for each in (sheet, chosen))
    where = f"{place(list_no)} (sheet {sheet.name.replace('/', ' ')}{of})"
    rows = _numbered(sheet, held.at, where)
    broken, told = broken_rows(sheet, where)
    lists.issues.append(told)
    lists.counts.append(PlaceCount(where, rows.height + broken, 0, rows.height + broken))
    reason = (
        f"Two sheets are {place(list_no)}; “{chosen.name}”{other} was read and this one was not. "
        "Remove or rename one of them."
    )
    lists.issues.append(row_issues(rows, "second_sheet", where, "error", effect="row held", reason=reason))


def _numbered(sheet: Sheet, at: int, where: str) -> pl.DataFrame:
    """The rows below the headings that are not blank, with `source_row`."""
    below = sheet.cells.with_row_index("row", offset=sheet.first_row).slice(at + 1)
    cells = pl.all().exclude("row")
    return (
        below.with_columns(cells.str.replace_all("[\u00a0\u200b\ufeff]", " ").str.strip_chars())
        .filter(pl.any_horizontal((cells.str.len_chars() > 0).fill_null(False)))
        .with_columns(source_row=pl.format("{}/row {}", pl.lit(where), "row"))
        .drop("row")
    )


def _read(lists: Lists, sheet: Sheet, at: int, headings: Headings) -> None:
    where = place(headings.list_no)
    _say_headings(lists, sheet, headings)
    rows = _numbered(sheet, at, where)
    frame = rows.select(
        "source_row", *(pl.col(f"c{cell}").alias(name) for name, cell in headings.found.items())
    )
    lists.issues.extend(cell_issues(sheet, headings, rows, where))
    if headings.list_no == 11:
        reason = (
            "Prospective adopters have no place in the Standard Safeguarding Dataset, so the row is kept "
            "here and in no report."
        )
        told = [row_issues(frame, "no_ssd_home", where, "note", effect="row held", reason=reason)]
        frame = frame.clear()
    else:
        frame, told = usable(headings.list_no, frame)
    lists.issues.extend(told)
    broken, broken_told = broken_rows(sheet, where)
    lists.issues.append(broken_told)
    held = rows.height - frame.height + broken
    lists.counts.append(PlaceCount(where, rows.height + broken, frame.height, held))
    lists.rows[headings.list_no] = Rows(headings.list_no, sheet.name, headings, with_names(frame))


def _say_headings(lists: Lists, sheet: Sheet, headings: Headings) -> None:
    where = place(headings.list_no)

    def say(rule: str, severity: Severity, column: str | None, reason: str) -> None:
        lists.issues.append(issue(rule, where, severity, "kept", reason, column=column))

    if sheet.hidden:
        say("hidden_sheet", "note", None, f"The sheet “{sheet.name}” is hidden in the workbook; it was read.")
    if sheet.wide:
        say("too_many_columns", "warning", None, f"Columns after the {MAX_COLUMNS}th were not read.")
    for name in headings.missing:
        say(
            "missing_column",
            "warning",
            name,
            "The list has no such column, so what it would say is not known.",
        )
    for name in headings.repeated:
        say("repeated_heading", "warning", name, "The heading appears twice; the first column was read.")
    for name in headings.extra:
        say("extra_column", "note", name, "The standard has no such column in this list; it was not read.")
