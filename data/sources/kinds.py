"""The register of kinds of sources: how each is recognised and opened, alone or in a folder or zip file.

To add a kind, write its module under `data.sources` and its functions here, and put it into `KINDS`; no
other place asks which kinds there are. The modules of the kinds are imported when they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.sources.forms import Form

if TYPE_CHECKING:
    from data.sources.archive import Member
    from data.sources.base import Source


@dataclass(frozen=True)
class File:
    """One file that was named, and its form."""

    path: Path
    form: Form


@dataclass(frozen=True)
class Bundle:
    """A folder or zip file with the files in it. Members of a zip file have no path of their own."""

    path: Path
    members: Sequence[Member]
    forms: dict[str, Form]
    """of each member, by name"""
    opens: Callable[[Path], Callable[[], Source]]
    """opens one file of a folder as if it had been named"""

    def of(self, *forms: Form) -> list[Member]:
        """The members of these forms."""
        return [member for member in self.members if self.forms[member.name] in forms]


@dataclass(frozen=True)
class Claim:
    """That a folder or zip file holds a source of one kind."""

    called: str
    opened: Callable[[], Source]
    files: Sequence[str] = ()
    """the names of those that say so"""
    sure: Callable[[], bool] = field(default=lambda: True)
    """false: where there are claims of other kinds too, this one does not count"""


@dataclass(frozen=True)
class Kind:
    """One kind of source.

    `recognises` is asked of a URL, or of a file that was named; `open` opens it, with the schema of a
    database. `among` tells what a folder or zip file holds of it, except the files claimed by the kinds
    before it; a zip file within a folder is opened by itself.
    """

    name: str
    recognises: Callable[[str | File], bool]
    open: Callable[[str | File, str | None], Source]
    among: Callable[[Bundle, frozenset[str]], Iterable[Claim]]


def _path(place: str | File) -> Path:
    return Path(place) if isinstance(place, str) else place.path


def _has_form(place: str | File, *forms: Form) -> bool:
    return isinstance(place, File) and place.form in forms


def _is_database(place: str | File) -> bool:
    return isinstance(place, str) or place.form == "sqlite"


def _database(place: str | File, schema: str | None) -> Source:
    from data.sources.ssd.database import SsdDatabase

    return SsdDatabase(place if isinstance(place, str) else f"sqlite:///{place.path.absolute()}", schema)


def _databases_among(bundle: Bundle, _taken: frozenset[str]) -> Iterator[Claim]:
    for member in bundle.of("sqlite"):
        if member.path is not None:
            yield Claim(f"a database ({member.name})", bundle.opens(member.path))


def _zips_among(bundle: Bundle, _taken: frozenset[str]) -> Iterator[Claim]:
    for member in bundle.of("zip"):
        if member.path is not None:
            yield Claim(f"a zip file ({member.name})", bundle.opens(member.path))


def _is_annex_a(place: str | File) -> bool:
    from data.sources.ssd_extracts import claims_a_table

    listed = _has_form(place, "table") and not claims_a_table(_path(place))
    return _has_form(place, "workbook") or (listed and _is_list(_path(place)))


def _annex_a(place: str | File, _schema: str | None) -> Source:
    from data.sources.annex_a import AnnexA

    return AnnexA(_path(place))


def _is_list(path: Path | None) -> bool:
    """Whether a CSV file is a list of Annex A: by its name, and then its headings."""
    from data.sources.annex_a import looks_like
    from data.sources.annex_a.headers import list_by_name

    if path is None or path.suffix.lower() != ".csv" or list_by_name(path.stem) is None:
        return False
    return looks_like(path)


def _is_lock(member: Member) -> bool:
    """Excel's own file beside a workbook that somebody has open."""
    return member.name.rpartition("/")[2].startswith("~$")


