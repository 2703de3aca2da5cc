"""The rows of the lists as rows of SSD tables, typed."""

from collections.abc import Mapping, Sequence

import polars as pl

from data.issues.model import Effect, Severity
from data.schema.convert import typed
from data.schema.tables import person_of, polars_schema
from data.sources.annex_a.fields import FIELDS, HEADINGS
from data.sources.annex_a.headers import place
from data.sources.annex_a.lists import Lists
from data.sources.annex_a.problems import SOURCE, row_issues

_ALLOCATED = frozenset({"team_id", "worker_id"})
"""Who does the work: alone they make no event of a row."""

_BLANK_IF_UNKNOWN = (
    "cina_assessment_outcome_nfa",
    "cine_cin_primary_need_code",
    "clae_cla_primary_need_code",
)
"""Where workbooks hold other texts than codes, which mean something else: not kept."""


class Parts:
    """The lists' rows as SSD rows, in the order of the list; every problem goes to `issues`."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.issues: list[pl.DataFrame] = []

    def raw(self, list_no: int, *names: str) -> pl.DataFrame:
        """The list's rows with `child`, `source_row` and these columns (null where it lacks them)."""
        wanted = ("child", "source_row", *names)
        rows = self.lists.rows.get(list_no)
        if rows is None:
            return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
        have = rows.frame.columns
        return rows.frame.select(
            pl.col(name) if name in have else pl.lit(None, pl.String).alias(name) for name in wanted
        )

    def rows(self, list_no: int, table: str, fields: Mapping[str, str] | None = None) -> pl.DataFrame:
        """Every row of a list as rows of a table, in `polars_schema` shape, as many and in the same order."""
        mapped = FIELDS[list_no][table] if fields is None else fields
        person = person_of(table) or ""
        raw = self.raw(list_no, *mapped.values())
        frame, issues = typed(
            table,
            raw.select(
                "source_row", pl.col("child").alias(person), **{f: pl.col(h) for f, h in mapped.items()}
            ),
            source=SOURCE,
            place=place(list_no),
        )
        blank = [name for name in _BLANK_IF_UNKNOWN if name in mapped]
        refused = (pl.col("rule") == "unknown_code") & pl.col("column").is_in(blank)
        issues = issues.with_columns(
            effect=pl.when(refused).then(pl.lit("value left blank")).otherwise("effect"),
            reason=pl.when(refused)
            .then(pl.lit("The value is none of the codes this column may hold; correct it in the workbook."))
            .otherwise("reason"),
        )
        for name in blank:
            bad = issues.filter(pl.col("rule") == "unknown_code", pl.col("column") == name)["row"]
            frame = frame.with_columns(
                pl.when(~pl.col("source_row").is_in(bad.implode())).then(name).alias(name)
            )
        headings = {field: HEADINGS.get(heading, heading) for field, heading in mapped.items()}
        self.issues.append(issues.with_columns(pl.col("column").replace(headings)))
        return frame

    def say(
        self,
        rows: pl.DataFrame,
        rule: str,
        list_no: int,
        table: str,
        reason: str,
        *,
        severity: Severity = "warning",
        effect: Effect = "kept",
        column: str | None = None,
        value: str | None = None,
        person: str | None = None,
    ) -> None:
        """Note a problem for each of these rows (a frame with `source_row`)."""
        if rows.height:
            told = row_issues(
                rows, rule, place(list_no), severity, effect=effect, reason=reason, column=column,
                value=value, person=person, table=table,
            )  # fmt: skip
            self.issues.append(told)

    def dated(self, frame: pl.DataFrame, list_no: int, table: str, date: str) -> None:
        """Say which rows lack the date that the standard asks for."""
        heading = FIELDS[list_no][table][date]
        if self.lists.has(list_no, heading):
            self.say(
                frame.filter(pl.col(date).is_null()), "missing_date", list_no, table,
                "This date is missing, so the row is left out of counts by date.",
                column=heading, person=person_of(table) or "",
            )  # fmt: skip


def stated(frame: pl.DataFrame, list_no: int, table: str) -> pl.DataFrame:
    """Keep the rows in which the list says something for this table."""
    names = [field for field, heading in FIELDS[list_no][table].items() if heading not in _ALLOCATED]
    return frame.filter(pl.any_horizontal(pl.col(names).is_not_null()))


def empty(table: str) -> pl.DataFrame:
    """A table without rows."""
    return pl.DataFrame(schema=polars_schema(table))


def key(prefix: str, person: str, date: str | None = None) -> pl.Expr:
    """The number made for a row: the same in every load of the same facts, whatever the rows' order."""
    if date is None:
        return pl.format("{}-{}", pl.lit(prefix), person)
    return pl.format(
        "{}-{}-{}", pl.lit(prefix), person, pl.col(date).dt.to_string("%Y-%m-%d").fill_null("undated")
    )


def keyed(
    frame: pl.DataFrame,
    prefix: str,
    person: str,
    date: str | None,
    field: str,
    *,
    first: Sequence[pl.Expr] = (),
) -> pl.DataFrame:
    """Number the rows in `field`; several of one child and day are told apart by "-2", "-3".

    Which of them is first is decided by `first`, then by what the rows say, never by where they stand.
    """
    said = [name for name in frame.columns if name not in ("source_row", field)]
    ordered = frame.sort([*first, *said, "source_row"], nulls_last=True)
    same = [person] if date is None else [person, date]
    count = pl.int_range(1, pl.len() + 1).over(same)
    made = key(prefix, person, date)
    return ordered.with_columns(
        pl.when(count == 1).then(made).otherwise(pl.format("{}-{}", made, count)).alias(field)
    )


def single(frame: pl.DataFrame, person: str, date: str, start: str, end: str) -> pl.DataFrame:
    """Keep one row per child and day where a list repeats an event in each of the child's rows.

    The row kept is the one whose spell (`start` to `end`) holds the day, else the latest spell.
    """
    inside = (pl.col(date) >= pl.col(start)) & (pl.col(end).is_null() | (pl.col(date) <= pl.col(end)))
    return (
        frame.filter(pl.col(date).is_not_null())
        .sort(
            [~inside.fill_null(False), pl.col(start)],
            descending=[False, True],
            nulls_last=True,
            maintain_order=True,
        )
        .unique([person, date], keep="first", maintain_order=True)
    )
