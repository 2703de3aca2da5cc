"""Find a client by parts of the name in any order, the number, or the date of birth."""

import re
from datetime import date

import polars as pl

from data.frames import Scan, collect, only
from data.text import fold
from fcl_tui.definitions.caseload import held_at
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import folded
from fcl_tui.records.find.indexed import Index, first_found
from fcl_tui.records.find.rank import NUMBER_BEGINS, WHOLE_NAMES, rank

COLUMNS = (
    "person_id", "name", "date_of_birth", "age", "status", "team", "worker", "found_by", "also",
    "personal_adviser",
)  # fmt: skip

FEW = 5_000
"""People whose rows are quicker read by their numbers than with everybody's"""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_IN_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})[a-z]*\.?,?\s+(\d{{4}}|\d{{2}})(?!\d)"
)


def _whole_year(year: str, as_at: date) -> int:
    """A year of two digits is the latest one not after the as-at day."""
    if len(year) > 2:
        return int(year)
    century = as_at.year // 100 * 100
    return int(year) + (century if int(year) + century <= as_at.year else century - 100)


def dates_in(text: str, as_at: date) -> tuple[list[date], str]:
    """Take the dates of birth out of what was typed.

    Understands 01/03/2015, 1-3-15, 1.3.2015, 2015-03-01 and 1 March 2015. An impossible date is left in
    the text.

    Returns:
        the dates, and the rest of the text.
    """
    found: list[date] = []

    def take(year: str, month: str, day: str, whole: str) -> str:
        try:
            found.append(date(_whole_year(year, as_at), int(month), int(day)))
        except ValueError:
            return whole
        return " "

    rest = _YEAR_FIRST.sub(lambda m: take(m[1], m[2], m[3], m[0]), text.lower())
    rest = _DAY_FIRST.sub(lambda m: take(m[3], m[2], m[1], m[0]), rest)
    rest = _IN_WORDS.sub(lambda m: take(m[3], str(_MONTHS.index(m[2]) + 1), m[1], m[0]), rest)
    return found, rest


def find(
    scan: Scan, text: str, as_at: date, limit: int | None = 50, index: Index | None = None
) -> pl.LazyFrame:
    """People whose name or number holds every part of the text and who were born on a date in it.

    Case, accents, apostrophes and hyphens make no difference, nor does the order of the parts. Closed clients
    are found too, and people who are only a number in some table.

    Args:
        text: what was typed; nothing but spaces and signs finds nobody.
        limit: at most this many; None for all.
        index: of the same people, whose day is not after as_at; the answer is the same, and sooner there.

    Who it is is collected at once, so that no other person has to be described.

    Returns:
        COLUMNS, one row per person: found_by (number, name, date of birth), status "closed" when not open.
        The number itself first, then whole names, beginnings, parts; open clients before closed; by name.
    """
    born, rest = dates_in(text, as_at)
    parts = folded(rest).split()
    if index is not None and limit is not None and parts and not born:
        first = first_found(index, scan, parts, as_at, limit)
        return _described(scan, as_at, first.with_columns(found_by=_found_by()))
    people = scan("people")
    if not parts and not born:
        people = people.head(0)
    if born:
        people = people.filter(
            pl.col("date_of_birth").is_in(born) | pl.col("expected_date_of_birth").is_in(born)
        )
    for part in parts:
        people = people.filter(pl.col("find_key").str.contains(part, literal=True))
    fits = rank(parts) if parts else pl.lit(WHOLE_NAMES, pl.Int8)
    hits = people.select("person_id", "name", "date_of_birth", rank=fits)
    by = _found_by() if parts else pl.lit("date of birth")
    found = _enough(collect(hits.with_columns(found_by=by)), ["rank"], limit)
    return _described(scan, as_at, _first(_of(scan, found), as_at, found, limit))


def _found_by() -> pl.Expr:
    return pl.when(pl.col("rank") <= NUMBER_BEGINS).then(pl.lit("number")).otherwise(pl.lit("name"))


def _described(scan: Scan, as_at: date, first: pl.DataFrame) -> pl.LazyFrame:
    """COLUMNS of the people to be shown, in their order."""
    described = held_at(_of(scan, first), as_at, first.lazy())
    shown = first.lazy().select("person_id", "found_by")
    return shown.join(described, on="person_id", how="left", maintain_order="left").select(COLUMNS)


def _of(scan: Scan, people: pl.DataFrame) -> Scan:
    """The frames of these people, who are read already."""
    some = only(scan, people["person_id"].to_list()) if len(people) < FEW else scan
    return lambda name: people.lazy() if name == "people" else some(name)


def _enough(found: pl.DataFrame, by: list[str], limit: int | None) -> pl.DataFrame:
    """Without those who come after the first `limit` whatever their names, going by these columns alone."""
    if limit is None or len(found) <= limit:
        return found
    classes = found.lazy().group_by(by).len().sort(by)
    wanted = classes.filter(pl.col("len").cum_sum() - pl.col("len") < limit).select(by)
    return collect(found.lazy().join(wanted, on=by, how="semi"))


def _first(scan: Scan, as_at: date, found: pl.DataFrame, limit: int | None) -> pl.DataFrame:
    """Those found, in the order they are shown, as many as are wanted."""
    open_ = scan("statuses").filter(open_on(as_at)).select("person_id")
    closed = ~pl.col("person_id").is_in(collect(open_)["person_id"].implode())
    marked = _enough(found.with_columns(closed=closed), ["rank", "closed"], limit)
    ordered = marked.lazy().sort(
        "rank", "closed", pl.col("name").is_null(), fold(pl.col("name")), "name", "person_id"
    )
    return collect(ordered if limit is None else ordered.head(limit))
