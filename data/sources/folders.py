"""Which one kind of source a folder or zip file holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from data.errors import DataError
from data.sources.single_files import Form, form_of, open_file

if TYPE_CHECKING:
    from data.sources.archive import Archive, Member
    from data.sources.base import Source

_Kinds: TypeAlias = "dict[str, tuple[list[str], Callable[[], Source]]]"
"""By what it is called: the files that say so, and how it is opened."""

_START = 512
_READ = ("table", "xml")
_LOOKED_FOR = (
    "Looked for: an Annex A workbook (.xlsx), SSD extracts (ssd_person.csv, .parquet), SSDA903 files "
    "(header.csv, episodes.csv or .xml), a children in need census (.xml), a SQLite database"
)


def open_folder(path: Path, schema: str | None) -> Source:
    """The one source that a folder holds. Raises DataError where it holds none, or several."""
    members = [member for member in _archive(path).members() if member.path is not None]
    forms = {member.name: _form(member) for member in members}
    kinds: _Kinds = {}
    for form, called in (("sqlite", "a database"), ("zip", "a zip file")):
        for member in members:
            if forms[member.name] == form and member.path is not None:
                kinds[f"{called} ({member.name})"] = [], _opens(member.path, schema)
    _workbooks(path, members, forms, kinds)
    if any(forms[member.name] in _READ for member in members):
        _tables(path, members, forms, kinds)
    if len(kinds) > 1:
        _without_other_workbooks(members, kinds)
    return _only(path, kinds, "folder", members)


def open_zip(path: Path) -> Source:
    """The one source that a zip file holds. Raises DataError where it holds none, or several."""
    members = _archive(path).members()
    books = [member.name for member in members if _form(member) == "workbook"]
    forms = {member.name: _form(member) for member in members}
    kinds: _Kinds = {}
    _tables(path, members, forms, kinds)
    if not kinds and books:
        raise DataError(f"{path} is a zip file with a workbook in it ({books[0]}). Unpack it and load that.")
    return _only(path, kinds, "zip file", members)


def _archive(path: Path) -> Archive:
    from data.sources.archive import Archive
    from data.sources.ssd_extracts import LIMITS

    return Archive(path, LIMITS)


def _form(member: Member) -> Form:
    with member.open() as file:
        return form_of(member.path or Path(member.name), file.read(_START))


def _opens(path: Path, schema: str | None) -> Callable[[], Source]:
    def opened() -> Source:
        with path.open("rb") as file:
            return open_file(path, file.read(_START), schema)

    return opened


def _workbooks(path: Path, members: Sequence[Member], forms: dict[str, Form], kinds: _Kinds) -> None:
    from data.sources.annex_a import AnnexA

    books = [member for member in members if forms[member.name] == "workbook" and not _is_lock(member)]
    books += [member for member in members if forms[member.name] == "table" and _is_list(member)]
    paths = [member.path for member in books if member.path is not None]
    if len(paths) == 1:
        kinds["workbooks"] = [books[0].name], lambda: AnnexA(paths[0])
    elif paths:
        beside = all(each.parent == path for each in paths)
        kinds["workbooks"] = [member.name for member in books], lambda: AnnexA(path if beside else paths)


def _is_list(member: Member) -> bool:
    """Whether a CSV file is a list of Annex A: by its name, and then its headings."""
    from data.sources.annex_a import looks_like
    from data.sources.annex_a.headers import list_by_name

    path = member.path
    named = path is not None and path.suffix.lower() == ".csv" and list_by_name(path.stem) is not None
    return named and path is not None and looks_like(path)


def _is_lock(member: Member) -> bool:
    """Excel's own file beside a workbook that somebody has open."""
    return member.name.rpartition("/")[2].startswith("~$")


def _tables(path: Path, members: Sequence[Member], forms: dict[str, Form], kinds: _Kinds) -> None:
    from data.sources.ssd_extracts import SUFFIXES, SsdExtracts, extracts_among

    extracts = extracts_among([member for member in members if forms[member.name] == "table"])
    if extracts:
        kinds["SSD extracts"] = extracts, lambda: SsdExtracts(path)
    rest = [
        member
        for member in members
        if member.name not in extracts
        and member.name not in kinds.get("workbooks", ((),))[0]
        and (forms[member.name] == "xml" or member.name.lower().endswith(SUFFIXES))
    ]
    if not rest:
        return
    from data.sources import cin_census, ssda903

    files = [member.name for member in rest if member.path is not None and ssda903.looks_like(member.path)]
    if files or (path.is_file() and ssda903.looks_like(path)):
        kinds["SSDA903 files"] = files, lambda: ssda903.Ssda903(path)
    for member in rest:
        where = member.path
        if where is not None and forms[member.name] == "xml" and cin_census.looks_like(where):
            kinds[f"a children in need census ({member.name})"] = [], _opens(where, None)


def _without_other_workbooks(members: Sequence[Member], kinds: _Kinds) -> None:
    """Among other sources, workbooks that hold no list of Annex A (a data dictionary, say) do not count."""
    from data.sources.annex_a import looks_like

    if "workbooks" in kinds and not any(
        looks_like(member.path)
        for member in members
        if member.path is not None and member.name in kinds["workbooks"][0]
    ):
        del kinds["workbooks"]


def _only(path: Path, kinds: _Kinds, what: str, members: Sequence[Member]) -> Source:
    if len(kinds) == 1:
        [(_, opened)] = kinds.values()
        return opened()
    if kinds:
        found = "; ".join(f"{called}{_named(names)}" for called, (names, _) in kinds.items())
        raise DataError(
            f"The {what} {path} holds more than one kind of source: {found}. Load them one at a time, "
            "each by its own path, or move the others away."
        )
    there = _named([member.name for member in members]) or " (it is empty)"
    raise DataError(
        f"The {what} {path} holds no workbook and nothing else that is read{there}. {_LOOKED_FOR}."
    )


def _named(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f" ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"
