"""What several lists need: the child's columns, names of teams and workers, labels, allocations."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

from data.schema.tables import polars_schema

CHILD = "child"
"""The join column of every frame here: the child's id."""

SHORT_BREAKS = ("V3", "V4")
_ALLOCATED = ("cw", "allocated worker", "allocated case worker", "case worker", "social worker")
_ADVISER = ("pa", "personal adviser", "personal advisor")


@cache
def _labels(code_list: str) -> Mapping[str, str]:
    text = files("data").joinpath("contracts/code_lists.csv").read_text(encoding="utf-8")
    return {
        row["code"]: row["annex_a_label"]
        for row in csv.DictReader(text.splitlines())
        if row["list"] == code_list and row["annex_a_label"]
    }


def label(code: pl.Expr, code_list: str) -> pl.Expr:
    """The spelling that Annex A prescribes for a code; a code without one stays as it is."""
    return code.replace(dict(_labels(code_list)))


def yes_no(condition: pl.Expr) -> pl.Expr:
    """a) Yes where the condition holds, else b) No."""
    return pl.when(condition.fill_null(False)).then(pl.lit("a) Yes")).otherwise(pl.lit("b) No"))


class Facts:
    """The SSD tables as they stood on one day.

    Frames it returns have the column `child` (String). Nothing dated after the day is in them; an end
    that lies after it reads as null, because it had not come yet.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame], as_at: date) -> None:
        self._tables = tables
        self.as_at = as_at
        self.day = pl.lit(as_at, pl.Date)
        self.six_months = self.day.dt.offset_by("-6mo")
        self.year = self.day.dt.offset_by("-12mo")

    def table(self, name: str, person: str, start: str | None = None, *ends: str) -> pl.DataFrame:
        """A table with `child`, without rows that start after the day, ends after it made null."""
        frame = self._tables.get(name)
        if frame is None:
            frame = pl.DataFrame(schema=polars_schema(name))
        frame = frame.filter(pl.col(person).is_not_null()).with_columns(pl.col(person).alias(CHILD))
        if start is not None:
            frame = frame.filter((pl.col(start) <= self.day).fill_null(False))
        return frame.with_columns(pl.when(pl.col(end) <= self.day).then(end).alias(end) for end in ends)

    @property
    def children(self) -> pl.DataFrame:
        """child and the columns that every list begins with."""
        born = pl.col("pers_dob")
        age = self.day.dt.year() - born.dt.year()
        before_birthday = (self.day.dt.month() < born.dt.month()) | (
            (self.day.dt.month() == born.dt.month()) & (self.day.dt.day() < born.dt.day())
        )
        return (
            self.table("person", "pers_person_id")
            .select(
                CHILD,
                pl.col(CHILD).alias("Child Unique ID"),
                label(pl.coalesce("pers_gender", "pers_sex"), "gender").alias("Gender"),
                label(pl.col("pers_ethnicity"), "ethnicity").alias("Ethnicity"),
                born.alias("Date of Birth"),
                pl.when(born <= self.day)
                .then(age - before_birthday.cast(pl.Int32))
                .alias("Age of Child (Years)"),
            )
            .unique(CHILD, keep="first", maintain_order=True)
        )

    def headed(self, rows: pl.DataFrame, *, disability: bool = True) -> pl.DataFrame:
        """Put the child's columns before rows that have `child`; children without a person row too."""
        joined = rows.join(self.children, on=CHILD, how="left", maintain_order="left")
        joined = joined.with_columns(pl.col(CHILD).alias("Child Unique ID"))
        if not disability:
            return joined
        disabled = self.table("disability", "disa_person_id").filter(
            pl.col("disa_disability_code").is_not_null(), pl.col("disa_disability_code") != "NONE"
        )
        is_disabled = pl.col(CHILD).is_in(disabled[CHILD].implode())
        return joined.with_columns(yes_no(is_disabled).alias("Does the Child have a Disability"))

    def asylum(self) -> pl.Expr:
        """a) Yes for a child recorded as unaccompanied and seeking asylum."""
        rows = self.table("immigration_status", "immi_person_id").filter(
            pl.col("immi_immigration_status") == "UASC"
        )
        return yes_no(pl.col(CHILD).is_in(rows[CHILD].implode()))

    def team(self, column: str) -> pl.Expr:
        """The name of the team whose number stands in a column."""
        return self._name(column, "department", "dept_team_id", "dept_team_name")

    def worker(self, column: str) -> pl.Expr:
        """The name of the worker whose number stands in a column."""
        return self._name(column, "professionals", "prof_professional_id", "prof_professional_name")

    def _name(self, column: str, table: str, number: str, name: str) -> pl.Expr:
        known = self.table(table, number).unique(number, keep="first", maintain_order=True)
        return pl.col(column).replace_strict(known[number], known[name], default=None, return_dtype=pl.String)

    def allocations(self, *, adviser: bool = False) -> pl.DataFrame:
        """child, worker_id, team_id, open: the present allocation of each child, else the last one."""
        roles = _ADVISER if adviser else _ALLOCATED
        end = pl.col("invo_involvement_end_date")
        rows = self.table("involvements", "invo_person_id", None, "invo_involvement_end_date")
        return (
            rows.filter(
                pl.col("invo_professional_role_id").str.to_lowercase().is_in(roles),
                pl.col("invo_involvement_start_date").is_null()
                | (pl.col("invo_involvement_start_date") <= self.day),
            )
            .sort(
                end.is_null(),
                "invo_involvement_start_date",
                "invo_involvements_id",
                descending=True,
                nulls_last=True,
            )
            .unique(CHILD, keep="first", maintain_order=True)
            .select(
                CHILD,
                pl.col("invo_professional_id").alias("worker_id"),
                pl.col("invo_professional_team").alias("team_id"),
                end.is_null().alias("open"),
            )
        )

    def with_allocation(self, rows: pl.DataFrame, ended: pl.Expr) -> pl.DataFrame:
        """Add the allocated team and worker; the last ones only for a case that has `ended`."""
        present = rows.join(self.allocations(), on=CHILD, how="left", maintain_order="left")
        counts = (pl.col("open") | ended).fill_null(False)
        return present.with_columns(
            pl.when(counts).then(self.team("team_id")).alias("Allocated Team"),
            pl.when(counts).then(self.worker("worker_id")).alias("Allocated Worker"),
        )

    def count_before(
        self, rows: pl.DataFrame, events: pl.DataFrame, date_of_row: str, name: str
    ) -> pl.DataFrame:
        """Add how many of the child's `events` (child, on) lie in the 12 months before the row's date."""
        numbered = rows.with_row_index("nr")
        counted = (
            numbered.select("nr", CHILD, date_of_row)
            .join(events.select(CHILD, "on"), on=CHILD)
            .filter(
                pl.col("on") < pl.col(date_of_row), pl.col("on") >= pl.col(date_of_row).dt.offset_by("-12mo")
            )
            .group_by("nr")
            .agg(pl.len().cast(pl.Int64).alias(name))
        )
        return (
            numbered.join(counted, on="nr", how="left", maintain_order="left")
            .with_columns(pl.col(name).fill_null(0))
            .drop("nr")
        )


def latest_in(spells: pl.DataFrame, events: pl.DataFrame, *keep: str) -> pl.DataFrame:
    """Add to each spell (spell, child, start, until) its latest event (child, on): `on` and `keep`."""
    found = (
        spells.select("spell", CHILD, "start", "until")
        .join(events.select(CHILD, "on", *keep), on=CHILD)
        .filter(pl.col("on") >= pl.col("start"), pl.col("on") <= pl.col("until"))
        .sort("on", *keep, descending=True, nulls_last=True)
        .unique("spell", keep="first", maintain_order=True)
        .select("spell", "on", *keep)
    )
    return spells.join(found, on="spell", how="left", maintain_order="left")
