"""From the workbook's sheets to the rows of the eleven lists, with every row that is held said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data import issues as issue_frames
from data.convert import NOTHING, typed
from data.errors import DataError
from data.issues import Effect, Issue, Severity
from data.sources.annex_a.headers import (
    CHILD_ID,
    LISTS,
    Headings,
    best_headings,
    columns,
    place,
)
from data.sources.annex_a.workbook import Sheet, Workbook
from data.sources.base import PlaceCount, Progress

SOURCE = "annex_a"
TITLE_ROWS = 60
"""How many rows are looked through for the headings."""

_UNALLOCATED = ("unallocated", "not allocated", "no allocated worker", "no worker", "vacant", "-")
_NAMED = {
    "team_id": ("Allocated Team", "AA-T-"),
    "worker_id": ("Allocated Worker", "AA-W-"),
    "adviser_id": ("Allocated Personal Advisor", "AA-W-"),
}
"""Made columns of a list: the id of a team or worker, made from the name in the column."""

ONE_ROW_EACH = range(6, 11)
"""Lists that describe a child's case: the same row twice is a slip, not two events."""


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


@dataclass
class Lists:
    """All that was read from one workbook."""

    rows: dict[int, Rows] = field(default_factory=dict)
    counts: list[PlaceCount] = field(default_factory=list)
    issues: list[pl.DataFrame] = field(default_factory=list)

    def has(self, list_no: int, heading: str) -> bool:
        """Whether the workbook has this list with this column."""
        return list_no in self.rows and heading in self.rows[list_no].headings.found


