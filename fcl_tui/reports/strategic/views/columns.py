"""The columns of the strategic reports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.spec import Listing, Parts, Row
from widgets.cells.column import Column

LABEL = Column("label", "Figure", 35, frozen=True, stretch=True)
VALUE = Column("shown", "Now", 7, align="right")
OF = Column("of", "Of", 9, align="right", priority=2)
YEAR_AGO = Column("year_ago_shown", "Year ago", 8, align="right")
CHANGE = Column("change_shown", "Change", 6, align="right", priority=3)
DIRECTION = Column("direction", "Compared", 8, priority=2)
TREND = Column("trend", "24 months", 24, kind="trend", priority=4)
NEIGHBOURS = Column("neighbours", "Neighbours", 12, align="right", priority=5, if_any=True)
REGION = Column("region", "Region", 12, align="right", priority=5, if_any=True)
ENGLAND = Column("england", "England", 12, align="right", priority=4, if_any=True)
WINDOW = Column("window", "Covers", 9, priority=6)
REPORTED = Column("reported", "Reported", 9, align="right", priority=2, if_any=True)
RESTATED = Column("restated", "Since", 9, priority=3, if_any=True)
"""As it was frozen for a meeting, and whether it is another figure now"""
HEADLINE = (
    LABEL,
    VALUE,
    OF,
    REPORTED,
    RESTATED,
    YEAR_AGO,
    CHANGE,
    DIRECTION,
    TREND,
    NEIGHBOURS,
    REGION,
    ENGLAND,
    WINDOW,
)

AS_TEXT = ("shown", "of", "year_ago_shown", "change_shown", "direction", "reported_words")
"""Columns of figures as people read them: a file has the numbers that they are made of"""
DAY = Column("day", "To", 10, kind="date", frozen=True)
MONTHS = (
    DAY,
    replace(VALUE, title="Value", width=9),
    replace(OF, if_any=True),
    REPORTED,
    RESTATED,
    replace(YEAR_AGO, title="Year before", width=11),
    CHANGE,
    DIRECTION,
)

COUNT = Column("count", "Now", 8, kind="number")
SHARE = Column("share", "% of all", 8, kind="percent")
COUNT_AGO = Column("year_ago", "Year ago", 8, kind="number")
MORE = Column("more", "Change", 7, kind="number", priority=2)

STEPS = (
    replace(LABEL, title="Step"),
    replace(VALUE, title="Year"),
    Column("of_before", "Of before", 9, kind="percent"),
    Column("of_first", "Of first", 8, kind="percent", priority=2),
    YEAR_AGO,
    CHANGE,
    Column("before_ago", "Of before, year ago", 19, kind="percent", priority=4),
    TREND,
)

OPENING = Column("opening", "Opening", 8, kind="number")
CLOSING = Column("closing", "Closing", 8, kind="number")
OTHER = Column("other", "Other", 6, kind="number", priority=3)

TEAM = Column("team", "Team", 24, frozen=True, stretch=True)
OUT_OF = "{}_of"
"""The column of what a team's share is out of"""


def of_team(measure: Measure, heading: str, place: int) -> tuple[Column, ...]:
    """A figure of each team, and what a share is out of; its whole name stands in files alone."""
    percent = measure.is_percent
    whole = Column(measure.key, measure.label, 12, kind="percent" if percent else "number")
    own = replace(whole, title=heading, width=max(8, len(heading)), priority=place, in_files=(whole,))
    if not percent:
        return (own,)
    beside = Column(OUT_OF.format(measure.key), "Of", 9, align="right", priority=9 + place, if_any=True)
    return (
        own,
        replace(beside, in_files=(replace(beside, title=f"{measure.label.removesuffix(', %')}, of"),)),
    )


LISTED = (
    Column("name", "Name", 22, frozen=True, stretch=True),
    Column("person_id", "Id", 10, priority=4),
    Column("counted", "Counts", 6),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("team", "Team", 16, priority=2),
    Column("worker", "Worker", 18, priority=3),
    Column("facts", "Facts", 30, stretch=True, priority=2),
)


def listed(key: str, title: str, build: Callable[..., Parts], empty: str, **more: Any) -> Listing:
    """The records behind a figure, as every strategic report lists them; `build` is a Listing's."""
    return Listing(
        key=key,
        title=title,
        build=build,
        columns=LISTED,
        row=Row.CHILD,
        row_key="row_key",
        opens="person_id",
        hidden=("row_key",),
        empty=empty,
        **more,
    )
