"""Comparators: neighbours' mean and median, rates with the population of the year before, the newest year."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from data.frames import collect
from data.office.benchmarks import KNOWN
from fcl_tui.definitions.figures.comparators import (
    Comparators,
    compared,
    current,
    population_of,
    when,
)
from fcl_tui.reports.measured.population import estimate, in_words
from fcl_tui.reports.measured.population import mid_year as of_day

OWN, REGION, ENGLAND = "E06000043", "E12000008", "E92000001"
NEAR = [f"E0600010{number}" for number in range(10)]
PUBLISHED = Path(__file__).parents[2] / "data/benchmarks/published_values.csv"


def known(
    *rows: tuple[str, str, int, float | None, str | None], kind: str = "c1", newest: int = 2025
) -> pl.DataFrame:
    columns = ("key", "area_code", "year", "value", "symbol")
    frame = pl.DataFrame(rows, schema=columns, orient="row").with_row_index("seq")
    return frame.with_columns(
        grouping=pl.lit(""),
        precision=pl.lit(1),
        derived=pl.lit(None, pl.String),
        file=pl.lit(f"{kind}.csv"),
        kind=pl.lit(kind),
        newest=pl.lit(newest),
        published=pl.lit(None, pl.Date),
        loaded_at=pl.lit(datetime(2026, 1, 2)),
    ).select(pl.col(name).cast(of) for name, of in KNOWN.items())


def of(frame: pl.DataFrame, average: str = "mean") -> Comparators:
    values = current(frame.lazy())
    areas = pl.DataFrame(
        {"area_code": [OWN, REGION, ENGLAND], "area_name": ["Ours", "South East", "England"]}
    )
    rows = compared(values, areas, OWN, REGION, NEAR, average)  # type: ignore[arg-type]
    people = population_of(values).filter(pl.col("area_code") == OWN).drop("area_code").sort("mid_year")
    return Comparators(collect(rows), collect(people), OWN)


def test_the_golden_rate_of_31_march_2025_uses_the_population_of_mid_2024() -> None:
    found = of(
        known(
            ("cin_open", OWN, 2025, 2055.0, None),
            ("population_0_17", OWN, 2023, 46835.0, None),
            ("population_0_17", OWN, 2024, 46612.0, None),
        )
    ).of("cin_rate")
    assert found["value"].round(1).to_list() == [440.9]
    assert "population of mid-2024" in found["source"][0]


def test_without_the_year_before_the_last_known_is_used_and_named() -> None:
    rows = known(("cin_open", OWN, 2025, 2055.0, None), ("population_0_17", OWN, 2022, 47233.0, None))
    found = of(rows).of("cin_rate")
    assert found["value"].round(2).to_list() == [435.08]
    assert "mid-2022 (mid-2024 is not loaded)" in found["source"][0]
    people = of(rows).population
    assert people == {2022: 47233}
    told = SimpleNamespace(population=lambda: people)
    words = "47,233 children aged 0 to 17 in mid-2022; mid-2024 is not loaded"
    assert in_words(told, date(2025, 3, 31)) == words  # type: ignore[arg-type]
    assert estimate(people, date(2022, 3, 31)) is None  # a later estimate is no stand-in for an earlier


def test_what_a_region_gave_stands_instead_of_what_is_published_as_soon_as_it_is_newer() -> None:
    yearly = known(("cla_rate", REGION, 2026, 55.0, None), ("cla_rate", ENGLAND, 2026, 70.0, None))
    both = []
    for day, value in ((date(2026, 2, 28), 57.0), (date(2026, 10, 31), 58.0)):
        one = known(("cla_rate", "region:measured", 2026, value, None), kind="region")
        both.append(one.with_columns(published=pl.lit(day), newest=pl.lit(int(f"{day:%Y%m%d}"), pl.Int64)))
    found = of(pl.concat([yearly, *both]))

    def region_at(day: date) -> tuple[float, date | None]:
        row = found.newest(["cla_rate"], day).row(by_predicate=pl.col("who") == "region", named=True)
        assert row == found.of("cla_rate", day).row(by_predicate=pl.col("who") == "region", named=True)
        return row["value"], row["day"]

    assert region_at(date(2026, 11, 28)) == (58.0, date(2026, 10, 31))
    assert region_at(date(2026, 10, 30)) == (55.0, None)
    yearly_alone = found.newest(["cla_rate"], date(2026, 11, 28), yearly=True)
    assert dict(yearly_alone.select("who", "value").iter_rows()) == {"region": 55.0, "england": 70.0}
    assert found.rows.select("who", when()).rows() == [
        ("region", "2026"), ("england", "2026"), ("region", "Oct 2026")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "mid_year"),
    [
        (date(2025, 3, 31), 2024),
        (date(2025, 4, 1), 2025),
        (date(2024, 12, 31), 2024),
        (date(2025, 1, 1), 2024),
    ],
)
def test_a_rate_uses_the_year_before_the_31_march_that_it_leads_to(day: date, mid_year: int) -> None:
    assert of_day(day) == mid_year
    assert estimate(dict.fromkeys(range(2020, 2027), 1), day) == mid_year


def test_mean_and_median_of_neighbours_that_have_a_value() -> None:
    values = [60.0, 70.0, 50.0, 80.0, 90.0, 100.0, 40.0, 30.0, 20.0]
    rows = [("cla_rate", area, 2025, value, None) for area, value in zip(NEAR, values, strict=False)]
    rows.append(("cla_rate", NEAR[9], 2025, None, "c"))
    mean = of(known(*rows)).of("cla_rate").row(0, named=True)
    assert (mean["value"], mean["count"]) == (60.0, 9)
    assert mean["label"] == "Statistical neighbours (mean of 9), 1 without a value"
    median = of(known(*rows), "median").of("cla_rate").row(0, named=True)
    assert median["value"] == 60.0
    assert median["label"].startswith("Statistical neighbours (median of 9)")
    none = (
        of(known(*(("cla_rate", area, 2025, None, "x") for area in NEAR))).of("cla_rate").row(0, named=True)
    )
    assert (none["value"], none["symbol"], none["count"]) == (None, "x", 0)


def test_a_symbol_of_the_region_stays_a_symbol() -> None:
    found = of(known(("cla_rate", REGION, 2025, None, "x"), ("cla_rate", ENGLAND, 2025, 67.0, None)))
    assert found.of("cla_rate").select("who", "value", "symbol").rows() == [
        ("region", None, "x"),
        ("england", 67.0, None),
    ]


def test_no_year_that_ends_after_the_day_is_compared_with() -> None:
    found = of(known(*(("cla_rate", ENGLAND, year, float(year), None) for year in (2023, 2024, 2025))))
    assert found.of("cla_rate", date(2025, 3, 30))["year"].to_list() == [2024]
    assert found.of("cla_rate", date(2025, 3, 31))["year"].to_list() == [2025]
    assert found.of("cla_rate")["year"].to_list() == [2025]


def test_a_file_as_published_goes_before_a_list_and_a_newer_release_before_an_older() -> None:
    rows = pl.concat(
        [
            known(("cp_rate", OWN, 2024, 55.9, None), kind="d1", newest=2025),
            known(("cp_rate", OWN, 2024, 56.1, None), kind="d1", newest=2024),
            known(("cp_rate", OWN, 2024, 1.0, None), kind="published", newest=2026),
        ]
    )
    assert of(rows).of("cp_rate")["value"].to_list() == [55.9]


def test_published_means_stand_in_where_no_neighbour_is_loaded() -> None:
    from data.benchmarks.read import read

    (done,), _ = read([PUBLISHED], None)
    assert done.figures is not None
    rows = done.figures.values.with_columns(
        seq=pl.lit(1),
        file=pl.lit(done.name),
        kind=pl.lit("published"),
        newest=pl.lit(2025),
        published=pl.lit(None, pl.Date),
        loaded_at=pl.lit(datetime(2026, 1, 2)),
    )
    found = of(rows).of("cla_rate")
    assert found.select("who", "value").rows() == [
        ("own", 71.0), ("neighbours", 62.2), ("region", 55.0), ("england", 67.0),
    ]  # fmt: skip
    assert of(rows, "median").of("cla_rate")["value"].to_list()[1] == 68.5
    assert of(rows).of("referral_source", grouping="police")["value"].to_list() == [34.3, 24.5, 26.5, 28.3]
    assert of(rows).of("cla_convicted")["who"].to_list() == [
        "neighbours",
        "region",
        "england",
    ]  # a gap is none