def issue(
    rule: str,
    where: str,
    severity: Severity,
    effect: Effect,
    reason: str,
    *,
    column: str | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """One issue about a list or a column as a whole, as a frame of one row."""
    one: Issue = {
        "source": SOURCE, "place": where, "row": None, "column": column, "value": value, "rule": rule,
        "severity": severity, "effect": effect, "reason": reason, "person_id": None, "ssd_table": None,
    }  # fmt: skip
    return issue_frames.frame([one])


def row_issues(
    rows: pl.DataFrame,
    rule: str,
    where: str,
    severity: Severity,
    *,
    effect: Effect,
    reason: str,
    column: str | None = None,
    value: str | None = None,
    person: str | None = None,
    table: str | None = None,
) -> pl.DataFrame:
    """One issue for each row of a frame that has `source_row`; `value` and `person` name columns of it."""
    text = pl.String
    return rows.select(
        source=pl.lit(SOURCE, text),
        place=pl.lit(where, text),
        row=pl.col("source_row"),
        column=pl.lit(column, text),
        value=pl.col(value).cast(text) if value else pl.lit(None, text),
        rule=pl.lit(rule, text),
        severity=pl.lit(severity, text),
        effect=pl.lit(effect, text),
        reason=pl.lit(reason, text),
        person_id=pl.col(person) if person else pl.lit(None, text),
        ssd_table=pl.lit(table, text),
    )


def read_lists(path: Path, progress: Progress) -> Lists:
    """Read every list of a workbook.

    Raises:
        DataError: the file is not a readable workbook, or none of its sheets is an Annex A list.
    """
    lists = Lists()
    best = _choose(Workbook(path), lists)
    if not best:
        raise DataError(
            f"None of the sheets of {path.name} is an Annex A list (1 to 11): neither a sheet's name nor its "
            "headings say so. Check that this is the Annex A workbook."
        )
    for list_no in LISTS:
        if list_no in best:
            sheet, at, headings = best[list_no]
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
    return lists


def _choose(workbook: Workbook, lists: Lists) -> dict[int, tuple[Sheet, int, Headings]]:
    """Give each list the sheet that fits it best; say what happened to the others."""
    best: dict[int, tuple[Sheet, int, Headings]] = {}
    for sheet in workbook.sheets():
        answer = best_headings(sheet.top(TITLE_ROWS), sheet.name)
        if answer is None:
            if sheet.cells.height:
                lists.issues.append(
                    issue(
                        "unknown_sheet", sheet.name, "note", "kept",
                        "This sheet is none of the eleven lists (by name or headings), so it was not read.",
                    )
                )  # fmt: skip
            continue
        at, headings = answer
        rival = best.get(headings.list_no)
        mine = (sheet, at, headings)
        if rival is None:
            best[headings.list_no] = mine
        elif (not sheet.hidden, len(headings.found)) > (not rival[0].hidden, len(rival[2].found)):
            best[headings.list_no] = mine
            _hold_sheet(lists, *rival, sheet.name)
        else:
            _hold_sheet(lists, *mine, rival[0].name)
    return best


def _hold_sheet(lists: Lists, sheet: Sheet, at: int, headings: Headings, chosen: str) -> None:
    where = f"{place(headings.list_no)} (sheet {sheet.name})"
    rows = _numbered(sheet, at, where)
    lists.counts.append(PlaceCount(where, rows.height, 0, rows.height))
    reason = (
        f"Two sheets are {place(headings.list_no)}; “{chosen}” was read and this one was not. "
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
    held = 0
    if headings.list_no == 11:
        reason = (
            "Prospective adopters have no place in the Standard Safeguarding Dataset, so the row is kept "
            "here and in no report."
        )
        lists.issues.append(row_issues(frame, "no_ssd_home", where, "note", effect="row held", reason=reason))
        held, frame = frame.height, frame.clear()
    else:
        frame, held = _usable(lists, headings.list_no, frame)
    lists.counts.append(PlaceCount(where, rows.height, rows.height - held, held))
    lists.rows[headings.list_no] = Rows(headings.list_no, sheet.name, headings, _with_names(frame))


def _say_headings(lists: Lists, sheet: Sheet, headings: Headings) -> None:
    where = place(headings.list_no)

    def say(rule: str, severity: Severity, column: str | None, reason: str) -> None:
        lists.issues.append(issue(rule, where, severity, "kept", reason, column=column))

    if sheet.hidden:
        say("hidden_sheet", "note", None, f"The sheet “{sheet.name}” is hidden in the workbook; it was read.")
    for name in headings.missing:
        say(
            "missing_column",
            "warning",
            name,
            "The list has no such column, so what it would say is not known.",
        )
    for name in headings.repeated:
        say("repeated_heading", "warning", name, "The heading stands twice; the first column was read.")
    for name in headings.extra:
        say("extra_column", "note", name, "The standard has no such column in this list; it was not read.")


def _usable(lists: Lists, list_no: int, frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Split the rows into those with a child and something said, and those to hold (counted)."""
    where = place(list_no)
    if CHILD_ID not in frame.columns:
        reason = f"The list has no column “{CHILD_ID}”, so nobody can say whose row this is."
        lists.issues.append(
            row_issues(
                frame, "no_child_id", where, "error", effect="row held", reason=reason, column=CHILD_ID
            )
        )
        return frame.clear().with_columns(child=pl.lit(None, pl.String)), frame.height
    ids, _ = typed("person", frame.select("source_row", pers_person_id=CHILD_ID), source=SOURCE, place=where)
    said = [pl.col(name) for name in frame.columns if name not in (CHILD_ID, "source_row")]
    something = (
        pl.any_horizontal((~cell.is_in(NOTHING)).fill_null(False) for cell in said) if said else pl.lit(False)
    )
    patterns = [p for c in columns(list_no) if c.name == CHILD_ID for p in c.exact]
    heading = pl.any_horizontal(pl.col(CHILD_ID).str.contains(f"(?i)^(?:{p.pattern})$") for p in patterns)
    twice = ~pl.struct(pl.all().exclude("source_row", "fault")).is_first_distinct()
    judged = frame.with_columns(ids["pers_person_id"].alias("child")).with_columns(
        fault=pl.when(pl.col("child").is_null()).then(pl.lit("no_child_id"))
        .when(heading.fill_null(False)).then(pl.lit("heading_row"))
        .when(~something).then(pl.lit("nothing_said"))
        .when(twice & pl.lit(list_no in ONE_ROW_EACH)).then(pl.lit("repeated_row"))
    )  # fmt: skip
    reasons: Sequence[tuple[str, Severity, str]] = (
        (
            "no_child_id",
            "error",
            "The row has no child id, so nobody can say whose it is. Add it in the workbook.",
        ),
        ("heading_row", "note", "The row repeats the headings."),
        ("nothing_said", "warning", "The row has a child id and nothing else."),
        ("repeated_row", "warning", "The same row stands above it, with the same values in every column."),
    )
    for rule, severity, reason in reasons:
        faulty = judged.filter(pl.col("fault") == rule)
        if faulty.height:
            person = None if rule in ("no_child_id", "heading_row") else "child"
            lists.issues.append(
                row_issues(
                    faulty,
                    rule,
                    where,
                    severity,
                    effect="row held",
                    reason=reason,
                    column=CHILD_ID,
                    person=person,
                )
            )
    good = judged.filter(pl.col("fault").is_null()).drop("fault")
    return good, judged.height - good.height


def slug(name: pl.Expr) -> pl.Expr:
    """A team's or worker's name as part of an id: letters and digits of any script, the rest hyphens."""
    plain = name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "-").str.strip_chars("-")
    return pl.when(plain.str.len_chars() > 0).then(plain)


def _with_names(frame: pl.DataFrame) -> pl.DataFrame:
    for made, (heading, prefix) in _NAMED.items():
        short = made.removesuffix("_id")
        if heading not in frame.columns:
            empty = pl.lit(None, pl.String)
            frame = frame.with_columns(empty.alias(short), empty.alias(made))
            continue
        name = pl.col(heading).str.replace_all(r"\s+", " ").str.strip_chars()
        known = ~name.is_in(NOTHING) & ~name.str.to_lowercase().is_in(_UNALLOCATED) & slug(name).is_not_null()
        frame = frame.with_columns(pl.when(known).then(name).alias(short)).with_columns(
            (pl.lit(prefix) + slug(pl.col(short))).alias(made)
        )
    return frame
