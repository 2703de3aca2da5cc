"""How a report asks for frames, and the one place where they are collected."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from data.quiet import hushed, is_panic

if TYPE_CHECKING:
    from polars._typing import EngineType

Scan: TypeAlias = Callable[[str], pl.LazyFrame]
"""Gives a frame by name: an SSD table (`cp_plans`) or a prepared frame (`due_items`)."""


CHILD = {
    "people": "person_id",
    "statuses": "person_id",
    "allocations": "person_id",
    "due_items": "person_id",
    "legal_status": "lega_person_id",
    "involvements": "invo_person_id",
    "care_leavers": "clea_person_id",
    "cla_episodes": "clae_person_id",
    "person": "pers_person_id",
    "events": "person_id",
}
"""The frames that say who a child is, who holds the case, what is due and what happened, and where they hold
the number."""


def only(scan: Scan, person_ids: Sequence[str]) -> Scan:
    """The same frames, those of CHILD with these children's rows alone, found before the rest is read."""
    # a series, not a list: a list of some eighty words costs Polars 25 ms a file, of more or fewer 2 ms
    numbers = pl.Series(person_ids, dtype=pl.String).implode()

    def of_some(name: str) -> pl.LazyFrame:
        frame, column = scan(name), CHILD.get(name)
        return frame if column is None else frame.filter(pl.col(column).is_in(numbers))

    return of_some


def only_once(scan: Scan, person_ids: Sequence[str]) -> Scan:
    """As `only`, with the rows of a frame read when first asked for: for several questions about few."""
    of_some, read = only(scan, person_ids), dict[str, pl.DataFrame]()

    def held(name: str) -> pl.LazyFrame:
        if name not in CHILD:
            return scan(name)
        if name not in read:
            read[name] = collect(of_some(name))
        return read[name].lazy()

    return held


SMALL = 25_000_000
"""Bytes of a snapshot up to which reports are carried out in memory: with some 2,000 open children that takes
two thirds of the processor time of Polars' own choice, which is made for frames that do not fit"""


class _Engine:
    """What carries out the reports of this process."""

    set: "EngineType" = "auto"
    small = True


def use_engine(engine: "EngineType") -> None:
    """Say what carries out the reports of this process; `auto`: as large as its snapshots are."""
    _Engine.set = engine


def suit(bytes_: int) -> None:
    """A snapshot of so many bytes is open in this process."""
    if bytes_ > SMALL:
        _Engine.small = False


def engine_now() -> "EngineType":
    """What carries out the reports of this process now."""
    return "in-memory" if _Engine.set == "auto" and _Engine.small else _Engine.set


@contextmanager
def carried_out_by(engine: "EngineType") -> Iterator[None]:
    """While this lasts, `collect` uses this engine."""
    before = _Engine.set
    _Engine.set = engine
    try:
        yield
    finally:
        _Engine.set = before


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """Carry out a report. Every report is collected here and nowhere else.

    Raises PolarsError; also where Polars gives up on a damaged file in its own way, which is no Exception.
    """
    try:
        with hushed():
            return frame.collect(engine=engine_now())
    except BaseException as error:
        if not is_panic(error):
            raise
        raise pl.exceptions.ComputeError("a file is not as it was written") from None
