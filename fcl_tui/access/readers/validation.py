"""Check `access.toml` against the snapshot and print it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Person, Roster, in_words
from fcl_tui.access.readers.roles import ADMINISTRATOR
from fcl_tui.access.seen import restricted_records as sealed

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot


@dataclass(frozen=True)
class Known:
    """What the snapshot in use has; None where there is no snapshot."""

    snapshot: "Snapshot | None" = None
    teams: frozenset[str] | None = None
    """names and numbers"""
    workers: frozenset[str] | None = None
    people: frozenset[str] | None = None
    demo: bool = False


def known(home: Path) -> Known:
    """Teams, workers and numbers of the snapshot in use, as `access.toml` may name them."""
    from data.frames import collect
    from fcl_tui.config.current_snapshot import snapshot_in_use
    from fcl_tui.config.settings import read

    settings = read(home)
    if settings.snapshots is None and not (home / "snapshots" / "current").exists():
        return Known()
    snapshot = snapshot_in_use(settings)
    held = collect(snapshot.scan("allocations").select("team", "team_id", "worker", "worker_id").unique())

    def names(*columns: str) -> frozenset[str]:
        return frozenset(name for column in columns for name in held[column].drop_nulls().to_list())

    people = collect(snapshot.scan("people").select("person_id"))["person_id"]
    return Known(
        snapshot,
        names("team", "team_id"),
        names("worker", "worker_id"),
        frozenset(people.to_list()),
        snapshot.manifest.demo,
    )


def faults(home: Path, roster: Roster, today: date) -> list[str]:
    """One sentence for each thing that is wrong today; empty when all is well."""
    data = known(home)
    told = (
        [] if data.snapshot is not None else ["There is no snapshot, so teams and workers are not checked."]
    )
    for person in roster.people:
        told += _of_person(data, roster, person, today)
    administrators = {one.user for one in roster.people if one.role == ADMINISTRATOR}
    more = {one.user for one in roster.covers} | {one.user for one in roster.deputies}
    told += [
        f"{user} is an {ADMINISTRATOR}, who sees no children: cover and deputy entries of {user} have no "
        f"effect. Remove them: fcl-tui access end {user}"
        for user in sorted(administrators & more)
    ]
    for cover in roster.covers:
        if data.teams is not None and cover.team not in data.teams:
            told.append(f"{cover.user} covers {cover.team!r}, a team the snapshot in use does not have.")
        if cover.until < today:
            told.append(f"{cover.user}'s cover of {cover.team} ended on {cover.until:%d/%m/%Y}.")
    for one in roster.deputies:
        if one.until < today:
            told.append(
                f"{one.user} was deputy for {one.stands_for} until {one.until:%d/%m/%Y}; that has ended."
            )
        other = roster.person(one.stands_for)
        if other is not None and other.until is not None and other.until < today:
            told.append(f"{one.user} is deputy for {one.stands_for}, but that person's own entry has ended.")
    return told + _of_seals(home, data, roster)


def _of_person(data: Known, roster: Roster, person: Person, today: date) -> list[str]:
    from fcl_tui.access.readers.reader import scope_of
    from fcl_tui.access.readers.remit import in_remit

    user = person.user
    told: list[str] = []
    if person.until is not None and person.until < today:
        return [f"{user}'s entry ended on {person.until:%d/%m/%Y}."]
    for what, mine, there in (("team", person.teams, data.teams), ("worker", person.workers, data.workers)):
        told += [
            f"{user} has the {what} {name!r}, which the snapshot in use does not have."
            for name in mine
            if there is not None and name not in there
        ]
    if data.snapshot is not None and person.role != ADMINISTRATOR:
        visible, _ = in_remit(data.snapshot, scope_of(roster, person, today), today)
        if visible is not None and visible.is_empty():
            told.append(f"{user} sees no children.")
    return told


def _of_seals(home: Path, data: Known, roster: Roster) -> list[str]:
    from fcl_tui.access.seen.memory import unknown

    seals = sealed.restricted(home, demo=data.demo).seals
    told = list_faults(home, data)
    nobodys = [] if data.snapshot is None else unknown(data.snapshot, seals)
    for number, seal in seals.items():
        if not seal.owner:
            told.append(f"The restricted record {number} has no owner, so no one will see when it is opened.")
        told += [
            f"The restricted record {number} names {user}, who is not on the list."
            for user in dict.fromkeys([seal.owner, *seal.may_open])
            if user and roster.person(user) is None
        ]
        if number in nobodys:
            told.append(f"No child in the snapshot in use has the number {number} of a restricted record.")
        elif data.people is not None and number not in data.people:
            told.append(f"The number {number} of a restricted record is written differently in the snapshot.")
    return told


def list_faults(home: Path, data: Known) -> list[str]:
    """What is wrong with the list of restricted records against the access log and the snapshot.

    Raises:
        DataError: the list cannot be used, so that nothing is shown.
    """
    from data.office.access_log import AccessLog
    from fcl_tui.access.seen.memory import in_force, not_listed
    from fcl_tui.config.settings import read

    if data.snapshot is None:
        return []
    memory = AccessLog(home, read(home).office_url).memory()
    in_force(home, data.snapshot, memory)
    return [
        f"{number} was restricted by command and is not on the list any more; the record stays restricted. "
        f"To open it: fcl-tui access unrestrict {number}; to keep it: fcl-tui access restrict {number} "
        "--owner USER"
        for number in not_listed(sealed.restricted(home, demo=data.demo).seals, memory)
        if data.people is not None and number in data.people
    ]


def listed(home: Path, roster: Roster, today: date) -> list[str]:
    """The list as lines: people, deputies, cover, restricted records."""

    def state(start: date | None, until: date | None) -> str:
        if until is not None and until < today:
            return " (ended)"
        return " (not begun)" if start is not None and start > today else ""

    def days(start: date, until: date) -> str:
        return f"from {start:%d/%m/%Y} to {until:%d/%m/%Y}{state(start, until)}"

    lines = [f"{in_words(one)}{state(None, one.until)}" for one in roster.people]
    lines += [
        f"{one.user} is deputy for {one.stands_for} {days(one.start, one.until)}" for one in roster.deputies
    ]
    lines += [f"{one.user} covers {one.team} {days(one.start, one.until)}" for one in roster.covers]
    for demo in (False, True):
        lines += [
            f"{number} is restricted{' (demo)' if demo else ''}, owner {seal.owner or 'not set'}, open to "
            f"{', '.join(dict.fromkeys([seal.owner, *seal.may_open])).strip(', ') or 'no one'}"
            for number, seal in sealed.restricted(home, demo=demo).seals.items()
        ]
    return lines


def checked(home: Path, today: date) -> tuple[list[str], bool]:
    """What to tell about the list, and whether it is in order."""
    roster = rosters.read(home)
    if roster is None:
        raise DataError("There is no access list: any account that can read the home can read everything.")
    wrong = faults(home, roster, today)
    return wrong or [f"In order: {len(roster.people)} people."], not wrong
