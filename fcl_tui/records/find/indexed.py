"""As `find` finds, by the index that a load makes: text is looked through, and no rows of people."""

from collections.abc import Collection, Iterator
from datetime import date

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.prepared.find_index import BY_DAY, CLOSED, OPEN, PERSON, TEXT, TOLD
from fcl_tui.records.find.rank import BEGINNINGS, NUMBER, NUMBER_BEGINS, WHOLE_NAMES, WITHIN, holds, rank

FEW = 64
"""Blocks that are quicker read all at once"""
FIRST = 16
"""Of more the blocks that are read at first; where they hold too few people, four times as many and so on"""

TOGETHER = 2_000
"""Blocks whose people are gone through at once"""

STRETCHES, GAP = 10, 8
"""More stretches, and shorter gaps, cost more to be looked at than what lies between costs to be read"""

ORDER = ("rank", "closed", pl.col("name").is_null(), "ordered", "name", "person_id")
"""As they are shown"""


@dataclass(frozen=True)
class Index:
    """The index of a snapshot, for who sees all children in it but some records."""

    scan: Scan
    """gives TEXT and TOLD of `prepared.find_index`"""
    shut: Collection[str] = ()
    """numbers of the records that are not open to the reader: nothing of them is found"""


def first_found(index: Index, scan: Scan, parts: list[str], as_at: date, limit: int) -> pl.DataFrame:
    """The first people who have every part in their names or number, in the order in which they are shown.

    Args:
        scan: gives `statuses`.
        parts: folded words, one at least.
        as_at: not before the date of the data, on which the order of the index rests.
        limit: at most this many.

    Returns:
        person_id, name, date_of_birth, rank (see `find_rank.rank`), closed (Boolean).
    """
    blocks = collect(
        index.scan(TEXT)
        .filter(holds(pl.col("text"), parts))
        .select("block", "standing", **_flags(pl.col("text"), parts))
    )
    if blocks.height <= FEW:
        every = _standing(_people(index, blocks, parts), scan, as_at)
        return every.sort(*ORDER, nulls_last=True).head(limit)
    found: list[pl.DataFrame] = []
    wanted = limit
    for which in (NUMBER, NUMBER_BEGINS, WHOLE_NAMES, BEGINNINGS, WITHIN):
        if wanted > 0:
            found.append(_of_rank(index, blocks.filter(f"rank_{which}"), parts, which, scan, as_at, wanted))
            wanted -= found[-1].height
    return pl.concat(found)


def with_any(index: Index, wanted: list[list[str]]) -> pl.DataFrame:
    """The people who have in their names or number, between spaces, a text of each list; of none nobody.

    Returns:
        person_id, name, date_of_birth, find_key.
    """

    columns = ("person_id", "name", "date_of_birth", "find_key")

    def fits(text: pl.Expr) -> pl.Expr:
        return pl.all_horizontal(text.str.contains_any(some) for some in wanted)

    if not wanted:
        return _nobody().select(columns)
    blocks = collect(index.scan(TEXT).filter(fits(pl.col("text"))).select("block"))
    people = [_told(index, some, fits(pl.col("line"))) for some in blocks.iter_slices(TOGETHER)]
    return pl.concat([_nobody().drop("rank"), *people]).select(columns)


def _flags(text: pl.Expr, parts: list[str]) -> dict[str, pl.Expr]:
    """Whether a block may hold anybody of a rank, by its `prepared.find_index.lines`; no is certain."""
    whole = " ".join(parts)
    return {
        f"rank_{NUMBER}": text.str.contains(f"\n {whole} ", literal=True),
        f"rank_{NUMBER_BEGINS}": text.str.contains(f"\n {whole}", literal=True),
        f"rank_{WHOLE_NAMES}": holds(text, [f" {part} " for part in parts]),
        f"rank_{BEGINNINGS}": holds(text, [f" {part}" for part in parts]),
        f"rank_{WITHIN}": pl.lit(value=True),
    }


