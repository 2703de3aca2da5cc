"""Changing who may come in and which records are restricted: each change checked, written down, then made."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from data.errors import DataError
from data.office import access_log as log
from data.office.access_log import AccessLog
from data.office.journal import lock
from fcl_tui.access.gate import Door
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Cover, Deputy, Person, Roster, in_words
from fcl_tui.access.readers.roles import ADMINISTRATOR, DUTIES, ROLES
from fcl_tui.access.readers.sign_in import administering
from fcl_tui.access.readers.validation import Known, known
from fcl_tui.access.seen import restricted_records as sealed
from fcl_tui.config.settings import read


@contextlib.contextmanager
def _turn(home: Path) -> Iterator[None]:
    """One change at a time, so that two administrators at once lose neither's."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(home / "access.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(held)
        yield
    finally:
        os.close(held)


def _make(door: Door, said: str, change: Callable[[], None], person_id: str | None = None) -> None:
    """Write the change down, then make it; one that could not be made is written down as such."""
    if door.log is None:  # nobody was listed yet: from this change on there is a log
        door.log = AccessLog(door.home, read(door.home).office_url)
    door.record(log.CHANGED, person_id=person_id, detail=said)
    try:
        change()
    except DataError:
        door.record(log.REFUSED, person_id=person_id, detail=f"could not be written: {said}")
        raise


def _listed(home: Path) -> Roster:
    found = rosters.read(home)
    if found is None:
        raise DataError(
            f"The access list is empty. Add an administrator first: fcl-tui access add USER --role "
            f"{ADMINISTRATOR}"
        )
    return found


def _entry(roster: Roster, user: str) -> Person:
    found = roster.person(user)
    if found is None:
        near = get_close_matches(user, [one.user for one in roster.people], 1)
        raise DataError(f"{user} is not on the list.{f' Did you mean {near[0]}?' if near else ''}")
    return found


def _there(what: str, name: str, names: frozenset[str] | None) -> None:
    """Refuse a team or worker that the snapshot in use does not have: a slip would show nobody, or others."""
    if names is None or name in names:
        return
    near = get_close_matches(name, names, 3)
    advice = f" Did you mean {' or '.join(near)}?" if near else ""
    raise DataError(f"The snapshot in use has no {what} {name!r}.{advice}")


def _days(start: date, until: date, today: date) -> None:
    if start > until:
        raise DataError("It ends before it begins: give --from the earlier day.")
    if until < today:
        raise DataError(f"{until:%d/%m/%Y} has passed: give --until a day that is still to come.")


def add(home: Path, person: Person, today: date) -> list[str]:
    """Put a person on the list, in the place of an entry they had; what to tell."""
    from fcl_tui.config.identity import user_name

    user_name(person.user)
    if person.role not in ROLES:
        raise DataError(f"There is no role {person.role!r}. There are: {', '.join(ROLES)}.")
    for duty in person.duties:
        if duty not in DUTIES:
            raise DataError(f"There is no duty {duty!r}. There are: {', '.join(DUTIES)}.")
    if person.until is not None:
        _days(today, person.until, today)
    if person.role != ADMINISTRATOR and not (person.all or person.teams or person.workers):
        raise DataError(f"{person.user} would see no children: give --team TEAM, --worker WORKER or --all.")
    with _turn(home):
        door = administering(home)
        data, roster = known(home), rosters.read(home)
        for team in person.teams:
            _there("team", team, data.teams)
        for worker in person.workers:
            _there("worker", worker, data.workers)
        first = roster is None
        roster = roster or Roster()
        if first and person.role != ADMINISTRATOR:
            raise DataError(
                f"The first on the list must be an {ADMINISTRATOR}, or the list could not be changed: "
                f"fcl-tui access add USER --role {ADMINISTRATOR}"
            )
        after = roster.with_person(person)
        _keeps_an_administrator(after, today)
        had = roster.person(person.user)
        said = f"{'changed' if had else 'added'} {in_words(person)}"
        _make(door, said, lambda: rosters.write(home, after))
    told = [f"Before: {in_words(had)}." if had else "", f"Now: {in_words(person)}."]
    told += ["From now on only listed people can use fcl-tui: add each of your colleagues."] if first else []
    told += ["There is no snapshot, so teams and workers were not checked."] if data.teams is None else []
    return [line for line in told if line]


def _keeps_an_administrator(after: Roster, today: date) -> None:
    lasting = [
        one for one in after.people if one.role == ADMINISTRATOR and (one.until is None or one.until >= today)
    ]
    if not lasting:
        raise DataError(
            f"That would leave no {ADMINISTRATOR}. Make another one first: fcl-tui access add USER --role "
            f"{ADMINISTRATOR}"
        )


def remove(home: Path, user: str, today: date) -> list[str]:
    """Take a person off the list, with what they cover and who stands in for them."""
    with _turn(home):
        door = administering(home)
        roster = _listed(home)
        person = _entry(roster, user)
        after = roster.without(user)
        _keeps_an_administrator(after, today)
        _make(door, f"removed {in_words(person)}", lambda: rosters.write(home, after))
        owned = sum(
            seal.owner == user
            for demo in (False, True)
            for seal in sealed.restricted(home, demo=demo).seals.values()
        )
    gone = len(roster.deputies) - len(after.deputies) + len(roster.covers) - len(after.covers)
    told = [f"{user} may no longer come in."]
    told += [f"With it went {gone} entries of cover or deputies."] if gone else []
    told += [f"{user} owns {owned} restricted records: give them another owner."] if owned else []
    return told


