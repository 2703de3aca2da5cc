"""What records over time share: who a child is on each day, and who holds the case then.

Every function takes and gives rows with day (Date: the as-at day of the row) and person_id.
"""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import age_on
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.bands import NOT_RECORDED

ETHNIC_GROUPS = {
    "White": ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "Mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Other": ("OOTH",),
}
"""Chinese is counted with Asian, as in the census of 2021"""
SEXES = {"F": "Female", "M": "Male"}
_GROUP = {code: group for group, codes in ETHNIC_GROUPS.items() for code in codes}


def age_band(age: str = "age", born: str = "date_of_birth") -> pl.Expr:
    """The national band (String, of `bands.AGE_BANDS`) of a whole age; never null."""
    years = pl.col(age)
    return (
        pl.when(pl.col(born) > pl.col("day"))
        .then(pl.lit("Not born"))
        .when(years < 1)
        .then(pl.lit("Under 1"))
        .when(years < 5)
        .then(pl.lit("1 to 4"))
        .when(years < 10)
        .then(pl.lit("5 to 9"))
        .when(years < 16)
        .then(pl.lit("10 to 15"))
        .when(years >= 16)
        .then(pl.lit("16 and over"))
        .otherwise(pl.lit("Not known"))
    )


def with_person(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Say who each child is on the day.

    Returns:
        the same rows with name, date_of_birth, age (Int64, whole years; null when unborn or not known),
        age_band (of `bands.AGE_BANDS`), age_years (text), sex (Female, Male, Not recorded), ethnicity (broad
        group), disability (Yes, No; Not recorded of a source that does not hold every disability), uasc (Yes,
        No: an unaccompanied child's status in force on the day).
    """
    people = scan("people").select("person_id", "name", "date_of_birth", sex="sex", ethnicity="ethnicity")
    code = pl.col("disa_disability_code")
    disabled = (
        scan("disability")
        .filter(pl.col("disa_person_id").is_not_null(), code.is_not_null())
        .group_by(person_id="disa_person_id")
        .agg(disability=pl.when((code != "NONE").any()).then(pl.lit("Yes")).otherwise(pl.lit("No")))
    )
    rows = rows.cache()  # they are asked twice below: without it each is worked out as often
    # a source that knows of some disabilities alone says nothing of a child without a row
    every = Coverage.read(scan).tables.get("disability") != "partial"
    without = "No" if every else NOT_RECORDED
    return (
        rows.join(people, on="person_id", how="left")
        .join(disabled, on="person_id", how="left")
        .join(_unaccompanied(rows, scan), on=["person_id", "day"], how="left")
        .with_columns(age=age_on(pl.col("date_of_birth"), pl.col("day")).cast(pl.Int64))
        .with_columns(
            age_band=age_band(),
            age_years=pl.col("age").cast(pl.String).fill_null("Not known"),
            sex=pl.col("sex").replace_strict(SEXES, default=NOT_RECORDED),
            ethnicity=pl.col("ethnicity").replace_strict(_GROUP, default=NOT_RECORDED),
            disability=pl.col("disability").fill_null(without),
            uasc=pl.col("uasc").fill_null("No"),
        )
    )


def _unaccompanied(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), uasc: of the rows whose unaccompanied status is in force on the day."""
    spells = (
        scan("immigration_status")
        .filter(pl.col("immi_immigration_status").str.strip_chars().str.to_uppercase() == "UASC")
        .select(
            person_id="immi_person_id",
            _from="immi_immigration_status_start_date",
            _until="immi_immigration_status_end_date",
        )
    )
    return (
        rows.select("person_id", "day")
        .join(spells, on="person_id", how="inner")
        .filter(open_on(pl.col("day"), "_from", "_until"))
        .select("person_id", "day", uasc=pl.lit("Yes"))
        .unique()
    )


def with_holder(rows: pl.LazyFrame, scan: Scan, *, advisers: bool = False) -> pl.LazyFrame:
    """Say who holds each case on the day.

    Args:
        advisers: the personal adviser holds it where there is no case worker, as with care leavers.

    Returns:
        the same rows with team, worker: of the allocations open on the day the one known by its role, of
        several the latest started; "No team" and "Unallocated" without one.
    """
    rows = rows.cache()  # as in `with_person`
    roles = ["allocated_worker", "personal_adviser"] if advisers else ["allocated_worker"]
    # every allocation has its place among all: to find a child's first is then a smallest number, no sorting
    spells = (
        scan("allocations")
        .filter(pl.col("role").is_in(roles))
        .join(rows.select("person_id").unique(), on="person_id", how="semi")
        .select("person_id", "team", "worker", "role", "rank", "start", "end", "source_row", "worker_id")
        .sort(
            "role",
            "rank",
            "start",
            "source_row",
            "worker_id",
            descending=[False, False, True, True, True],
            nulls_last=True,
        )
        .select("person_id", "team", "worker", "start", "end")
        .with_row_index("_place")
    )
    spells = collect(spells).lazy()
    held = (
        rows.select("person_id", "day")
        .unique()
        .join(spells.select("person_id", "start", "end", "_place"), on="person_id", how="inner")
        .filter(open_on(pl.col("day")))
        .group_by("person_id", "day")
        .agg(pl.col("_place").min())
        .join(spells.select("_place", "team", "worker"), on="_place", how="left")
        .select("person_id", "day", "team", "worker")
    )
    return rows.join(held, on=["person_id", "day"], how="left").with_columns(
        team=pl.col("team").fill_null(NO_TEAM), worker=pl.col("worker").fill_null(UNALLOCATED)
    )
