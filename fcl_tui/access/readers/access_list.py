"""Who may come in, in which role and for which children: `access.toml` in the home.

A mistake anywhere in the file closes the door to everybody; nothing in it is guessed at or passed over.
"""

import json
import os
import tomllib
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.access.readers.roles import ADMINISTRATOR, DUTIES, FILE, ROLES
from fcl_tui.config.plain_file import NotAPlainFileError, read_plain


@dataclass(frozen=True)
class Person:
    """Somebody who may come in. `until` is the last day."""

    user: str
    role: str
    all: bool = False
    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    until: date | None = None
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deputy:
    """`user` stands in for another from a day to a day, both included: sees what the other sees."""

    user: str
    stands_for: str
    start: date
    until: date


@dataclass(frozen=True)
class Cover:
    """`user` covers another team from a day to a day, both included."""

    user: str
    team: str
    start: date
    until: date


@dataclass(frozen=True)
class Roster:
    """The whole file."""

    people: tuple[Person, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    covers: tuple[Cover, ...] = ()

    def person(self, user: str) -> Person | None:
        """The entry of a user."""
        return next((one for one in self.people if one.user == user), None)

    def with_person(self, person: Person) -> "Roster":
        """With this entry, in the place of the one the user had."""
        others = tuple(one for one in self.people if one.user != person.user)
        return replace(self, people=(*others, person))

    def without(self, user: str) -> "Roster":
        """Without anything that names the user."""
        return Roster(
            tuple(one for one in self.people if one.user != user),
            tuple(one for one in self.deputies if user not in (one.user, one.stands_for)),
            tuple(one for one in self.covers if one.user != user),
        )


class RosterError(DataError):
    """The file is there and cannot be used. `faults`: each sentence says what is wrong."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        super().__init__(f"{path} cannot be used until it is fixed: {' '.join(faults)}")
        self.faults = faults


KEYS: dict[str, dict[str, tuple[str, bool]]] = {
    "person": {
        "user": ("text", True),
        "role": ("text", True),
        "all": ("yes", False),
        "teams": ("texts", False),
        "workers": ("texts", False),
        "until": ("day", False),
        "duties": ("texts", False),
    },
    "deputy": {
        "user": ("text", True),
        "stands_for": ("text", True),
        "from": ("day", True),
        "until": ("day", True),
    },
    "cover": {
        "user": ("text", True),
        "team": ("text", True),
        "from": ("day", True),
        "until": ("day", True),
    },
}
"""What each kind of entry may say: its kind, and whether it must be there."""

WANTED = {
    "text": "takes words in quotes",
    "texts": "takes a list of words in quotes",
    "yes": "takes true or false",
    "day": "takes a day such as 2027-03-31, without quotes",
}


def _fits(kind: str, value: Any) -> bool:
    if kind == "text":
        return isinstance(value, str) and bool(value.strip()) and value == value.strip()
    if kind == "texts":
        return isinstance(value, list) and all(_fits("text", one) for one in value)
    return type(value) is (bool if kind == "yes" else date)


@dataclass
class _Reading:
    faults: list[str] = field(default_factory=list)

    def entries(self, told: dict[str, Any], table: str) -> list[dict[str, Any]]:
        """The entries of one kind that are in order; the rest become faults."""
        rows = told.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.faults.append(f"{table} is written [[{table}]], once for each.")
            return []
        return [row for number, row in enumerate(rows, 1) if self._sound(table, number, row)]

    def _sound(self, table: str, number: int, row: dict[str, Any]) -> bool:
        where = f"[[{table}]] number {number}"
        faults = [f"{where}: {key!r} means nothing." for key in row if key not in KEYS[table]]
        for key, (kind, needed) in KEYS[table].items():
            if key not in row:
                faults += [f"{where}: {key} is missing."] if needed else []
            elif not _fits(kind, row[key]):
                faults.append(f"{where}: {key} {WANTED[kind]}.")
        if not faults and table == "person" and row["role"] not in ROLES:
            faults.append(f"{where}: there is no role {row['role']!r}. There are: {', '.join(ROLES)}.")
        if not faults and table == "person":
            faults += [
                f"{where}: there is no duty {duty!r}. There are: {', '.join(DUTIES)}."
                for duty in row.get("duties", ())
                if duty not in DUTIES
            ]
        if not faults and "from" in row and row["from"] > row["until"]:
            faults.append(f"{where}: it ends before it begins.")
        self.faults += faults
        return not faults


def read(home: Path) -> Roster | None:
    """The roster of a home; None when it has no such file.

    Raises:
        RosterError: the file is there, and anything in it is not as it must be.
    """
    path = home / FILE
    try:
        text = read_plain(path).decode("utf-8")
    except FileNotFoundError:
        if os.path.lexists(path):  # a link that leads nowhere is no permission
            raise RosterError(path, ["It leads to a file that is not there."]) from None
        return None
    except NotADirectoryError:
        return None
    except NotAPlainFileError as error:
        raise RosterError(path, [f"It cannot be read: {error.strerror}."]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(path, [f"It cannot be read ({type(error).__name__})."]) from error
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RosterError(path, [f"It is not valid TOML: {error}."]) from error
    return _understood(path, told)


def _understood(path: Path, told: dict[str, Any]) -> Roster:
    reading = _Reading([f"{key!r} means nothing." for key in told if key not in KEYS])
    people = [
        Person(
            row["user"],
            row["role"],
            row.get("all", False),
            tuple(row.get("teams", ())),
            tuple(row.get("workers", ())),
            row.get("until"),
            tuple(row.get("duties", ())),
        )
        for row in reading.entries(told, "person")
    ]
    deputies = [
        Deputy(row["user"], row["stands_for"], row["from"], row["until"])
        for row in reading.entries(told, "deputy")
    ]
    covers = [
        Cover(row["user"], row["team"], row["from"], row["until"]) for row in reading.entries(told, "cover")
    ]
    users = [one.user for one in people]
    reading.faults += [f"{user} is there twice." for user in sorted({u for u in users if users.count(u) > 1})]
    named = [
        *(one.user for one in deputies),
        *(one.stands_for for one in deputies),
        *(c.user for c in covers),
    ]
    reading.faults += [f"{user} has no [[person]]." for user in sorted(set(named) - set(users))]
    if not reading.faults and not any(one.role == ADMINISTRATOR for one in people):
        reading.faults.append(f"No person has the role {ADMINISTRATOR}.")
    if reading.faults:
        raise RosterError(path, reading.faults)
    return Roster(tuple(people), tuple(deputies), tuple(covers))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_text(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def written(roster: Roster) -> str:
    """The roster as the text of `access.toml`."""
    lines = ["# Who may come in. Written by fcl-tui access; it may be edited by hand too."]
    for table, entries in (("person", roster.people), ("deputy", roster.deputies), ("cover", roster.covers)):
        for entry in entries:
            lines += ["", f"[[{table}]]"]
            for key, value in vars(entry).items():
                if value not in (None, False, ()):
                    lines.append(f"{'from' if key == 'start' else key} = {_text(value)}")
    return "\n".join(lines) + "\n"


def in_words(person: Person) -> str:
    """An entry in words: user, role, what they see, their duties, until when."""
    duties = f", duties: {', '.join(person.duties)}" if person.duties else ""
    until = f", until {person.until:%d/%m/%Y}" if person.until else ""
    return f"{person.user}, {person.role}, sees {sees(person)}{duties}{until}"


def sees(person: Person) -> str:
    """Whose children an entry covers, in words."""
    if person.role == ADMINISTRATOR:
        return "no children"
    return "all" if person.all else ", ".join([*person.teams, *person.workers]) or "nobody"


def write(home: Path, roster: Roster) -> None:
    """Put the roster in force, all or nothing.

    Raises:
        RosterError: what would be written is not in order; nothing is changed.
        DataError: the file cannot be written.
    """
    text = written(roster)
    _understood(home / FILE, tomllib.loads(text))
    replace_file(home / FILE, text)


def replace_file(path: Path, text: str) -> None:
    """Write a private file, all or nothing. DataError when it cannot be done."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        beside.unlink(missing_ok=True)
