"""Published figures in the office database: what a file gave is added beside what was known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from data.benchmarks.areas import AREAS
from data.benchmarks.neighbours import NEIGHBOURS
from data.benchmarks.read import Read
from data.benchmarks.values import CELL, VALUES
from data.dataclass import dataclass
from data.office.supervisions import LONGEST

if TYPE_CHECKING:
    import sqlalchemy as sa

    from data.office.office import Office

KNOWN: dict[str, Any] = VALUES | {
    "seq": pl.Int64,
    "file": pl.String,
    "kind": pl.String,
    "newest": pl.Int64,
    "published": pl.Date,
    "loaded_at": pl.Datetime("us"),
}
"""VALUES with the file that each is from; seq: the order of loading"""
ORDER = ["newest", "seq"]
"""Of two values the one from the file with the newer year is current, of those the one loaded last"""


@dataclass(frozen=True)
class Saved:
    """What loading one file changed."""

    name: str
    title: str
    figures: int
    """in the file"""
    added: int
    revised: int
    """of those added: cells that another file of this kind had another value of"""


def save(office: Office, files: Sequence[Read], made_by: str, published: date | None) -> list[Saved]:
    """Add what these files say that was not known, of all of them or of none.

    Raises:
        DataError: they could not be saved; nothing was.
    """

    from data.office.database import transaction

    told: list[Saved] = []
    with transaction(
        office, "The published figures could not be saved in the office database; none is.", writes=True
    ) as connection:
        told += [_saved(connection, one, made_by, published) for one in files]
    return told


def _saved(connection: sa.Connection, one: Read, made_by: str, published: date | None) -> Saved:
    import sqlalchemy as sa

    from data.office.benchmark_models import AreaRow, FileRow, NeighbourRow, ValueRow

    figures = one.figures
    size = figures.values.height if figures else one.neighbours.height if one.neighbours is not None else 0
    again = connection.scalar(sa.select(FileRow.file_id).where(FileRow.digest == one.digest))
    if again is not None:
        return Saved(one.name, one.title, size, 0, 0)
    new = pl.DataFrame()
    revised = 0
    if figures is not None:
        new, revised = _new(figures.values, _of_kind(connection, one.kind, figures.values), one.newest)
        if new.is_empty():
            return Saved(one.name, one.title, size, 0, 0)
    row = {
        "name": one.name[:LONGEST],
        "kind": one.kind,
        "digest": one.digest,
        "newest": one.newest,
        "published": one.day or published,
        "loaded_by": made_by[:LONGEST],
        "loaded_at": datetime.now(UTC).replace(tzinfo=None),
    }
    file_id = connection.execute(sa.insert(FileRow).returning(FileRow.file_id), [row]).scalar_one()
    if figures is not None:
        connection.execute(sa.insert(ValueRow), new.with_columns(file_id=pl.lit(file_id)).to_dicts())
        codes = figures.areas["area_code"].to_list()
        known = figures.areas.join(_areas(connection), on="area_code", how="left", suffix="_known")
        kept = [pl.coalesce(name, f"{name}_known") for name in ("area_name", "old_code", "region_code")]
        named = known.select("area_code", "level", *kept)
        for first in range(0, len(codes), 500):
            connection.execute(sa.delete(AreaRow).where(AreaRow.area_code.in_(codes[first : first + 500])))
        connection.execute(sa.insert(AreaRow), named.to_dicts())
        return Saved(one.name, one.title, size, new.height, revised)
    assert one.neighbours is not None
    rows = one.neighbours.with_columns(file_id=pl.lit(file_id)).to_dicts()
    connection.execute(sa.insert(NeighbourRow), rows)
    return Saved(one.name, one.title, size, size, 0)


def _new(values: pl.DataFrame, known: pl.DataFrame, newest: int) -> tuple[pl.DataFrame, int]:
    """The cells that differ from the last file before this one, and how many of them had a value."""
    before = known.filter(pl.col("newest") <= newest).sort(ORDER).unique(CELL, keep="last")
    same = [*CELL, "value", "symbol", "precision"]
    new = values.join(before.select(same), on=same, how="anti", nulls_equal=True)
    return new, new.join(known.select(CELL).unique(), on=CELL, how="semi").height


def _of_kind(connection: sa.Connection, kind: str, values: pl.DataFrame) -> pl.DataFrame:
    from data.office.benchmark_models import FileRow, ValueRow

    return _values(connection, FileRow.kind == kind, ValueRow.key.in_(values["key"].unique().to_list()))


def _values(connection: sa.Connection, *where: Any) -> pl.DataFrame:
    import sqlalchemy as sa

    from data.office.benchmark_models import FileRow, ValueRow

    own = [getattr(ValueRow, name) for name in (*VALUES, "seq")]
    of_file = [FileRow.name, FileRow.kind, FileRow.newest, FileRow.published, FileRow.loaded_at]
    wanted = sa.select(*own, *of_file).join(FileRow, FileRow.file_id == ValueRow.file_id).where(*where)
    rows = [tuple(row) for row in connection.execute(wanted)]
    return pl.DataFrame(rows, schema=KNOWN, orient="row")


def _areas(connection: sa.Connection) -> pl.DataFrame:
    import sqlalchemy as sa

    from data.office.benchmark_models import AreaRow

    rows = [tuple(row) for row in connection.execute(sa.select(*(getattr(AreaRow, name) for name in AREAS)))]
    return pl.DataFrame(rows, schema=AREAS, orient="row")


@dataclass(frozen=True)
class Known:
    """What the office database knows of other areas."""

    values: pl.DataFrame
    """KNOWN: every value ever loaded of the areas asked for"""
    areas: pl.DataFrame
    """AREAS"""
    neighbours: pl.DataFrame
    """NEIGHBOURS, of the newest table, and model: its file"""


def read(office: Office, *, areas: Sequence[str] | None = None, keys: Sequence[str] | None = None) -> Known:
    """Read published figures: of these areas and keys, or of all.

    Raises:
        DataError: the office database cannot be read now; says so in a sentence.
    """
    if not office.in_use("benchmark_files"):
        return nothing()
    import sqlalchemy as sa

    from data.office.benchmark_models import FileRow, NeighbourRow, ValueRow
    from data.office.database import transaction

    where = [] if areas is None else [ValueRow.area_code.in_(list(areas))]
    where += [] if keys is None else [ValueRow.key.in_(list(keys))]
    columns = [getattr(NeighbourRow, name) for name in NEIGHBOURS]
    newest = sa.select(FileRow.file_id).where(FileRow.kind == "neighbours")
    newest = newest.order_by(FileRow.newest.desc(), FileRow.file_id.desc()).limit(1)
    near = sa.select(*columns, FileRow.name).join(FileRow, FileRow.file_id == NeighbourRow.file_id)
    near = near.where(NeighbourRow.file_id == newest.scalar_subquery())
    with transaction(office, "Published figures cannot be read from the office database.") as connection:
        values = _values(connection, *where)
        told = [tuple(row) for row in connection.execute(near)]
        near_by = pl.DataFrame(told, schema=NEIGHBOURS | {"model": pl.String}, orient="row")
        return Known(values.sort(ORDER), _areas(connection), near_by.sort("position"))


def nothing() -> Known:
    """What is known where nothing was loaded."""
    return Known(
        pl.DataFrame(schema=KNOWN),
        pl.DataFrame(schema=AREAS),
        pl.DataFrame(schema=NEIGHBOURS | {"model": pl.String}),
    )
