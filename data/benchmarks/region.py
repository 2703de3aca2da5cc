"""A region's own figures, as `fcl-tui region measure -o FILE.csv` writes them: a month old instead of a year.

Only what was made of all authorities together is read, and only figures as at a day or over the twelve months
to it, which is what the reports show beside their own.
"""

from datetime import date

import polars as pl

from data.benchmarks.areas import AREAS
from data.benchmarks.cells import is_number, number, text
from data.benchmarks.table import LINE, Table
from data.benchmarks.values import VALUES, Figures
from data.dataclass import dataclass
from data.errors import DataError

COLUMNS = ("key", "authority", "group", "period", "value", "authorities", "held_back")
CODE = "region:measured"
LEVEL = "Region measured"
TOGETHER = "All together"
"""The name of the lines that are of every authority"""


@dataclass(frozen=True)
class Measured:
    """The figures of a region and the day they are of."""

    figures: Figures
    day: date


def is_region(table: Table) -> bool:
    """Whether it is such a file."""
    return all(name in table.columns for name in COLUMNS)


def region(table: Table) -> Measured:
    """Read the file: VALUES of the area CODE, `year` being that of the day.

    Raises:
        DataError: a value is no number, a period no day or days, or the figures are of more than one day.
    """
    day = r"\d{4}-\d\d-\d\d"
    together = table.frame.filter(text("authority") == TOGETHER, text("value") != "")
    for name, fine, what in (
        ("value", is_number("value"), "no number"),
        ("period", text("period").str.contains(rf"^(?:{day}/)?{day}$"), "neither a day nor two"),
        ("authorities", text("authorities").str.contains(r"^\d+$"), "no whole number"),
    ):
        wrong = together.filter(~fine)
        if not wrong.is_empty():
            line, cell = wrong.select(LINE, text(name)).row(0)
            raise DataError(f"{table.name}, row {line}, column {name}: {cell[:40]!r} is {what}. Correct it.")
    first, last = (
        text("period").str.extract(found).str.to_date(strict=False) for found in (rf"^({day})/", rf"({day})$")
    )
    placed = together.with_columns(_first=first, _last=last)
    days = placed["_last"].unique().to_list()
    if len(days) != 1 or days[0] is None:
        raise DataError(
            f"{table.name} holds figures of {len(days)} days. Write them with one: fcl-tui region measure."
        )
    year = pl.col("_first").dt.offset_by("1y").dt.offset_by("-1d") == pl.col("_last")
    whole = pl.col("_first").is_null() | year
    used = placed.filter(whole, text("group") == "")
    values = used.select(
        key=text("key"),
        grouping=pl.lit(""),
        area_code=pl.lit(CODE),
        year=pl.col("_last").dt.year().cast(pl.Int64),
        value=number("value"),
        symbol=pl.lit(None, pl.String),
        precision=pl.lit(1, pl.Int64),
        derived=pl.format("{} authorities together", text("authorities")),
    ).select(*VALUES)
    if values["key"].is_duplicated().any():
        raise DataError(f"{table.name} has a key twice. Keep one of the rows.")
    many = used.select(text("authorities").cast(pl.Int64).max()).item() if used.height else 0
    area = {"area_code": CODE, "area_name": f"Region ({many} authorities)", "level": LEVEL}
    areas = pl.concat([pl.DataFrame(schema=AREAS), pl.DataFrame([area])], how="diagonal")
    others = placed.height - used.height
    left = (f"{others} figures of groups, or of another period than twelve months",) if others else ()
    return Measured(Figures(values, areas, left), days[0])
