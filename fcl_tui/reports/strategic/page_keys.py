"""Official keys that name a part of a page of ChAT or the Monthly Highlight: a row for each figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.measured.measure import Named

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Breakdown

ROOM = "fcl_tui.reports.strategic"
TOOL = "Data to Insight, Annex A notebooks"
PAGE = "page"
CHAT, HIGHLIGHT = "chat", "monthly-highlight"
PARTS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("chat_pyramid", CHAT, "chat.parts:pyramid", "Age and sex pyramid", "children",
     "Children of each page of ChAT by single year of age, male and female; the unborn are not in it.", TOOL),
    ("chat_ethnic", CHAT, "chat.parts:ethnic", "Ethnic background", "%",
     "Children of each page of ChAT by ethnic background, each group out of all.", TOOL),
    ("chat_source_bar", CHAT, "chat.parts:source_bar", "Source or organisation", "records",
     "Contacts and referrals by source, early help by organisation, the most first.", TOOL),
    ("chat_multiples", CHAT, "chat.parts:multiples", "Several records per child", "children",
     "Children with 2, 3, 4, 5 or more records of a page in its window, out of all with one.", TOOL),
    ("chat_overlap", CHAT, "chat.parts:overlap", "Appears on another page", "%",
     "Children of a page of ChAT who are on the next page too, out of all.", TOOL),
    ("chat_headline", CHAT, "chat.parts:headline", "Headline figures", "row",
     "The figures of the first page of ChAT, over six months or as at the day; each has its own key.",
     "ChAT"),
    ("chat_team", CHAT, "chat.parts:team", "Teams and workers", "records",
     "Records of each page of ChAT by team and worker.", "Annex A lists 3 to 9"),
    ("hl_trend", HIGHLIGHT, "highlight.parts:trend", "Trend rows", "row",
     "Of every indicator of the Monthly Highlight thirteen months, twelve months and the year to date.",
     "Common practice"),
    ("hl_benchmark_gap", HIGHLIGHT, "highlight.parts:gap", "Gap to comparators", "points",
     "An indicator's figure less the newest published one of neighbours, region and England, whose year is "
     "beside it: over twelve months where it has that, else of the month.", "LAIT"),
    ("hl_rank", HIGHLIGHT, "highlight.parts:rank", "Rank and quartile", "rank",
     "Our place among the authorities with a published figure of the newest year, 1 the best and ties the "
     "lowest, with quartile A to D. Without a good direction there is none.", "LAIT"),
)  # fmt: skip
"""key, report, module:function of this room, label, unit, definition, source"""


@dataclass(frozen=True)
class Part(Named):
    """A part of a page under its official key."""

    address: str

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The page's own rows."""
        return (PAGE,)

    def breakdown(self, by: str | None) -> Breakdown:  # noqa: ARG002  the same face
        """Raises DataError: it cannot be told by anything else."""
        from data.errors import DataError

        raise DataError(f"{self.key} has the rows of its page and no others: leave out --by and --rows.")

    def figures(self, context: Context, query: Query) -> pl.LazyFrame:
        """A row for each figure, as `reports.measured.measure.SCHEMA`."""
        import polars as pl

        from fcl_tui.reports.measured.measure import SCHEMA
        from fcl_tui.reports.named import function

        make: Callable[[Context, Query], pl.LazyFrame] = function(f"{ROOM}.{self.address}")
        told = make(context, query).with_columns(key=pl.lit(self.key))
        return told.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def parts(keys: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts of these keys; all there are without any."""
    from fcl_tui.reports import catalogue

    wanted = {key.strip().lower() for key in keys}
    return tuple(
        Part(
            key,
            catalogue.load(report),
            Measure(key=key, label=label, unit=unit, definition=definition, source=source),
            (),
            address,
        )
        for key, report, address, label, unit, definition, source in PARTS
        if not keys or key in wanted
    )
