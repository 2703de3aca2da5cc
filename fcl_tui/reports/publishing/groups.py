"""Teams side by side and steps one after the other, for publication: hidden across teams as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from fcl_tui.definitions.figures.suppression import hidden
from fcl_tui.reports.official.registry import family_of
from fcl_tui.reports.publishing.cells import Cells, Relations, cells_of, marked, with_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fcl_tui.reports.spec import Listing

OF_STEPS = {"of_before": ("now", -1), "of_first": ("now", 0), "before_ago": ("ago", -1)}
"""Columns that set a step against the one before, or the first, now or a year ago"""


def of_teams(view: Listing, rows: pl.DataFrame, figures: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Rows by team with what is hidden as text, and how many figures that are.

    The figures of all teams together are known from elsewhere, so a single team that is hidden is never the
    only one of its column; of a share the number above, the number below and the rest are held to that.

    Args:
        figures: key, team, numerator, denominator, value.
    """
    values: Cells = {}
    relations: Relations = []
    behind: dict[tuple[Any, str], list[Any]] = {}
    changes: set[Any] = set()
    for row in figures.to_dicts():
        place = (row["team"], row["key"])
        behind[place] = cells_of(place, row, values, relations)
        if family_of(row["key"]).measure(row["key"]).statistic == "sum":
            changes.add(place)
    teams = figures["team"].unique(maintain_order=True).to_list()
    for added_up in _sums(view.sums, teams):
        if added_up.keys() <= values.keys():
            relations.append(added_up)
    gone = hidden(values, relations, first=changes, last=with_totals(values, relations))
    places = {team: at for at, team in enumerate(rows["team"].to_list())}
    keys = {key for _, key in behind}
    blank = {(places[team], key) for (team, key), cells in behind.items() if not gone.isdisjoint(cells)}
    told = rows.with_columns(  # what stands beside a share says the same numbers
        pl.lit(None, rows.schema[name]).alias(name) for name in rows.columns if name not in {"team", *keys}
    )
    return marked(told, blank), len(blank)


def _sums(sums: tuple[Mapping[str, int], ...], teams: list[Any]) -> list[dict[Any, int]]:
    return [{(team, key): times for key, times in one.items()} for one in sums for team in teams]


def steps_hidden(rows: pl.DataFrame, now: list[bool], ago: list[bool]) -> set[tuple[int, str]]:
    """The places of OF_STEPS that would give a hidden step away, by either of the two they are made of.

    Args:
        now, ago: of each row, whether its figure, or that of a year ago, is hidden.
    """
    return {
        (at, column)
        for column, (which, other) in OF_STEPS.items()
        if column in rows.columns
        for at in range(rows.height)
        for bad in [now if which == "now" else ago]
        if bad[at] or bad[max(at + other, 0) if other else 0]
    }