def _annex_a_among(bundle: Bundle, _taken: frozenset[str]) -> Iterator[Claim]:
    from data.sources.annex_a import AnnexA, looks_like

    books = [member for member in bundle.of("workbook") if not _is_lock(member)]
    books += [member for member in bundle.of("table") if _is_list(member.path)]
    paths = [member.path for member in books if member.path is not None]
    if not paths:
        return
    beside = len(paths) > 1 and all(each.parent == bundle.path for each in paths)
    where = bundle.path if beside else paths[0] if len(paths) == 1 else paths

    def some_list() -> bool:
        """Among other sources, workbooks that hold no list (a data dictionary, say) do not count."""
        return any(looks_like(path) for path in paths)

    yield Claim("workbooks", lambda: AnnexA(where), [member.name for member in books], some_list)


def _is_extract(place: str | File) -> bool:
    from data.sources.ssd_extracts import claims_a_table

    return _has_form(place, "table") and claims_a_table(_path(place))


def _extracts(place: str | File, _schema: str | None) -> Source:
    from data.sources.ssd_extracts import SsdExtracts

    return SsdExtracts(_path(place))


def _extracts_among(bundle: Bundle, _taken: frozenset[str]) -> Iterator[Claim]:
    from data.sources.ssd_extracts import SsdExtracts, extracts_among

    extracts = extracts_among(bundle.of("table"))
    if extracts:
        yield Claim("SSD extracts", lambda: SsdExtracts(bundle.path), extracts)


def _is_ssda903(place: str | File) -> bool:
    from data.sources import ssda903

    return _has_form(place, "table", "xml") and ssda903.looks_like(_path(place))


def _ssda903(place: str | File, _schema: str | None) -> Source:
    from data.sources import ssda903

    return ssda903.Ssda903(_path(place))


def _ssda903_among(bundle: Bundle, taken: frozenset[str]) -> Iterator[Claim]:
    from data.sources import ssda903
    from data.sources.ssd_extracts import SUFFIXES

    rest = [
        member
        for member in bundle.members
        if member.name not in taken
        and (bundle.forms[member.name] == "xml" or member.name.lower().endswith(SUFFIXES))
    ]
    zipped = bundle.path.is_file()
    if not rest or not (zipped or bundle.of("table", "xml")):
        return
    files = [member.name for member in rest if member.path is not None and ssda903.looks_like(member.path)]
    if files or (zipped and ssda903.looks_like(bundle.path)):
        yield Claim("SSDA903 files", lambda: ssda903.Ssda903(bundle.path), files)


def _is_census(place: str | File) -> bool:
    from data.sources import cin_census

    return _has_form(place, "xml") and cin_census.looks_like(_path(place))


def _census(place: str | File, _schema: str | None) -> Source:
    from data.sources import cin_census

    return cin_census.CinCensus(_path(place))


def _censuses_among(bundle: Bundle, taken: frozenset[str]) -> Iterator[Claim]:
    from data.sources import cin_census

    for member in bundle.of("xml"):
        if member.name not in taken and member.path is not None and cin_census.looks_like(member.path):
            yield Claim(f"a children in need census ({member.name})", bundle.opens(member.path))


KINDS = (
    Kind("ssd_database", _is_database, _database, _databases_among),
    Kind("annex_a", _is_annex_a, _annex_a, _annex_a_among),
    Kind("ssd_extracts", _is_extract, _extracts, _extracts_among),
    Kind("ssda903", _is_ssda903, _ssda903, _ssda903_among),
    Kind("cin_census", _is_census, _census, _censuses_among),
)
"""Every kind, under the name that its sources have too. The first that recognises a file opens it."""


def recognised(place: str | File, schema: str | None) -> Source | None:
    """The source that a URL or a file is; None when no kind recognises it."""
    return next((kind.open(place, schema) for kind in KINDS if kind.recognises(place)), None)


def claims(bundle: Bundle) -> list[Claim]:
    """What a folder or zip file holds."""
    found = list(_zips_among(bundle, frozenset()))
    for kind in KINDS:
        taken = frozenset(name for claim in found for name in claim.files)
        found += kind.among(bundle, taken)
    return found if len(found) < 2 else [claim for claim in found if claim.sure()]
