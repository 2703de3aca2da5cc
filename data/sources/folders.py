"""What a path names: one file, or the one source that a folder or zip file holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.sources.forms import START, Form, form_of
from data.sources.kinds import Bundle, File, claims, recognised

if TYPE_CHECKING:
    from data.sources.archive import Archive, Member
    from data.sources.base import Source

_LOOKED_FOR = (
    "Looked for: an Annex A workbook (.xlsx), SSD extracts (ssd_person.csv, .parquet), SSDA903 files "
    "(header.csv, episodes.csv or .xml), a children in need census (.xml), a SQLite database"
)


def open_file(path: Path, start: bytes, schema: str | None) -> Source:
    """The source that one file is, by its first bytes. Raises DataError when it is nothing that is read."""
    form = form_of(path, start)
    if form == "zip":
        return _open_zip(path)
    source = recognised(File(path, form), schema)
    if source is not None:
        return source
    if form == "xml":
        raise DataError(
            f"{path} is XML (or a web page), but neither a children in need census nor an SSDA903 return. "
            "Give the file as the case system exports it."
        )
    raise DataError(
        f"{path} is neither a workbook, a database, XML nor a zip, and neither its name (as in "
        "ssd_person.csv) nor its headings are those of an SSD extract or SSDA903 file. Give one of "
        "those, or a URL."
    )


def open_folder(path: Path, schema: str | None) -> Source:
    """The one source that a folder holds. Raises DataError where it holds none, or several."""

    def opens(inside: Path) -> Callable[[], Source]:
        def opened() -> Source:
            with inside.open("rb") as file:
                return open_file(inside, file.read(START), schema)

        return opened

    members = [member for member in _archive(path).members() if member.path is not None]
    forms = {member.name: _form(member) for member in members}
    return _only(Bundle(path, members, forms, opens), "folder")


def _open_zip(path: Path) -> Source:
    """The one source that a zip file holds. Raises DataError where it holds none, or several."""

    def opens(inside: Path) -> Callable[[], Source]:
        raise AssertionError(f"{inside} is within a zip file and has no path of its own")

    members = _archive(path).members()
    forms = {member.name: _form(member) for member in members}
    return _only(Bundle(path, members, forms, opens), "zip file")


def _archive(path: Path) -> Archive:
    from data.sources.archive import Archive
    from data.sources.ssd_extracts import LIMITS

    return Archive(path, LIMITS)


def _form(member: Member) -> Form:
    with member.open() as file:
        return form_of(member.path or Path(member.name), file.read(START))


def _only(bundle: Bundle, what: str) -> Source:
    path, found = bundle.path, claims(bundle)
    if len(found) == 1:
        return found[0].opened()
    if found:
        told = "; ".join(f"{claim.called}{_named(claim.files)}" for claim in found)
        raise DataError(
            f"The {what} {path} holds more than one kind of source: {told}. Load them one at a time, "
            "each by its own path, or move the others away."
        )
    books = bundle.of("workbook")
    if books and what == "zip file":
        raise DataError(
            f"{path} is a zip file with a workbook in it ({books[0].name}). Unpack it and load that."
        )
    there = _named([member.name for member in bundle.members]) or " (it is empty)"
    raise DataError(
        f"The {what} {path} holds no workbook and nothing else that is read{there}. {_LOOKED_FOR}."
    )


def _named(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f" ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"