def cover(home: Path, entry: Cover, today: date) -> list[str]:
    """Let a person see another team from a day to a day."""
    _days(entry.start, entry.until, today)
    with _turn(home):
        door = administering(home)
        roster = _listed(home)
        if _entry(roster, entry.user).role == ADMINISTRATOR:
            raise DataError(f"{entry.user} is an {ADMINISTRATOR}, who sees no children; cover shows nothing.")
        data = known(home)
        _there("team", entry.team, data.teams)
        after = replace(roster, covers=(*roster.covers, entry))
        said = f"{entry.user} covers {entry.team} from {entry.start:%d/%m/%Y} to {entry.until:%d/%m/%Y}"
        _make(door, said, lambda: rosters.write(home, after))
    return [f"{said}."]


def deputy(home: Path, entry: Deputy, today: date) -> list[str]:
    """Let somebody stand in for another from a day to a day."""
    _days(entry.start, entry.until, today)
    if entry.user == entry.stands_for:
        raise DataError("A person cannot be their own deputy: give --for another user.")
    with _turn(home):
        door = administering(home)
        roster = _listed(home)
        if _entry(roster, entry.user).role == ADMINISTRATOR:
            raise DataError(
                f"{entry.user} is an {ADMINISTRATOR}, who sees no children and cannot be a deputy."
            )
        if _entry(roster, entry.stands_for).role == ADMINISTRATOR:
            raise DataError(f"An {ADMINISTRATOR} cannot have a deputy: add another {ADMINISTRATOR} instead.")
        after = replace(roster, deputies=(*roster.deputies, entry))
        days = f"from {entry.start:%d/%m/%Y} to {entry.until:%d/%m/%Y}"
        said = f"{entry.user} is deputy for {entry.stands_for} {days}"
        _make(door, said, lambda: rosters.write(home, after))
    return [f"{said}."]


def end_early(home: Path, user: str, *, team: str | None, stands_for: str | None) -> list[str]:
    """Take back what lets somebody see another team, or stand in for somebody, now or later.

    Args:
        team, stands_for: the cover of this team and the standing in for this user; both None: all of it.
    """
    with _turn(home):
        door = administering(home)
        roster = _listed(home)
        _entry(roster, user)
        every = team is None and stands_for is None
        covers = [one for one in roster.covers if one.user == user and (every or one.team == team)]
        deputies = [
            one for one in roster.deputies if one.user == user and (every or one.stands_for == stands_for)
        ]
        said = [f"cover of {one.team} until {one.until:%d/%m/%Y}" for one in covers]
        said += [f"standing in for {one.stands_for} until {one.until:%d/%m/%Y}" for one in deputies]
        if not said:
            raise DataError(
                f"{user} has no such cover or deputy entry. fcl-tui access list names what there is."
            )
        after = replace(
            roster,
            covers=tuple(one for one in roster.covers if one not in covers),
            deputies=tuple(one for one in roster.deputies if one not in deputies),
        )
        told = f"ended {user}'s {', '.join(said)}"
        _make(door, told, lambda: rosters.write(home, after))
    return [
        f"{told[0].upper()}{told[1:]}.",
        "A session that is open now sees no more than that from its next record, list or search on.",
    ]


def _seals(home: Path, data: Known) -> dict[str, sealed.Seal]:
    """The list as it is, if nothing in it would be lost by writing it anew."""
    seals = dict(sealed.restricted(home, demo=data.demo).seals)
    path = home / (sealed.DEMO_LIST if data.demo else sealed.LIST)
    if path.exists():
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        extra = set(next(iter(lines), "").replace('"', "").split(",")) - {*sealed.COLUMNS, ""}
        if extra:
            raise DataError(
                f"{path} has columns of its own ({', '.join(sorted(extra))}), which this command would lose. "
                "Change it by hand, or take them out."
            )
    return seals


def _number(typed: str, seals: dict[str, sealed.Seal], data: Known) -> str:
    """The number as the list has it, else as the snapshot has it; as it was typed where neither does."""
    for there in (seals, data.people or ()):
        alike = [one for one in there if sealed.alike(one) == sealed.alike(typed)]
        if alike:
            return alike[0] if len(alike) == 1 else typed
    return typed


def restrict(home: Path, person_id: str, seal: sealed.Seal) -> list[str]:
    """Restrict a record, or change who may open one that is."""
    with _turn(home):
        door = administering(home)
        roster = _listed(home)
        for user in (seal.owner, *seal.may_open):
            _entry(roster, user)
        data = known(home)
        seals = _seals(home, data)
        person_id = _number(person_id, seals, data)
        seals |= {person_id: seal}
        opens = ", ".join(dict.fromkeys([seal.owner, *seal.may_open]))
        said = f"restricted: owner {seal.owner}, open to {opens}" + (
            seal.reason and f", because {seal.reason}"
        )
        _make(door, said, lambda: sealed.write(home, seals, demo=data.demo), person_id)
    told = [f"{person_id} is restricted. Owner {seal.owner}; open to {opens}."]
    if data.people is not None and person_id not in data.people:
        told.append(f"Check the number: no child in the snapshot in use has the number {person_id}.")
    return told


def unrestrict(home: Path, person_id: str) -> list[str]:
    """Open a restricted record to everyone in whose remit the child is."""
    with _turn(home):
        door = administering(home)
        data = known(home)
        seals = _seals(home, data)
        person_id = _number(person_id, seals, data)
        kept = AccessLog(door.home, read(door.home).office_url).memory()
        if person_id not in seals and person_id not in kept.restricted:
            raise DataError(f"{person_id} is not restricted. fcl-tui access list names those that are.")
        seals.pop(person_id, None)
        _make(door, "no longer restricted", lambda: sealed.write(home, seals, demo=data.demo), person_id)
    return [f"{person_id} is no longer restricted."]
