"""Which figures the source at hand can give: nothing known is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.reports.measured.population import NEEDED, UNKNOWN, people

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.spec import Records

EARLIER = "earlier"
"""Needed by what compares with the snapshot before"""
AS_LOADED = "as loaded"
"""Needed by what the source says of the day of the data alone, without a date: no earlier day is known"""
WHOLE = "whole:"
"""Before a table of which a source must hold every row: of some alone the figure would be wrong"""
ROWS = "rows:"
"""Before a table that many systems make and never fill: without any row nothing is known"""
HISTORY = "history:"
"""Before tables of which a source must hold more than each child's latest row: with | between, one of them"""
NOWHERE = "nowhere:"
"""Before what the standard holds nowhere, in words: an official figure that no source can give"""
PARTLY = "partial"
"""What coverage says of a table of which a source holds some rows or fields alone"""
SETTING = "setting:"
"""Before the name of a setting of the authority, without which a figure has no meaning"""


def unknown(context: Context, records: Records, measures: Iterable[Measure]) -> frozenset[str]:
    """The keys of the measures whose tables or fields the source does not have."""
    needed = {measure.key: (*records.needs, *measure.needs) for measure in measures}
    if not any(needed.values()):
        return frozenset()
    return frozenset(key for key, met in _met(context, needed).items() if not met)


def is_there(context: Context, needs: tuple[str, ...]) -> bool:
    """Whether the source has all of these tables and fields."""
    return not needs or _met(context, {"": needs})[""]


def _met(context: Context, needed: Mapping[str, tuple[str, ...]]) -> dict[str, bool]:
    """Whether all that each key needs is there."""
    coverage = context.coverage

    def there(need: str) -> bool:
        if need == EARLIER:
            return context.previous() is not None
        if need == AS_LOADED:
            return context.as_at >= context.data_date
        if need == NEEDED:
            return people(context, context.as_at) is not None
        if need.startswith(SETTING):
            return bool(context.settings.get(need.removeprefix(SETTING)))
        if need.startswith(NOWHERE):
            return False
        if need.startswith(ROWS):
            return not collect(context.scan(need.removeprefix(ROWS)).head(1)).is_empty()
        if need.startswith(HISTORY):
            tables = need.removeprefix(HISTORY).split("|")
            return any(coverage.has(table) and table not in coverage.latest_only for table in tables)
        table, _, field = need.removeprefix(WHOLE).partition(".")
        if need.startswith(WHOLE) and coverage.tables.get(table) == PARTLY:
            return False
        return coverage.has(table, field or None)

    return {key: all(map(there, needs)) for key, needs in needed.items()}


def without(groups: pl.LazyFrame, keys: frozenset[str]) -> pl.LazyFrame:
    """The groups with these figures blank, of the type they have."""
    if not keys:
        return groups
    return groups.with_columns(pl.when(pl.lit(value=False)).then(pl.col(sorted(keys))).name.keep())


def reason(measure: Measure, context: Context) -> str:
    """Why a figure that is not known is not."""
    for need in measure.needs:
        if need == EARLIER:
            return "nothing earlier to compare with"
        if need == NEEDED:
            return UNKNOWN
        if need == AS_LOADED and context.as_at < context.data_date:
            return "the source says how it is on the day of the data alone"
        if need.startswith(NOWHERE):
            return f"not in the standard: {need.removeprefix(NOWHERE)}"
        if need.startswith(SETTING):
            return f"no {need.removeprefix(SETTING)} in settings.toml"
    tables = context.coverage.tables
    in_part = [need for need in measure.needs if need.startswith(WHOLE)]
    if any(tables.get(need.removeprefix(WHOLE)) == PARTLY for need in in_part):
        return "this source holds only some of the rows it takes"
    return NOT_HERE