def _of_rank(
    index: Index, blocks: pl.DataFrame, parts: list[str], which: int, scan: Scan, as_at: date, wanted: int
) -> pl.DataFrame:
    """The first people of one rank: those open on the day, then the closed."""

    def some(of: pl.DataFrame) -> pl.DataFrame:
        return _people(index, of, parts).filter(pl.col("rank") == which)

    by_day = _standing(some(blocks.filter(standing=BY_DAY)), scan, as_at)
    told: list[pl.DataFrame] = []
    for standing, closed in ((OPEN, False), (CLOSED, True)):
        these = [by_day.filter(closed=closed)]
        left = wanted - sum(one.height for one in told)
        if left <= 0:
            break
        for batch in _batches(blocks.filter(standing=standing)):
            these.append(some(batch).with_columns(closed=pl.lit(closed)))
            if sum(one.height for one in these[1:]) >= left:
                break
        told.append(pl.concat(these).sort(*ORDER, nulls_last=True).head(left))
    return pl.concat(told)


def _batches(blocks: pl.DataFrame) -> Iterator[pl.DataFrame]:
    at, size = 0, FIRST
    while at < blocks.height:
        yield blocks.slice(at, size)
        at, size = at + size, size * 4


def _people(index: Index, blocks: pl.DataFrame, parts: list[str]) -> pl.DataFrame:
    """The people in some blocks who have every part, with their rank."""
    people = _told(index, blocks, holds(pl.col("line"), parts)).lazy()
    return collect(people.with_columns(rank=rank(parts)))


def _told(index: Index, blocks: pl.DataFrame, fits: pl.Expr) -> pl.DataFrame:
    """The people in some blocks whose line fits, but those whose records are shut: standing and PERSON."""
    if blocks.is_empty():
        return _nobody().drop("rank")
    here = _among(blocks["block"])
    # a line of the text is a line of what is told; the text begins with an empty one
    lines = (
        index.scan(TEXT)
        .filter(here)
        .select("block", "standing", line=pl.col("text").str.split("\n").list.slice(1))
        .join(
            index.scan(TOLD).filter(here).select("block", told=pl.col("told").str.split("\n")),
            on="block",
            maintain_order="left",
        )
        .explode("line", "told")
        .filter(fits)
    )
    told = collect(lines.select("standing", "told")).lazy()  # now: Polars would read all that is told first
    people = told.select("standing", pl.col("told").str.json_decode(PERSON)).unnest("told")
    open_to_reader = ~pl.col("person_id").is_in(list(index.shut))
    return collect(people.filter(open_to_reader))


def _among(numbers: pl.Series) -> pl.Expr:
    """Whether a block is one of these (ascending, not none), said so that few other row groups are read.

    Stretches are held against what a row group says of itself; of a list only its ends would be. The widest
    gaps between blocks are where one stretch ends and the next begins.
    """
    gaps = numbers.diff().fill_null(0)
    wide = gaps.filter(gaps > GAP).top_k(STRETCHES - 1).min()
    number = gaps.is_between(wide, gaps.max()).cum_sum() if wide is not None else gaps * 0
    ends = (
        numbers.to_frame("block")
        .group_by(number.alias("number"), maintain_order=True)
        .agg(low=pl.col("block").first(), high=pl.col("block").last())
    )
    stretches = [
        pl.col("block").is_between(low, high) for low, high in ends.select("low", "high").iter_rows()
    ]
    return pl.any_horizontal(stretches) & pl.col("block").is_in(numbers.implode())


def _nobody() -> pl.DataFrame:
    fields = {field.name: field.dtype for field in PERSON.fields}
    return pl.DataFrame(schema={"standing": pl.Int8, **fields, "rank": pl.Int8})


def _standing(people: pl.DataFrame, scan: Scan, as_at: date) -> pl.DataFrame:
    """The same, with `closed`; who is open on some days only is looked up."""
    by_day = people.filter(standing=BY_DAY)["person_id"].implode()
    spells = scan("statuses").filter(pl.col("person_id").is_in(by_day), open_on(as_at))
    open_now = pl.Series(dtype=pl.String) if by_day[0].is_empty() else collect(spells)["person_id"]
    standing = pl.col("standing")
    looked_up = (standing == BY_DAY) & ~pl.col("person_id").is_in(open_now.implode())
    return people.with_columns(closed=(standing == CLOSED) | looked_up)
