"""A published file as a table of text by the names of its columns: CSV, or a workbook's sheet."""

import io
from hashlib import sha256
from pathlib import Path

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError

LINE = "_line"
"""The column with the row's number in the file; quoted cells over several lines count as one."""
MOST = 512 * 1024 * 1024
"""Bytes of a file that are read"""
WORKBOOKS = (".xlsx", ".xls", ".xlsb", ".ods")


@dataclass(frozen=True)
class Table:
    """One file's cells."""

    path: Path
    frame: pl.DataFrame
    """String columns under their names in lower case, and LINE"""
    digest: str
    """of the bytes"""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def columns(self) -> list[str]:
        """The names, without LINE."""
        return [name for name in self.frame.columns if name != LINE]


def read_table(path: Path) -> Table:
    """Read a CSV file, or the first sheet of a workbook that has more than one row.

    Raises:
        DataError: it cannot be read, is not UTF-8, has a row of more cells than headings, or no rows.
    """
    content = _bytes(path)
    cells = _workbook(path) if path.suffix.lower() in WORKBOOKS else _csv(path, content)
    if cells.height < 2:
        raise DataError(f"{path.name} has no rows under its headings. Give the file as it was published.")
    names = _names(path, cells.row(0))
    frame = cells.slice(1).rename(dict(zip(cells.columns, names, strict=True)))
    frame = frame.with_row_index(LINE, offset=2)
    blank = pl.all_horizontal(pl.col(name).fill_null("").str.strip_chars() == "" for name in names)
    frame = frame.filter(~blank).select(*names, pl.col(LINE).cast(pl.Int64))
    return Table(path, frame, sha256(content).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST:
            raise DataError(f"{path.name} has more than {MOST >> 20} MB. Give the file as it was published.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"{path} is not there. Give the file or the folder that it is in.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from error


def _csv(path: Path, content: bytes) -> pl.DataFrame:
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path.name}, row {line}: this is not UTF-8 text. Save the file again as 'CSV UTF-8'."
        ) from error
    if not content.strip():
        raise DataError(f"{path.name} is empty. Give the file as it was published.")
    try:
        return pl.read_csv(io.BytesIO(content), has_header=False, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DataError(
            f"{path.name} is not a table: a row has more cells than there are headings, or a quotation mark "
            "is not closed. Give the file as it was published."
        ) from error


def _workbook(path: Path) -> pl.DataFrame:
    from data.sources.annex_a.workbook import Workbook

    for sheet in Workbook(path).sheets():
        if sheet.cells.height > 1:
            return sheet.cells
    raise DataError(f"{path.name} has no sheet with rows. Give the file as it was published.")


def _names(path: Path, heading: tuple[str | None, ...]) -> list[str]:
    names: list[str] = []
    for position, cell in enumerate(heading, start=1):
        name = "_".join((cell or "").strip().lower().split()) or f"blank_{position}"
        if name in names:
            if not name.startswith("snp"):  # the neighbours' table repeats this one
                raise DataError(
                    f"{path.name}: the heading {name[:40]!r} is there twice. Take out one of them."
                )
            name = f"{name}_{position}"
        names.append(name)
    return names
