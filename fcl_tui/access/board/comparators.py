"""Published figures of the home's office, as reports and `fcl-tui benchmarks` ask for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import benchmarks as kept
from fcl_tui.definitions.figures import comparators as published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.office.office import Office

DEMO_AUTHORITY = "E06000043"
"""Whose published figures are shown beside the demo authority's"""
AUTHORITY_LEVEL = "Local authority"


def authority_of(settings: Mapping[str, Any], *, demo: bool) -> str | None:
    """The code of our own area; the demo has one where the settings name none."""
    return settings.get("authority") or (DEMO_AUTHORITY if demo else None)


def comparators(
    office: Office | None, settings: Mapping[str, Any], *, demo: bool
) -> published.Comparators | None:
    """What is published of us, our neighbours, region and England; None where no authority is set.

    What is wrong with the office database goes to standard error, and the report goes on without.

    Args:
        settings: authority, neighbour_average.
    """
    authority = authority_of(settings, demo=demo)
    if authority is None or office is None:
        return None
    average: published.Average = "median" if settings.get("neighbour_average") == "median" else "mean"
    try:
        base = kept.read(office, areas=())
        region, near = region_of(base, authority), neighbours_of(base, authority)
        wanted = [
            authority,
            f"{authority}:{average}",
            "E92000001",
            published.MEASURED,
            *near,
            *([region] if region else []),
        ]
        known = kept.read(office, areas=wanted)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        known, region, near = kept.nothing(), None, []
    values = published.current(known.values.lazy())
    rows = published.compared(values, known.areas, authority, region, near, average)
    people = published.population_of(values).filter(pl.col("area_code") == authority).sort("mid_year")

    def of_authorities(keys: list[str]) -> pl.DataFrame:
        return _of_authorities(office, keys)

    return published.Comparators(collect(rows), collect(people.drop("area_code")), authority, of_authorities)


def _of_authorities(office: Office, keys: list[str]) -> pl.DataFrame:
    """key, area_code, year, value of every authority, of no group."""
    every = kept.read(office, keys=keys)
    codes = every.areas.filter(pl.col("level") == AUTHORITY_LEVEL)["area_code"].to_list()
    values = published.current(every.values.lazy())
    kept_rows = values.filter(pl.col("grouping") == "", pl.col("area_code").is_in(codes))
    return collect(kept_rows.select(*published.RANKED))


def region_of(known: kept.Known, authority: str) -> str | None:
    """The code of the authority's region; where no file names it, that of the only region there is."""
    own = known.areas.filter(pl.col("area_code") == authority)["region_code"].drop_nulls()
    if not own.is_empty():
        return str(own[0])
    regions = known.areas.filter(pl.col("level") == "Regional")["area_code"]
    return str(regions[0]) if regions.len() == 1 else None


def neighbours_of(known: kept.Known, authority: str) -> list[str]:
    """The codes of the authority's neighbours, the nearest first; those of no known area are left out."""
    areas = known.areas.filter(pl.col("level") == AUTHORITY_LEVEL)
    own = areas.filter(pl.col("area_code") == authority)["old_code"].drop_nulls()
    if own.is_empty():
        return []
    near = known.neighbours.filter(pl.col("old_code") == own[0]).select("position", "neighbour")
    names = areas.select(pl.col("area_name").str.to_lowercase().alias("neighbour"), "area_code").drop_nulls()
    codes = areas.select(pl.col("old_code").alias("neighbour"), "area_code").drop_nulls()
    folded = near.with_columns(pl.col("neighbour").str.to_lowercase())
    found = folded.join(pl.concat([codes, names]).unique("neighbour"), on="neighbour", how="inner")
    return found.sort("position")["area_code"].to_list()
