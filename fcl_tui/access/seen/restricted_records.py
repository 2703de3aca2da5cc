"""Which records are restricted, who keeps each and who may open it: `restricted.csv` in the home.

Every slip in the list shuts the door, because a list that is read wrongly shows a child's record: what is not
in order is refused with its line, and a number is matched as people write it, in any case and with or without
the zeros before it.
"""

import csv
import io
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.config.plain_file import read_plain

LIST = "restricted.csv"
DEMO_LIST = "restricted-demo.csv"
COLUMNS = ("person_id", "reason", "owner", "may_open")
_SPREADSHEET = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
"""A long number as a spreadsheet writes it back: 1.23E+11"""
_NO_NUMBER = re.compile(r"[\",;\t\r\n]")


@dataclass(frozen=True)
class Seal:
    """One restricted record."""

    reason: str = ""
    owner: str = ""
    """The user who answers for it and hears when somebody breaks glass"""
    may_open: tuple[str, ...] = ()
    """Users to whom it is open; the owner too"""

    def open_to(self, user: str) -> bool:
        """Whether the user is one of the named people."""
        return user != "" and (user == self.owner or user in self.may_open)


@dataclass(frozen=True)
class Restricted:
    """The sealed records of a home: person id and why, and by whom they may be opened."""

    reasons: dict[str, str]
    seals: dict[str, Seal] = field(default_factory=dict)

    def __contains__(self, person_id: object) -> bool:
        return person_id in self.reasons

    @property
    def person_ids(self) -> list[str]:
        """The ids, in the order of the file."""
        return list(self.reasons)


class Met:
    """The restricted records as a reader meets them: numbers, or tokens of those not open. For any thread.

    Looking the numbers up in the data may wait until they are asked for: nothing of a child is shown before.
    """

    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}
        self._find: Callable[[], dict[str, str]] | None = None
        self._turn = threading.Lock()

    def __contains__(self, person_id: object) -> bool:
        return person_id in self._known()

    @property
    def person_ids(self) -> list[str]:
        """The ids, in the order of the list."""
        return list(self._known())

    def become(self, reasons: dict[str, str]) -> bool:
        """Hold these from now on; whether they are others than before."""
        changed = reasons != self._known()
        with self._turn:
            self._reasons = dict(reasons)
        return changed

    def become_when_asked(self, find: Callable[[], dict[str, str]]) -> None:
        """Hold from now on what this finds, once; it may raise DataError, each time it is asked."""
        with self._turn:
            self._find = find

    def add(self, person_id: str) -> None:
        """Hold one more."""
        self._known()[person_id] = ""

    def _known(self) -> dict[str, str]:
        with self._turn:
            if self._find is not None:
                self._reasons = self._find()
                self._find = None
            return self._reasons


def alike(number: str) -> str:
    """A number as it is compared: without case, width, spaces and the zeros before it."""
    folded = "".join(unicodedata.normalize("NFKC", number).casefold().split())
    return folded.lstrip("0") or folded


def restricted(home: Path, *, demo: bool = False) -> Restricted:
    """Read `restricted.csv` (columns `person_id`, `reason`, `owner`, `may_open`); no file means none.

    Whether there may be no file, and what the access log says was restricted, is known to
    `fcl_tui.access.seen.memory`, which everybody asks who shows something.

    The demo authority has a list of its own, so that its numbers never seal a real child's record.

    Raises:
        DataError: the file is there but cannot be understood. A list that protects children is never
            taken as empty because of a slip in it.
    """
    path = home / (DEMO_LIST if demo else LIST)
    try:
        text = read_plain(path).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise _faulty(path, "leads to a file that is not there") from None
        return Restricted({})
    except UnicodeDecodeError as error:
        raise _faulty(path, "is not UTF-8 text") from error
    except OSError as error:
        raise _faulty(path, f"cannot be read ({error.strerror or type(error).__name__})") from error
    return restricted_of(_seals(path, text))


def restricted_of(seals: dict[str, Seal]) -> Restricted:
    """The sealed records, from the seals by number."""
    return Restricted({person: seal.reason for person, seal in seals.items()}, seals)


def _faulty(path: Path, what: str) -> DataError:
    return DataError(f"The list of restricted records {path} {what}, so nothing is shown. Fix it first.")


def _seals(path: Path, text: str) -> dict[str, Seal]:
    if not text.strip():
        raise _faulty(path, f"is empty; a list without any record has the line {','.join(COLUMNS)}")
    rows = _rows(path, text)
    _, headings = next(rows)
    if "person_id" not in headings or len(set(headings)) != len(headings):
        raise _faulty(path, "has no column person_id, or a column twice, in its first line")
    seals: dict[str, Seal] = {}
    for line, cells in rows:
        row = dict(zip(headings, cells, strict=True))
        number = row["person_id"].strip()
        if fault := _fault(number):
            raise _faulty(path, f"{fault} in line {line}")
        if number in seals:
            raise _faulty(path, f"has the number {number} twice, again in line {line}")
        seals[number] = Seal(
            row.get("reason", "").strip(),
            row.get("owner", "").strip(),
            tuple(one for one in re.split(r"[\s;]+", row.get("may_open", "")) if one),
        )
    return seals


def _fault(number: str) -> str:
    """What keeps a text from being a child's number; empty when nothing does."""
    if not number:
        return "has no person_id"
    if _NO_NUMBER.search(number):
        return "has a quotation mark, comma or semicolon within a person_id"
    if _SPREADSHEET.fullmatch(number):
        return f"has a number that a spreadsheet has rounded ({number})"
    return ""


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The last line of each row, and its cells; rows without anything in them are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    width, before = 0, 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if reader.line_num > line:
                raise _faulty(path, f"has a quotation mark in line {line} that goes on over its end")
            width = width or len(cells)
            if len(cells) != width:
                raise _faulty(path, f"has {len(cells)} cells in line {line}, not {width} as in the first")
            yield line, cells
    except csv.Error as error:
        raise _faulty(path, f"has a quotation mark out of place near line {reader.line_num}") from error


def write(home: Path, seals: dict[str, Seal], *, demo: bool = False) -> None:
    """Put a list in force, all or nothing."""
    from fcl_tui.access.readers.access_list import replace_file

    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person, seal in seals.items():
        rows.writerow((person, seal.reason, seal.owner, " ".join(seal.may_open)))
    replace_file(home / (DEMO_LIST if demo else LIST), out.getvalue())
