"""The demo authority's SSDA903 return: the CSV files, or one XML file, as they would stand on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from data.demo.files.ssda903_facts import return_of
from data.demo.files.writing import demo_folder, whole
from data.sources.ssda903.layout import BORN, CHILD, SEX, names

XML_NAME = "SSDA903.xml"

_HOLDERS = {
    "reviews": "AREVIEW",
    "missing": "AMISSING",
    "oc2": "OC2",
    "oc3": "OC3",
    "ad1": "AD1",
    "placed_for_adoption": "AD_PLACED",
    "previous_permanence": "PERMANENCE",
    "sw_episodes": "SW_EPISODE",
}
"""The element in HEADER that holds one row of a file."""

_TAGS = {CHILD: "CHILDID", "PLACE": "PL"}


def write_ssda903(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> list[Path]:
    """Write the return that SSD tables give on a day as "episodes.csv" and so on in a folder, made if needed.

    Every child who was ever looked after by that day is in it, with the whole history; OC2 is about the year
    that ended on the last 31 March, which stands in its name.

    Raises:
        DataError: the folder cannot be written to, or holds a return that is not the demo's.
    """
    found = return_of(tables, as_at)
    year = as_at.year if as_at >= date(as_at.year, 3, 31) else as_at.year - 1
    texts = {
        (f"{kind}_{year}.csv" if kind == "oc2" else f"{kind}.csv"): frame.write_csv()
        for kind, frame in found.items()
    }
    return _written(folder, texts)


def write_ssda903_xml(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Path:
    """Write the same return as one file, "SSDA903.xml"; raises DataError as `write_ssda903` does."""
    return _written(folder, {XML_NAME: _xml(return_of(tables, as_at))})[0]


def _written(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    paths = [folder / name for name in texts]
    with demo_folder(folder, lambda path: path.suffix.lower() in (".csv", ".xml")):
        for path, text in zip(paths, texts.values(), strict=True):
            with whole(path) as beside:
                beside.write_text(text, encoding="utf-8", newline="")
    return paths


def _xml(found: Mapping[str, pl.DataFrame]) -> str:
    """CHILD by CHILD: HEADER with what is said once or several times of the child, then its episodes."""
    once = found["header"].join(
        found["uasc"].select(CHILD, "DUC", UASC=pl.lit("1")), on=CHILD, how="left", maintain_order="left"
    )
    header = once.select(CHILD, text=_elements(once.columns))
    for kind, holder in _HOLDERS.items():
        inner = [name for name in names(kind) if name not in (CHILD, BORN, SEX)]
        held = found[kind].select(CHILD, text=_held(holder, inner))
        header = _with(header, held)
    episodes = found["episodes"]
    own = [name for name in episodes.columns if name != CHILD]
    children = header.with_columns(text=pl.format("<HEADER>{}</HEADER>", "text"))
    children = _with(children, episodes.select(CHILD, text=_held("EPISODE", own)))
    body = children.select(pl.format("<CHILD>{}</CHILD>", "text").str.join("\n")).item()
    return f'<?xml version="1.0" encoding="utf-8"?>\n<EXPSSDA903>\n{body}\n</EXPSSDA903>\n'


def _with(children: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    joined = more.group_by(CHILD, maintain_order=True).agg(more=pl.col("text").str.join(""))
    both = children.join(joined, on=CHILD, how="left", maintain_order="left")
    return both.with_columns(text=pl.col("text") + pl.col("more").fill_null("")).drop("more")


def _held(holder: str, columns: list[str]) -> pl.Expr:
    return pl.format("<{}>{}</{}>", pl.lit(holder), _elements(columns), pl.lit(holder))


def _elements(columns: list[str]) -> pl.Expr:
    """Each cell in an element of its name; blank ones left out."""
    cells = []
    for name in columns:
        tag = _TAGS.get(name, name)
        text = pl.col(name).str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
        cells.append(pl.format("<{}>{}</{}>", pl.lit(tag), text, pl.lit(tag)))
    return pl.concat_str(cells, ignore_nulls=True)
