"""Which rows of a list can be used, whose they are, and who works with the child."""

from collections.abc import Sequence

import polars as pl

from data.issues.model import Severity
from data.schema.convert import NOTHING, typed
from data.schema.dates import moments
from data.sources.annex_a.headers import CHILD_ID, columns, place
from data.sources.annex_a.problems import SOURCE, row_issues

_UNALLOCATED = ("unallocated", "not allocated", "no allocated worker", "no worker", "vacant", "-")
_NAMED = {
    "team_id": ("Allocated Team", "AA-T-"),
    "worker_id": ("Allocated Worker", "AA-W-"),
    "adviser_id": ("Allocated Personal Advisor", "AA-W-"),
}
"""Made columns of a list: the id of a team or worker, made from the name in the column."""

_NO_CHILD = (
    r"(?i)^(?:(?:(?:grand |sub-?)?totals?|(?:(?:row|record) )?counts?|notes?|source|end of|page|official|"
    r"(?:report )?(?:run|printed|produced|prepared|generated|extracted|refreshed))\b|\*)|\S+(?:\s+\S+){3}"
)
"""What stands under a table: totals, notes, and anything of four words; no child is called so."""

CASES = {
    6: "CIN Start Date",
    7: "Child Protection Plan Start Date",
    8: "Date Started to be Looked After",
    9: CHILD_ID,
    10: "Date of Decision that Child Should be Placed for Adoption",
}
"""Lists that have one row per case, and what tells a child's cases apart: a second row is no second case."""


def usable(list_no: int, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Keep the rows with a child and something said, with `child`; and an issue for each of the others."""
    where = place(list_no)
    if CHILD_ID not in frame.columns:
        reason = f"The list has no column “{CHILD_ID}”, so the child for this row is not known."
        held = row_issues(
            frame, "no_child_id", where, "error", effect="row held", reason=reason, column=CHILD_ID
        )
        return frame.clear().with_columns(child=pl.lit(None, pl.String)), [held]
    ids, _ = typed("person", frame.select("source_row", pers_person_id=CHILD_ID), source=SOURCE, place=where)
    said = [pl.col(name) for name in frame.columns if name not in (CHILD_ID, "source_row")]
    something = (
        pl.any_horizontal((~cell.is_in(NOTHING)).fill_null(False) for cell in said) if said else pl.lit(False)
    )
    patterns = [p for c in columns(list_no) if c.name == CHILD_ID for p in c.exact]
    heading = pl.any_horizontal(pl.col(CHILD_ID).str.contains(f"(?i)^(?:{p.pattern})$") for p in patterns)
    judged = frame.with_columns(ids["pers_person_id"].alias("child")).with_columns(
        fault=pl.when(pl.col("child").is_null()).then(pl.lit("no_child_id"))
        .when(heading.fill_null(False)).then(pl.lit("heading_row"))
        .when(pl.col("child").str.contains(_NO_CHILD)).then(pl.lit("not_a_child"))
        .when(~something).then(pl.lit("nothing_said"))
    )  # fmt: skip
    second = pl.col("source_row").is_in(_second_rows(list_no, judged)["source_row"].implode())
    judged = judged.with_columns(fault=pl.coalesce("fault", pl.when(second).then(pl.lit("repeated_row"))))
    reasons: Sequence[tuple[str, Severity, str]] = (
        (
            "no_child_id",
            "error",
            "The row has no child id, so its child is not known. Add it in the workbook.",
        ),
        ("heading_row", "note", "The row repeats the headings."),
        (
            "not_a_child",
            "warning",
            "The row is a total or a remark, not a child: its child id says so. Take it out of the table.",
        ),
        ("nothing_said", "warning", "The row has a child id and nothing else."),
        ("repeated_row", "warning", "Another row has the same child and the same start; that one was read."),
    )
    told = [
        row_issues(
            judged.filter(pl.col("fault") == rule),
            rule,
            where,
            severity,
            effect="row held",
            reason=reason,
            column=CHILD_ID,
            value=CHILD_ID,
            person=None if rule in ("no_child_id", "heading_row", "not_a_child") else "child",
        )
        for rule, severity, reason in reasons
    ]
    return judged.filter(pl.col("fault").is_null()).drop("fault"), told


def _second_rows(list_no: int, judged: pl.DataFrame) -> pl.DataFrame:
    """The source_row of all but the fullest row of each case, where the list has one row per case."""
    begins = CASES.get(list_no)
    if begins is None or begins not in judged.columns:
        return judged.select("source_row").clear()
    cells = [pl.col(name) for name in sorted(judged.columns) if name not in ("source_row", "child", "fault")]
    ranked = (
        judged.with_columns(begins=moments(judged[begins]) if begins != CHILD_ID else pl.lit(None))
        .filter(pl.col("fault").is_null())
        .with_columns(
            said=pl.sum_horizontal(
                (cell.str.len_chars() > 0).fill_null(False).cast(pl.Int64) for cell in cells
            ),
            text=pl.concat_str(cells, separator="\t", ignore_nulls=True),
        )
        .sort("said", "text", descending=[True, False], maintain_order=True)
    )
    return ranked.filter(~pl.struct("child", "begins").is_first_distinct()).select("source_row")


def slug(name: pl.Expr) -> pl.Expr:
    """A team's or worker's name as part of an id: letters and digits of any script, the rest hyphens."""
    plain = name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "-").str.strip_chars("-")
    return pl.when(plain.str.len_chars() > 0).then(plain)


def with_names(frame: pl.DataFrame) -> pl.DataFrame:
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
