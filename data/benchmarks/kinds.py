"""The kinds of open data file and the figures each holds; a file's kind is told by its columns."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from importlib.resources import files

import polars as pl

from data.benchmarks.cells import is_number, is_symbol
from data.benchmarks.table import LINE, Table
from data.dataclass import dataclass

GEOGRAPHY = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
    "region_name", "old_la_code", "new_la_code", "la_name",
)  # fmt: skip
NEEDED = ("time_period", "geographic_level")
NAMES = {
    "@percent": ("percentage", "percent", "pct", "value_percent", "percentage_of_children"),
    "@number": ("number", "children_count", "count", "number_of_children", "value"),
}
"""What the families of files call their per cent and their number"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Where one of our keys is in a file; the fields are described in kinds.toml."""

    key: str
    column: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    each: str | None = None
    group: str = ""
    where: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of file."""

    name: str
    title: str
    stem: str
    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    named: bool = False
    figures: tuple[Figure, ...] = field(default=())

    def fits(self, columns: Sequence[str], texts: Sequence[str]) -> bool:
        """Whether a file with these columns and texts in its filters can be of this kind."""

        def there(name: str) -> bool:
            return any(re.fullmatch(part, column) for part in spelled(name) for column in columns)

        return (
            all(there(name) for name in self.has)
            and not any(there(name) for name in self.lacks)
            and all(any(re.search(one, text, re.IGNORECASE) for text in texts) for one in self.texts)
        )


def spelled(name: str) -> list[str]:
    """The regular expressions of a column's name, those that `@percent` and `@number` stand in for too."""
    if "@" not in name:
        return [name]
    return [re.escape(one) for part in name.split("|") for one in NAMES.get(part, (part,))]


def _tuple(value: str | list[str] | None) -> tuple[str, ...]:
    named = () if value is None else (value,) if isinstance(value, str) else tuple(value)
    return tuple(one for name in named for one in NAMES.get(name, (name,)))


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of file, as kinds.toml declares it."""
    told = tomllib.loads(files("data").joinpath("benchmarks/kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        Kind(
            name=one["name"],
            title=one["title"],
            stem=one["stem"],
            has=tuple(one["has"]),
            lacks=tuple(one.get("lacks", ())),
            texts=tuple(one.get("texts", ())),
            named=one.get("named", False),
            figures=tuple(
                Figure(
                    key=figure["key"],
                    column=_tuple(figure.get("column")),
                    sum=tuple(figure.get("sum", ())),
                    of=_tuple(figure.get("of")),
                    each=figure.get("each"),
                    group=figure.get("group", ""),
                    where=tuple(figure.get("where", ())),
                    without=tuple(figure.get("not", ())),
                )
                for figure in one["figures"]
            ),
        )
        for one in told["kind"]
    )


def filters_of(table: Table) -> list[str]:
    """The columns that are neither geography nor figures: most of their cells are no numbers or symbols."""
    others = [name for name in table.columns if name not in GEOGRAPHY]
    if not others:
        return []
    shares = table.frame.select((is_number(name) | is_symbol(name)).mean().alias(name) for name in others)
    return [name for name in others if (shares[name].item() or 0.0) < 0.5]


def texts_of(table: Table, filters: Sequence[str]) -> pl.DataFrame:
    """One row per row of the table: LINE, and what its filters say, with " | " between them."""
    said = [pl.col(name).fill_null("").str.strip_chars() for name in filters]
    joined = pl.concat_str(said, separator=" | ") if said else pl.lit("")
    return table.frame.select(LINE, texts=joined)


def kinds_of(table: Table) -> list[Kind]:
    """The kinds that a tidy file can be of: one, several where nothing decides between them, or none."""
    if not is_tidy(table):
        return []
    texts = texts_of(table, filters_of(table))["texts"].unique().to_list()
    fitting = [kind for kind in kinds() if kind.fits(table.columns, texts)]
    named = [kind for kind in fitting if re.search(kind.stem, table.path.stem, re.IGNORECASE)]
    return named or [kind for kind in fitting if not kind.named]


def is_tidy(table: Table) -> bool:
    """Whether it has the columns that every open data file has."""
    return all(name in table.columns for name in NEEDED)
